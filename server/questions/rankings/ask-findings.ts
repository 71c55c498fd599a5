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

export { findingKinds };

/**
 * The findings of some kinds (null or absent: all) at an instant, in their order. A worker thread lists those of many facts. Throws
 * QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 */
export async function askFindings(
  asker: Asker,
  projection: Projection,
  instant: number,
  kinds?: readonly FindingKind[] | null,
  patienceMs?: number,
): Promise<FindingList> {
  return askInOrder(asker, projection, instant, kinds, true, patienceMs);
}

/** All findings at an instant, by kind and then in no order: for counts. */
export function askUnsortedFindings(asker: Asker, projection: Projection, instant: number): Promise<FindingList> {
  return askInOrder(asker, projection, instant, null, false);
}

async function askInOrder(
  asker: Asker,
  projection: Projection,
  instant: number,
  kinds: readonly FindingKind[] | null | undefined,
  isSorted: boolean,
  patienceMs?: number,
): Promise<FindingList> {
  const levels = await askAccessLevels(asker, projection, instant);
  const wanted = kinds ? findingKinds.filter((kind) => kinds.includes(kind)) : null;
  const { policy } = asker.questions;
  const question = { projection, policy, instant, levels };
  const found = await asker.keep(
    projection,
    ['findings', instant, wanted, isSorted],
    (limit, progress) => listFacts(asker, projection, 'findings', { policy, instant, kinds: wanted, isSorted }, limit, progress),
    patienceMs,
  );
  return new FindingList(question, found);
}

export interface FindingCount {
  readonly kind: FindingKind;
  readonly open: number;
  readonly accepted: number;
}

/** Counts the open and the accepted findings of each kind. Lists every kind in its order, even without findings. */
export function countFindings(findings: FindingList, acceptances: ReadonlyMap<string, Acceptance>): FindingCount[] {
  const countOf = (list: FindingList) => new Map(list.found.map(({ kind, indexes }) => [kind, indexes.length]));
  const [all, accepted] = [countOf(findings), countOf(findings.filter(acceptances.keys(), true))];
  return findingKinds.map((kind) => {
    const acceptedOfKind = accepted.get(kind) ?? 0;
    return { kind, open: (all.get(kind) ?? 0) - acceptedOfKind, accepted: acceptedOfKind };
  });
}

/** The current finding with this id, or undefined. */
export async function findFinding(asker: Asker, projection: Projection, id: string): Promise<Finding | undefined> {
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
