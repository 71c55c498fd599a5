import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields, factNouns, maxCellLength } from '../../domain/fact-fields.ts';
import { quote } from '../../domain/fact-sentences.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { factKinds, pairKey } from '../../domain/facts.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { ByteInterner } from '../csv/byte-interner.ts';
import { readDecimal, readInstant } from '../csv/read-cell-bytes.ts';
import type { CsvScanner } from '../csv/scan-csv.ts';
import { cellFlags } from '../csv/scan-csv.ts';
import { CellFault, parseCell, unguard } from './parse-cell.ts';
import type { Column } from './parse-header.ts';
import type { Rejection } from './rejection.ts';
import { findRowFault } from './row-fault.ts';
import { fieldsOf } from './table-fields.ts';

/** The receiver of rows. */
export interface RowSink {
  onAssertion(assertion: Assertion): void;
  onRejection(rejection: Rejection): void;
  /** Receives the key of a rejected row, if the key is readable. */
  onRejectedKey(kind: FactKind, key: string, file: string, line: number): void;
}

export interface RowDefaults {
  /** Epoch ms, for rows without an instant of their own. */
  readonly assertedAt: number;
  readonly source: string | null;
}

type Mode = 'text' | 'repeating' | 'number' | 'instant' | 'endInstant' | 'other' | 'attribute' | 'assertedAt' | 'source';

/**
 * Turns the rows of one file of facts into assertions or rejections.
 *
 * A rejection lists all faults of its row. An empty cell does not state its field; a row of empty cells is skipped.
 * Complexity: O(bytes). Only cells with text that does not repeat become new strings.
 */
export class FactRows {
  rowCount = 0;
  readonly #file: string;
  readonly #kind: FactKind;
  readonly #columns: readonly Column[];
  readonly #modes: readonly Mode[];
  readonly #blank: readonly (FactValue | undefined)[];
  readonly #attributesIndex: number;
  readonly #keyIndexes: readonly number[];
  readonly #interner: ByteInterner;
  readonly #defaults: RowDefaults;
  readonly #sink: RowSink;
  /** The faults of the current row. */
  #faults: Rejection[] = [];

  constructor(file: string, kind: FactKind, columns: readonly Column[], interner: ByteInterner, defaults: RowDefaults, sink: RowSink) {
    const specs = fieldsOf(kind);
    this.#file = file;
    this.#kind = kind;
    this.#columns = columns;
    this.#modes = columns.map((column) => modeOf(kind, column));
    this.#blank = specs.map(() => undefined);
    this.#attributesIndex = specs.findIndex((spec) => spec.type === 'attributes');
    this.#keyIndexes = specs.flatMap((spec, index) => (spec.isKey ? [index] : []));
    this.#interner = interner;
    this.#defaults = defaults;
    this.#sink = sink;
  }

  read(row: CsvScanner): void {
    const fault = findRowFault(this.#file, row, this.#columns.length);
    if (fault === 'blank') return;
    this.rowCount++;
    this.#faults = fault === undefined ? [] : [fault];

    const values = this.#blank.slice();
    let attributes: Attribute[] | undefined;
    let assertedAt = this.#defaults.assertedAt;
    let source = this.#defaults.source;
    const { bytes, starts, ends, flags } = row;
    const count = Math.min(row.cellCount, this.#columns.length);
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number;
      const end = ends[cell] as number;
      if (start === end) continue;
      // Only plain ASCII without a guarding quote can be read from its bytes.
      const isPlain = ((flags[cell] as number) & ~cellFlags.quoted) === 0 && bytes[start] !== 0x27 && end - start <= maxCellLength;
      const column = this.#columns[cell] as Column;
      const mode = this.#modes[cell] as Mode;
      if (column.role === 'field') {
        values[column.index] = isPlain ? this.#readPlain(row, cell, mode, column.spec) : this.#readText(row, cell, column.spec);
      } else if (mode === 'attribute') {
        attributes ??= [];
        attributes.push({ name: (column as Column & { role: 'attribute' }).attribute, value: this.#text(row, cell) });
      } else if (mode === 'source') {
        source = isPlain ? this.#interner.get(bytes, start, end) : this.#text(row, cell);
      } else assertedAt = this.#readAssertedAt(row, cell, isPlain);
    }
    if (attributes !== undefined) values[this.#attributesIndex] = attributes.sort((a, b) => compareCodePoints(a.name, b.name));
    this.#finish(row.line, values, assertedAt, source);
  }

  #finish(line: number, values: (FactValue | undefined)[], assertedAt: number, source: string | null): void {
    const kind = this.#kind;
    let hasKey = true;
    for (const index of this.#keyIndexes) {
      if (typeof values[index] === 'string') continue;
      hasKey = false;
      const { column } = fieldsOf(kind)[index] as FieldSpec;
      if (this.#faults.length > 0) continue;
      this.#reject(line, column, 'MISSING_VALUE', `The ${column} is empty. Every ${factNouns[kind].one} needs one.`, null);
    }
    const first = values[0] as string;
    const key = !hasKey ? '' : this.#keyIndexes.length === 1 ? first : pairKey(first, values[1] as string);
    if (this.#faults.length === 0) {
      this.#sink.onAssertion({ kind, key, isRetraction: false, values, assertedAt, source, file: this.#file, line });
      return;
    }
    for (const rejection of this.#faults) this.#sink.onRejection(rejection);
    if (hasKey) this.#sink.onRejectedKey(kind, key, this.#file, line);
  }

  #readPlain(row: CsvScanner, cell: number, mode: Mode, spec: FieldSpec): FactValue | undefined {
    const start = row.starts[cell] as number;
    const end = row.ends[cell] as number;
    switch (mode) {
      case 'text':
        return row.bytes.toString('latin1', start, end);
      case 'repeating':
        return this.#interner.get(row.bytes, start, end);
      case 'number': {
        const value = readDecimal(row.bytes, start, end);
        return Number.isNaN(value) ? this.#readText(row, cell, spec) : value;
      }
      case 'instant':
      case 'endInstant': {
        const value = readInstant(row.bytes, start, end, mode === 'endInstant');
        return Number.isNaN(value) ? this.#readText(row, cell, spec) : value;
      }
      default:
        return this.#readText(row, cell, spec);
    }
  }

  #readText(row: CsvScanner, cell: number, spec: FieldSpec): FactValue | undefined {
    const text = this.#text(row, cell);
    const value = parseCell(spec, text);
    if (!(value instanceof CellFault)) return value;
    this.#reject(row.line, spec.column, 'BAD_VALUE', value.message, text);
    return undefined;
  }

  #readAssertedAt(row: CsvScanner, cell: number, isPlain: boolean): number {
    const fast = isPlain ? readInstant(row.bytes, row.starts[cell] as number, row.ends[cell] as number, false) : Number.NaN;
    if (!Number.isNaN(fast)) return fast;
    const text = this.#text(row, cell);
    const instant = parseInstant(text);
    if (instant !== undefined) return instant;
    const message = `The asserted_at ${quote(text)} cannot be read: expected a date such as 2026-03-24 or an instant such as 2026-03-24T08:30:00Z.`;
    this.#reject(row.line, 'asserted_at', 'BAD_VALUE', message, text);
    return 0;
  }

  #text(row: CsvScanner, cell: number): string {
    const text = unguard(row.text(cell));
    if (text.length > maxCellLength) {
      const { name } = this.#columns[cell] as Column;
      const message = `The ${name} has ${text.length} characters; at most ${maxCellLength} are taken. Shorten it, and keep the whole in a document that the source names.`;
      this.#reject(row.line, name, 'CELL_TOO_LARGE', message, text);
    }
    return text;
  }

  #reject(line: number, column: string | null, code: Rejection['code'], message: string, value: string | null): void {
    this.#faults.push({ file: this.#file, line, column, code, message, value: value === null ? null : value.slice(0, 500) });
  }
}

function modeOf(kind: FactKind, column: Column): Mode {
  if (column.role !== 'field') return column.role;
  const { spec } = column;
  switch (spec.type) {
    case 'reference':
    case 'enum':
      return 'repeating';
    case 'text':
      // The key of a fact repeats in the facts that name it. A map finds a shared string without comparing characters.
      if (spec.isKey && isNamed(kind)) return 'repeating';
      return spec.repeats === true || (!spec.isKey && !spec.isRequired) ? 'repeating' : 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'instant':
    case 'endInstant':
      return spec.type;
    default:
      return 'other';
  }
}

function isNamed(kind: FactKind): boolean {
  return factKinds.some((other) => factFields[other].some((spec) => spec.type === 'reference' && spec.to === kind));
}
