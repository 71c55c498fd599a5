import type { Csr } from './csr.ts';

/**
 * Rows grouped by a key, such as the facts at a node by the node at their other end. Typed arrays, because a hub has tens of thousands
 * of facts and a projection keeps the groups of all nodes that somebody asked for.
 */
export class GroupedRows {
  /** The keys of the groups, ascending. A place is a position in this list. */
  readonly keys: Int32Array;
  readonly #rows: Csr;

  constructor(keys: Int32Array, rows: Csr) {
    this.keys = keys;
    this.#rows = rows;
  }

  /** The rows of the group at a place, in the order in which they were given. */
  rowsAt(place: number): Int32Array {
    return this.#rows.values.subarray(this.#rows.offsets[place], this.#rows.offsets[place + 1]);
  }

  countAt(place: number): number {
    return (this.#rows.offsets[place + 1] as number) - (this.#rows.offsets[place] as number);
  }

  /** The rows with a key; empty without any. */
  rowsOf(key: number): Int32Array {
    const place = lowerBound(this.keys, key, 0);
    return this.keys[place] === key ? this.rowsAt(place) : new Int32Array(0);
  }

  /** The places of those keys that have a group. @param wanted ascending. O(smaller count x log of the larger one) */
  *placesOf(wanted: Int32Array): Generator<number> {
    const { keys } = this;
    for (let i = 0, place = 0; i < wanted.length && place < keys.length; ) {
      const [key, at] = [wanted[i] as number, keys[place] as number];
      if (key === at) {
        yield place++;
        i++;
      } else if (key > at) place = lowerBound(keys, key, place);
      else i = lowerBound(wanted, at, i);
    }
  }
}

/** The first place from `from` on at which an ascending list is not below a value. Looks near `from` first. */
function lowerBound(list: Int32Array, value: number, from: number): number {
  let step = 1;
  let low = from;
  while (low + step < list.length && (list[low + step] as number) < value) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, list.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of rows of each key while rows are grouped; all 0 in between. */
let counts = new Uint32Array(0);

/** Groups rows by a key below `keyCount`. Counting sort: O(rows + keys found x their logarithm). */
export function groupBy(rows: Int32Array, keyOf: (row: number) => number, keyCount: number): GroupedRows {
  if (counts.length < keyCount) counts = new Uint32Array(keyCount);
  const found: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const key = keyOf(rows[i] as number);
    if (counts[key] === 0) found.push(key);
    counts[key] = (counts[key] as number) + 1;
  }
  const keys = Int32Array.from(found).sort();
  const offsets = new Uint32Array(keys.length + 1);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    offsets[i + 1] = (offsets[i] as number) + (counts[key] as number);
    // From here on, the place of the key's next row.
    counts[key] = offsets[i] as number;
  }
  const values = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const key = keyOf(row);
    const at = counts[key] as number;
    values[at] = row;
    counts[key] = at + 1;
  }
  for (let i = 0; i < keys.length; i++) counts[keys[i] as number] = 0;
  return new GroupedRows(keys, { offsets, values });
}
