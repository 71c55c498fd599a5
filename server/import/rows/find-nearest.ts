import { distance } from 'fastest-levenshtein';

/**
 * The known name that `given` most probably misspells. Undefined if none is near enough. A name with the same letters and
 * digits wins, then the name with the fewest insertions, deletions and replacements: at most a third of its length.
 *
 * Complexity: O(known x length^2) for names of at most 60 characters; longer names match none.
 */
export function findNearest(given: string, known: readonly string[]): string | undefined {
  if (given.length > 60) return undefined;
  const plain = toPlain(given);
  const same = known.find((name) => toPlain(name) === plain);
  if (same !== undefined) return same;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of known) {
    const edits = distance(plain, toPlain(name));
    if (edits < least) {
      least = edits;
      nearest = name;
    }
  }
  return nearest;
}

function toPlain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
