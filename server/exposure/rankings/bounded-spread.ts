import type { StepTable } from '../radius/spread-steps.ts';

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
