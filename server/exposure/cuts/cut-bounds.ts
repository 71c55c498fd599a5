import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { ReachedOrganization } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';
import type { CutTrials } from './cut-trials.ts';

/** The figure that a cut lowers (semantics §8). */
export const cutOrders = ['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'LABS'] as const;
export type CutOrder = (typeof cutOrders)[number];

export interface CutCandidate {
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
export function compareCuts(a: Action, b: Action): number {
  const target = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? action.access : action.organization);
  const isAccess = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? 1 : 0);
  return isAccess(a) - isAccess(b) || target(a) - target(b);
}

function accessOnWalk({ path }: ReachedOrganization): ReadonlySet<number> {
  return new Set(path.map(({ access }) => access).filter((a) => a !== none));
}
