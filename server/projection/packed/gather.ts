/*
 * Puts cells of a column in another order: place -> row. One function for each size of number, because a loop over arrays of several
 * types is several times slower.
 */

export function gather64(column: Float64Array, order: Uint32Array, into: Float64Array): Float64Array {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

export function gather32(column: Int32Array, order: Uint32Array, into: Int32Array): Int32Array {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

export function gather8(column: Uint8Array, order: Uint32Array, into: Uint8Array): Uint8Array {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

/** Puts the list of each row in another order, one after the other. Returns their end. @param starts row -> where its list begins, and the end */
export function gatherLists<T extends Uint8Array | Int32Array>(lists: T, starts: Uint32Array, order: Uint32Array, into: T): number {
  let end = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    const until = starts[row + 1] as number;
    for (let at = starts[row] as number; at < until; at++) into[end++] = lists[at] as number;
  }
  return end;
}

/** The beginning of the list of each row, and the end of the last one. */
export function sumUp(lengths: Int32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i] as number) + (lengths[i] as number);
  return starts;
}
