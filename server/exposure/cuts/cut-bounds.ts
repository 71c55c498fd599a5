import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { ReachedOrganization } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';
import type { CutTrials } from './cut-trials.ts';

export interface CutCandidate {
  readonly action: Action;
  /** The most weighted loss that the action can remove, in US dollars. */
  readonly most: number;
}

/**
 * The actions that may remove weighted loss, those with the highest bound first; then organizations first, then id.
 *
 * An artifact's best way in decides its weighted loss. An encryption closes the ways of one holder; the best way of the others
 * remains. Ending an access closes or weakens the ways of holders whose likeliest walk uses it; the best way of a holder whose
 * walk does not use it remains.
 *
 * @param at the instant of the actions
 * Complexity: O(ways x maxHops), and a sort of each artifact's holders.
 */
export function boundCuts({ artifacts }: Projection, trials: CutTrials, at: number): CutCandidate[] {
  const walks = new Map<number, ReadonlySet<number>>();
  const walkOf = (holder: number) => getOrInsert(walks, holder, () => accessOnWalk(trials.reachedAt.get(holder) as ReachedOrganization));
  const byOrganization = new Map<number, number>();
  const byAccess = new Map<number, number>();
  const add = (bounds: Map<number, number>, key: number, usd: number) => bounds.set(key, (bounds.get(key) ?? 0) + usd);

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

  const candidates: CutCandidate[] = [
    ...[...byOrganization].map(
      ([organization, most]): CutCandidate => ({ action: { kind: 'ENCRYPT', organization, owner: none, at }, most }),
    ),
    ...[...byAccess].map(([access, most]): CutCandidate => ({ action: { kind: 'REVOKE_ACCESS', access, at }, most })),
  ];
  return candidates.filter(({ most }) => most > 0).sort((a, b) => b.most - a.most || compareCuts(a.action, b.action));
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
