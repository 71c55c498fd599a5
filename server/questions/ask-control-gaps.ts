import { AccessLevels } from '../exposure/controls/access-levels.ts';
import type { ControlGap } from '../exposure/controls/control-gap.ts';
import { findControlGap, listControlGaps } from '../exposure/controls/control-gap.ts';
import { getIndex } from '../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../projection/projection.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { LatestAnswers } from './run/latest-answers.ts';
import { runInSlices } from './run/run-in-slices.ts';

export interface ControlSources {
  readonly answers: LatestAnswers;
  readonly policy: ControlPolicy;
}

/** What everybody has access to at an instant; of one instant it is worked out once. */
export function askAccessLevels(answers: LatestAnswers, projection: Projection, instant: number): Promise<AccessLevels> {
  return answers.get(projection, ['accessLevels', instant], async () => new AccessLevels(projection, instant));
}

/** The control gap of one organization, under the policy in force. */
export async function askControlGap(
  { answers, policy }: ControlSources,
  projection: Projection,
  instant: number,
  organization: number,
): Promise<ControlGap> {
  const levels = await askAccessLevels(answers, projection, instant);
  return findControlGap(projection, levels, { policy, instant, withoutIssuers: new Set() }, organization);
}

/**
 * Who has something missing, by how much descending, then id.
 *
 * @param withoutIssuers ids of organizations whose evidence does not count
 * Throws NOT_FOUND (an issuer).
 */
export async function askControlGaps(
  { answers, policy }: ControlSources,
  projection: Projection,
  instant: number,
  withoutIssuers: readonly string[] | null | undefined,
  checkTime?: () => void,
): Promise<ControlGap[]> {
  const discounted = new Set(withoutIssuers?.map((id) => getIndex(projection, 'organizations', 'organization', id)));
  const levels = await askAccessLevels(answers, projection, instant);
  const question = { policy, instant, withoutIssuers: discounted };
  return answers.get(projection, ['controlGaps', instant, [...discounted].sort((a, b) => a - b)], () =>
    runInSlices(listControlGaps(projection, levels, question), checkTime),
  );
}
