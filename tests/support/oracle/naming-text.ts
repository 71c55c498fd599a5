import { confusableLetters } from '../../../server/domain/names/confusable-letters.ts';

/** §12, "A text that names another lab", read line by line. */

/** "Text and terms are percent-decoded, brought to NFKC and freed of invisible characters." */
function plain(text: string): string {
  let decoded = text;
  for (let round = 0; round < 3; round++) {
    let next = '';
    for (let at = 0; at < decoded.length; ) {
      const character = [1, 2, 3, 4].map((bytes) => decoded.slice(at, at + 3 * bytes)).find(isCharacter);
      next += character === undefined ? decoded[at] : decodeURIComponent(character);
      at += character === undefined ? 1 : character.length;
    }
    decoded = next;
  }
  return [...decoded.normalize('NFKC')].filter((character) => !isInvisible(character)).join('');
}

function isCharacter(text: string): boolean {
  if (!/^(%[\da-f]{2})+$/i.test(text)) return false;
  try {
    return [...decodeURIComponent(text)].length === 1;
  } catch {
    return false;
  }
}

function isInvisible(character: string): boolean {
  return /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character) || (/\p{Cc}/u.test(character) && !/[\s\u0085]/u.test(character));
}

/** "In scripts without spaces, anywhere": each letter of one is a token. */
const isUnspaced = (letter: string) =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(letter);

/** A few signs are read as letters, and a few letters as apostrophes. */
function isLetterOrDigit(character: string): boolean {
  const look = confusableLetters.get(character);
  if (!/[\p{L}\p{N}]/u.test(character)) return look !== undefined;
  return !(/\p{Lm}/u.test(character) && look !== undefined && !/[\p{L}\p{N}]/u.test(look));
}

/** "Cut into tokens where a letter or digit meets anything else and where a lower-case letter meets an upper-case one." */
function cut(text: string): string[] {
  const found: string[] = [];
  let token = '';
  for (const character of plain(text)) {
    if (/\p{M}/u.test(character)) {
      if (token !== '') token += character;
      continue;
    }
    const last = [...token.replace(/\p{M}/gu, '')].at(-1);
    const isLetter = isLetterOrDigit(character);
    const isCut =
      last !== undefined &&
      (!isLetter || isUnspaced(last) || isUnspaced(character) || (/\p{Ll}/u.test(last) && /[\p{Lu}\p{Lt}]/u.test(character)));
    if (isCut) {
      found.push(token);
      token = '';
    }
    if (isLetter) token += character;
  }
  return token === '' ? found : [...found, token];
}

/** "Case, marks and Unicode's confusables are folded", of a letter in lower case. */
function fold(text: string): string {
  let folded = text;
  for (let round = 0; round < 5; round++) {
    folded = folded.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
    folded = [...folded].map((letter) => confusableLetters.get(letter) ?? letter).join('');
  }
  return folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The oracle looks at each text once for each term and each pair of tokens. */
function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text) ?? work(text);
    known.set(text, value);
    return value;
  };
}

const tokens = remembered(cut);
const readings = remembered(readToken);

/** A token as it may be read: by its small letters; by its capitals as they look; the same, a capital I being an l. */
function readToken(token: string): [string, string, string] {
  const looked = (capitalI: string) =>
    [...token]
      .map((letter) => {
        const look = confusableLetters.get(letter);
        if (!/[\p{Lu}\p{Lt}]/u.test(letter) || look === undefined || !/^[A-Za-z]+$/.test(look)) return fold(letter);
        return look === 'l' ? capitalI : fold(look);
      })
      .join('');
  return [[...token].map(fold).join(''), looked('i'), looked('l')];
}

const countOf = (text: string) => [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);

/** "A final `s` aside", where three letters are left. */
const withoutS = (joined: string, term: string) =>
  countOf(tokens(term).join('').replace(/\p{M}/gu, '')) > 3 ? joined.replace(/s$/, '') : joined;

/** "A term names if consecutive whole tokens joined equal its own tokens joined." */
export function isNamedBy(text: string, term: string): boolean {
  const whole = plain(term).trim();
  if (text !== '' && (text === term || (whole !== '' && plain(text).trim() === whole))) return true;
  const words = tokens(text);
  const own = tokens(term);
  const letters = own.join('').replace(/\p{M}/gu, '');
  // "A term of one or two characters counts only as a whole token written as stated."
  if (countOf(letters) < 3) return own.length === 1 && own[0] === whole && !isUnspaced(letters) && words.includes(own[0] as string);
  const stated = [0, 1, 2].map((way) => withoutS(own.map((token) => readings(token)[way]).join(''), term));
  return [0, 1, 2].some((way) =>
    words.some((_, from) =>
      words.some((_, to) => {
        if (to < from) return false;
        const joined = words
          .slice(from, to + 1)
          .map((token) => readings(token)[way])
          .join('');
        return stated.includes(joined) || stated.some((each) => joined === `${each}s`);
      }),
    ),
  );
}

/** "Names of its artifacts that have at least two words or twelve letters", and more than the two characters that no term may have. */
export function isTellingName(name: string): boolean {
  const words = plain(name)
    .replace(/(\p{Ll}\p{M}*)(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}\p{N}\p{M}]+/u);
  if (countOf(tokens(name).join('').replace(/\p{M}/gu, '')) < 3) return false;
  return words.filter((word) => /\p{L}/u.test(word)).length >= 2 || countOf(plain(name).replace(/[^\p{L}]/gu, '')) >= 12;
}

/** Whether all tokens of two names, joined, are equal. */
export function isSameName(one: string, other: string): boolean {
  const joined = (name: string, way: number) =>
    withoutS(
      tokens(name)
        .map((token) => readings(token)[way])
        .join(''),
      name,
    );
  return [0, 1, 2].some((way) => [0, 1, 2].some((otherWay) => joined(one, way) === joined(other, otherWay)));
}
