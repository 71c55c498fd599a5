/** The most letters compared; the rest of a longer word is ignored. */
const maxLength = 64;
const width = maxLength + 4;
/** Three rows of costs. They are reused, because a search compares tens of thousands of words. */
const rows = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)] as const;

/**
 * Whether a few typos turn one word, or a beginning of it, into the other. A typo adds, drops or changes a letter, or swaps two
 * neighbors.
 *
 * Computes only the costs of positions at most `allowed` apart. All other costs are higher.
 *
 * @param allowed the most typos, 0 to 2
 * Complexity: O(length x allowed).
 */
export function findNearness(typed: string, word: string, allowed: number): 'whole' | 'beginning' | undefined {
  const height = Math.min(typed.length, maxLength);
  if (word.length < height - allowed) return undefined;
  // Only the beginning of a longer word can be close enough.
  const last = Math.min(word.length, height + allowed);
  const tooMany = allowed + 1;
  let [before, previous, row] = rows;
  for (let j = 0; j <= Math.min(last, allowed); j++) previous[j] = j;
  previous[Math.min(last, allowed) + 1] = tooMany;
  for (let i = 1; i <= height; i++) {
    const from = Math.max(1, i - allowed);
    const to = Math.min(last, i + allowed);
    row[from - 1] = from === 1 ? Math.min(i, tooMany) : tooMany;
    let least = row[from - 1] as number;
    const letter = typed.charCodeAt(i - 1);
    for (let j = from; j <= to; j++) {
      const isSame = letter === word.charCodeAt(j - 1);
      let cost = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && letter === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === word.charCodeAt(j - 1))
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row[j] = Math.min(cost, tooMany);
      least = Math.min(least, cost);
    }
    if (least > allowed) return undefined;
    // The next row reads one position further.
    row[to + 1] = tooMany;
    [before, previous, row] = [previous, row, before];
  }
  if (last === word.length && last >= height - allowed && (previous[last] as number) <= allowed) return 'whole';
  for (let j = Math.max(0, height - allowed); j <= last; j++) if ((previous[j] as number) <= allowed) return 'beginning';
  return undefined;
}

/** The letters and digits of a word as a set of bits. Digits share six of them. Letters past `maxLength` do not count. */
export function spell(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length && i < maxLength; i++) {
    const unit = word.charCodeAt(i);
    letters |= 1 << (unit >= 97 ? unit - 97 : 26 + (unit % 6));
  }
  return letters >>> 0;
}

/** Whether typos may turn a word into another, or into its beginning: each typed letter that the other word lacks needs a typo of its own. */
export function mayBeNear(typed: number, word: number, allowed: number): boolean {
  let lacking = typed & ~word;
  for (let i = 0; i < allowed; i++) lacking &= lacking - 1;
  return lacking === 0;
}
