import { toCents } from '../../domain/compare.ts';
import type { Projection } from '../../projection/projection.ts';
import type { RadiusInput } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';
import { formatDay } from '../sentence-formats.ts';
import { boundCuts, compareCuts } from './cut-bounds.ts';
import type { Losses } from './cut-trials.ts';
import { CutTrials } from './cut-trials.ts';

/** One step that reduces the weighted loss of a radius, after the steps before it. US dollars. */
export interface Cut {
  readonly action: Action;
  readonly removedWeightedLossUsd: number;
  readonly removedWorstCaseLossUsd: number;
  readonly remainingWeightedLossUsd: number;
  readonly because: string;
}

export const maxBudget = 10;

/**
 * Finds the action that leaves the least weighted loss, then the best one after it, and so on (semantics §8). An action is ENCRYPT
 * for one organization or REVOKE_ACCESS for one access, at an instant. Exact: it skips an action only if it cannot be the best.
 *
 * A  Each action has an upper bound on the loss it removes, from the ways in that it leaves open (cut-bounds.ts). For most actions
 *    the bound is zero.
 * B  The others are tried in order of their bounds, until the next bound is below the loss that the best action removes. A trial
 *    computes only what the action affects (cut-trials.ts).
 *
 * One trial per step.
 *
 * @param at the instant of the actions
 * @param budget the most cuts, 1 to 10
 * Complexity: one radius per cut. Per trial: the artifacts, the affected copies, and the spread if access ends.
 */
export function* findBestCuts(projection: Projection, input: RadiusInput, at: number, budget: number): Generator<void, Cut[]> {
  const cuts: Cut[] = [];
  let before = new CutTrials(projection, input, []);
  while (cuts.length < budget) {
    let best: Outcome | undefined;
    for (const { action, most } of boundCuts(projection, before, at)) {
      if (best !== undefined && before.weightedLossUsd - most > best.after.weightedLossUsd + roundingUsd) break;
      const outcome = { action, after: before.try(action) };
      if (best === undefined || compareOutcomes(outcome, best) < 0) best = outcome;
      yield;
    }
    if (best === undefined || toCents(best.after.weightedLossUsd) >= toCents(before.weightedLossUsd)) break;
    const { action } = best;
    const after = new CutTrials(projection, input, [...cuts.map((cut) => cut.action), action]);
    cuts.push({
      action,
      removedWeightedLossUsd: before.weightedLossUsd - after.weightedLossUsd,
      removedWorstCaseLossUsd: before.worstCaseLossUsd - after.worstCaseLossUsd,
      remainingWeightedLossUsd: after.weightedLossUsd,
      because: explainCut(projection, action, before, after),
    });
    before = after;
  }
  return cuts;
}

/** Two outcomes further apart than this differ by at least a cent, even after rounding errors in the sums. */
const roundingUsd = 0.02;

interface Outcome {
  readonly action: Action;
  readonly after: Losses;
}

/** Compares by loss to the cent, then organizations first, then id. */
function compareOutcomes(a: Outcome, b: Outcome): number {
  return (
    toCents(a.after.weightedLossUsd) - toCents(b.after.weightedLossUsd) ||
    toCents(a.after.worstCaseLossUsd) - toCents(b.after.worstCaseLossUsd) ||
    compareCuts(a.action, b.action)
  );
}

const shownArtifacts = 3;

/** Names the artifacts whose loss the cut lowers, the largest reduction first. */
function explainCut({ access, artifacts, organizations }: Projection, action: Action, before: CutTrials, after: CutTrials): string {
  const weakened = Array.from(before.exposed.artifact, (artifact) => ({
    artifact,
    removed: before.weightedLossOf(artifact) - after.weightedLossOf(artifact),
  }))
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => toCents(b.removed) - toCents(a.removed) || a.artifact - b.artifact);
  const names = weakened.slice(0, shownArtifacts).map(({ artifact }) => artifacts.name.get(artifact));
  const more = weakened.length > shownArtifacts ? ` and ${weakened.length - shownArtifacts} more` : '';
  const what = `${weakened.length === 1 ? 'the best way in' : 'the best ways in'} to ${names.join(', ')}${more}`;
  if (action.kind === 'REVOKE_ACCESS') {
    const grantee = organizations.name.get(access.grantee[action.access] as number);
    const grantor = organizations.name.get(access.grantor[action.access] as number);
    return `Ending access ${access.id.get(action.access)} of ${grantee} to ${grantor} on ${formatDay(action.at)} closes or weakens ${what}.`;
  }
  const name = organizations.name.get(action.organization);
  return `${name} holds ${what}; encrypted under their owners' keys from ${formatDay(action.at)} on, its copies cannot be read.`;
}
