import type { Acceptance } from '../../domain/acceptance.ts';
import type { Finding, FindingKind } from '../../exposure/findings/finding.ts';
import { findingKinds } from '../../exposure/findings/finding.ts';
import { FindingList } from '../../exposure/findings/finding-list.ts';
import { listRadiusFindings } from '../../exposure/findings/findings.ts';
import type { Projection } from '../../projection/projection.ts';
import type { AnsweredRadius } from '../ask-radius.ts';
import type { Asker } from '../asker.ts';
import { askAccessLevels } from './ask-control-gaps.ts';
import { listFacts } from './list-facts.ts';
import { rememberList } from './remember-list.ts';
import { resolveFindings } from './resolved-findings.ts';
import { stableInstant } from './stable-instant.ts';

export { findingKinds };

/**
 * The findings at an instant, in their order. A worker thread finds those of many facts. They are cached, so counts, kinds and pages need no
 * new search, and neither does the same question later, until a fact begins, ends or changes. Throws QUERY_TIMEOUT.
 *
 * @param kinds null or absent: all
 * @param patienceMs as in `Asker.keep`
 */
export async function askFindings(
  asker: Asker,
  projection: Projection,
  asked: number,
  kinds?: readonly FindingKind[] | null,
  patienceMs?: number,
): Promise<FindingList> {
  rememberList(asker, 'findings', asked, listFindings);
  const all = await listFindings(asker, projection, asked, patienceMs);
  return kinds ? all.ofKinds(kinds) : all;
}

async function listFindings(asker: Asker, projection: Projection, asked: number, patienceMs?: number): Promise<FindingList> {
  const instant = await stableInstant(asker.questions.scheduler, projection, asked, asker.limit);
  const levels = await askAccessLevels(asker, projection, instant);
  const { policy } = asker.questions;
  return asker.keep(
    projection,
    ['findings', instant],
    async (limit, progress) => {
      const found = await listFacts(asker, projection, 'findings', { policy, instant }, limit, progress);
      const list = FindingList.from({ projection, policy, instant, levels }, found);
      await asker.run(list.prepare(), limit);
      return list;
    },
    patienceMs,
  );
}

export interface FindingCount {
  readonly kind: FindingKind;
  readonly open: number;
  readonly accepted: number;
}

/** Counts the open and the accepted findings of each kind. Lists every kind in its order, even without findings. */
export function countFindings(findings: FindingList, acceptances: ReadonlyMap<string, Acceptance>): FindingCount[] {
  const all = findings.counts;
  const accepted = findings.filter(acceptances.keys(), true).counts;
  return findingKinds.map((kind) => {
    const acceptedOfKind = accepted.get(kind) ?? 0;
    return { kind, open: (all.get(kind) ?? 0) - acceptedOfKind, accepted: acceptedOfKind };
  });
}

/** The current finding with this id, or undefined. */
export async function findFinding(asker: Asker, projection: Projection, asked: string): Promise<Finding | undefined> {
  const id = (await resolveFindings(asker.questions.store, projection, [asked])).get(asked) ?? asked;
  const kind = findingKinds.find((each) => id.startsWith(`${each}/`));
  return kind === undefined ? undefined : (await askFindings(asker, projection, asker.now, [kind])).filter([id], true).slice(0, 1)[0];
}

/** The findings of a radius at the end of its widest window. Throws LIMIT_EXCEEDED if the server holds only a part of the facts. */
export async function askRadiusFindings(asker: Asker, { radius }: AnsweredRadius): Promise<Finding[]> {
  asker.needAllFacts();
  const { projection, input } = radius;
  const instant = input.widest.to;
  const levels = await askAccessLevels(asker, projection, instant);
  const { policy } = asker.questions;
  return asker.keep(projection, ['radiusFindings', input, radius.scenario?.key], (limit) =>
    asker.run(listRadiusFindings({ projection, policy, instant, levels }, radius), limit),
  );
}

/** Saves an acceptance. Replaces an earlier one of the same finding. */
export async function saveAcceptance(asker: Asker, finding: string, acceptance: Acceptance): Promise<void> {
  await asker.questions.store.saveDocument('acceptance', finding, JSON.stringify(acceptance));
  asker.seeWrites();
}

/** Only the accepted findings, or only the others; null or absent: both. */
export function filterAccepted(
  findings: FindingList,
  acceptances: ReadonlyMap<string, Acceptance>,
  isAccepted: boolean | null | undefined,
): FindingList {
  return typeof isAccepted === 'boolean' ? findings.filter(acceptances.keys(), isAccepted) : findings;
}
