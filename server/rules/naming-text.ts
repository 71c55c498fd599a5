import { domainToUnicode } from 'node:url';
import { getDomain } from 'tldts';
import { confusableLetters } from '../domain/names/confusable-letters.ts';
import { withoutLegalForm } from '../domain/names/plain-name.ts';

/*
 * Whether a text names one of many terms (semantics §12, "A text that names another lab").
 *
 * 1. Text and terms become plain: percent-decoded, NFKC, without invisible characters.
 * 2. Both are read letter by letter. Signs and blanks are skipped. Each letter is folded (case, marks, look-alikes), and the places where a token
 *    begins or ends are kept as edges. So "Canary Lab", "canary_lab" and "CanaryLab" all read `canarylab`, with other edges inside.
 * 3. One automaton (Aho-Corasick) holds the folded letters of all terms. It finds every term in one pass over a text, whatever the number of terms.
 *    A find counts if it begins and ends at an edge, or ends at an `s` before an edge. Each letter of a script without spaces is a token of its own,
 *    so there a term counts anywhere.
 */

/** How often a text is percent-decoded, at most. */
const maxDecodings = 3;
/** The bytes of one character in UTF-8, percent-encoded. */
const encoded = /%[0-7][\da-f]|%(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3}/gi;
/** Formatting, fillers, variation selectors, tags, and controls other than line breaks and tabs. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;
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

/** What names one lab (semantics §12). */
export interface NamedLab {
  /** Its id and the merged ids that mean it, its name and its aliases. */
  readonly names: Iterable<string>;
  readonly website: string | null;
  readonly contactEmail: string | null;
}

/** The names of a lab, each also without its legal form, and the registrable domains of its website and e-mail. */
export function* termsOfLab({ names, website, contactEmail }: NamedLab): Generator<string> {
  for (const name of names) {
    yield name;
    const own = withoutLegalForm(toPlainText(name));
    if (own !== name) yield own;
  }
  yield* domainsOf(website, '.');
  yield* domainsOf(contactEmail, '@');
}

/** The registrable domains of the addresses in a text. @param sign that every address has */
function* domainsOf(text: string | null, sign: string): Generator<string> {
  for (const address of text === null ? [] : toPlainText(text).split(/[\s,;<>()"'|]+/)) {
    const domain = address.includes(sign) ? getDomain(address, { allowPrivateDomains: true }) : null;
    if (domain !== null) yield domain;
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
const ways = [0, 1, 2] as const;
type Way = (typeof ways)[number];

interface Letter {
  readonly shape: Shape;
  /** By way. Empty for signs and marks. */
  readonly folded: readonly [string, string, string];
  readonly isOneWay: boolean;
}

const letters = new Map<string, Letter>();
const asciiLetters = Array.from({ length: 128 }, (_, code) => toLetter(String.fromCharCode(code)));

function letterOf(char: string): Letter {
  const code = char.charCodeAt(0);
  if (code < 128) return asciiLetters[code] as Letter;
  let letter = letters.get(char);
  if (letter === undefined) {
    letter = toLetter(char);
    letters.set(char, letter);
  }
  return letter;
}

function toLetter(char: string): Letter {
  const shape = shapeOf(char);
  if (shape === shapes.sign || shape === shapes.mark) return { shape, folded: ['', '', ''], isOneWay: true };
  const small = foldSmall(char);
  let folded: [string, string, string] = [small, small, small];
  const look = confusableLetters.get(char);
  if (shape === shapes.upper && look === 'l') folded = [small, 'i', 'l'];
  else if (shape === shapes.upper && look !== undefined && /^[A-Za-z]+$/.test(look)) {
    const looked = foldSmall(look);
    folded = [small, looked, looked];
  }
  return { shape, folded, isOneWay: folded.every((one) => one === small) };
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
  // What a letter looks like may be a capital, whose small form looks like something else.
  for (let i = 0; i < 3; i++) {
    const small = folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().toUpperCase().toLowerCase();
    folded = Array.from(small, (char) => confusableLetters.get(char) ?? char).join('');
  }
  return folded.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The folded letters of a text, and whether a token begins or ends before each and at the end. Reused for each text. */
let units = new Uint16Array(1024);
let edges = new Uint8Array(1024);

/** Fills `units` and `edges`. Returns the number of units, negated (less one) if the text reads differently in another way. */
function readLetters(plain: string, way: Way): number {
  let count = 0;
  let before: Shape = shapes.sign;
  let isOneWay = true;
  edges[0] = 1;
  for (const char of plain) {
    const { shape, folded, isOneWay: isSame } = letterOf(char);
    if (shape === shapes.mark) continue;
    if (isEdge(before, shape)) edges[count] = 1;
    before = shape;
    isOneWay &&= isSame;
    const text = folded[way];
    if (count + text.length + 1 >= units.length) grow();
    for (let i = 0; i < text.length; i++) {
      units[count++] = text.charCodeAt(i);
      edges[count] = 0;
    }
  }
  edges[count] = 1;
  return isOneWay ? count : -count - 1;
}

function grow(): void {
  const [more, moreEdges] = [new Uint16Array(units.length * 2), new Uint8Array(units.length * 2)];
  more.set(units);
  moreEdges.set(edges);
  [units, edges] = [more, moreEdges];
}

/** A term of fewer letters and digits occurs by chance in too many texts. A Han character counts as two. */
const minLetters = 3;
/** An artifact's name of one word and fewer letters names too many things. */
const minLettersOfWord = 12;

function countLetters(plain: string): number {
  let count = 0;
  for (const char of plain) if (letterOf(char).shape > shapes.mark) count += /\p{Script=Han}/u.test(char) ? 2 : 1;
  return count;
}

/** Whether the name of an artifact has at least two words or twelve letters. */
function isTelling(plain: string): boolean {
  const words = plain.replace(/(\p{Ll}\p{M}*)(?=\p{Lu})/gu, '$1 ').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.filter((word) => /\p{L}/u.test(word)).length > 1 || countLetters(plain.replace(/\P{L}/gu, '')) >= minLettersOfWord;
}

/** What a term names: bits. */
const ofLab = 1;
const ofArtifact = 2;

const unitBits = 16;
const letterS = 's'.charCodeAt(0);

/**
 * Tells whether a text names a hidden lab or an artifact of one (semantics §12). Terms are added first, then linked once; then texts are tested.
 *
 * Complexity: O(length of the text and of the terms that it holds), whatever the number of terms. O(length of the terms) to add and link.
 */
export class NamingTest {
  /** Whole texts that name a lab: every term as stated. */
  readonly #exact = new Set<string>();
  /** Tokens that name a lab only as stated, because they are short. */
  readonly #short = new Set<string>();
  /** The next node by node and unit: `node * 2 ** unitBits + unit`. Node 0 is the root. */
  readonly #next = new Map<number, number>();
  readonly #parent = [0];
  readonly #unit = [0];
  /** The length of the text that leads to each node. */
  readonly #depth = [0];
  /** What the text that leads to each node names. */
  readonly #named = [0];
  /** The node of the longest proper suffix, and of the longest one that is a term (0: none). */
  #suffix = new Int32Array(1);
  #shorterTerm = new Int32Array(1);

  /** Adds an id, a name, an alias or a domain of a hidden lab. */
  addTerm(term: string): void {
    const plain = toPlainText(term).trim();
    this.#exact.add(term);
    if (plain === '') return;
    this.#exact.add(plain);
    const count = countLetters(plain);
    if (count >= minLetters) this.#add(plain, count, ofLab);
    else if (Array.from(plain, shapeOf).every((shape) => shape !== shapes.sign && shape !== shapes.unspaced)) this.#short.add(plain);
  }

  /** Adds the name of an artifact of a hidden lab. A name that says too little is left out. */
  addArtifactName(name: string): void {
    const plain = toPlainText(name);
    const count = countLetters(plain);
    if (count >= minLetters && isTelling(plain)) this.#add(plain, count, ofArtifact);
  }

  #add(plain: string, letterCount: number, what: number): void {
    for (const way of ways) {
      const read = readLetters(plain, way);
      const count = read < 0 ? -read - 1 : read;
      const end = letterCount > minLetters && units[count - 1] === letterS ? count - 1 : count;
      let node = 0;
      for (let i = 0; i < end; i++) node = this.#nextOrNew(node, units[i] as number);
      this.#named[node] = (this.#named[node] as number) | what;
      if (read >= 0) break;
    }
  }

  #nextOrNew(node: number, unit: number): number {
    const key = node * 2 ** unitBits + unit;
    const found = this.#next.get(key);
    if (found !== undefined) return found;
    const made = this.#parent.length;
    this.#next.set(key, made);
    this.#parent.push(node);
    this.#unit.push(unit);
    this.#depth.push((this.#depth[node] as number) + 1);
    this.#named.push(0);
    return made;
  }

  /** Makes the test ready for texts, in steps of some thousand nodes. */
  *link(): Generator<undefined, void> {
    const count = this.#parent.length;
    this.#suffix = new Int32Array(count);
    this.#shorterTerm = new Int32Array(count);
    for (const [i, node] of byDepth(this.#depth).entries()) {
      if (i % 4096 === 4095) yield;
      if (node === 0) continue;
      const parent = this.#parent[node] as number;
      const suffix = parent === 0 ? 0 : this.#follow(this.#suffix[parent] as number, this.#unit[node] as number);
      this.#suffix[node] = suffix;
      this.#shorterTerm[node] = this.#named[suffix] !== 0 ? suffix : (this.#shorterTerm[suffix] as number);
    }
  }

  /** The node of the longest suffix that goes on with a unit. */
  #follow(from: number, unit: number): number {
    for (let node = from; ; node = this.#suffix[node] as number) {
      const next = this.#next.get(node * 2 ** unitBits + unit);
      if (next !== undefined) return next;
      if (node === 0) return 0;
    }
  }

  /** Whether a text names a hidden lab, its artifacts aside. */
  isNamingLab(text: string): boolean {
    return this.#isNaming(text, ofLab);
  }

  /** Whether a text names a hidden lab or an artifact of one. */
  isNaming(text: string): boolean {
    return this.#isNaming(text, ofLab | ofArtifact);
  }

  #isNaming(text: string, what: number): boolean {
    if (text === '') return false;
    if (this.#exact.has(text)) return true;
    const plain = toPlainText(text);
    if (this.#exact.has(plain.trim()) || (this.#short.size > 0 && this.#hasShort(plain))) return true;
    return this.#find(plain, (node) => ((this.#named[node] as number) & what) !== 0);
  }

  #hasShort(plain: string): boolean {
    let start = 0;
    let end = 0;
    let before: Shape = shapes.sign;
    for (const char of plain) {
      const { shape } = letterOf(char);
      if (shape !== shapes.mark) {
        if (isEdge(before, shape)) {
          if (before !== shapes.sign && this.#short.has(plain.slice(start, end))) return true;
          start = end;
        }
        before = shape;
      }
      end += char.length;
    }
    return before !== shapes.sign && this.#short.has(plain.slice(start));
  }

  /** Takes back the names of artifacts that a visible artifact has: as its name, or in its id. */
  spare({ id, name }: { readonly id: string; readonly name: string }): void {
    const drop = (node: number) => {
      this.#named[node] = (this.#named[node] as number) & ~ofArtifact;
      return false;
    };
    this.#find(toPlainText(id), drop);
    this.#find(toPlainText(name), (node, isWhole) => isWhole && drop(node));
  }

  /** Whether `isWanted` accepts a term that the text holds. */
  #find(plain: string, isWanted: (node: number, isWhole: boolean) => boolean): boolean {
    for (const way of ways) {
      const read = readLetters(plain, way);
      const count = read < 0 ? -read - 1 : read;
      let node = 0;
      for (let i = 0; i < count; i++) {
        node = this.#follow(node, units[i] as number);
        const end = i + 1;
        // A final `s` does not count.
        if (node === 0 || (edges[end] === 0 && (units[end] !== letterS || end === count || edges[end + 1] === 0))) continue;
        for (let term = node; term !== 0; term = this.#shorterTerm[term] as number) {
          const start = end - (this.#depth[term] as number);
          const isWhole = start === 0 && (end === count || (end === count - 1 && units[end] === letterS));
          if (this.#named[term] !== 0 && edges[start] === 1 && isWanted(term, isWhole)) return true;
        }
      }
      if (read >= 0) return false;
    }
    return false;
  }
}

/** The nodes, the shallowest first. */
function byDepth(depths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
  for (const depth of depths) starts[depth + 1] = (starts[depth + 1] as number) + 1;
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const order = new Uint32Array(depths.length);
  for (let node = 0; node < depths.length; node++) {
    const depth = depths[node] as number;
    order[starts[depth] as number] = node;
    starts[depth] = (starts[depth] as number) + 1;
  }
  return order;
}
