import type { Acceptance } from '../domain/acceptance.ts';
import { parseAcceptance } from '../domain/acceptance.ts';
import type { Finding, FindingKind } from '../exposure/findings/finding.ts';
import { findingKinds } from '../exposure/findings/finding.ts';
import { listFindings, listRadiusFindings } from '../exposure/findings/findings.ts';
import type { BlastRadius } from '../exposure/radius/radius-types.ts';
import type { Projection } from '../projection/projection.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { FactStore } from '../store/fact-store.ts';
import { askAccessLevels } from './ask-control-gaps.ts';
import type { LatestAnswers } from './run/latest-answers.ts';
import { runInSlices } from './run/run-in-slices.ts';

export interface FindingSources {
  readonly answers: LatestAnswers;
  readonly policy: ControlPolicy;
}

/** The findings of some kinds (null or absent: all) at an instant, in their order. The event loop stays free meanwhile. */
export async function askFindings(
  { answers, policy }: FindingSources,
  projection: Projection,
  instant: number,
  kinds?: readonly FindingKind[] | null,
  checkTime?: () => void,
): Promise<Finding[]> {
  const levels = await askAccessLevels(answers, projection, instant);
  const wanted = kinds ? findingKinds.filter((kind) => kinds.includes(kind)) : null;
  return answers.get(projection, ['findings', instant, wanted], () =>
    runInSlices(listFindings({ projection, policy, instant, levels }, wanted), checkTime),
  );
}

/** The findings of a radius, at the end of its widest window. */
export async function askRadiusFindings({ answers, policy }: FindingSources, radius: BlastRadius): Promise<Finding[]> {
  const { projection, input } = radius;
  const instant = input.widest.to;
  const levels = await askAccessLevels(answers, projection, instant);
  return answers.get(projection, ['radiusFindings', input], async () =>
    listRadiusFindings({ projection, policy, instant, levels }, radius),
  );
}

/** What is accepted at an instant, by the finding's id. */
export async function readAcceptances(store: FactStore, instant: number): Promise<ReadonlyMap<string, Acceptance>> {
  const all = (await store.listDocuments('acceptance')).map(({ id, json }) => [id, parseAcceptance(json)] as const);
  return new Map(all.filter(([, { until }]) => until === null || until > instant));
}

/** Those that are accepted, or are not; null or absent: both. */
export function filterAccepted(
  findings: readonly Finding[],
  acceptances: ReadonlyMap<string, Acceptance>,
  isAccepted: boolean | null | undefined,
): readonly Finding[] {
  return typeof isAccepted === 'boolean' ? findings.filter(({ id }) => acceptances.has(id) === isAccepted) : findings;
}
