import type { StepTable } from '../radius/spread.ts';

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

/**
 * Finds the organizations reached from one origin after another, with their likelihoods (semantics §3). Uses the algorithm of
 * spread.ts: only an organization that improves at k steps spreads further at k + 1.
 *
 * Entries have the stamp of their origin, so arrays are reused without clearing.
 */
export class BoundedSpread {
  /** The organizations reached from the last origin: the origin first, then in the order of discovery. */
  readonly reached: number[] = [];
  /** The largest product over walks to each reached organization; undefined for others. */
  readonly likelihood: Float64Array;
  readonly #steps: StepTable;
  readonly #maxHops: number;
  /** The fewest steps to a holder. The search skips an organization farther away than the remaining steps. */
  readonly #distances: ArrayLike<number> | undefined;
  readonly #reachedStamp: Uint32Array;
  #stamp = 0;
  readonly #candidate: Float64Array;
  readonly #candidateStamp: Uint32Array;
  #round = 0;

  /** @param distances absent: every organization matters */
  constructor(steps: StepTable, maxHops: number, distances?: ArrayLike<number>) {
    const count = steps.offsets.length - 1;
    this.likelihood = new Float64Array(count);
    this.#steps = steps;
    this.#maxHops = maxHops;
    this.#distances = distances;
    this.#reachedStamp = new Uint32Array(count);
    this.#candidate = new Float64Array(count);
    this.#candidateStamp = new Uint32Array(count);
  }

  /** Complexity: O(maxHops x steps out of the reached). */
  from(origin: number): void {
    this.#stamp++;
    this.reached.length = 0;
    this.#reach(origin, 1);
    let layer = [origin];
    let products = [1];
    for (let left = this.#maxHops - 1; left >= 0 && layer.length > 0; left--) {
      layer = this.#passOn(layer, products, left).filter(
        (to) => this.#reachedStamp[to] !== this.#stamp || (this.#candidate[to] as number) > (this.likelihood[to] as number),
      );
      products = layer.map((to) => this.#candidate[to] as number);
      layer.forEach((to, i) => {
        this.#reach(to, products[i] as number);
      });
    }
  }

  /** Finds the organizations one more step away. `#candidate` then has the largest product of each. */
  #passOn(layer: readonly number[], products: readonly number[], left: number): number[] {
    const { offsets, ends, likelihoods } = this.#steps;
    const distances = this.#distances;
    const round = ++this.#round;
    const candidates: number[] = [];
    layer.forEach((from, i) => {
      const product = products[i] as number;
      for (let s = offsets[from] as number; s < (offsets[from + 1] as number); s++) {
        const to = ends[s] as number;
        if (distances !== undefined && (distances[to] as number) > left) continue;
        const longer = product * (likelihoods[s] as number);
        if (this.#candidateStamp[to] !== round) {
          this.#candidateStamp[to] = round;
          this.#candidate[to] = longer;
          candidates.push(to);
        } else if (longer > (this.#candidate[to] as number)) this.#candidate[to] = longer;
      }
    });
    return candidates;
  }

  #reach(organization: number, likelihood: number): void {
    if (this.#reachedStamp[organization] !== this.#stamp) {
      this.#reachedStamp[organization] = this.#stamp;
      this.reached.push(organization);
    }
    this.likelihood[organization] = likelihood;
  }
}
