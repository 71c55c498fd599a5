import type { StepTable } from '../radius/spread-steps.ts';
import { BoundedSpread } from './bounded-spread.ts';

/**
 * Some origins, and by organization which of them reach it. An origin's *slot* is its place in the batch.
 */
export interface OriginBatch {
  readonly origins: readonly number[];
  /** The number of organizations that each origin reaches, itself included. */
  readonly reachedCounts: readonly number[];
  /** The origins that reach an organization are at `offsets[organization] .. offsets[organization + 1] - 1`, by slot. */
  readonly offsets: Uint32Array;
  readonly slot: Int32Array;
  readonly likelihood: Float64Array;
  /** By organization: its own slot, or -1. */
  readonly ownSlot: Int32Array;
}

/**
 * Takes origins from a list until the batch is full. Yields after each.
 *
 * @param room the most origins of a batch, and the pairs of an origin and an organization that it reaches after which it is full
 * @param onReached called with each origin and the organizations that it reaches, itself first
 * Complexity: O(organizations), and for each origin as `BoundedSpread.from`.
 */
export function takeBatch(
  origins: readonly number[],
  from: number,
  steps: StepTable,
  maxHops: number,
  room: { readonly origins: number; readonly pairs: number },
  onReached: (origin: number, reached: readonly number[]) => void,
): OriginBatch {
  const organizationCount = steps.offsets.length - 1;
  const spread = new BoundedSpread(steps, maxHops);
  const taken: number[] = [];
  const reachedCounts: number[] = [];
  const reached: number[] = [];
  const likelihoods: number[] = [];
  const offsets = new Uint32Array(organizationCount + 1);
  const ownSlot = new Int32Array(organizationCount).fill(-1);
  for (let at = from; at < origins.length && taken.length < room.origins && reached.length < room.pairs; at++) {
    const origin = origins[at] as number;
    spread.from(origin);
    ownSlot[origin] = taken.length;
    taken.push(origin);
    reachedCounts.push(spread.reached.length);
    for (const organization of spread.reached) {
      reached.push(organization);
      likelihoods.push(spread.likelihood[organization] as number);
      offsets[organization + 1] = (offsets[organization + 1] as number) + 1;
    }
    onReached(origin, spread.reached);
  }
  for (let row = 0; row < organizationCount; row++) offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number);
  const next = offsets.slice();
  const slot = new Int32Array(reached.length);
  const likelihood = new Float64Array(reached.length);
  let pair = 0;
  reachedCounts.forEach((count, s) => {
    for (const end = pair + count; pair < end; pair++) {
      const organization = reached[pair] as number;
      const place = next[organization] as number;
      slot[place] = s;
      likelihood[place] = likelihoods[pair] as number;
      next[organization] = place + 1;
    }
  });
  return { origins: taken, reachedCounts, offsets, slot, likelihood, ownSlot };
}
