/**
 * How near a word is to another, letters added, dropped, changed or exchanged with their neighbor: whether the whole of it,
 * or at least a beginning of it, is so few slips away.
 *
 * @param allowed slips, at most
 * Complexity: O(length^2), where the two have most letters in common.
 */
export function findNearness(typed: string, word: string, allowed: number): 'whole' | 'beginning' | undefined {
  if (word.length < typed.length - allowed || countMissing(typed, word) > allowed) return undefined;
  // Of a longer word only the beginning can be near.
  const width = Math.min(word.length, typed.length + allowed);
  let before: number[] = [];
  let previous = Array.from({ length: width + 1 }, (_, j) => j);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= width; j++) {
      const isSame = typed[i - 1] === word[j - 1];
      let cost = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > allowed) return undefined;
    before = previous;
    previous = row;
  }
  if (width === word.length && (previous[width] as number) <= allowed) return 'whole';
  return Math.min(...previous) <= allowed ? 'beginning' : undefined;
}

/** Letters of the one that the other has nowhere, each once: never more than the slips between the two. */
function countMissing(typed: string, word: string): number {
  let missing = lettersOf(typed) & ~lettersOf(word);
  let count = 0;
  for (; missing !== 0; missing &= missing - 1) count++;
  return count;
}

/** A bit for each letter a to z. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i) - 97;
    if (letter >= 0 && letter < 26) letters |= 1 << letter;
  }
  return letters;
}
