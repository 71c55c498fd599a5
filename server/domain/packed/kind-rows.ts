import type { Assertion, FactValue } from '../assertions.ts';
import { compareCodePoints, firstIndex } from '../compare.ts';
import type { FieldSpec } from '../fact-fields.ts';
import { factFields } from '../fact-fields.ts';
import type { FactKind } from '../facts.ts';
import { pairKey, splitPairKey } from '../facts.ts';
import type { ColumnType, ExtraColumn, PackedBlock, PackedColumn, TextTable } from './packed-block.ts';
import {
  BlockBuilder,
  columnTypes,
  extraColumnsOf,
  hashBytes,
  hashNumber,
  isJson,
  numberAt,
  startAt,
  textAt,
  valueFromText,
} from './packed-block.ts';

/** The rows of one kind in a write: blocks that are full, and one that grows. A retraction has its key, and states no field. */
export class KindRows {
  readonly kind: FactKind;
  readonly #texts: TextTable;
  readonly #specs: readonly FieldSpec[];
  readonly #types: readonly ColumnType[];
  readonly #keyFields: readonly number[];
  readonly #extra: Readonly<Record<ExtraColumn, number>>;
  readonly #blocks: PackedBlock[];
  /** The first row of each block, and of the one after the last. */
  readonly #starts: number[] = [0];
  readonly #builder: BlockBuilder;
  /** The block of the last row that was read. */
  #current = 0;
  #stated = 0;
  #unknown = 0;

  constructor(kind: FactKind, texts: TextTable, blocks: readonly PackedBlock[] = []) {
    this.kind = kind;
    this.#texts = texts;
    this.#specs = factFields[kind];
    this.#types = columnTypes(kind);
    this.#keyFields = this.#specs.flatMap(({ isKey }, field) => (isKey ? [field] : []));
    this.#extra = extraColumnsOf(kind);
    this.#blocks = [...blocks];
    for (const { count } of blocks) this.#starts.push((this.#starts[this.#starts.length - 1] as number) + count);
    this.#builder = new BlockBuilder(kind);
  }

  get count(): number {
    return (this.#starts[this.#blocks.length] as number) + this.#builder.count;
  }

  get blocks(): readonly PackedBlock[] {
    return this.#blocks;
  }

  // Writing: `begin`, the setters, `end`. A row that is begun again is forgotten.

  begin(): void {
    if (this.#builder.isFull) this.seal();
    this.#builder.begin();
    this.#stated = this.#unknown = 0;
  }

  setNumber(field: number, value: number): void {
    this.#stated |= 1 << field;
    this.#builder.setNumber(field, value);
  }

  /** @param bytes UTF-8 */
  setText(field: number, bytes: Uint8Array, start: number, end: number): void {
    this.#stated |= 1 << field;
    if (this.#types[field] === 'code') this.#builder.setNumber(field, this.#texts.numberOf(bytes, start, end));
    else this.#builder.setText(field, bytes, start, end);
  }

  setValue(field: number, value: FactValue): void {
    if (value === null) {
      this.#stated |= 1 << field;
      this.#unknown |= 1 << field;
    } else if (typeof value === 'number' || typeof value === 'boolean') this.setNumber(field, Number(value));
    else {
      const text = isJson(this.#specs[field] as FieldSpec) ? JSON.stringify(value) : (value as string);
      this.#stated |= 1 << field;
      if (this.#types[field] === 'code') this.#builder.setNumber(field, this.#texts.numberOfText(text));
      else this.#builder.setString(field, text);
    }
  }

  /** Sets the key of a retraction. */
  setKey(key: string): void {
    const parts = this.#keyFields.length === 1 ? [key] : splitPairKey(key);
    for (const [i, field] of this.#keyFields.entries()) this.setValue(field, parts[i] as string);
    this.#stated = 0;
  }

  states(field: number): boolean {
    return (this.#stated & (1 << field)) !== 0;
  }

  /** The statement of the row that ended last about a field. */
  lastValue(field: number): FactValue | undefined {
    if (!this.states(field)) return undefined;
    if ((this.#unknown & (1 << field)) !== 0) return null;
    return this.#value(field, this.#builder.columns[field] as PackedColumn, this.#builder.count - 1);
  }

  /** @param source @param file numbers in the table of texts */
  end(assertedAt: number, source: number, file: number, line: number | null): void {
    const { stated, unknown } = this.#extra;
    this.#builder.setNumber(stated, this.#stated);
    this.#builder.setNumber(unknown, this.#unknown);
    this.#builder.setNumber(this.#extra.assertedAt, assertedAt);
    this.#builder.setNumber(this.#extra.source, source);
    this.#builder.setNumber(this.#extra.file, file);
    this.#builder.setNumber(this.#extra.line, line ?? 0);
    this.#builder.end();
  }

  /** Removes the row that ended last. */
  dropLast(): void {
    this.#builder.dropLast();
  }

  seal(): void {
    if (this.#builder.count === 0) return;
    const block = this.#builder.seal();
    this.#starts.push((this.#starts[this.#blocks.length] as number) + block.count);
    this.#blocks.push(block);
  }

  // Reading. @param row from 0

  assertion(row: number): Assertion {
    const { columns } = this.blockOf(row);
    const at = row - (this.#starts[this.#current] as number);
    const { stated, unknown, assertedAt, source, file, line } = this.#extra;
    const isStated = numberAt(columns[stated] as PackedColumn, at);
    const isUnknown = numberAt(columns[unknown] as PackedColumn, at);
    const values: (FactValue | undefined)[] = [];
    for (let field = 0; isStated !== 0 && field < this.#specs.length; field++) {
      const bit = 1 << field;
      if ((isStated & bit) === 0) values.push(undefined);
      else if ((isUnknown & bit) !== 0) values.push(null);
      else values.push(this.#value(field, columns[field] as PackedColumn, at));
    }
    const [sourceNumber, fileNumber] = [numberAt(columns[source] as PackedColumn, at), numberAt(columns[file] as PackedColumn, at)];
    return {
      kind: this.kind,
      key: isStated === 0 ? this.key(row) : this.#joinKey(values),
      isRetraction: isStated === 0,
      values,
      assertedAt: numberAt(columns[assertedAt] as PackedColumn, at),
      source: sourceNumber === 0 ? null : this.#texts.text(sourceNumber),
      file: fileNumber === 0 ? null : this.#texts.text(fileNumber),
      line: numberAt(columns[line] as PackedColumn, at) || null,
    };
  }

  key(row: number): string {
    const { columns } = this.blockOf(row);
    const at = row - (this.#starts[this.#current] as number);
    return this.#joinKey(this.#keyFields.map((field) => this.#value(field, columns[field] as PackedColumn, at)));
  }

  /** The fields of a key come first. */
  #joinKey(values: readonly (FactValue | undefined)[]): string {
    return this.#keyFields.length === 1 ? (values[0] as string) : pairKey(values[0] as string, values[1] as string);
  }

  /** As `compareCodePoints` of the two keys. */
  compareKeys(a: number, b: number): number {
    if (this.#keyFields.length > 1) return compareCodePoints(this.key(a), this.key(b));
    const first = this.blockOf(a).columns[0] as PackedColumn;
    const firstAt = a - (this.#starts[this.#current] as number);
    const second = this.blockOf(b).columns[0] as PackedColumn;
    const secondAt = b - (this.#starts[this.#current] as number);
    return compareBytes(
      first.bytes,
      startAt(first, firstAt),
      numberAt(first, firstAt),
      second.bytes,
      startAt(second, secondAt),
      numberAt(second, secondAt),
    );
  }

  hashKey(row: number): number {
    const { columns } = this.blockOf(row);
    const at = row - (this.#starts[this.#current] as number);
    let hash: number | undefined;
    for (const field of this.#keyFields) {
      const column = columns[field] as PackedColumn;
      const number = numberAt(column, at);
      hash = this.#types[field] === 'code' ? hashNumber(number, hash) : hashBytes(column.bytes, startAt(column, at), number, hash);
    }
    return hash as number;
  }

  hasSameKey(a: number, b: number): boolean {
    const left = this.blockOf(a);
    const leftAt = a - (this.#starts[this.#current] as number);
    const right = this.blockOf(b);
    const rightAt = b - (this.#starts[this.#current] as number);
    return this.#keyFields.every((field) => {
      const [x, y] = [left.columns[field] as PackedColumn, right.columns[field] as PackedColumn];
      if (this.#types[field] === 'code') return numberAt(x, leftAt) === numberAt(y, rightAt);
      return compareBytes(x.bytes, startAt(x, leftAt), numberAt(x, leftAt), y.bytes, startAt(y, rightAt), numberAt(y, rightAt)) === 0;
    });
  }

  #value(field: number, column: PackedColumn, at: number): FactValue {
    switch (this.#types[field]) {
      case 'number':
        return (this.#specs[field] as FieldSpec).type === 'boolean' ? numberAt(column, at) === 1 : numberAt(column, at);
      case 'code':
        return this.#texts.text(numberAt(column, at));
      default:
        return valueFromText(this.#specs[field] as FieldSpec, textAt(column, at));
    }
  }

  /** The block of a row, for readers that go by column. */
  blockOf(row: number): PackedBlock {
    const starts = this.#starts;
    if (row < (starts[this.#current] as number) || row >= (starts[this.#current + 1] ?? Number.POSITIVE_INFINITY)) {
      this.#current = firstIndex(this.#blocks.length + 1, (i) => (starts[i] as number) > row, 1) - 1;
    }
    return this.#blocks[this.#current] ?? this.#builder;
  }

  /** The place of a row in its block. Call it after `blockOf` of the row. */
  placeOf(row: number): number {
    return row - (this.#starts[this.#current] as number);
  }
}

/** UTF-8 sorts as code points do. */
function compareBytes(a: Uint8Array, aStart: number, aEnd: number, b: Uint8Array, bStart: number, bEnd: number): number {
  const length = Math.min(aEnd - aStart, bEnd - bStart);
  for (let i = 0; i < length; i++) {
    const difference = (a[aStart + i] as number) - (b[bStart + i] as number);
    if (difference !== 0) return difference;
  }
  return aEnd - aStart - (bEnd - bStart);
}
