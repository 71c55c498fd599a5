import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { TextColumn } from '../../projection/columns/text-column.ts';
import { sortInSteps } from '../../projection/turns.ts';

/** The name of a record in a sentence about a subject. */
interface NamePart {
  readonly names: TextColumn;
  /** The record, by subject. */
  readonly of: (subject: number) => number;
}

type Part = NamePart | ((subject: number) => string);

/** The places of names in the order of sentences. */
interface Ranks {
  /** Int32Array, by record. Equal texts have the same rank, and so do a text and all texts that begin with it. */
  readonly rank: Int32Array;
  readonly count: number;
  /** Uint8Array, by rank: 1 if different texts have it. Then only the whole sentences tell their order. */
  readonly isMixed: Uint8Array;
}

/** Columns don't change, and most edits leave the names as they are. By column, and the words that follow the name. */
const known = new WeakMap<TextColumn, Map<string, Ranks>>();

const stepSize = 4000;

/**
 * A sentence about each subject of a rule. Made by `sentence`.
 *
 * A list of a million sentences names a few thousand organizations and artifacts. So most of its order follows from the ranks of these
 * names, and sentences are made and compared only where the names at their beginning are the same.
 */
export class Sentence {
  readonly #words: readonly string[];
  readonly #parts: readonly Part[];
  /** The names at the beginning, with the words after each. */
  readonly #opening: readonly { readonly part: NamePart; readonly words: string }[];
  #ranks: readonly Ranks[] = [];

  /** @param words one more than there are parts: those before, between and after them */
  constructor(words: readonly string[], parts: readonly Part[]) {
    this.#words = words;
    this.#parts = parts;
    const others = parts.findIndex((part) => typeof part === 'function');
    const names = parts.slice(0, others < 0 ? parts.length : others) as readonly NamePart[];
    this.#opening = names.map((part, i) => ({ part, words: words[i + 1] as string }));
  }

  of(subject: number): string {
    let text = this.#words[0] as string;
    for (const [i, part] of this.#parts.entries())
      text += (typeof part === 'function' ? part(subject) : part.names.get(part.of(subject))) + (this.#words[i + 1] as string);
    return text;
  }

  /** Ranks the names at the beginning. Without it, `compare` compares whole sentences. Complexity: O(n log n) for the n names. */
  *prepare(): Generator<void, void> {
    const ranks: Ranks[] = [];
    for (const { part, words } of this.#opening) ranks.push(yield* ranksOf(part.names, words));
    this.#ranks = ranks;
  }

  /** Sentences of a lower group come first. */
  groupOf(subject: number): number {
    const ranks = this.#ranks[0];
    return ranks === undefined ? 0 : (ranks.rank[(this.#opening[0] as { part: NamePart }).part.of(subject)] as number);
  }

  get groupCount(): number {
    return this.#ranks[0]?.count ?? 1;
  }

  /** Compares two sentences by code point. */
  compare(a: number, b: number): number {
    for (let i = 0; i < this.#ranks.length; i++) {
      const { rank, isMixed } = this.#ranks[i] as Ranks;
      const { of } = (this.#opening[i] as { part: NamePart }).part;
      const [first, second] = [of(a), of(b)];
      if (first === second) continue;
      const place = rank[first] as number;
      if (place !== rank[second]) return place - (rank[second] as number);
      if (isMixed[place] === 1) break;
    }
    return compareCodePoints(this.of(a), this.of(b));
  }
}

/** A tag for template literals: their values are names, or functions that give a text by subject. */
export function sentence(words: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  return new Sentence(words, parts);
}

function* ranksOf(names: TextColumn, words: string): Generator<void, Ranks> {
  const ofColumn = getOrInsert(known, names, () => new Map<string, Ranks>());
  const ranks = ofColumn.get(words) ?? (yield* rankTexts(names, words));
  ofColumn.set(words, ranks);
  return ranks;
}

/** Ranks each name with the words that follow it. */
function* rankTexts(names: TextColumn, words: string): Generator<void, Ranks> {
  const texts: string[] = [];
  for (let record = 0; record < names.length; record++) {
    if (record % stepSize === 0) yield;
    texts.push(names.get(record) + words);
  }
  const textOf = (record: number) => texts[record] as string;
  const order = yield* sortInSteps([...texts.keys()], (a, b) => compareCodePoints(textOf(a), textOf(b)));
  const rank = new Int32Array(names.length);
  const isMixed = new Uint8Array(names.length);
  let place = -1;
  let first = '';
  for (const [i, record] of order.entries()) {
    if (i % stepSize === 0) yield;
    const text = textOf(record);
    // All texts that begin with a text follow it.
    if (place < 0 || !text.startsWith(first)) {
      place++;
      first = text;
    } else if (text !== first) isMixed[place] = 1;
    rank[record] = place;
  }
  return { rank, count: place + 1, isMixed };
}
