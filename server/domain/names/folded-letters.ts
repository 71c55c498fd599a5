import { domainToUnicode } from 'node:url';
import { getOrInsert } from '../get-or-insert.ts';
import { confusableLetters } from './confusable-letters.ts';

/** How often a text is percent-decoded, at most. */
const maxDecodings = 3;
/** The bytes of one character in UTF-8, percent-encoded. */
const encoded = /%[0-7][\da-f]|%(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3}/gi;
/** Formatting, fillers, variation selectors, tags, and controls other than line breaks and tabs. */
const invisible = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** A label of a host in ASCII: "xn--lwe-sna" for "löwe". */
const asciiLabel = /xn--[a-z\d-]+/gi;
const isPrintableAscii = /^[ -~]*$/;

/** A text percent-decoded, in NFKC, without invisible characters, and with Unicode labels of hosts. What is malformed stays. */
export function toPlainText(text: string): string {
  let plain = text;
  for (let i = 0; i < maxDecodings && plain.includes('%'); i++) plain = plain.replace(encoded, decode);
  if (!isPrintableAscii.test(plain)) plain = plain.normalize('NFKC').replace(invisible, '');
  return /xn--/i.test(plain) ? plain.replace(asciiLabel, (label) => domainToUnicode(label) || label) : plain;
}

function decode(bytes: string): string {
  try {
    return decodeURIComponent(bytes);
  } catch {
    // Overlong, or half of a surrogate pair.
    return bytes;
  }
}

/** Scripts that write without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const shapes = { sign: 0, mark: 1, lower: 2, upper: 3, other: 4, unspaced: 5 } as const;
type Shape = (typeof shapes)[keyof typeof shapes];

/**
 * The ways to fold: by the lower-case letter, so that case does not matter; by the letter as it stands, because capitals look like other
 * letters than their small forms do; the same, with a capital I taken for an l.
 */
export const ways = [0, 1, 2] as const;
type Way = (typeof ways)[number];

interface Letter {
  readonly shape: Shape;
  /** By way. Empty for signs and marks. */
  readonly folded: readonly [string, string, string];
  readonly isOneWay: boolean;
  /** UTF-16 units that it takes. */
  readonly length: number;
  /** How many letters it counts for: a Han character for two, signs and marks for none. */
  readonly weight: number;
}

/** The letters that were seen: at most all of Unicode. */
const letters = new Map<number, Letter>();
const asciiLetters = Array.from({ length: 128 }, (_, code) => toLetter(String.fromCharCode(code)));

function letterAt(text: string, at: number): Letter {
  const unit = text.charCodeAt(at);
  if (unit < 128) return asciiLetters[unit] as Letter;
  const code = text.codePointAt(at) as number;
  return getOrInsert(letters, code, () => toLetter(String.fromCodePoint(code)));
}

function toLetter(char: string): Letter {
  const shape = shapeOf(char);
  if (shape === shapes.sign || shape === shapes.mark)
    return { shape, folded: ['', '', ''], isOneWay: true, length: char.length, weight: 0 };
  const small = foldSmall(char);
  let folded: [string, string, string] = [small, small, small];
  const look = confusableLetters.get(char);
  if (shape === shapes.upper && look === 'l') folded = [small, 'i', 'l'];
  else if (shape === shapes.upper && look !== undefined && /^[A-Za-z]+$/.test(look)) {
    const looked = foldSmall(look);
    folded = [small, looked, looked];
  }
  const weight = /\p{Script=Han}/u.test(char) ? 2 : 1;
  return { shape, folded, isOneWay: folded.every((one) => one === small), length: char.length, weight };
}

function shapeOf(char: string): Shape {
  if (/\p{M}/u.test(char)) return shapes.mark;
  const look = confusableLetters.get(char);
  if (!/[\p{L}\p{N}]/u.test(char)) return look === undefined ? shapes.sign : shapes.other;
  // A letter that is read as an apostrophe, such as U+02BC.
  if (/\p{Lm}/u.test(char) && look !== undefined && !/[\p{L}\p{N}]/u.test(look)) return shapes.sign;
  if (unspaced.test(char)) return shapes.unspaced;
  if (/\p{Ll}/u.test(char)) return shapes.lower;
  return /[\p{Lu}\p{Lt}]/u.test(char) ? shapes.upper : shapes.other;
}

/** Whether a token ends after one letter or sign, or begins with the next. */
function isEdge(before: Shape, after: Shape): boolean {
  if (before === shapes.sign || after === shapes.sign) return true;
  return before === shapes.unspaced || after === shapes.unspaced || (before === shapes.lower && after === shapes.upper);
}

/** A text in lower case, without marks, each letter replaced by the one that it looks like. */
function foldSmall(text: string): string {
  let folded = text;
  // A letter may look like a capital, whose small form looks like something else.
  for (let i = 0; i < 3; i++) {
    const small = folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().toUpperCase().toLowerCase();
    folded = Array.from(small, (char) => confusableLetters.get(char) ?? char).join('');
  }
  return folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The folded letters of one text, read in one way. Reused for each text.
 *
 * `units` are UTF-16, of `count` in use. `edges` is 1 where a token begins or ends: before each unit, and after the last.
 */
export class FoldedLetters {
  units = new Uint16Array(1024);
  edges = new Uint8Array(1025);
  count = 0;
  /** Whether the text reads the same in every way. */
  isOneWay = true;

  read(plain: string, way: Way): void {
    let { units, edges } = this;
    let count = 0;
    let before: Shape = shapes.sign;
    this.isOneWay = true;
    edges[0] = 1;
    for (let at = 0; at < plain.length; ) {
      const letter = letterAt(plain, at);
      at += letter.length;
      if (letter.shape === shapes.mark) continue;
      if (isEdge(before, letter.shape)) edges[count] = 1;
      before = letter.shape;
      if (!letter.isOneWay) this.isOneWay = false;
      const folded = letter.folded[way];
      if (count + folded.length > units.length) {
        this.#grow();
        ({ units, edges } = this);
      }
      for (let i = 0; i < folded.length; i++) {
        units[count++] = folded.charCodeAt(i);
        edges[count] = 0;
      }
    }
    edges[count] = 1;
    this.count = count;
  }

  #grow(): void {
    const { units, edges } = this;
    this.units = new Uint16Array(2 * units.length);
    this.units.set(units);
    this.edges = new Uint8Array(2 * units.length + 1);
    this.edges.set(edges);
  }
}

/** The number of letters and digits. A Han character counts as two. */
export function countLetters(plain: string): number {
  let count = 0;
  for (let at = 0; at < plain.length; ) {
    const { weight, length } = letterAt(plain, at);
    count += weight;
    at += length;
  }
  return count;
}

/** The tokens of a plain text, as they stand. */
export function* tokensOf(plain: string): Generator<string> {
  let start = 0;
  let before: Shape = shapes.sign;
  for (let at = 0; at < plain.length; ) {
    const { shape, length } = letterAt(plain, at);
    if (shape !== shapes.mark) {
      if (isEdge(before, shape)) {
        if (before !== shapes.sign) yield plain.slice(start, at);
        start = at;
      }
      before = shape;
    }
    at += length;
  }
  if (before !== shapes.sign) yield plain.slice(start);
}

/** Whether a text holds a letter of a script that writes without spaces. */
export function hasUnspaced(text: string): boolean {
  return unspaced.test(text);
}
