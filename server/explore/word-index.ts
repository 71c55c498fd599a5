import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Csr } from '../projection/columns/csr.ts';
import { groupByRow } from '../projection/columns/csr.ts';
import { NumberBuilder, sharedInt32 } from '../projection/columns/shared-memory.ts';
import { rowOf } from '../projection/projection.ts';
import type { Steps } from '../projection/turns.ts';
import type { FoldedRecords } from './folded-records.ts';
import { LongText } from './folded-records.ts';
import type { Searchable } from './searchable.ts';
import { splitWords, stepSize, withJoined } from './searchable.ts';

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
  for (const { text } of fields) {
    for (const word of withJoined(splitWords(text))) {
      const nearness = findNearness(typed, word, allowed);
      if (nearness !== undefined) near.set(word, nearness);
    }
  }
}

/**
 * Finds the records that may match a search, so that a search scores these alone.
 *
 * All distinct words lie in one long text, joined words in another. Most near words are ruled out by the letters that they lack, before
 * their letters are compared one by one.
 */
export class WordIndex {
  readonly #records: FoldedRecords;
  readonly #words: Entries;
  readonly #joined: Entries;
  /** The joined words that begin with a word, by their places in `#joined`. */
  readonly #byFirst: Lists;
  /** Records by the initials of one of their names. */
  readonly #initials: Lists;

  private constructor(records: FoldedRecords, words: Entries, joined: Entries, byFirst: Lists, initials: Lists) {
    this.#records = records;
    this.#words = words;
    this.#joined = joined;
    this.#byFirst = byFirst;
    this.#initials = initials;
  }

  static *build(records: FoldedRecords): Steps<WordIndex> {
    const words = new ListsBuilder();
    const joined = new ListsBuilder();
    const byFirst = new ListsBuilder();
    const initials = new ListsBuilder();
    for (let i = 0; i < records.count; i++) {
      for (const field of records.get(i).fields) {
        const found = splitWords(field.text);
        for (const word of found) words.add(word, i);
        if (field.initials !== '') initials.add(field.initials, i);
        if (found.length > 1) byFirst.add(found[0] as string, joined.add(found.join(''), i));
      }
      if (i % stepSize === 0) yield;
    }
    return new WordIndex(
      records,
      yield* Entries.build(yield* words.build()),
      yield* Entries.build(yield* joined.build()),
      yield* byFirst.build(),
      yield* initials.build(),
    );
  }

  /**
   * The positions of all records that may match all these words, ascending. A record that has them as one joined word is among them.
   *
   * @param near for each word, gets the near words, which then match too; absent: words match as they are typed
   */
  *findCandidates(words: readonly string[], near?: ReadonlyMap<string, NearWords>): Steps<readonly number[]> {
    let fewest: Found | undefined;
    for (const word of words) {
      // A sign is no part of any word.
      if (!/^[a-z0-9]+$/.test(word)) return Array.from({ length: this.#records.count }, (_, i) => i);
      const found = this.#find(word, near?.get(word));
      if (fewest === undefined || found.count < fewest.count) fewest = found;
      yield;
    }
    const joined = words.length > 1 ? this.#words.rowsOf(words.join('')) : noNumbers;
    const marks = new Uint8Array(this.#records.count);
    for (const rows of [...(fewest?.rows ?? []), joined]) for (let i = 0; i < rows.length; i++) marks[rows[i] as number] = 1;
    const candidates: number[] = [];
    for (let at = marks.indexOf(1); at >= 0; at = marks.indexOf(1, at + 1)) candidates.push(at);
    return candidates;
  }

  /** The records at some positions. They are made one by one, because a short text matches tens of thousands. */
  *read(positions: readonly number[]): Generator<Searchable> {
    for (const position of positions) yield this.#records.get(position);
  }

  #find(word: string, near: NearWords | undefined): Found {
    const rows: Int32Array[] = [];
    this.#words.findPart(word, rows);
    // A joined word whose first word is at least as long has been found by that one.
    for (let length = 1; length < word.length; length++) {
      for (const place of this.#byFirst.get(word.slice(0, length))) this.#joined.addIfBegins(place, word, rows);
    }
    rows.push(this.#initials.get(word));
    const allowed = allowedTypos(word);
    if (near !== undefined && allowed > 0) {
      this.#words.findNear(word, allowed, near, rows);
      this.#joined.findNear(word, allowed, near, rows);
    }
    return { rows, count: rows.reduce((sum, { length }) => sum + length, 0) };
  }
}

interface Found {
  /** Positions of records; some may be in several lists. */
  readonly rows: readonly Int32Array[];
  readonly count: number;
}

/** Texts in the order of their places, each with a list of numbers. */
class Lists {
  readonly places: ReadonlyMap<string, number>;
  readonly rows: Csr;

  constructor(places: ReadonlyMap<string, number>, rows: Csr) {
    this.places = places;
    this.rows = rows;
  }

  /** Empty for an unknown text. */
  get(text: string): Int32Array {
    const place = this.places.get(text);
    return place === undefined ? noNumbers : rowOf(this.rows, place);
  }
}

const noNumbers = new Int32Array(0);

class ListsBuilder {
  readonly #places = new Map<string, number>();
  readonly #placeOf = new NumberBuilder(sharedInt32);
  readonly #values = new NumberBuilder(sharedInt32);

  /** Adds a number to the list of a text. Numbers ascend; one that the list has may be added again. Returns the text's place. */
  add(text: string, value: number): number {
    const place = getOrInsert(this.#places, text, () => this.#places.size);
    this.#placeOf.push(place);
    this.#values.push(value);
    return place;
  }

  *build(): Steps<Lists> {
    const values = this.#values.build();
    yield;
    const { offsets, values: order } = groupByRow(this.#placeOf.build(), this.#places.size);
    yield;
    return new Lists(this.#places, { offsets, values: order.map((at) => values[at] as number) });
  }
}

/** Distinct texts of letters and digits in the order of their places, and the records that have each. */
class Entries {
  readonly #texts: LongText;
  readonly #letters: Uint32Array;
  readonly #records: Csr;

  private constructor(texts: LongText, letters: Uint32Array, records: Csr) {
    this.#texts = texts;
    this.#letters = letters;
    this.#records = records;
  }

  static *build({ places, rows }: Lists): Steps<Entries> {
    const letters = new Uint32Array(places.size);
    for (const [text, place] of places) {
      letters[place] = spell(text);
      if (place % stepSize === 0) yield;
    }
    return new Entries(yield* LongText.build([...places.keys()]), letters, rows);
  }

  /** Adds the records of each text that contains `part`. */
  findPart(part: string, into: Int32Array[]): void {
    const { all, starts } = this.#texts;
    for (let at = all.indexOf(part), place = 0; at >= 0; at = all.indexOf(part, starts[place])) {
      place = this.#texts.placeOf(at, place);
      into.push(rowOf(this.#records, place));
      place++;
    }
  }

  /** Adds the records of a text if it begins with `beginning`. */
  addIfBegins(place: number, beginning: string, into: Int32Array[]): void {
    if (this.#texts.beginsWith(place, beginning)) into.push(rowOf(this.#records, place));
  }

  /** Adds the texts that typos may turn into `word`, or that begin so, and their records. */
  findNear(word: string, allowed: number, near: NearWords, into: Int32Array[]): void {
    const letters = spell(word);
    for (let place = 0; place < this.#letters.length; place++) {
      if (!mayBeNear(letters, this.#letters[place] as number, allowed)) continue;
      const text = this.#texts.get(place);
      const nearness = findNearness(word, text, allowed);
      if (nearness === undefined) continue;
      near.set(text, nearness);
      into.push(rowOf(this.#records, place));
    }
  }

  /** The records with exactly this text. */
  rowsOf(text: string): Int32Array {
    const at = this.#texts.all.indexOf(`\n${text}\n`);
    return at < 0 ? noNumbers : rowOf(this.#records, this.#texts.placeOf(at));
  }
}

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
function spell(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length && i < maxLength; i++) {
    const unit = word.charCodeAt(i);
    letters |= 1 << (unit >= 97 ? unit - 97 : 26 + (unit % 6));
  }
  return letters >>> 0;
}

/** Whether typos may turn a word into another, or into its beginning: each typed letter that the other word lacks needs a typo of its own. */
function mayBeNear(typed: number, word: number, allowed: number): boolean {
  let lacking = typed & ~word;
  for (let i = 0; i < allowed; i++) lacking &= lacking - 1;
  return lacking === 0;
}
