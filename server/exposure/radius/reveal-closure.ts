import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Csr } from '../../projection/csr.ts';
import { isRowEmpty, rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { generousCut, isRevealed } from '../../rules/reveal-cut.ts';

/** The artifacts that a reader of one artifact learns about (semantics §4), by the best product of degrees. */
export interface RevealClosure {
  /** The artifacts that the source reveals, without the source; ascending. */
  readonly targets: readonly number[];
  /** The best product of degrees to each target. */
  readonly products: readonly number[];
  /** The reveals facts from the source to a target. Among equal products, the fewest steps; then, from the target back, the smallest ids. */
  path(target: number): number[];
}

interface Label {
  product: number;
  steps: number;
  isSettled: boolean;
}

/** Cached closures, by projection and minDegree: they depend on nothing else. */
const known = new WeakMap<Projection, Map<number, Map<number, RevealClosure>>>();

/**
 * The artifacts that `source` reveals over chains of Reveals facts with a product of degrees of at least `minDegree`.
 *
 * Uses Dijkstra's algorithm on (product descending, steps ascending). A degree is at most 1, so a longer way never has a larger
 * product, and always has more steps.
 *
 * Complexity: O(R log R) for R reveals within reach; once per projection, source and minDegree.
 */
export function getRevealClosure(projection: Projection, source: number, minDegree: number): RevealClosure {
  const byDegree = getOrInsert(known, projection, () => new Map<number, Map<number, RevealClosure>>());
  // Dragging the minDegree slider must not fill the cache with closures for every position.
  if (!byDegree.has(minDegree) && byDegree.size >= 8) byDegree.clear();
  const bySource = getOrInsert(byDegree, minDegree, () => new Map<number, RevealClosure>());
  return getOrInsert(bySource, source, () => buildClosure(projection, source, minDegree));
}

/**
 * The artifacts that reveal `target`, ascending, without `target` itself.
 *
 * By definition, products multiply from the source. This search multiplies from the target, so the last digits may differ. Near the
 * cut, the source's own closure decides.
 *
 * Complexity: O(R log R) for R reveals within reach.
 */
export function findRevealSources(projection: Projection, target: number, minDegree: number): number[] {
  const { artifacts, reveals } = projection;
  if (isRowEmpty(artifacts.revealedBy, target)) return [];
  const labels = labelFrom(target, generousCut(minDegree), reveals.degree, artifacts.revealedBy, reveals.artifact);
  return [...labels]
    .filter(
      ([source, { product }]) =>
        source !== target && (product >= minDegree || getRevealClosure(projection, source, minDegree).targets.includes(target)),
    )
    .map(([source]) => source)
    .sort((a, b) => a - b);
}

function buildClosure(projection: Projection, source: number, minDegree: number): RevealClosure {
  const { artifacts, reveals } = projection;
  const labels = labelFrom(source, minDegree, reveals.degree, artifacts.reveals, reveals.reveals);
  labels.delete(source);
  const targets = [...labels.keys()].sort((a, b) => a - b);
  return {
    targets,
    products: targets.map((target) => (labels.get(target) as Label).product),
    path: (target) => findPath(projection, source, target, labels),
  };
}

/**
 * The best product and the fewest steps to everything within reach of `start`, itself included.
 *
 * @param rows artifact -> reveals facts to follow
 * @param endOf reveals fact -> the artifact at its other end
 */
function labelFrom(start: number, minDegree: number, degree: Float64Array, rows: Csr, endOf: Int32Array): Map<number, Label> {
  const labels = new Map<number, Label>([[start, { product: 1, steps: 0, isSettled: false }]]);
  const heap = new ArtifactHeap(labels);
  heap.push(start, 1, 0);
  for (let from = heap.pop(); from !== undefined; from = heap.pop()) {
    const label = labels.get(from) as Label;
    for (const r of rowOf(rows, from)) {
      const to = endOf[r] as number;
      const product = label.product * (degree[r] as number);
      if (!isRevealed(product, minDegree)) continue;
      const steps = label.steps + 1;
      const other = labels.get(to);
      if (other !== undefined && (other.isSettled || other.product > product || (other.product === product && other.steps <= steps)))
        continue;
      labels.set(to, { product, steps, isSettled: false });
      heap.push(to, product, steps);
    }
  }
  return labels;
}

function findPath(projection: Projection, source: number, target: number, labels: ReadonlyMap<number, Label>): number[] {
  const { artifacts, reveals } = projection;
  const path: number[] = [];
  for (let to = target; to !== source; ) {
    const { product, steps } = labels.get(to) as Label;
    // The row ascends by the revealing artifact's id, so the first match is the smallest.
    const step = rowOf(artifacts.revealedBy, to).find((r) => {
      const from = reveals.artifact[r] as number;
      const before = from === source ? { product: 1, steps: 0 } : labels.get(from);
      return before !== undefined && before.steps === steps - 1 && before.product * (reveals.degree[r] as number) === product;
    });
    if (step === undefined) throw new Error(`no reveals leads into artifact ${to}`);
    path.push(step);
    to = reveals.artifact[step] as number;
  }
  return path.reverse();
}

/** A binary heap of (artifact, product, steps), the largest product first, then the fewest steps. */
class ArtifactHeap {
  readonly #labels: Map<number, Label>;
  readonly #items: { artifact: number; product: number; steps: number }[] = [];

  constructor(labels: Map<number, Label>) {
    this.#labels = labels;
  }

  push(artifact: number, product: number, steps: number): void {
    const items = this.#items;
    items.push({ artifact, product, steps });
    for (let i = items.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#isBefore(i, parent)) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** Takes the next unsettled artifact and settles it. */
  pop(): number | undefined {
    for (;;) {
      const items = this.#items;
      const top = items[0];
      const last = items.pop();
      if (top === undefined || last === undefined) return undefined;
      if (items.length > 0) {
        items[0] = last;
        this.#sink();
      }
      const label = this.#labels.get(top.artifact) as Label;
      if (label.isSettled || label.product !== top.product || label.steps !== top.steps) continue;
      label.isSettled = true;
      return top.artifact;
    }
  }

  #sink(): void {
    for (let i = 0; ; ) {
      let first = i;
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < this.#items.length && this.#isBefore(child, first)) first = child;
      if (first === i) return;
      this.#swap(i, first);
      i = first;
    }
  }

  #isBefore(i: number, j: number): boolean {
    const a = this.#items[i] as { product: number; steps: number };
    const b = this.#items[j] as { product: number; steps: number };
    return a.product > b.product || (a.product === b.product && a.steps < b.steps);
  }

  #swap(i: number, j: number): void {
    const item = this.#items[i] as { artifact: number; product: number; steps: number };
    this.#items[i] = this.#items[j] as { artifact: number; product: number; steps: number };
    this.#items[j] = item;
  }
}
