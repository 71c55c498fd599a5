import { sharedInt32, sharedUint32 } from './columns/shared-memory.ts';

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
 *
 * @param isLive leaves out other indexes, too
 */
export function groupByRow(rowOf: Int32Array, rows: number, isLive?: Uint8Array): Csr {
  const offsets = sharedUint32(rows + 1);
  for (let i = 0; i < rowOf.length; i++) {
    const row = isLive === undefined || isLive[i] === 1 ? (rowOf[i] as number) : -1;
    if (row >= 0) offsets[row + 1] = (offsets[row + 1] as number) + 1;
  }
  for (let row = 0; row < rows; row++) offsets[row + 1] = (offsets[row + 1] as number) + (offsets[row] as number);
  const values = sharedInt32(offsets[rows] as number);
  const next = offsets.slice(0, rows);
  for (let i = 0; i < rowOf.length; i++) {
    const row = isLive === undefined || isLive[i] === 1 ? (rowOf[i] as number) : -1;
    if (row >= 0) {
      const at = next[row] as number;
      values[at] = i;
      next[row] = at + 1;
    }
  }
  return { offsets, values };
}

/** The elements of one row, as a view. */
export function rowOf(csr: Csr, row: number): Int32Array {
  return csr.values.subarray(csr.offsets[row], csr.offsets[row + 1]);
}

export function isRowEmpty(csr: Csr, row: number): boolean {
  return csr.offsets[row] === csr.offsets[row + 1];
}
