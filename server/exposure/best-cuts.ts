import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Projection } from '../projection/projection.ts';
import { none } from '../projection/projection.ts';
import type { Action } from './action.ts';
import type { ExposedArtifact, RadiusInput, ReachedOrganization } from './blast-radius.ts';
import { findExposed } from './confidentiality.ts';
import { Scenario } from './scenario.ts';
import { formatDay } from './sentence-formats.ts';

/** One step that takes weighted loss out of a radius, given the steps before it. US dollars. */
export interface Cut {
  readonly action: Action;
  readonly removedWeightedLossUsd: number;
  readonly removedWorstCaseLossUsd: number;
  readonly remainingWeightedLossUsd: number;
  readonly because: string;
}

export const maxBudget = 10;

/** A radius as far as cuts are measured by it. */
interface Losses {
  readonly weightedLossUsd: number;
  readonly worstCaseLossUsd: number;
  readonly artifacts: readonly ExposedArtifact[];
  readonly reached: readonly ReachedOrganization[];
}

interface Candidate {
  readonly action: Action;
  /** It removes no more weighted loss than this. */
  readonly most: number;
}

/**
 * The one action that leaves least weighted loss, then the next given it, and so on (semantics §8): ENCRYPT for one organization
 * or REVOKE_ACCESS for one access, at an instant. Exact: an action is passed over only where it cannot be the best.
 *
 * A  An action can weaken an artifact only if all its best ways are at organizations that the action concerns: who holds the
 *    copies, or is reached by a walk over the access. The weighted losses of these artifacts bound what it removes; most
 *    actions have a bound of nothing.
 * B  The others are tried in order of their bounds, until the next bound is less than what the best removes.
 *
 * One trial a step.
 *
 * @param at when it would be done
 * @param budget 1 to 10 cuts at most
 * Complexity: a radius for each trial.
 */
export function* findBestCuts(projection: Projection, input: RadiusInput, at: number, budget: number): Generator<void, Cut[]> {
  const chosen: Action[] = [];
  const cuts: Cut[] = [];
  let before = measure(projection, input, chosen);
  while (cuts.length < budget) {
    let best: { action: Action; after: Losses } | undefined;
    for (const { action, most } of listCandidates(before, at)) {
      if (best !== undefined && before.weightedLossUsd - most > best.after.weightedLossUsd + roundingUsd) break;
      const after = measure(projection, input, [...chosen, action]);
      if (best === undefined || compareOutcomes({ action, after }, best) < 0) best = { action, after };
      yield;
    }
    if (best === undefined || toCents(best.after.weightedLossUsd) >= toCents(before.weightedLossUsd)) break;
    const { action, after } = best;
    chosen.push(action);
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

/** Two outcomes further apart than this differ by a cent at least, and by no rounding of sums. */
const roundingUsd = 0.02;

function toCents(usd: number): number {
  return Math.round(usd * 100);
}

function measure(projection: Projection, input: RadiusInput, actions: readonly Action[]): Losses {
  const { artifacts, reached } = findExposed(projection, input, new Scenario(projection, actions));
  let weightedLossUsd = 0;
  let worstCaseLossUsd = 0;
  for (const artifact of artifacts) {
    weightedLossUsd += artifact.weightedLossUsd;
    worstCaseLossUsd += artifact.worstCaseLossUsd;
  }
  return { weightedLossUsd, worstCaseLossUsd, artifacts, reached };
}

/** A: the actions that may remove something, those with the highest bound first. */
function listCandidates({ artifacts, reached }: Losses, at: number): Candidate[] {
  const reachedAt = new Map(reached.map((each) => [each.organization, each]));
  const accessOf = new Map<number, ReadonlySet<number>>();
  const walkOf = (organization: number) =>
    getOrInsert(
      accessOf,
      organization,
      () => new Set((reachedAt.get(organization) as ReachedOrganization).path.map(({ access }) => access).filter((a) => a !== none)),
    );
  const byOrganization = new Map<number, number>();
  const byAccess = new Map<number, number>();
  const add = (bounds: Map<number, number>, key: number, loss: number) => bounds.set(key, (bounds.get(key) ?? 0) + loss);
  for (const artifact of artifacts) {
    if (artifact.weightedLossUsd === 0) continue;
    const [first, ...others] = artifact.bestHolders;
    if (first === undefined) continue;
    if (others.length === 0) add(byOrganization, first, artifact.weightedLossUsd);
    for (const a of walkOf(first)) if (others.every((other) => walkOf(other).has(a))) add(byAccess, a, artifact.weightedLossUsd);
  }
  const candidates: Candidate[] = [
    ...[...byOrganization].map(([organization, most]): Candidate => ({ action: { kind: 'ENCRYPT', organization, owner: none, at }, most })),
    ...[...byAccess].map(([access, most]): Candidate => ({ action: { kind: 'REVOKE_ACCESS', access, at }, most })),
  ];
  return candidates.sort((a, b) => b.most - a.most || compareActions(a.action, b.action));
}

interface Outcome {
  readonly action: Action;
  readonly after: Losses;
}

/** To the cent; then organizations first, then id. */
function compareOutcomes(a: Outcome, b: Outcome): number {
  return (
    toCents(a.after.weightedLossUsd) - toCents(b.after.weightedLossUsd) ||
    toCents(a.after.worstCaseLossUsd) - toCents(b.after.worstCaseLossUsd) ||
    compareActions(a.action, b.action)
  );
}

function compareActions(a: Action, b: Action): number {
  const target = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? action.access : action.organization);
  const isAccess = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? 1 : 0);
  return isAccess(a) - isAccess(b) || target(a) - target(b);
}

const shownArtifacts = 3;

/** What the cut takes, artifact by artifact, the most first. */
function explainCut({ access, artifacts, organizations }: Projection, action: Action, before: Losses, after: Losses): string {
  const left = new Map(after.artifacts.map(({ artifact, weightedLossUsd }) => [artifact, weightedLossUsd]));
  const weakened = before.artifacts
    .map(({ artifact, weightedLossUsd }) => ({ artifact, removed: weightedLossUsd - (left.get(artifact) ?? 0) }))
    .filter(({ removed }) => removed > 0)
    .sort((a, b) => b.removed - a.removed || a.artifact - b.artifact);
  const names = weakened.slice(0, shownArtifacts).map(({ artifact }) => artifacts.name.get(artifact));
  const more = weakened.length > shownArtifacts ? ` and ${weakened.length - shownArtifacts} more` : '';
  const what = `${weakened.length === 1 ? 'the best way in' : 'the best ways in'} to ${names.join(', ')}${more}`;
  if (action.kind === 'REVOKE_ACCESS') {
    const grantee = organizations.name.get(access.grantee[action.access] as number);
    const grantor = organizations.name.get(access.grantor[action.access] as number);
    return `Access ${access.id.get(action.access)} of ${grantee} to ${grantor}, ended on ${formatDay(action.at)}, is on ${what}.`;
  }
  const name = organizations.name.get(action.organization);
  return `${name} holds ${what}; under their owners' keys from ${formatDay(action.at)} on, its copies cannot be read.`;
}
