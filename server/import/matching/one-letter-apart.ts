const shortest = 5;
const longest = 60;
/** Bits of a packed pair: 32 of the hash, 20 of the index. */
const indexes = 2 ** 20;

/**
 * Finds pairs of texts of 5 to 60 characters that differ by one inserted, deleted or replaced letter, but no digit.
 *
 * Two texts of a pair share a spelling with at most one letter left out. Only texts that share one are compared.
 *
 * @param texts distinct, at most 1,048,576; later ones are ignored
 * Complexity: O(n l log(n l)) for n texts of l characters.
 */
export function findOneLetterApart(texts: readonly string[]): [number, number][] {
  const packed: number[] = [];
  texts.slice(0, indexes).forEach((text, index) => {
    if (text.length < shortest || text.length > longest) return;
    for (let left = -1; left < text.length; left++) packed.push(hashWithout(text, left) * indexes + index);
  });
  const sorted = Float64Array.from(packed).sort();
  const pairs = new Map<number, [number, number]>();
  let start = 0;
  for (let end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && hashOf(sorted[end] as number) === hashOf(sorted[start] as number)) continue;
    // Texts with a common hash. A large group is a coincidence of short texts, so it is skipped.
    if (end - start > 1 && end - start <= 40) addPairs(sorted.subarray(start, end), texts, pairs);
    start = end;
  }
  return [...pairs.values()];
}

const hashOf = (value: number) => Math.floor(value / indexes);

function addPairs(group: Float64Array, texts: readonly string[], pairs: Map<number, [number, number]>): void {
  for (let i = 0; i < group.length; i++) {
    for (let j = i + 1; j < group.length; j++) {
      const a = (group[i] as number) % indexes;
      const b = (group[j] as number) % indexes;
      if (a !== b && isOneLetterApart(texts[a] as string, texts[b] as string)) pairs.set(a * indexes + b, [a, b]);
    }
  }
}

function hashWithout(text: string, left: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) if (i !== left) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const isDigit = (letter: string | undefined) => letter !== undefined && letter >= '0' && letter <= '9';

function isOneLetterApart(a: string, b: string): boolean {
  if (a.length > b.length) return isOneLetterApart(b, a);
  if (b.length - a.length > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  // Supplier 12 and Supplier 13 are two: a number is no misspelling of another.
  if (isDigit(b[at]) || (a.length === b.length && isDigit(a[at]))) return false;
  return a.slice(a.length === b.length ? at + 1 : at) === b.slice(at + 1);
}
