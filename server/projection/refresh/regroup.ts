import { sharedInt32, sharedUint32 } from '../columns/shared-memory.ts';
import type { Csr } from '../csr.ts';
import type { Steps } from '../turns.ts';
import { copyInSteps, copyMoved } from './moves.ts';
import { copyEnds, type Splice } from './splice.ts';

/**
 * `groupByRow` of a column that was spliced, made from the former result: whole stretches are copied, and only the rows of changed
 * records are merged again. The rows themselves have not moved.
 *
 * Complexity: O(records) to copy memory, O(c log c) for the c records in the rows of changed ones.
 */
export function* regroup(former: Csr, formerRowOf: Int32Array, rowOf: Int32Array, splice: Splice): Steps<Csr> {
  const rows = former.offsets.length - 1;
  const changes = findChanges(formerRowOf, rowOf, splice);
  const grown = [...changes.values()].reduce((sum, { removed, added }) => sum + added.length - removed.size, 0);
  const values = sharedInt32(former.values.length + grown);
  const offsets = sharedUint32(rows + 1);
  let read = 0;
  let at = 0;
  let next = 0;
  function* keepUntil(end: number, row: number): Steps<void> {
    yield* copyInSteps(former.values.subarray(read, end), values, at, splice.moved);
    at += end - read;
    yield* copyEnds(former.offsets.subarray(next, row + 1), offsets, next, at - end);
    next = row + 1;
    read = end;
  }
  for (const row of [...changes.keys()].sort((a, b) => a - b)) {
    const { removed, added } = changes.get(row) as Change;
    yield* keepUntil(former.offsets[row] as number, row);
    read = former.offsets[row + 1] as number;
    const all = former.values.subarray(former.offsets[row], read);
    const kept = removed.size === 0 ? all : all.filter((index) => !removed.has(index));
    const size = kept.length + added.length;
    copyMoved(kept, values, at, splice.moved);
    values.set(added, at + kept.length);
    values.subarray(at, at + size).sort();
    at += size;
  }
  yield* keepUntil(former.values.length, rows);
  return { offsets, values };
}

/** The former records that left a row or changed, and the new indexes of those that are in it now. */
interface Change {
  readonly removed: Set<number>;
  readonly added: number[];
}

function findChanges(formerRowOf: Int32Array, rowOf: Int32Array, { runs, placed, inPlace }: Splice): Map<number, Change> {
  const changes = new Map<number, Change>();
  const changeOf = (row: number): Change | undefined => {
    if (row < 0) return undefined;
    let change = changes.get(row);
    if (change === undefined) {
      change = { removed: new Set(), added: [] };
      changes.set(row, change);
    }
    return change;
  };
  // A slot that was vacant is in no row, and may have the values of its new record already.
  const remove = (index: number) => {
    if (inPlace === undefined || inPlace.wasLive[index] === 1) changeOf(formerRowOf[index] as number)?.removed.add(index);
  };
  for (const index of inPlace?.gone ?? []) remove(index);
  let from = 0;
  for (const { from: start, until } of [...runs, { from: formerRowOf.length, until: formerRowOf.length }]) {
    for (; from < start; from++) remove(from);
    from = until;
  }
  for (const index of placed) changeOf(rowOf[index] as number)?.added.push(index);
  return changes;
}
