import { toCents } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { RadiusInput, ReachedOrganization } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';
import { formatDay } from '../sentence-formats.ts';
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
 * A  Each action has an upper bound on what it removes, from the ways in that it leaves open (`boundCuts`). For most actions
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

/** The figure that a cut lowers (semantics §8). */
export const cutOrders = ['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'LABS'] as const;
export type CutOrder = (typeof cutOrders)[number];

interface CutCandidate {
  readonly action: Action;
  /** The most that the action can remove of the chosen figure: US dollars, or labs. */
  readonly most: number;
}

/** Upper bounds, by organization and by access. */
interface Bounds {
  readonly byOrganization: Map<number, number>;
  readonly byAccess: Map<number, number>;
}

type WalkOf = (holder: number) => ReadonlySet<number>;

/**
 * The actions that may lower a figure, those with the highest bound first; then organizations first, then id.
 *
 * An encryption closes at most all ways of one holder. Ending an access closes or weakens at most the ways of holders whose likeliest walk
 * uses it: a holder whose walk does not use it is reached as before.
 *
 * @param at the instant of the actions
 * Complexity: O(ways x maxHops), and a sort of each artifact's holders.
 */
export function boundCuts(projection: Projection, trials: CutTrials, at: number, by: CutOrder = 'WEIGHTED_LOSS'): CutCandidate[] {
  const walks = new Map<number, ReadonlySet<number>>();
  const walkOf = (holder: number) => getOrInsert(walks, holder, () => accessOnWalk(trials.reachedAt.get(holder) as ReachedOrganization));
  const { byOrganization, byAccess } = boundsBy[by](projection, trials, walkOf);
  const candidates: CutCandidate[] = [
    ...[...byOrganization].map(
      ([organization, most]): CutCandidate => ({ action: { kind: 'ENCRYPT', organization, owner: none, at }, most }),
    ),
    ...[...byAccess].map(([access, most]): CutCandidate => ({ action: { kind: 'REVOKE_ACCESS', access, at }, most })),
  ];
  return candidates.filter(({ most }) => most > 0).sort((a, b) => b.most - a.most || compareCuts(a.action, b.action));
}

const boundsBy: Readonly<Record<CutOrder, (projection: Projection, trials: CutTrials, walkOf: WalkOf) => Bounds>> = {
  WEIGHTED_LOSS: boundWeightedLoss,
  WORST_CASE_LOSS: boundWorstCase,
  LABS: boundLabs,
};

/** An artifact's best way in decides its weighted loss. The best way of the holders that an action leaves alone remains. */
function boundWeightedLoss({ artifacts }: Projection, trials: CutTrials, walkOf: WalkOf): Bounds {
  const byOrganization = new Map<number, number>();
  const byAccess = new Map<number, number>();
  for (const [row, artifact] of trials.exposed.artifact.entries()) {
    if (trials.exposed.weightedLossUsd[row] === 0) continue;
    const mean = artifacts.meanValueUsd[artifact] as number;
    const [best, ...others] = [...trials.sharesOf(artifact)].sort(([, a], [, b]) => b - a);
    if (best === undefined) continue;
    const [holder, share] = best;
    add(byOrganization, holder, (share - (others[0]?.[1] ?? 0)) * mean);
    const taken = new Set(walkOf(holder));
    for (const [other, otherShare] of others) {
      if (taken.size === 0) break;
      for (const a of taken) {
        if (walkOf(other).has(a)) continue;
        add(byAccess, a, (share - otherShare) * mean);
        taken.delete(a);
      }
    }
    for (const a of taken) add(byAccess, a, share * mean);
  }
  return { byOrganization, byAccess };
}

/** Each way in adds to the worst case of its artifact, so an action removes at most all of it where it touches one way. */
function boundWorstCase(_: Projection, trials: CutTrials, walkOf: WalkOf): Bounds {
  const byOrganization = new Map<number, number>();
  const byAccess = new Map<number, number>();
  for (const [row, artifact] of trials.exposed.artifact.entries()) {
    const usd = trials.exposed.worstCaseLossUsd[row] as number;
    if (usd === 0) continue;
    const holders = [...trials.sharesOf(artifact).keys()];
    for (const holder of holders) add(byOrganization, holder, usd);
    for (const access of new Set(holders.flatMap((holder) => [...walkOf(holder)]))) add(byAccess, access, usd);
  }
  return { byOrganization, byAccess };
}

/** An action frees a lab only where it touches every way in to every artifact of the lab. */
function boundLabs({ artifacts }: Projection, trials: CutTrials, walkOf: WalkOf): Bounds {
  const ofLab = new Map<number, { organizations: Set<number>; access: Set<number> }>();
  for (const artifact of trials.exposed.artifact) {
    const holders = [...trials.sharesOf(artifact).keys()];
    const [first, ...others] = holders;
    if (first === undefined) continue;
    const organizations = new Set(others.length === 0 ? [first] : []);
    const access = new Set([...walkOf(first)].filter((a) => others.every((other) => walkOf(other).has(a))));
    const lab = artifacts.owner[artifact] as number;
    const known = ofLab.get(lab);
    if (known === undefined) ofLab.set(lab, { organizations, access });
    else ofLab.set(lab, { organizations: intersect(known.organizations, organizations), access: intersect(known.access, access) });
  }
  const byOrganization = new Map<number, number>();
  const byAccess = new Map<number, number>();
  for (const { organizations, access } of ofLab.values()) {
    for (const organization of organizations) add(byOrganization, organization, 1);
    for (const a of access) add(byAccess, a, 1);
  }
  return { byOrganization, byAccess };
}

function intersect(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a].filter((each) => b.has(each)));
}

function add(bounds: Map<number, number>, key: number, amount: number): void {
  bounds.set(key, (bounds.get(key) ?? 0) + amount);
}

/** Organizations first, then id. */
function compareCuts(a: Action, b: Action): number {
  const target = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? action.access : action.organization);
  const isAccess = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? 1 : 0);
  return isAccess(a) - isAccess(b) || target(a) - target(b);
}

function accessOnWalk({ path }: ReachedOrganization): ReadonlySet<number> {
  return new Set(path.map(({ access }) => access).filter((a) => a !== none));
}
