import type { Projection } from '../../projection/projection.ts';
import { isRowEmpty } from '../../projection/projection.ts';
import type { RevealClosures } from '../radius/reveals/reveal-closure.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';

/**
 * The artifacts that lead to each artifact over reveals (semantics §4), with the best product of degrees, for a caller that visits targets in
 * ascending order. Most projections fit at once. Otherwise the leads of as many targets as fit are listed, then those of the next.
 */
export class LeadsInto {
  /** The leads into a target are at `startOf(target) .. endOf(target) - 1`, by source ascending. Valid after `find(target)`. */
  source = new Int32Array(0);
  product = new Float64Array(0);
  readonly #projection: Projection;
  readonly #closures: RevealClosures;
  readonly #room: number;
  /** By target: the number of leads into it and into all before it. Float64Array, because 2^32 leads are possible. */
  readonly #before: Float64Array;
  readonly #next: Float64Array;
  /** The targets whose leads are in memory: `#from .. #to - 1`. */
  #from = 0;
  #to = 0;

  /** @param room the most leads in memory, except for those into a single target */
  constructor(projection: Projection, minDegree: number, room: number) {
    const { count } = projection.artifacts;
    this.#projection = projection;
    this.#room = room;
    this.#closures = getRevealClosures(projection, minDegree);
    this.#before = new Float64Array(count + 1);
    this.#next = new Float64Array(count);
    this.#eachRow((_, start, end) => {
      for (let i = start; i < end; i++) {
        const after = (this.#closures.target[i] as number) + 1;
        this.#before[after] = (this.#before[after] as number) + 1;
      }
    });
    for (let target = 0; target < count; target++)
      this.#before[target + 1] = (this.#before[target + 1] as number) + (this.#before[target] as number);
  }

  startOf(target: number): number {
    return (this.#before[target] as number) - (this.#before[this.#from] as number);
  }

  endOf(target: number): number {
    return this.startOf(target + 1);
  }

  /** Makes the leads into a target available. */
  find(target: number): void {
    if (target >= this.#from && target < this.#to) return;
    const { count } = this.#projection.artifacts;
    this.#from = target;
    this.#to = target + 1;
    while (this.#to < count && this.endOf(this.#to) <= this.#room) this.#to++;
    this.#fill();
  }

  /** Complexity: O(sources + their leads). */
  #fill(): void {
    const size = this.startOf(this.#to);
    this.source = new Int32Array(size);
    this.product = new Float64Array(size);
    for (let target = this.#from; target < this.#to; target++) this.#next[target] = this.startOf(target);
    this.#eachRow((source, start, end) => {
      const { target, product } = this.#closures;
      for (let i = start; i < end; i++) {
        const to = target[i] as number;
        if (to < this.#from || to >= this.#to) continue;
        const at = this.#next[to] as number;
        this.source[at] = source;
        this.product[at] = product[i] as number;
        this.#next[to] = at + 1;
      }
    });
  }

  /** Visits the closure of each artifact that reveals another: ascending. */
  #eachRow(visit: (source: number, start: number, end: number) => void): void {
    const { artifacts } = this.#projection;
    for (let source = 0; source < artifacts.count; source++) {
      if (isRowEmpty(artifacts.reveals, source)) continue;
      this.#closures.find(source);
      visit(source, this.#closures.startOf[source] as number, this.#closures.endOf[source] as number);
    }
  }
}
