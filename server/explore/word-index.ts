import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Csr } from '../projection/csr.ts';
import { rowOf } from '../projection/csr.ts';
import type { Steps } from '../projection/turns.ts';
import { findNearness, mayBeNear, spell } from './nearly-equal.ts';
import { type Searchable, stepSize } from './searchable.ts';

/** The words that are nearly equal to a typed word, or begin nearly so. */
export type NearWords = Map<string, 'whole' | 'beginning'>;

/** One typo in words of four letters or more, and two in words of eight or more. */
function allowedTypos(word: string): number {
  return word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
}

/** Adds the near words of some fields to those of a typed word. */
export function addNearWords(typed: string, { fields }: Searchable, near: NearWords): void {
  const allowed = allowedTypos(typed);
  if (allowed === 0) return;
  for (const { words, joined } of fields) {
    for (const word of joined === '' ? words : [...words, joined]) {
      const nearness = findNearness(typed, word, allowed);
      if (nearness !== undefined) near.set(word, nearness);
    }
  }
}

/**
 * Finds the records that may match a search, so that a search scores these alone.
 *
 * All distinct words lie in one long text, which the runtime searches for a part of a word in well under a millisecond. Joined words lie
 * in another. Most near words are ruled out by the letters that they lack, before their letters are compared one by one.
 */
export class WordIndex {
  readonly #records: readonly Searchable[];
  readonly #words: Entries;
  readonly #joined: Entries;
  /** The joined words that begin with a word, by their places in `#joined`. */
  readonly #byFirst: ReadonlyMap<string, readonly number[]>;
  /** Records by the initials of one of their names. */
  readonly #initials: ReadonlyMap<string, readonly number[]>;

  private constructor(
    records: readonly Searchable[],
    words: Entries,
    joined: Entries,
    byFirst: ReadonlyMap<string, readonly number[]>,
    initials: ReadonlyMap<string, readonly number[]>,
  ) {
    this.#records = records;
    this.#words = words;
    this.#joined = joined;
    this.#byFirst = byFirst;
    this.#initials = initials;
  }

  static *build(records: readonly Searchable[]): Steps<WordIndex> {
    const words = new Map<string, number[]>();
    const joined = new Map<string, number[]>();
    const byFirst = new Map<string, Set<number>>();
    const initials = new Map<string, number[]>();
    const places = new Map<string, number>();
    for (let i = 0; i < records.length; i++) {
      for (const field of (records[i] as Searchable).fields) {
        for (const word of field.words) addTo(words, word, i);
        if (field.initials !== undefined) addTo(initials, field.initials, i);
        if (field.joined === '') continue;
        addTo(joined, field.joined, i);
        const place = getOrInsert(places, field.joined, () => places.size);
        getOrInsert(byFirst, field.words[0] as string, () => new Set()).add(place);
      }
      if (i % stepSize === 0) yield;
    }
    const firsts = new Map([...byFirst].map(([word, found]) => [word, [...found]]));
    return new WordIndex(records, yield* Entries.build(words), yield* Entries.build(joined), firsts, initials);
  }

  /**
   * Every record that may match all these words, each once, in ascending order. A record that has them as one joined word is among them.
   *
   * @param near for each word, gets the near words, which then match too; absent: words match as they are typed
   */
  *findCandidates(words: readonly string[], near?: ReadonlyMap<string, NearWords>): Steps<readonly Searchable[]> {
    let fewest: Found | undefined;
    for (const word of words) {
      // A sign is no part of any word.
      if (!/^[a-z0-9]+$/.test(word)) return this.#records;
      const found = this.#find(word, near?.get(word));
      if (fewest === undefined || found.count < fewest.count) fewest = found;
      yield;
    }
    const joined = words.length > 1 ? this.#words.rowsOf(words.join('')) : [];
    const marks = new Uint8Array(this.#records.length);
    for (const rows of [...(fewest?.rows ?? []), joined]) for (let i = 0; i < rows.length; i++) marks[rows[i] as number] = 1;
    const candidates: Searchable[] = [];
    for (let at = marks.indexOf(1); at >= 0; at = marks.indexOf(1, at + 1)) candidates.push(this.#records[at] as Searchable);
    return candidates;
  }

  #find(word: string, near: NearWords | undefined): Found {
    const rows: ArrayLike<number>[] = [];
    this.#words.findPart(word, rows);
    // A joined word whose first word is at least as long has been found by that one.
    for (let length = 1; length < word.length; length++) {
      for (const place of this.#byFirst.get(word.slice(0, length)) ?? []) this.#joined.addIfBegins(place, word, rows);
    }
    const abbreviated = this.#initials.get(word);
    if (abbreviated !== undefined) rows.push(abbreviated);
    const allowed = allowedTypos(word);
    if (near !== undefined && allowed > 0) {
      this.#words.findNear(word, allowed, near, rows);
      this.#joined.findNear(word, allowed, near, rows);
    }
    return { rows, count: rows.reduce((sum, { length }) => sum + length, 0) };
  }
}

function addTo(lists: Map<string, number[]>, text: string, record: number): void {
  const list = getOrInsert(lists, text, () => []);
  if (list[list.length - 1] !== record) list.push(record);
}

interface Found {
  /** Records; some may be in several lists. */
  readonly rows: readonly ArrayLike<number>[];
  readonly count: number;
}

/** Distinct texts of letters and digits in the order of their places, and the records that have each. */
class Entries {
  /** All texts, each after a line feed, and one at the end. */
  readonly #text: string;
  /** The position of the line feed before each text, and of the one at the end. */
  readonly #starts: Uint32Array;
  readonly #letters: Uint32Array;
  readonly #records: Csr;

  private constructor(text: string, starts: Uint32Array, letters: Uint32Array, records: Csr) {
    this.#text = text;
    this.#starts = starts;
    this.#letters = letters;
    this.#records = records;
  }

  static *build(lists: ReadonlyMap<string, readonly number[]>): Steps<Entries> {
    const starts = new Uint32Array(lists.size + 1);
    const letters = new Uint32Array(lists.size);
    const offsets = new Uint32Array(lists.size + 1);
    let i = 0;
    for (const [text, list] of lists) {
      letters[i] = spell(text);
      starts[i + 1] = (starts[i] as number) + text.length + 1;
      offsets[i + 1] = (offsets[i] as number) + list.length;
      if (++i % stepSize === 0) yield;
    }
    const values = new Int32Array(offsets[lists.size] as number);
    i = 0;
    for (const list of lists.values()) values.set(list, offsets[i++]);
    return new Entries(`\n${[...lists.keys()].join('\n')}\n`, starts, letters, { offsets, values });
  }

  /** Adds the records of each text that contains `part`. */
  findPart(part: string, into: ArrayLike<number>[]): void {
    for (let at = this.#text.indexOf(part), place = 0; at >= 0; at = this.#text.indexOf(part, this.#starts[place])) {
      place = this.#placeOf(at, place);
      into.push(rowOf(this.#records, place));
      place++;
    }
  }

  /** Adds the records of a text if it begins with `beginning`. */
  addIfBegins(place: number, beginning: string, into: ArrayLike<number>[]): void {
    if (this.#text.startsWith(beginning, (this.#starts[place] as number) + 1)) into.push(rowOf(this.#records, place));
  }

  /** Adds the texts that typos may turn into `word`, or that begin so, and their records. */
  findNear(word: string, allowed: number, near: NearWords, into: ArrayLike<number>[]): void {
    const letters = spell(word);
    for (let place = 0; place < this.#letters.length; place++) {
      if (!mayBeNear(letters, this.#letters[place] as number, allowed)) continue;
      const text = this.#text.slice((this.#starts[place] as number) + 1, this.#starts[place + 1]);
      const nearness = findNearness(word, text, allowed);
      if (nearness === undefined) continue;
      near.set(text, nearness);
      into.push(rowOf(this.#records, place));
    }
  }

  /** The records with exactly this text. */
  rowsOf(text: string): ArrayLike<number> {
    const at = this.#text.indexOf(`\n${text}\n`);
    return at < 0 ? [] : rowOf(this.#records, this.#placeOf(at, 0));
  }

  /** The place, not before `from`, of the text that covers a position, with the line feed before it. */
  #placeOf(position: number, from: number): number {
    let step = 1;
    let low = from;
    while (low + step < this.#letters.length && (this.#starts[low + step] as number) <= position) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.#letters.length);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] as number) <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}
