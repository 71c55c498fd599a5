import type { Projection } from '../projection/projection.ts';

/** The sending times of some transfers. Tells whether one of them fits a copy, by `fitsInside` (semantics §2). */
export class SentTimes {
  readonly #hasUnknown: boolean;
  readonly #known: Float64Array;

  constructor({ transfers }: Projection, sent: Iterable<number>) {
    const times = Float64Array.from(sent, (t) => transfers.sentAt[t] as number);
    this.#known = times.filter((time) => !Number.isNaN(time)).sort();
    this.#hasUnknown = this.#known.length < times.length;
  }

  /** O(log n). */
  fitsAfter({ copies }: Projection, copy: number): boolean {
    if (this.#hasUnknown) return true;
    const from = copies.possibleFrom[copy] as number;
    let low = 0;
    let high = this.#known.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#known[middle] as number) < from) low = middle + 1;
      else high = middle;
    }
    return (this.#known[low] ?? Infinity) < (copies.possibleUntil[copy] as number);
  }
}

/** The possible intervals of some copies. Tells whether a transfer fits into one of them. */
export class HeldTimes {
  /** Merged, ascending: [from, until, from, until, ...]. */
  readonly #edges: number[] = [];

  constructor({ copies }: Projection, held: Iterable<number>) {
    const intervals = Array.from(held, (copy) => [copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number] as const)
      .filter(([from, until]) => from < until)
      .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    for (const [from, until] of intervals) {
      const last = this.#edges.length - 1;
      if (last > 0 && from <= (this.#edges[last] as number)) this.#edges[last] = Math.max(this.#edges[last] as number, until);
      else this.#edges.push(from, until);
    }
  }

  /** An unknown instant always fits. O(log n). */
  fitsBefore({ transfers }: Projection, transfer: number): boolean {
    const sentAt = transfers.sentAt[transfer] as number;
    if (Number.isNaN(sentAt)) return true;
    let low = 0;
    let high = this.#edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#edges[middle] as number) <= sentAt) low = middle + 1;
      else high = middle;
    }
    // If an odd number of interval ends lie at or before the instant, it is inside an interval.
    return low % 2 === 1;
  }
}
