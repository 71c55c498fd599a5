import { randomInt } from 'node:crypto';
import type { FactValue } from '../assertions.ts';
import type { FieldSpec } from '../fact-fields.ts';
import { factFields } from '../fact-fields.ts';
import type { FactKind } from '../facts.ts';
import { factKinds } from '../facts.ts';

/**
 * How a column keeps its values. `number`: a float. `code`: the number of a text in the table of texts, or any other number below
 * 2^32. `text`: UTF-8 one after the other, with the ends; lists are JSON.
 */
export type ColumnType = 'number' | 'code' | 'text';

/** The columns after those of the fields. `stated` and `unknown` are sets of fields, as bits. */
const extraColumns = ['stated', 'unknown', 'assertedAt', 'source', 'file', 'line'] as const;
export type ExtraColumn = (typeof extraColumns)[number];

const typesByKind = new Map<FactKind, readonly ColumnType[]>(
  factKinds.map((kind) => [
    kind,
    [...factFields[kind].map(typeOf), ...extraColumns.map((name): ColumnType => (name === 'assertedAt' ? 'number' : 'code'))],
  ]),
);

/** The types of all columns of a kind: its fields, then the extra columns. */
export function columnTypes(kind: FactKind): readonly ColumnType[] {
  return typesByKind.get(kind) as readonly ColumnType[];
}

/** The places of the extra columns in a block of a kind. */
export function extraColumnsOf(kind: FactKind): Readonly<Record<ExtraColumn, number>> {
  const place = (name: ExtraColumn) => factFields[kind].length + extraColumns.indexOf(name);
  return {
    stated: place('stated'),
    unknown: place('unknown'),
    assertedAt: place('assertedAt'),
    source: place('source'),
    file: place('file'),
    line: place('line'),
  };
}

function typeOf(spec: FieldSpec): ColumnType {
  switch (spec.type) {
    case 'reference':
    case 'enum':
      return 'code';
    case 'text':
      return spec.repeats === true ? 'code' : 'text';
    case 'texts':
    case 'enums':
    case 'attributes':
      return 'text';
    default:
      return 'number';
  }
}

/** Lists are kept as JSON, other texts as they are. */
export function isJson({ type }: FieldSpec): boolean {
  return type === 'texts' || type === 'enums' || type === 'attributes';
}

export interface PackedColumn {
  /** Numbers; for a text its end in `bytes`. Null: each row has `constant`. */
  readonly values: Float64Array | Uint32Array | null;
  readonly constant: number;
  readonly bytes: Buffer;
}

/** Rows of one kind, by column. It lies in shared memory, so that threads hand it over without a copy. */
export interface PackedBlock {
  readonly count: number;
  readonly columns: readonly PackedColumn[];
}

const none = Buffer.alloc(0);

/** @param row from 0 */
export function numberAt({ values, constant }: PackedColumn, row: number): number {
  return values === null ? constant : (values[row] as number);
}

/** The start of a text in its column. It ends at `numberAt`. */
export function startAt(column: PackedColumn, row: number): number {
  return row === 0 || column.values === null ? 0 : (column.values[row - 1] as number);
}

export function textAt(column: PackedColumn, row: number): string {
  return column.bytes.toString('utf8', startAt(column, row), numberAt(column, row));
}

export function valueFromText(spec: FieldSpec, text: string): FactValue {
  return isJson(spec) ? (JSON.parse(text) as FactValue) : text;
}

const firstRows = 16;
const mostRows = 1 << 15;
/** A column of texts that is longer ends its block. */
const mostBytes = 1 << 24;

/** Takes the rows of one kind until the block is full. Setters write into the row after the last one that has ended. */
export class BlockBuilder implements PackedBlock {
  count = 0;
  readonly columns: { values: Float64Array | Uint32Array; constant: number; bytes: Buffer }[];
  readonly #types: readonly ColumnType[];
  #capacity = firstRows;
  #isLong = false;

  constructor(kind: FactKind) {
    this.#types = columnTypes(kind);
    this.columns = this.#types.map((type) => ({
      values: type === 'number' ? new Float64Array(firstRows) : new Uint32Array(firstRows),
      constant: 0,
      bytes: none,
    }));
  }

  get isFull(): boolean {
    return this.count === mostRows || this.#isLong;
  }

  /** Begins a row anew: it states nothing. */
  begin(): void {
    const row = this.count;
    if (row === this.#capacity) this.#grow();
    for (let i = 0; i < this.columns.length; i++) {
      const { values } = this.columns[i] as PackedColumn & { values: Float64Array };
      values[row] = this.#types[i] === 'text' && row > 0 ? (values[row - 1] as number) : 0;
    }
  }

  setNumber(column: number, value: number): void {
    (this.columns[column] as { values: Float64Array }).values[this.count] = value;
  }

  /** @param bytes UTF-8 */
  setText(column: number, bytes: Uint8Array, start: number, end: number): void {
    const own = this.columns[column] as { values: Uint32Array; bytes: Buffer };
    const from = this.count === 0 ? 0 : (own.values[this.count - 1] as number);
    const to = from + end - start;
    reserve(own, from, to);
    if (end - start > 64) own.bytes.set(bytes.subarray(start, end), from);
    else for (let i = start, at = from; i < end; i++, at++) own.bytes[at] = bytes[i] as number;
    own.values[this.count] = to;
    if (to > mostBytes) this.#isLong = true;
  }

  setString(column: number, text: string): void {
    const own = this.columns[column] as { values: Uint32Array; bytes: Buffer };
    const from = this.count === 0 ? 0 : (own.values[this.count - 1] as number);
    reserve(own, from, from + text.length * 3);
    const to = from + own.bytes.write(text, from);
    own.values[this.count] = to;
    if (to > mostBytes) this.#isLong = true;
  }

  end(): void {
    this.count++;
  }

  /** Removes the last row. */
  dropLast(): void {
    this.count--;
  }

  /** The rows in as little memory as they need, and an empty builder. */
  seal(): PackedBlock {
    const { count } = this;
    const isConstant = this.columns.map(({ values }, i) => (this.#types[i] === 'text' ? this.#bytesOf(i) === 0 : isSame(values, count)));
    let length = 0;
    const places = this.columns.map(({ values }, i) => {
      const place = length;
      if (isConstant[i] !== true) length += roundUp(count * values.BYTES_PER_ELEMENT) + roundUp(this.#bytesOf(i));
      return place;
    });
    const buffer = new SharedArrayBuffer(length);
    const columns = this.columns.map(({ values, bytes }, i): PackedColumn => {
      if (isConstant[i] === true) return { values: null, constant: values[0] as number, bytes: none };
      const place = places[i] as number;
      const own = this.#types[i] === 'number' ? new Float64Array(buffer, place, count) : new Uint32Array(buffer, place, count);
      own.set(values.subarray(0, count));
      const ownBytes = Buffer.from(buffer, place + roundUp(own.byteLength), this.#bytesOf(i));
      ownBytes.set(bytes.subarray(0, ownBytes.length));
      return { values: own, constant: 0, bytes: ownBytes };
    });
    this.count = 0;
    this.#isLong = false;
    for (const column of this.columns) if (column.bytes.length > mostBytes) column.bytes = none;
    return { count, columns };
  }

  #bytesOf(column: number): number {
    if (this.#types[column] !== 'text' || this.count === 0) return 0;
    return (this.columns[column] as { values: Uint32Array }).values[this.count - 1] as number;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const column of this.columns) {
      const longer = column.values instanceof Float64Array ? new Float64Array(this.#capacity) : new Uint32Array(this.#capacity);
      longer.set(column.values);
      column.values = longer;
    }
  }
}

function reserve(own: { bytes: Buffer }, from: number, to: number): void {
  if (to <= own.bytes.length) return;
  const longer = Buffer.allocUnsafe(Math.max(to, own.bytes.length * 2, 4096));
  longer.set(own.bytes.subarray(0, from));
  own.bytes = longer;
}

function isSame(values: Float64Array | Uint32Array, count: number): boolean {
  const first = values[0];
  for (let row = 1; row < count; row++) if (values[row] !== first) return false;
  return true;
}

function roundUp(bytes: number): number {
  return (bytes + 7) & ~7;
}

const initialSlots = 1 << 8;
const initialBytes = 1 << 12;
const mostNumbers = 10_000;

/** A table of texts, as another thread receives it. */
export interface SharedTexts {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly count: number;
}

/**
 * Texts that repeat in an import (references, words, sources), each kept once as UTF-8 and numbered from 1. A repeated text makes no
 * string: it is found by its bytes. 0 stands for no text.
 *
 * Open addressing; the table is at most half full, which keeps searches short.
 */
export class TextTable {
  #slots = new Int32Array(initialSlots);
  #bytes: Buffer = Buffer.alloc(initialBytes);
  /** The end of each text in `#bytes`. */
  #ends: Uint32Array = new Uint32Array(initialSlots / 2);
  #count = 1;
  /** Texts as strings, made on first use. */
  readonly #texts: (string | undefined)[] = [''];
  /** The numbers of the first texts that came as strings. */
  readonly #numbers = new Map<string, number>();
  /** Called with the length of each new text, in bytes. */
  readonly #onText: (length: number) => void;

  constructor(onText: (length: number) => void = () => {}) {
    this.#onText = onText;
  }

  static from({ bytes, ends, count }: SharedTexts): TextTable {
    const table = new TextTable();
    table.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    table.#ends = ends;
    table.#count = count;
    return table;
  }

  /** The number after the last text's. */
  get count(): number {
    return this.#count;
  }

  /** The number of a text in UTF-8. Throws what `onText` throws. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashBytes(bytes, start, end) & mask;
    for (;;) {
      const known = slots[slot] as number;
      if (known === 0) break;
      if (this.#isAt(known, bytes, start, end)) return known;
      slot = (slot + 1) & mask;
    }
    this.#onText(end - start);
    const number = this.#append(bytes, start, end);
    slots[slot] = number;
    if (this.#count * 2 > slots.length) this.#grow();
    return number;
  }

  numberOfText(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const bytes = Buffer.from(text);
    const number = this.numberOf(bytes, 0, bytes.length);
    if (this.#numbers.size < mostNumbers) this.#numbers.set(text, number);
    return number;
  }

  /** @param number from `numberOf` */
  text(number: number): string {
    return this.#texts[number] ?? this.#decode(number);
  }

  share(): SharedTexts {
    const length = this.#ends[this.#count - 1] as number;
    const bytes = new Uint8Array(new SharedArrayBuffer(length));
    bytes.set(this.#bytes.subarray(0, length));
    const ends = new Uint32Array(new SharedArrayBuffer(this.#count * 4));
    ends.set(this.#ends.subarray(0, this.#count));
    return { bytes, ends, count: this.#count };
  }

  #decode(number: number): string {
    const text = this.#bytes.toString('utf8', this.#ends[number - 1], this.#ends[number]);
    this.#texts[number] = text;
    return text;
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#ends[number - 1] as number;
    if ((this.#ends[number] as number) - own !== end - start) return false;
    for (let i = start, at = own; i < end; i++, at++) if (this.#bytes[at] !== bytes[i]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number): number {
    const number = this.#count++;
    const from = this.#ends[number - 1] as number;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = copyInto(Buffer.alloc(Math.max(to, this.#bytes.length * 2)), this.#bytes);
    if (number >= this.#ends.length) this.#ends = copyInto(new Uint32Array(this.#ends.length * 2), this.#ends);
    for (let i = start, at = from; i < end; i++, at++) this.#bytes[at] = bytes[i] as number;
    this.#ends[number] = to;
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 1; number < this.#count; number++) {
      let slot = hashBytes(this.#bytes, this.#ends[number - 1] as number, this.#ends[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
  }
}

function copyInto<T extends Uint8Array | Uint32Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

const seed = randomInt(2 ** 32);
/** Odd, so that no information is lost. */
const factor = randomInt(2 ** 31) * 2 + 1;

/**
 * A hash of bytes, or of several texts one after another. The seed is random for each run, so an attacker cannot choose texts that collide and
 * slow down a hash table.
 *
 * @param hash the hash of the preceding texts
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number, hash = seed): number {
  let mixed = hash;
  for (let at = start; at < end; at++) mixed = mix(mixed, bytes[at] as number);
  return mixed;
}

/** As `hashBytes`, for a number from 0 to 2^32 - 1 in place of a text. */
export function hashNumber(number: number, hash = seed): number {
  return mix(hash, number);
}

function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, factor);
  return product ^ (product >>> 15);
}
