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

const firstRows = 256;
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
    if (to > own.bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(to, own.bytes.length * 2, 4096));
      longer.set(own.bytes.subarray(0, from));
      own.bytes = longer;
    }
    if (end - start > 64) own.bytes.set(bytes.subarray(start, end), from);
    else for (let i = start, at = from; i < end; i++, at++) own.bytes[at] = bytes[i] as number;
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

function isSame(values: Float64Array | Uint32Array, count: number): boolean {
  const first = values[0];
  for (let row = 1; row < count; row++) if (values[row] !== first) return false;
  return true;
}

function roundUp(bytes: number): number {
  return (bytes + 7) & ~7;
}
