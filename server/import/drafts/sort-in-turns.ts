import { setImmediate } from 'node:timers/promises';

/** Small enough that a piece takes a few milliseconds. */
const pieceLength = 20_000;

/**
 * Sorts numbers in place by keys. The event loop turns between pieces of 20,000. Equal keys keep their order. Numbers that are in order
 * already, as those of an unmerged file are, cost one pass.
 *
 * @param keyOf called a few times for each number
 * Complexity: O(n log n); O(n) if they are in order.
 */
export async function sortInTurns(numbers: Uint32Array, keyOf: (number: number) => number): Promise<void> {
  const { length } = numbers;
  const keys = new Float64Array(length);
  let isSorted = true;
  for (let at = 0; at < length; at++) {
    keys[at] = keyOf(numbers[at] as number);
    if (at > 0 && (keys[at] as number) < (keys[at - 1] as number)) isSorted = false;
    if (at % pieceLength === pieceLength - 1) await setImmediate();
  }
  if (isSorted) return;
  // `places` is sorted; the numbers follow.
  let places = Uint32Array.from(numbers, (_, at) => at);
  const compare = (a: number, b: number) => (keys[a] as number) - (keys[b] as number) || a - b;
  for (let from = 0; from < length; from += pieceLength) {
    places.subarray(from, from + pieceLength).sort(compare);
    await setImmediate();
  }
  for (let width = pieceLength; width < length; width *= 2) places = await mergePieces(places, width, compare);
  const sorted = Uint32Array.from(places, (at) => numbers[at] as number);
  numbers.set(sorted);
}

/** One round of a merge sort: pieces of `width` become pieces of twice that. */
async function mergePieces(
  places: Uint32Array,
  width: number,
  compare: (a: number, b: number) => number,
): Promise<Uint32Array<ArrayBuffer>> {
  const merged = new Uint32Array(places.length);
  let at = 0;
  for (let from = 0; from < places.length; from += 2 * width) {
    const middle = Math.min(from + width, places.length);
    const end = Math.min(from + 2 * width, places.length);
    for (let [left, right] = [from, middle]; left < middle || right < end; ) {
      const takesLeft = right >= end || (left < middle && compare(places[left] as number, places[right] as number) <= 0);
      merged[at++] = takesLeft ? (places[left++] as number) : (places[right++] as number);
      if (at % pieceLength === 0) await setImmediate();
    }
  }
  return merged;
}
