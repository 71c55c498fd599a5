import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Csr } from '../../../projection/columns/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import { isRowEmpty, rowOf } from '../../../projection/projection.ts';
import { generousCut, isRevealed } from '../../../rules/reveal-cut.ts';

/** The artifacts that a reader of one artifact learns about (semantics §4), by the best product of degrees. */
export interface RevealClosure {
  /** The artifacts that the source reveals, without the source; ascending. */
  readonly targets: Int32Array;
  /** The best product of degrees to each target. */
  readonly products: Float64Array;
}

/**
 * The closures of one projection and minDegree: they depend on nothing else. They lie one after another in two columns, in the order
 * in which they were first asked for. The closure of a source is at `startOf[source] .. endOf[source] - 1`.
 */
export class RevealClosures {
  readonly minDegree: number;
  /** Valid after `find`, until the next call. */
  target = new Int32Array(1024);
  product = new Float64Array(1024);
  readonly startOf: Int32Array;
  readonly endOf: Int32Array;
  readonly #projection: Projection;
  readonly #labels: RevealLabels;
  #into: RevealLabels | undefined;
  /** The source of the last search; -1 before the first. */
  #labelled = -1;
  #size = 0;

  constructor(projection: Projection, minDegree: number) {
    const { artifacts, reveals } = projection;
    this.minDegree = minDegree;
    this.#projection = projection;
    this.startOf = new Int32Array(artifacts.count).fill(unknown);
    this.endOf = new Int32Array(artifacts.count);
    this.#labels = new RevealLabels(artifacts.count, { rows: artifacts.reveals, endOf: reveals.reveals, degree: reveals.degree });
  }

  /**
   * The artifacts that `source` reveals over chains of Reveals facts with a product of degrees of at least `minDegree`.
   *
   * Complexity: O(R log R) for R reveals within reach; later O(1).
   */
  of(source: number): RevealClosure {
    this.find(source);
    const [start, end] = [this.startOf[source], this.endOf[source]];
    return { targets: this.target.subarray(start, end), products: this.product.subarray(start, end) };
  }

  /** The same for callers that read the columns. */
  find(source: number): void {
    if (this.startOf[source] === unknown) this.#add(source);
  }

  /**
   * The reveals facts from the source to a target. Among equal products, the fewest steps; then, from the target back, the smallest
   * ids. Complexity: as `of`; less if the last path had the same source.
   */
  path(source: number, target: number): number[] {
    this.#search(source);
    const { artifacts, reveals } = this.#projection;
    const { product, steps } = this.#labels;
    const path: number[] = [];
    for (let to = target; to !== source; ) {
      // The row ascends by the revealing artifact's id, so the first match is the smallest.
      const step = rowOf(artifacts.revealedBy, to).find((r) => {
        const from = reveals.artifact[r] as number;
        return (
          this.#labels.isFound(from) &&
          steps[from] === (steps[to] as number) - 1 &&
          (product[from] as number) * (reveals.degree[r] as number) === product[to]
        );
      });
      if (step === undefined) throw new Error(`no reveals leads into artifact ${to}`);
      path.push(step);
      to = reveals.artifact[step] as number;
    }
    return path.reverse();
  }

  /**
   * The artifacts that reveal `target`, ascending, without `target` itself.
   *
   * By definition, products multiply from the source. This search multiplies from the target, so the last digits may differ. Near the
   * cut, the source's own closure decides.
   *
   * Complexity: O(R log R) for R reveals within reach.
   */
  sourcesOf(target: number): number[] {
    const { artifacts, reveals } = this.#projection;
    if (isRowEmpty(artifacts.revealedBy, target)) return [];
    this.#into ??= new RevealLabels(artifacts.count, { rows: artifacts.revealedBy, endOf: reveals.artifact, degree: reveals.degree });
    const { product, found } = this.#into;
    this.#into.searchFrom(target, generousCut(this.minDegree));
    return Array.from(found.slice(1, this.#into.count).sort()).filter(
      (source) => (product[source] as number) >= this.minDegree || this.of(source).targets.includes(target),
    );
  }

  #add(source: number): void {
    let targets = new Int32Array(0);
    if (!isRowEmpty(this.#projection.artifacts.reveals, source)) {
      this.#search(source);
      targets = this.#labels.found.slice(1, this.#labels.count).sort();
    }
    if (this.#size > mostKept) this.#forget();
    const end = this.#size + targets.length;
    if (end > this.target.length) {
      this.target = withRoom(this.target, new Int32Array(end * 2));
      this.product = withRoom(this.product, new Float64Array(end * 2));
    }
    this.target.set(targets, this.#size);
    for (let i = 0; i < targets.length; i++) this.product[this.#size + i] = this.#labels.product[targets[i] as number] as number;
    this.startOf[source] = this.#size;
    this.endOf[source] = end;
    this.#size = end;
  }

  /** Begins new columns: callers may still read the old ones. */
  #forget(): void {
    this.startOf.fill(unknown);
    this.target = new Int32Array(1024);
    this.product = new Float64Array(1024);
    this.#size = 0;
  }

  #search(source: number): void {
    if (this.#labelled === source) return;
    this.#labels.searchFrom(source, this.minDegree);
    this.#labelled = source;
  }
}

/** In place of a start. */
const unknown = -1;

/** The most targets of all kept closures together: 12 bytes each. */
const mostKept = 4_000_000;

/** By projection and minDegree. */
const known = new WeakMap<Projection, Map<number, RevealClosures>>();

export function getRevealClosures(projection: Projection, minDegree: number): RevealClosures {
  const byDegree = getOrInsert(known, projection, () => new Map<number, RevealClosures>());
  // Dragging the minDegree slider must not fill the cache with closures for every position.
  if (!byDegree.has(minDegree) && byDegree.size >= 8) byDegree.clear();
  return getOrInsert(byDegree, minDegree, () => new RevealClosures(projection, minDegree));
}

function withRoom<T extends Int32Array | Float64Array>(column: T, longer: T): T {
  longer.set(column);
  return longer;
}

/** Reveals facts to follow: from artifact to artifact, or the other way round. */
interface RevealRows {
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
class RevealLabels {
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
