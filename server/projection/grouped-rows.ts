/**
 * Rows grouped by a key, such as the facts at a node by the node at their other end. Typed arrays, because a hub has tens of thousands
 * of facts and a projection keeps the groups of all requested nodes.
 */
export class GroupedRows {
  /** The keys of the groups, ascending. A place is a position in this list. */
  readonly keys: Int32Array;
  /** The keys, then where the rows of each group begin in this list, then its length, then the rows. One list, because each costs more than most groups hold. */
  readonly #list: Int32Array;
  readonly #count: number;

  constructor(list: Int32Array, count: number) {
    this.keys = list.subarray(0, count);
    this.#list = list;
    this.#count = count;
  }

  /** The rows of the group at a place, in the order in which they were given. */
  rowsAt(place: number): Int32Array {
    const start = this.#count + place;
    return this.#list.subarray(this.#list[start], this.#list[start + 1]);
  }

  countAt(place: number): number {
    const start = this.#count + place;
    return (this.#list[start + 1] as number) - (this.#list[start] as number);
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
/** The rows that are grouped, the key of each, and the keys found. */
let kept = new Int32Array(0);
let keysOfKept = new Int32Array(0);
let found = new Int32Array(0);
/** Fewer keys than this are sorted sooner by insertion. */
const fewKeys = 16;

/** Rows with this value in this column are left out. */
export interface LeftOut {
  readonly column: Keys;
  readonly value: number;
}

/** A number of each row. */
export interface Keys {
  at(row: number): number | undefined;
}

/**
 * Groups rows by a key below `keyCount`. Counting sort: O(rows + keys found x their logarithm). Each column is read once for a row, because
 * the rows lie far apart in it.
 *
 * @param keys the key of each row; null: the row is itself the key
 * @returns null if no rows are left
 */
export function groupBy(rows: Int32Array, keys: Keys | null, keyCount: number, leftOut: LeftOut | null = null): GroupedRows | null {
  if (counts.length < keyCount) counts = new Uint32Array(keyCount);
  if (kept.length < rows.length) makeRoom(2 * rows.length);
  let keptCount = 0;
  let keysFound = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (leftOut !== null && leftOut.column.at(row) === leftOut.value) continue;
    const key = keys === null ? row : (keys.at(row) as number);
    kept[keptCount] = row;
    keysOfKept[keptCount++] = key;
    const count = counts[key] as number;
    if (count === 0) found[keysFound++] = key;
    counts[key] = count + 1;
  }
  if (keptCount === 0) return null;
  const list = new Int32Array(2 * keysFound + 1 + keptCount);
  list.set(found.subarray(0, keysFound));
  sortKeys(list.subarray(0, keysFound));
  let next = 2 * keysFound + 1;
  for (let i = 0; i < keysFound; i++) {
    const key = list[i] as number;
    list[keysFound + i] = next;
    const count = counts[key] as number;
    // From here on, the place of the key's next row.
    counts[key] = next;
    next += count;
  }
  list[2 * keysFound] = next;
  for (let i = 0; i < keptCount; i++) {
    const key = keysOfKept[i] as number;
    const at = counts[key] as number;
    list[at] = kept[i] as number;
    counts[key] = at + 1;
  }
  for (let i = 0; i < keysFound; i++) counts[list[i] as number] = 0;
  return new GroupedRows(list, keysFound);
}

function makeRoom(length: number): void {
  kept = new Int32Array(length);
  keysOfKept = new Int32Array(length);
  found = new Int32Array(length);
}

function sortKeys(keys: Int32Array): void {
  if (keys.length > fewKeys) {
    keys.sort();
    return;
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as number;
    let to = i;
    for (; to > 0 && (keys[to - 1] as number) > key; to--) keys[to] = keys[to - 1] as number;
    keys[to] = key;
  }
}
