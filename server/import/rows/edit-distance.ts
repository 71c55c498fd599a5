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
    const distance = editDistance(plain, toPlain(name));
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

function toPlain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The fewest insertions, deletions and replacements between two texts. O(a b). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}
