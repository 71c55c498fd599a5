import { sharedInt32 } from './shared-memory.ts';

/** Below 2^21 rows, a key of 32 bits and its row make a number that a double holds exactly. */
const mostRows = 2 ** 21;

/** The rows in order of their keys, those of equal keys ascending. @param keys integers from 0 up to, not including, 2^32 */
export function sortRows(keys: ArrayLike<number>): Int32Array {
  const { length } = keys;
  const rows = sharedInt32(length);
  if (length > mostRows) {
    for (let row = 0; row < length; row++) rows[row] = row;
    return rows.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
  }
  const pairs = new Float64Array(length);
  for (let row = 0; row < length; row++) pairs[row] = (keys[row] as number) * mostRows + row;
  // Without a comparator, the sort is native.
  pairs.sort();
  for (let place = 0; place < length; place++) rows[place] = (pairs[place] as number) % mostRows;
  return rows;
}
