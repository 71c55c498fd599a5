import { type Csr, rowOf } from '../csr.ts';
import type { ChangedPlace } from './moves.ts';

/** Rows that list, for each record, the facts that name it, and the changed ones among these facts. */
export type Naming = readonly [rows: Csr, changed: readonly ChangedPlace[]];

/**
 * Throws if a record goes and a fact that names it stays as it was: the fact would name the next record instead. Only a bug of the
 * program can lead here, and then all facts are read again (`CurrentProjection`).
 *
 * Complexity: O(facts that name the records that go, and changed facts); O(1) if none goes.
 */
export function refuseLost(places: readonly ChangedPlace[], naming: readonly Naming[]): void {
  const gone = places.filter(({ was, is }) => was && !is);
  if (gone.length === 0) return;
  for (const [rows, changed] of naming) {
    let known: ReadonlySet<number> | undefined;
    for (const { at } of gone) {
      for (const fact of rowOf(rows, at)) {
        known ??= new Set(changed.filter(({ was }) => was).map((place) => place.at));
        if (!known.has(fact)) throw new Error('A renewal of the facts removes a record that an unchanged fact names.');
      }
    }
  }
}
