import type { Projection } from '../projection.ts';
import { sharedInt32 } from './shared-memory.ts';
import { TextBuilder } from './text-column.ts';

/** The order is found by this many bytes, in a pass for each; ids that agree in all of them are compared. */
const keyBytes = 8;

/**
 * The order of ids by code point, which is that of their bytes in UTF-8: place -> row.
 *
 * Bytes that all ids begin with are skipped. The next ones are the key of an id. A sort by each byte of the key, from the last to the first,
 * keeps the order of equal ones (radix sort). Ids with equal keys then stand together, and are compared.
 *
 * @param starts row -> where its id begins, and the end of the last one
 * Complexity: O(n) for ids that differ early. Makes no strings.
 */
export function orderIds(ids: Uint8Array, starts: Uint32Array): Uint32Array {
  const count = starts.length - 1;
  const skipped = countCommon(ids, starts);
  const keys = readKeys(ids, starts, skipped);
  let order = Uint32Array.from({ length: count }, (_, row) => row);
  let other = new Uint32Array(count);
  for (let byte = keyBytes - 1; byte >= 0; byte--) {
    const places = countBytes(keys, byte);
    if (places === undefined) continue;
    for (let i = 0; i < count; i++) {
      const row = order[i] as number;
      const value = keys[row * keyBytes + byte] as number;
      const at = places[value] as number;
      other[at] = row;
      places[value] = at + 1;
    }
    [order, other] = [other, order];
  }
  compareEqual(order, keys, (row) => Buffer.from(ids.buffer, ids.byteOffset + (starts[row] as number), sizeAt(starts, row)));
  return order;
}

/** The keys of all rows, one after the other. An id that ends early has zeros, which no id contains. */
function readKeys(ids: Uint8Array, starts: Uint32Array, skipped: number): Uint8Array {
  const keys = new Uint8Array((starts.length - 1) * keyBytes);
  for (let row = 0; row + 1 < starts.length; row++) {
    const until = Math.min(starts[row + 1] as number, (starts[row] as number) + skipped + keyBytes);
    for (let at = (starts[row] as number) + skipped, key = row * keyBytes; at < until; at++, key++) keys[key] = ids[at] as number;
  }
  return keys;
}

/** For each value of a byte of the keys: its first place. Undefined if all keys have the same. */
function countBytes(keys: Uint8Array, byte: number): Uint32Array | undefined {
  const places = new Uint32Array(256);
  for (let at = byte; at < keys.length; at += keyBytes) {
    const value = keys[at] as number;
    places[value] = (places[value] as number) + 1;
  }
  if (places[keys[byte] as number] === keys.length / keyBytes) return undefined;
  let end = 0;
  for (let value = 0; value < 256; value++) {
    const count = places[value] as number;
    places[value] = end;
    end += count;
  }
  return places;
}

/** Sorts each run of rows with equal keys by their whole ids. */
function compareEqual(order: Uint32Array, keys: Uint8Array, idOf: (row: number) => Buffer): void {
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && isEqualKey(keys, order[from] as number, order[to] as number)) to++;
    if (to > from + 1) order.subarray(from, to).sort((a, b) => idOf(a).compare(idOf(b)));
    from = to;
  }
}

function isEqualKey(keys: Uint8Array, a: number, b: number): boolean {
  for (let byte = keyBytes - 1; byte >= 0; byte--) if (keys[a * keyBytes + byte] !== keys[b * keyBytes + byte]) return false;
  return true;
}

/** The number of bytes that all ids begin with. */
function countCommon(ids: Uint8Array, starts: Uint32Array): number {
  let common = starts.length < 2 ? 0 : sizeAt(starts, 0);
  for (let row = 1; row + 1 < starts.length; row++) {
    const start = starts[row] as number;
    common = Math.min(common, sizeAt(starts, row));
    for (let i = 0; i < common; i++) if (ids[i] !== ids[start + i]) common = i;
  }
  return common;
}

function sizeAt(starts: Uint32Array, row: number): number {
  return (starts[row + 1] as number) - (starts[row] as number);
}

/** These transfers in order of id, in a new array. O(n) for ids that differ early. */
export function sortById({ id }: Projection['transfers'], transfers: ArrayLike<number>): Int32Array {
  const builder = new TextBuilder(transfers.length);
  for (let i = 0; i < transfers.length; i++) builder.push(id.get(transfers[i] as number));
  const [bytes, starts] = builder.build(false).share();
  return Int32Array.from(orderIds(bytes, starts), (place) => transfers[place] as number);
}

/** All transfers in order of their parts. */
export function listAll({ ranges, count }: Pick<Projection['transfers'], 'ranges' | 'count'>): Int32Array {
  const all = new Int32Array(count);
  let at = 0;
  for (const [first, end] of ranges) for (let number = first; number < end; number++) all[at++] = number;
  return all;
}

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
