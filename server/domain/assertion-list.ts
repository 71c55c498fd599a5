import type { Assertion } from './assertions.ts';
import { compareCodePoints } from './compare.ts';
import type { FactKind } from './facts.ts';
import { factKinds } from './facts.ts';
import { firstIndex } from './first-index.ts';

/**
 * The assertions of a write. An array is one. A long import packs its rows into columns (packed/packed-assertions.ts), and makes an
 * assertion each time that one is read: don't compare assertions by identity.
 */
export interface AssertionList extends Iterable<Assertion> {
  readonly length: number;
  at(index: number): Assertion | undefined;
  entries(): IterableIterator<[number, Assertion]>;
  /** Absent: computed from the assertions. As `sortByKey` returns it. */
  sortedByKey?(): ReadonlyMap<FactKind, Uint32Array>;
}

/** The assertion at an index below the list's length. */
export function assertionAt(list: AssertionList, index: number): Assertion {
  return list.at(index) as Assertion;
}

/** The indexes of the assertions of each kind by key, in code points. Kinds come in the order of `factKinds`; empty ones are absent. */
export function sortByKey(list: AssertionList): ReadonlyMap<FactKind, Uint32Array> {
  if (list.sortedByKey !== undefined) return list.sortedByKey();
  const byKind = new Map<FactKind, number[]>(factKinds.map((kind) => [kind, []]));
  for (const [index, { kind }] of list.entries()) byKind.get(kind)?.push(index);
  const sorted = new Map<FactKind, Uint32Array>();
  const keyOf = (index: number): string => assertionAt(list, index).key;
  for (const [kind, indexes] of byKind) {
    if (indexes.length === 0) continue;
    let isSorted = true;
    for (let i = 1; i < indexes.length && isSorted; i++) {
      isSorted = compareCodePoints(keyOf(indexes[i - 1] as number), keyOf(indexes[i] as number)) < 0;
    }
    if (!isSorted) indexes.sort((a, b) => compareCodePoints(keyOf(a), keyOf(b)));
    sorted.set(kind, Uint32Array.from(indexes));
  }
  return sorted;
}

/**
 * The index of the assertion with this key. O(log n): a map of all keys would need more memory than the assertions.
 *
 * @param order indexes of the assertions of one kind, as `sortByKey` returns them
 */
export function findByKey(list: AssertionList, order: ArrayLike<number>, key: string): number | undefined {
  const index = order[firstIndex(order.length, (i) => compareCodePoints(assertionAt(list, order[i] as number).key, key) >= 0)];
  return index !== undefined && assertionAt(list, index).key === key ? index : undefined;
}
