import type { Projection } from '../../projection/projection.ts';
import { CutTrials } from '../cuts/cut-trials.ts';
import type { RadiusInput } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';

/** Actions, each to be weighed alone, in two radii. */
export interface ActionsToWeigh {
  /** The question of the incident. */
  readonly here: RadiusInput;
  /** The question about a compromise of the same origins now. */
  readonly now: RadiusInput;
  readonly actions: readonly Action[];
}

/** The weighted loss that an action removes from each of the two radii, in US dollars. */
export interface RemovedLoss {
  readonly hereUsd: number;
  readonly nowUsd: number;
}

/**
 * The weighted loss that each action alone removes, in the order of the actions.
 *
 * Complexity: two radii, and two trials for each action (cut-trials.ts).
 */
export function weighActions(projection: Projection, { here, now, actions }: ActionsToWeigh): RemovedLoss[] {
  const trialsHere = new CutTrials(projection, here, []);
  const trialsNow = new CutTrials(projection, now, []);
  const removed: RemovedLoss[] = [];
  for (const action of actions) {
    removed.push({ hereUsd: removedBy(trialsHere, action), nowUsd: removedBy(trialsNow, action) });
  }
  return removed;
}

/** No action adds loss (semantics §11.3), so a difference below zero is a rounding error of the sums. */
function removedBy(trials: CutTrials, action: Action): number {
  return Math.max(0, trials.weightedLossUsd - trials.try(action).weightedLossUsd);
}
