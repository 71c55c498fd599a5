import { toCents } from '../../domain/compare.ts';
import type { Projection } from '../../projection/projection.ts';
import type { RadiusInput } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';
import { formatDay } from '../sentence-formats.ts';
import type { CutOrder } from './cut-bounds.ts';
import { boundCuts, compareCuts } from './cut-bounds.ts';
import type { Standing } from './cut-trials.ts';
import { CutTrials } from './cut-trials.ts';

/** One step that lowers a figure of a radius, after the steps before it. US dollars. */
export interface Cut {
  readonly action: Action;
  readonly removedWeightedLossUsd: number;
  readonly removedWorstCaseLossUsd: number;
  readonly remainingWeightedLossUsd: number;
  readonly because: string;
}

export const maxBudget = 10;

/**
 * Finds the action that leaves least of a figure, then the best one after it, and so on (semantics §8). An action is ENCRYPT
 * for one organization or REVOKE_ACCESS for one access, at an instant. Exact: it skips an action only if it cannot be the best.
 *
 * A  Each action has an upper bound on what it removes, from the ways in that it leaves open (cut-bounds.ts). For most actions
 *    the bound is zero.
 * B  The others are tried in order of their bounds, until the next bound is below what the best action removes. A trial
 *    computes only what the action affects (cut-trials.ts).
 *
 * @param at the instant of the actions
 * @param budget the most cuts, 1 to 10
 * @param by the figure: a loss to the cent, or the number of affected labs
 * Complexity: one radius per cut. Per trial: the artifacts, the affected copies, and the spread if access ends.
 */
export function findBestCuts(
  projection: Projection,
  input: RadiusInput,
  at: number,
  budget: number,
  by: CutOrder = 'WEIGHTED_LOSS',
): Cut[] {
  const { read, compare, rounding } = figures[by];
  const cuts: Cut[] = [];
  let before = new CutTrials(projection, input, []);
  while (cuts.length < budget) {
    let best: Outcome | undefined;
    for (const { action, most } of boundCuts(projection, before, at, by)) {
      if (best !== undefined && read(before) - most > best.left + rounding) break;
      const after = before.try(action);
      const outcome = { action, after, left: read(after) };
      if (best === undefined || compareOutcomes(outcome, best, compare) < 0) best = outcome;
    }
    if (best === undefined || compare(best.left, read(before)) >= 0) break;
    const { action } = best;
    const after = new CutTrials(projection, input, [...cuts.map((cut) => cut.action), action]);
    cuts.push({
      action,
      removedWeightedLossUsd: before.weightedLossUsd - after.weightedLossUsd,
      removedWorstCaseLossUsd: before.worstCaseLossUsd - after.worstCaseLossUsd,
      remainingWeightedLossUsd: after.weightedLossUsd,
      because: explainCut(projection, action, before, after, by),
    });
    before = after;
  }
  return cuts;
}

interface Figure {
  readonly read: (standing: Standing) => number;
  /** Compares two amounts, the smaller first. */
  readonly compare: (a: number, b: number) => number;
  /** Amounts further apart than this differ, even after rounding errors in the sums. */
  readonly rounding: number;
}

const byCents = (a: number, b: number) => toCents(a) - toCents(b);

const figures: Readonly<Record<CutOrder, Figure>> = {
  WEIGHTED_LOSS: { read: ({ weightedLossUsd }) => weightedLossUsd, compare: byCents, rounding: 0.02 },
  WORST_CASE_LOSS: { read: ({ worstCaseLossUsd }) => worstCaseLossUsd, compare: byCents, rounding: 0.02 },
  LABS: { read: ({ affectedLabCount }) => affectedLabCount, compare: (a, b) => a - b, rounding: 0 },
};

interface Outcome {
  readonly action: Action;
  readonly after: Standing;
  /** The chosen figure after the action. */
  readonly left: number;
}

/** Compares by the chosen figure, then by losses to the cent, then organizations first, then id. */
function compareOutcomes(a: Outcome, b: Outcome, compare: Figure['compare']): number {
  return (
    compare(a.left, b.left) ||
    byCents(a.after.weightedLossUsd, b.after.weightedLossUsd) ||
    byCents(a.after.worstCaseLossUsd, b.after.worstCaseLossUsd) ||
    compareCuts(a.action, b.action)
  );
}

const shownNames = 3;

/** Names what the cut lowers: the artifacts by what it removes of their loss, the largest reduction first, or the labs. */
function explainCut(projection: Projection, action: Action, before: CutTrials, after: CutTrials, by: CutOrder): string {
  const { access, organizations } = projection;
  const ways = by === 'LABS' ? waysToLabs(projection, before, after) : waysToArtifacts(projection, before, after, by);
  if (action.kind === 'REVOKE_ACCESS') {
    const grantee = organizations.name.get(access.grantee[action.access] as number);
    const grantor = organizations.name.get(access.grantor[action.access] as number);
    return `Ending access ${access.id.get(action.access)} of ${grantee} to ${grantor} on ${formatDay(action.at)} closes or weakens ${ways}.`;
  }
  const name = organizations.name.get(action.organization);
  return `${name} holds ${ways}; encrypted under their owners' keys from ${formatDay(action.at)} on, its copies cannot be read.`;
}

function waysToArtifacts({ artifacts }: Projection, before: CutTrials, after: CutTrials, by: CutOrder): string {
  const lossOf = (trials: CutTrials, artifact: number) =>
    by === 'WORST_CASE_LOSS' ? trials.worstCaseLossOf(artifact) : trials.weightedLossOf(artifact);
  const lowered = Array.from(before.exposed.artifact, (artifact) => ({
    artifact,
    removed: lossOf(before, artifact) - lossOf(after, artifact),
  }))
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => byCents(b.removed, a.removed) || a.artifact - b.artifact)
    .map(({ artifact }) => artifacts.name.get(artifact));
  if (by === 'WORST_CASE_LOSS') return `${lowered.length === 1 ? 'a way in' : 'ways in'} to ${listNames(lowered)}`;
  return `${lowered.length === 1 ? 'the best way in' : 'the best ways in'} to ${listNames(lowered)}`;
}

function waysToLabs({ organizations }: Projection, before: CutTrials, after: CutTrials): string {
  const left = after.affectedLabs;
  const freed = [...before.affectedLabs].filter((lab) => !left.has(lab)).sort((a, b) => a - b);
  return `the last ways in to artifacts of ${listNames(freed.map((lab) => organizations.name.get(lab)))}`;
}

function listNames(names: readonly string[]): string {
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
  return `${names.slice(0, shownNames).join(', ')}${more}`;
}
