import type { Csr } from '../../../projection/csr.ts';
import { isRevealed } from '../../../rules/reveal-cut.ts';

/** Reveals facts to follow: from artifact to artifact, or the other way round. */
export interface RevealRows {
  /** artifact -> reveals facts. */
  readonly rows: Csr;
  /** reveals fact -> the artifact at its other end. */
  readonly endOf: Int32Array;
  /** reveals fact -> its degree. */
  readonly degree: Float64Array;
}

/**
 * The best product of degrees and the fewest steps from one artifact to all that its reveals lead to (semantics §4).
 *
 * Uses Dijkstra's algorithm on (product descending, steps ascending). A degree is at most 1, so a longer way never has a larger
 * product, and always has more steps. All state is in columns by artifact. An entry counts if it has the stamp of the last search,
 * so a search clears nothing.
 */
export class RevealLabels {
  /** The artifacts found by the last search: its start first, then in the order of discovery. Valid up to `count`. */
  readonly found: Int32Array;
  count = 0;
  /** By artifact found. */
  readonly product: Float64Array;
  readonly steps: Int32Array;
  readonly #reveals: RevealRows;
  readonly #stampOf: Uint32Array;
  readonly #isSettled: Uint8Array;
  #stamp = 0;
  readonly #heap: LabelHeap;

  constructor(artifactCount: number, reveals: RevealRows) {
    this.found = new Int32Array(artifactCount);
    this.product = new Float64Array(artifactCount);
    this.steps = new Int32Array(artifactCount);
    this.#reveals = reveals;
    this.#stampOf = new Uint32Array(artifactCount);
    this.#isSettled = new Uint8Array(artifactCount);
    this.#heap = new LabelHeap();
  }

  isFound(artifact: number): boolean {
    return this.#stampOf[artifact] === this.#stamp;
  }

  /** Complexity: O(R log R) for R reveals within reach. */
  searchFrom(start: number, minDegree: number): void {
    const { rows, endOf, degree } = this.#reveals;
    const { offsets, values } = rows;
    this.#stamp++;
    this.count = 0;
    this.#improve(start, 1, 0);
    while (this.#heap.size > 0) {
      const from = this.#heap.pop();
      const product = this.product[from] as number;
      const steps = this.steps[from] as number;
      // A better entry of the same artifact came out of the heap before.
      if (this.#isSettled[from] === 1) continue;
      this.#isSettled[from] = 1;
      for (let i = offsets[from] as number; i < (offsets[from + 1] as number); i++) {
        const r = values[i] as number;
        const to = endOf[r] as number;
        const longer = product * (degree[r] as number);
        if (isRevealed(longer, minDegree) && this.#isBetter(to, longer, steps + 1)) this.#improve(to, longer, steps + 1);
      }
    }
  }

  #isBetter(artifact: number, product: number, steps: number): boolean {
    if (!this.isFound(artifact)) return true;
    if (this.#isSettled[artifact] === 1) return false;
    return isFirst(product, steps, this.product[artifact] as number, this.steps[artifact] as number);
  }

  #improve(artifact: number, product: number, steps: number): void {
    if (!this.isFound(artifact)) {
      this.#stampOf[artifact] = this.#stamp;
      this.#isSettled[artifact] = 0;
      this.found[this.count++] = artifact;
    }
    this.product[artifact] = product;
    this.steps[artifact] = steps;
    this.#heap.push(artifact, product, steps);
  }
}

/** A binary heap of (artifact, product, steps) in columns: the largest product first, then the fewest steps. */
class LabelHeap {
  size = 0;
  #artifact = new Int32Array(64);
  #product = new Float64Array(64);
  #steps = new Int32Array(64);

  push(artifact: number, product: number, steps: number): void {
    if (this.size === this.#artifact.length) this.#grow();
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#goesBefore(product, steps, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, artifact, product, steps);
  }

  /** Takes the first artifact. */
  pop(): number {
    const first = this.#artifact[0] as number;
    const last = --this.size;
    const artifact = this.#artifact[last] as number;
    const product = this.#product[last] as number;
    const steps = this.#steps[last] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#goesBefore(this.#product[child + 1] as number, this.#steps[child + 1] as number, child)) child++;
      if (!isFirst(this.#product[child] as number, this.#steps[child] as number, product, steps)) break;
      this.#move(child, at);
      at = child;
    }
    this.#set(at, artifact, product, steps);
    return first;
  }

  #goesBefore(product: number, steps: number, place: number): boolean {
    return isFirst(product, steps, this.#product[place] as number, this.#steps[place] as number);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#artifact[from] as number, this.#product[from] as number, this.#steps[from] as number);
  }

  #set(at: number, artifact: number, product: number, steps: number): void {
    this.#artifact[at] = artifact;
    this.#product[at] = product;
    this.#steps[at] = steps;
  }

  #grow(): void {
    const { length } = this.#artifact;
    this.#artifact = copyInto(this.#artifact, new Int32Array(length * 2));
    this.#product = copyInto(this.#product, new Float64Array(length * 2));
    this.#steps = copyInto(this.#steps, new Int32Array(length * 2));
  }
}

/** Whether the first label is better than the second: a larger product, or as large a one in fewer steps. */
function isFirst(product: number, steps: number, otherProduct: number, otherSteps: number): boolean {
  return product > otherProduct || (product === otherProduct && steps < otherSteps);
}

function copyInto<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
