import type { Acceptance } from '../../domain/acceptance.ts';
import type { Finding, FindingKind } from '../../exposure/findings/finding.ts';
import { findingKinds } from '../../exposure/findings/finding.ts';
import { listFindings, listRadiusFindings } from '../../exposure/findings/findings.ts';
import type { Projection } from '../../projection/projection.ts';
import type { AnsweredRadius } from '../ask-radius.ts';
import type { Asker } from '../asker.ts';
import { askAccessLevels } from './ask-control-gaps.ts';

export { findingKinds };

/**
 * The findings of some kinds (null or absent: all) at an instant, in their order. Throws QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 */
export async function askFindings(
  asker: Asker,
  projection: Projection,
  instant: number,
  kinds?: readonly FindingKind[] | null,
  patienceMs?: number,
): Promise<Finding[]> {
  const levels = await askAccessLevels(asker, projection, instant);
  const wanted = kinds ? findingKinds.filter((kind) => kinds.includes(kind)) : null;
  const { policy } = asker.questions;
  return asker.keep(
    projection,
    ['findings', instant, wanted],
    (limit, progress) => asker.run(listFindings({ projection, policy, instant, levels }, wanted, progress.report), limit),
    patienceMs,
  );
}

export interface FindingCount {
  readonly kind: FindingKind;
  readonly open: number;
  readonly accepted: number;
}

/** Counts the open and the accepted findings of each kind. Lists every kind in its order, even without findings. */
export function countFindings(findings: readonly Finding[], acceptances: ReadonlyMap<string, Acceptance>): FindingCount[] {
  const counts = new Map(findingKinds.map((kind) => [kind, { kind, open: 0, accepted: 0 }]));
  for (const { id, kind } of findings) {
    const count = counts.get(kind);
    if (count !== undefined) count[acceptances.has(id) ? 'accepted' : 'open'] += 1;
  }
  return [...counts.values()];
}

/** The current finding with this id, or undefined. */
export async function findFinding(asker: Asker, projection: Projection, id: string): Promise<Finding | undefined> {
  const kind = findingKinds.find((each) => id.startsWith(`${each}/`));
  return kind === undefined ? undefined : (await askFindings(asker, projection, asker.now, [kind])).find((finding) => finding.id === id);
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
  findings: readonly Finding[],
  acceptances: ReadonlyMap<string, Acceptance>,
  isAccepted: boolean | null | undefined,
): readonly Finding[] {
  return typeof isAccepted === 'boolean' ? findings.filter(({ id }) => acceptances.has(id) === isAccepted) : findings;
}
