import { foldAccents } from '../domain/names/plain-name.ts';

/** Letters of scripts that write without spaces between words. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const isUnspaced = new RegExp(`[${unspaced}]`, 'u');

/** Shorter terms occur by chance in too many texts. */
const minLength = 3;
const minUnspacedLength = 2;

/**
 * Tells whether a text names one of some organizations, by id, name or alias (semantics §10).
 *
 * Case and accents do not matter. A term counts as a whole word, also next to `-` or `_`, except in scripts without spaces, where
 * it counts anywhere. A term of one or two characters counts only as the whole text, exactly.
 *
 * @param terms ids, names and aliases
 * Complexity: O(length of the text) for each distinct text; O(terms) once.
 */
export function createNamingTest(terms: Iterable<string>): (text: string) => boolean {
  const exact = new Set<string>();
  const patterns = new Set<string>();
  for (const term of terms) {
    const folded = foldAccents(term).trim();
    const letters = [...folded];
    exact.add(term);
    const least = letters.every((letter) => isUnspaced.test(letter)) ? minUnspacedLength : minLength;
    if (letters.length < least) continue;
    const before = isUnspaced.test(letters[0] as string) ? '' : '(?<![\\p{L}\\p{N}])';
    const after = isUnspaced.test(letters.at(-1) as string) ? '' : '(?![\\p{L}\\p{N}])';
    patterns.add(before + folded.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+') + after);
  }
  if (exact.size === 0) return () => false;
  const pattern = patterns.size === 0 ? undefined : new RegExp([...patterns].join('|'), 'u');
  const known = new Map<string, boolean>();
  return (text) => {
    let isNaming = known.get(text);
    if (isNaming === undefined) {
      isNaming = exact.has(text) || pattern?.test(foldAccents(text)) === true;
      known.set(text, isNaming);
    }
    return isNaming;
  };
}
