import type { BatchParameters } from '../../batch/batch-questions.ts';
import { digestLegalForms } from '../../batch/batch-questions.ts';
import type { FindingKind } from '../../domain/finding-kinds.ts';
import { findingKinds } from '../../domain/finding-kinds.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import type { Acceptance } from '../../domain/records/saved-texts.ts';
import type { Finding, NamedFinding } from '../../exposure/findings/finding.ts';
import { FindingList, listRadiusFindings } from '../../exposure/findings/findings.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { BatchFindings } from '../batch/batch-answers.ts';
import { findAttached, findBatch, fromBatch } from '../batch/find-batch.ts';
import type { AnsweredRadius } from '../radius/ask-radius.ts';
import { askAccessLevels } from './ask-control-gaps.ts';
import { listFacts, rememberList, stableInstant } from './list-facts.ts';
import { resolveFindings } from './resolved-findings.ts';

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
  requestedInstant: number,
  kinds?: readonly FindingKind[] | null,
  patienceMs?: number,
): Promise<FindingList> {
  rememberList(asker, 'findings', requestedInstant, listFindings);
  const all = await listFindings(asker, projection, requestedInstant, patienceMs);
  return kinds ? all.ofKinds(kinds) : all;
}

async function listFindings(asker: Asker, projection: Projection, requestedInstant: number, patienceMs?: number): Promise<FindingList> {
  const instant = await stableInstant(asker.questions.scheduler, projection, requestedInstant, asker.limit);
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

/** Findings in memory, or as rows on disk. */
interface ListedFindings extends PagedList<Finding | NamedFinding> {
  /** A kind that is left out has none. */
  readonly counts: ReadonlyMap<FindingKind, number>;
  ofKinds(kinds: readonly FindingKind[]): ListedFindings;
  /** The findings whose ids are among these, or the others. */
  filter(ids: Iterable<string>, isAmong: boolean): ListedFindings | Promise<ListedFindings>;
}

/**
 * As `askFindings`, or from a result, or on a server that holds a part of the facts.
 *
 * @param mayBeBehind as in `findBatch`
 */
export async function askListedFindings(
  asker: Asker,
  projection: Projection,
  instant: number,
  kinds?: readonly FindingKind[] | null,
  { patienceMs, mayBeBehind = false }: { readonly patienceMs?: number | undefined; readonly mayBeBehind?: boolean } = {},
): Promise<ListedFindings> {
  const batch = await findBatch(asker, projection, 'findings', parametersAt(asker, instant), mayBeBehind, patienceMs);
  if (batch === undefined) return askFindings(asker, projection, instant, kinds, patienceMs);
  const all = BatchFindings.from(batch.rows, findingKinds);
  return fromBatch(kinds ? all.ofKinds(kinds) : all, batch.source);
}

/** The parameters that decide the findings at an instant, beside the facts. */
function parametersAt(asker: Asker, instant: number): BatchParameters {
  return { instant, policy: asker.questions.policy, legalForms: digestLegalForms() };
}

/**
 * The number of open findings now. Null on a server that holds a part of the facts, unless a current result is attached: to count them would
 * read all facts.
 */
export async function countOpenFindings(asker: Asker, projection: Projection): Promise<number | null> {
  const asked = parametersAt(asker, asker.now);
  if (!asker.questions.held.isWhole && (await findAttached(asker, projection, 'findings', asked, false)) === undefined) return null;
  const counts = await countFindings(await askListedFindings(asker, projection, asker.now), await asker.acceptances());
  return counts.reduce((sum, { open }) => sum + open, 0);
}

/** Counts the open and the accepted findings of each kind. Lists every kind in its order, even without findings. */
export async function countFindings(findings: ListedFindings, acceptances: ReadonlyMap<string, Acceptance>): Promise<FindingCount[]> {
  const all = findings.counts;
  const accepted = (await findings.filter(acceptances.keys(), true)).counts;
  return findingKinds.map((kind) => {
    const acceptedOfKind = accepted.get(kind) ?? 0;
    return { kind, open: (all.get(kind) ?? 0) - acceptedOfKind, accepted: acceptedOfKind };
  });
}

/** As `countFindings`, of findings that are all in memory. */
export function countEach(findings: readonly Finding[], acceptances: ReadonlyMap<string, Acceptance>): FindingCount[] {
  return findingKinds.map((kind) => {
    const ofKind = findings.filter((finding) => finding.kind === kind);
    const accepted = ofKind.filter(({ id }) => acceptances.has(id)).length;
    return { kind, open: ofKind.length - accepted, accepted };
  });
}

/** The current finding with this id, or undefined. */
export async function findFinding(asker: Asker, projection: Projection, requestedId: string): Promise<Finding | NamedFinding | undefined> {
  const id = (await resolveFindings(asker.questions.store, projection, [requestedId])).get(requestedId) ?? requestedId;
  const kind = findingKinds.find((each) => id.startsWith(`${each}/`));
  if (kind === undefined) return undefined;
  const found = await (await askListedFindings(asker, projection, asker.now, [kind])).filter([id], true);
  return found.slice(0, 1)[0];
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
export async function filterAccepted(
  findings: ListedFindings,
  acceptances: ReadonlyMap<string, Acceptance>,
  isAccepted: boolean | null | undefined,
): Promise<ListedFindings> {
  return typeof isAccepted === 'boolean' ? findings.filter(acceptances.keys(), isAccepted) : findings;
}
