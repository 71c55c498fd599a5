/** Adjacent half-open stretches of time. `edges[i]` is where bucket i begins; the last edge ends the last bucket. Epoch milliseconds, ascending. */
export class Buckets {
  readonly edges: readonly number[];

  constructor(edges: readonly number[]) {
    this.edges = edges;
  }

  /**
   * Equal buckets from `start` up to and including `last`. Edges are whole milliseconds, so a bucket is at least one long.
   *
   * @param cuts instants at which a bucket begins as well. Those outside are left out.
   */
  static equal(start: number, last: number, count: number, cuts: readonly number[] = []): Buckets {
    const span = Math.max(last - start + 1, count);
    const edges = Array.from({ length: count + 1 }, (_, i) => start + Math.floor((span * i) / count));
    const inside = cuts.filter((cut) => cut > start && cut < start + span);
    return new Buckets(inside.length === 0 ? edges : [...new Set([...edges, ...inside])].sort((a, b) => a - b));
  }

  get length(): number {
    return this.edges.length - 1;
  }

  /** The bucket of an instant; the first or last one for an instant outside. Complexity: O(log buckets). */
  of(instant: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (instant >= (this.edges[middle] as number)) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  has(instant: number): boolean {
    return instant >= (this.edges[0] as number) && instant < (this.edges[this.length] as number);
  }

  /** The first and the last bucket that the half-open interval [from, until) meets. Undefined if there is none. */
  meeting(from: number, until: number): readonly [number, number] | undefined {
    const begin = this.edges[0] as number;
    const end = this.edges[this.length] as number;
    if (!(from < until) || from >= end || until <= begin) return undefined;
    return [this.of(from), this.of(until - 1)];
  }

  /** How many of the instants lie in each bucket. Instants outside count in the first or last one. */
  count(instants: readonly number[]): number[] {
    const counts = new Array<number>(this.length).fill(0);
    for (const instant of instants) {
      const bucket = this.of(instant);
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    return counts;
  }
}
