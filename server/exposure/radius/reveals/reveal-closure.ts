import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { isRowEmpty, rowOf } from '../../../projection/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import { generousCut } from '../../../rules/reveal-cut.ts';
import { RevealLabels } from './reveal-labels.ts';

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
