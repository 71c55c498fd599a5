import { sharedInt32, sharedUint32 } from './shared-memory.ts';

/**
 * Adjacency in compressed sparse rows: the elements of row r are `values[offsets[r]] .. values[offsets[r + 1] - 1]`.
 */
export interface Csr {
  /** Uint32Array, length rows + 1. */
  readonly offsets: Uint32Array;
  readonly values: Int32Array;
}

/**
 * Groups the indexes 0 .. rowOf.length - 1 by row. Within a row they ascend. Leaves out an index whose row is negative.
 *
 * Counting sort: O(rows + indexes).
 */
export function groupByRow(rowOf: Int32Array, rows: number): Csr {
  const offsets = sharedUint32(rows + 1);
  for (let i = 0; i < rowOf.length; i++) {
    const row = rowOf[i] as number;
    if (row >= 0) offsets[row + 1] = (offsets[row + 1] as number) + 1;
  }
  for (let row = 0; row < rows; row++) offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number);
  const values = sharedInt32(offsets[rows] as number);
  const next = offsets.slice(0, rows);
  for (let i = 0; i < rowOf.length; i++) {
    const row = rowOf[i] as number;
    if (row < 0) continue;
    const at = next[row] as number;
    values[at] = i;
    next[row] = at + 1;
  }
  return { offsets, values };
}
