import type { RecordedFact } from '../../domain/assertions.ts';
import type { NumberField } from '../../domain/fact-fields.ts';
import { numberFields, optionalTexts } from '../../domain/fact-fields.ts';
import { copyForms, deletionStates } from '../../domain/facts.ts';
import { place } from '../build/fill-columns.ts';
import type { TextColumn } from '../columns/text-column.ts';

const unknown = -2;

/** Numbers for texts, from 0 on, in the order in which they are first met. A number never changes its text. */
export class TextCodes {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [];
  /** For columns of ids: code -> index of the text. */
  readonly #indexes = new WeakMap<TextColumn, Int32Array>();

  get count(): number {
    return this.#texts.length;
  }

  /** The number of a text, new if need be; -1 for null. */
  codeOf(text: string | null): number {
    if (text === null) return -1;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#texts.length;
      this.#codes.set(text, code);
      this.#texts.push(text);
    }
    return code;
  }

  textOf(code: number): string {
    return this.#texts[code] as string;
  }

  /**
   * Replaces codes by the indexes of their texts in a column of ids; -1 stays. The column remembers each index that was looked up.
   * Throws if the column lacks a text.
   */
  toIndexes(codes: Int32Array, ids: TextColumn): void {
    let found = this.#indexes.get(ids);
    if (found === undefined || found.length < this.count) {
      const larger = new Int32Array(this.count).fill(unknown);
      if (found !== undefined) larger.set(found);
      found = larger;
      this.#indexes.set(ids, found);
    }
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      if (code < 0) continue;
      let index = found[code] as number;
      if (index === unknown) {
        index = ids.find(this.textOf(code));
        if (index < 0) throw new Error(`A transfer names ${this.textOf(code)}, which does not exist`);
        found[code] = index;
      }
      codes[i] = index;
    }
  }
}

/** Instants, shares and other numbers. NaN: unknown. */
const numbers = numberFields('TRANSFER');
export const floatFields = [...numbers, 'assertedAt'] as const;
/** Texts that repeat, as numbers of a `TextCodes`; -1 for null. */
const references = ['artifact', 'sender', 'recipient', 'engagement'] as const;
const texts = optionalTexts('TRANSFER');
const sources = ['importId', 'file', 'assertedBy', 'source'] as const;
const codeFields = [...references, ...texts, ...sources] as const;
type CodeField = (typeof codeFields)[number];
/** `line`: 0 for none. `idLength`: bytes in UTF-8. */
export const integerFields = [...codeFields, 'line', 'idLength', 'fragmentCount'] as const;
/** Indexes into `copyForms` and `deletionStates`. */
export const byteFields = ['form', 'deletionState'] as const;

type Columns = Record<(typeof floatFields)[number], Float64Array> &
  Record<(typeof integerFields)[number], Int32Array> &
  Record<(typeof byteFields)[number], Uint8Array>;

/** The beginnings of the id and of the fragments of each row, and the end of the last ones. */
export interface RowStarts {
  readonly ids: Uint32Array;
  readonly fragments: Uint32Array;
}

/** The places of the fields in the values of a fact, in the order of the columns. */
const codesAt = [...references, ...texts].map((name) => place('TRANSFER', name));
const numbersAt = numbers.map((name) => place('TRANSFER', name));
const fragmentsAt = place('TRANSFER', 'fragments');
const formAt = place('TRANSFER', 'form');
const deletionStateAt = place('TRANSFER', 'deletionState');

/**
 * Transfers as columns in any order, with texts as numbers. They grow by facts, or by whole blocks (transfer-block.ts), which is many times
 * faster.
 */
export class TransferRows {
  readonly texts: TextCodes;
  count = 0;
  /** Their arrays, and the two below, are longer than what they hold. */
  columns = makeColumns(64);
  /** The ids of all rows, one after the other. */
  ids = new Uint8Array(1024);
  idEnd = 0;
  /** The codes of the fragments of all rows. */
  fragments = new Int32Array(16);
  fragmentEnd = 0;
  /** The last text of each column. Most are equal to the one before, and a comparison is faster than a look-up. */
  readonly #lastTexts: (string | null)[] = codeFields.map(() => null);
  readonly #lastCodes: number[] = codeFields.map(() => -1);

  constructor(texts: TextCodes) {
    this.texts = texts;
  }

  add({ key, values, provenance }: RecordedFact): void {
    this.makeRoom(1, key.length * 3, 0);
    const { columns } = this;
    const row = this.count++;
    for (let i = 0; i < codesAt.length; i++)
      columns[codeFields[i] as CodeField][row] = this.#codeOf(i, values[codesAt[i] as number] as string | null);
    for (let i = 0; i < sources.length; i++) {
      const name = sources[i] as (typeof sources)[number];
      columns[name][row] = this.#codeOf(codesAt.length + i, provenance[name]);
    }
    columns.line[row] = provenance.line ?? 0;
    for (let i = 0; i < numbers.length; i++)
      columns[numbers[i] as NumberField<'TRANSFER'>][row] = (values[numbersAt[i] as number] as number | null) ?? Number.NaN;
    columns.assertedAt[row] = provenance.assertedAt;
    columns.form[row] = copyForms.indexOf(values[formAt] as (typeof copyForms)[number]);
    columns.deletionState[row] = deletionStates.indexOf(values[deletionStateAt] as (typeof deletionStates)[number]);
    columns.idLength[row] = this.#addId(key);
    const names = (values[fragmentsAt] as readonly string[] | null) ?? [];
    columns.fragmentCount[row] = names.length;
    this.makeRoom(0, 0, names.length);
    for (const name of names) this.fragments[this.fragmentEnd++] = this.texts.codeOf(name);
  }

  /** Makes room for this many more rows, bytes of ids, and fragments. */
  makeRoom(rows: number, idBytes: number, fragments: number): void {
    const length = this.columns.line.length;
    if (this.count + rows > length) {
      const larger = makeColumns(Math.max(this.count + rows, length * 2));
      for (const name of floatFields) larger[name].set(this.columns[name].subarray(0, this.count));
      for (const name of integerFields) larger[name].set(this.columns[name].subarray(0, this.count));
      for (const name of byteFields) larger[name].set(this.columns[name].subarray(0, this.count));
      this.columns = larger;
    }
    if (this.idEnd + idBytes > this.ids.length) {
      const larger = new Uint8Array(Math.max(this.idEnd + idBytes, this.ids.length * 2));
      larger.set(this.ids.subarray(0, this.idEnd));
      this.ids = larger;
    }
    if (this.fragmentEnd + fragments > this.fragments.length) {
      const larger = new Int32Array(Math.max(this.fragmentEnd + fragments, this.fragments.length * 2));
      larger.set(this.fragments.subarray(0, this.fragmentEnd));
      this.fragments = larger;
    }
  }

  findStarts(): RowStarts {
    return { ids: sumUp(this.columns.idLength, this.count), fragments: sumUp(this.columns.fragmentCount, this.count) };
  }

  /** Forgets all rows, and keeps the room. */
  clear(): void {
    this.count = this.idEnd = this.fragmentEnd = 0;
  }

  /** The rows artifact by artifact. Complexity: O(n). */
  byArtifact(): TransferRows {
    const { artifact } = this.columns;
    const ends = new Map<number, number>();
    for (let row = 0; row < this.count; row++) ends.set(artifact[row] as number, (ends.get(artifact[row] as number) ?? 0) + 1);
    let end = 0;
    for (const [code, count] of ends) {
      ends.set(code, end);
      end += count;
    }
    const order = new Uint32Array(this.count);
    for (let row = 0; row < this.count; row++) {
      const code = artifact[row] as number;
      const place = ends.get(code) as number;
      order[place] = row;
      ends.set(code, place + 1);
    }
    return this.select(order);
  }

  /** Some of the rows, in this order. */
  select(order: Uint32Array): TransferRows {
    const { columns } = this;
    const starts = this.findStarts();
    const rows = new TransferRows(this.texts);
    rows.makeRoom(order.length, this.idEnd, this.fragmentEnd);
    for (const name of floatFields) gather64(columns[name], order, rows.columns[name]);
    for (const name of integerFields) gather32(columns[name], order, rows.columns[name]);
    for (const name of byteFields) gather8(columns[name], order, rows.columns[name]);
    rows.idEnd = gatherLists(this.ids, starts.ids, order, rows.ids);
    rows.fragmentEnd = gatherLists(this.fragments, starts.fragments, order, rows.fragments);
    rows.count = order.length;
    return rows;
  }

  /** The ids of all rows. */
  readIds(): string[] {
    const { ids: starts } = this.findStarts();
    return Array.from({ length: this.count }, (_, row) => decoder.decode(this.ids.subarray(starts[row], starts[row + 1])));
  }

  #codeOf(column: number, text: string | null): number {
    if (text === this.#lastTexts[column]) return this.#lastCodes[column] as number;
    const code = this.texts.codeOf(text);
    this.#lastTexts[column] = text;
    this.#lastCodes[column] = code;
    return code;
  }

  /** Adds an id of ASCII, as most are, byte by byte: several times faster than a call for each. Returns its length. */
  #addId(id: string): number {
    const { ids, idEnd } = this;
    let at = 0;
    for (; at < id.length; at++) {
      const unit = id.charCodeAt(at);
      if (unit >= 0x80) break;
      ids[idEnd + at] = unit;
    }
    const length = at === id.length ? at : encoder.encodeInto(id, ids.subarray(idEnd)).written;
    this.idEnd += length;
    return length;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function makeColumns(length: number): Columns {
  const of = <N extends string, A>(names: readonly N[], make: () => A) =>
    Object.fromEntries(names.map((name) => [name, make()])) as Record<N, A>;
  return {
    ...of(floatFields, () => new Float64Array(length)),
    ...of(integerFields, () => new Int32Array(length)),
    ...of(byteFields, () => new Uint8Array(length)),
  };
}

/*
 * Puts cells of a column in another order: place -> row. One function for each size of number, because a loop over arrays of several
 * types is several times slower.
 */

export function gather64(column: Float64Array, order: Uint32Array, into: Float64Array): Float64Array {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

export function gather32(column: Int32Array, order: Uint32Array, into: Int32Array): Int32Array {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

export function gather8(column: Uint8Array, order: Uint32Array, into: Uint8Array): Uint8Array {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

/** Puts the list of each row in another order, one after the other. Returns their end. @param starts row -> where its list begins, and the end */
export function gatherLists<T extends Uint8Array | Int32Array>(lists: T, starts: Uint32Array, order: Uint32Array, into: T): number {
  let end = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    const until = starts[row + 1] as number;
    for (let at = starts[row] as number; at < until; at++) into[end++] = lists[at] as number;
  }
  return end;
}

/** The beginning of the list of each row, and the end of the last one. */
function sumUp(lengths: Int32Array, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) starts[i + 1] = (starts[i] as number) + (lengths[i] as number);
  return starts;
}
