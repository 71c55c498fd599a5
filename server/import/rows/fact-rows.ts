import { unguardCell } from '../../csv/csv-record.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factNouns, maxCellLength } from '../../domain/fact-fields.ts';
import { quote } from '../../domain/fact-sentences.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { pairKey } from '../../domain/facts.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { KindRows } from '../../domain/packed/kind-rows.ts';
import type { PackedRows } from '../../domain/packed/packed-assertions.ts';
import type { CsvScanner } from '../csv/scan-csv.ts';
import { cellFlags, findRowFault } from '../csv/scan-csv.ts';
import type { Column } from './parse-header.ts';
import { CellFault, parseCell } from './parse-header.ts';
import type { Rejection } from './rejection.ts';
import { fieldsOf } from './table-fields.ts';

/** The receiver of rows. */
export interface RowSink {
  /** Receives the row that was packed last. `bytes`: about the length of its cells. */
  onRow(kind: FactKind, line: number, bytes: number): void;
  onRejection(rejection: Rejection): void;
  /** Receives the key of a rejected row, if the key is readable. */
  onRejectedKey(kind: FactKind, key: string, file: string, line: number): void;
}

export interface RowDefaults {
  /** Epoch ms, for rows without an instant of their own. */
  readonly assertedAt: number;
  readonly source: string | null;
}

type Mode = 'text' | 'number' | 'instant' | 'endInstant' | 'other' | 'attribute' | 'assertedAt' | 'source';

/**
 * Packs the rows of one file of facts, or rejects them.
 *
 * A rejection lists all faults of its row. An empty cell does not state its field; a row of empty cells is skipped.
 * Complexity: O(bytes). Plain cells go from the file's bytes into columns and make no string.
 */
export class FactRows {
  rowCount = 0;
  readonly #file: string;
  readonly #kind: FactKind;
  readonly #columns: readonly Column[];
  readonly #modes: readonly Mode[];
  readonly #attributesIndex: number;
  readonly #keyIndexes: readonly number[];
  readonly #packed: PackedRows;
  readonly #rows: KindRows;
  readonly #fileNumber: number;
  readonly #sourceNumber: number;
  readonly #defaults: RowDefaults;
  readonly #sink: RowSink;
  /** The faults of the current row. */
  #faults: Rejection[] = [];

  constructor(file: string, kind: FactKind, columns: readonly Column[], packed: PackedRows, defaults: RowDefaults, sink: RowSink) {
    const specs = fieldsOf(kind);
    this.#file = file;
    this.#kind = kind;
    this.#columns = columns;
    this.#modes = columns.map(modeOf);
    this.#attributesIndex = specs.findIndex((spec) => spec.type === 'attributes');
    this.#keyIndexes = specs.flatMap((spec, index) => (spec.isKey ? [index] : []));
    this.#packed = packed;
    this.#rows = packed.rowsOf(kind);
    this.#fileNumber = packed.texts.numberOfText(file);
    this.#sourceNumber = defaults.source === null ? 0 : packed.texts.numberOfText(defaults.source);
    this.#defaults = defaults;
    this.#sink = sink;
  }

  read(row: CsvScanner): void {
    const fault = findRowFault(this.#file, row, this.#columns.length);
    if (fault === 'blank') return;
    this.rowCount++;
    this.#faults = fault === undefined ? [] : [fault];

    this.#rows.begin();
    let attributes: Attribute[] | undefined;
    let assertedAt = this.#defaults.assertedAt;
    let source = this.#sourceNumber;
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
        if (isPlain) this.#readPlain(row, cell, mode, column.index, column.spec);
        else this.#readText(row, cell, column.index, column.spec);
      } else if (mode === 'attribute') {
        attributes ??= [];
        attributes.push({ name: (column as Column & { role: 'attribute' }).attribute, value: this.#text(row, cell) });
      } else if (mode === 'source') {
        source = isPlain ? this.#packed.texts.numberOf(bytes, start, end) : this.#packed.texts.numberOfText(this.#text(row, cell));
      } else assertedAt = this.#readAssertedAt(row, cell, isPlain);
    }
    if (attributes !== undefined)
      this.#rows.setValue(
        this.#attributesIndex,
        attributes.sort((a, b) => compareCodePoints(a.name, b.name)),
      );
    this.#finish(row, assertedAt, source);
  }

  #finish(row: CsvScanner, assertedAt: number, source: number): void {
    const { line } = row;
    const kind = this.#kind;
    let hasKey = true;
    for (const index of this.#keyIndexes) {
      if (this.#rows.states(index)) continue;
      hasKey = false;
      const { column } = fieldsOf(kind)[index] as FieldSpec;
      if (this.#faults.length > 0) continue;
      this.#reject(line, column, 'MISSING_VALUE', `The ${column} is empty. Every ${factNouns[kind].one} needs one.`, null);
    }
    if (this.#faults.length === 0) {
      this.#rows.end(assertedAt, source, this.#fileNumber, line);
      this.#sink.onRow(kind, line, (row.ends[row.cellCount - 1] as number) - (row.starts[0] as number));
      return;
    }
    for (const rejection of this.#faults) this.#sink.onRejection(rejection);
    if (hasKey) this.#sink.onRejectedKey(kind, this.#keyOf(row), this.#file, line);
  }

  /** The key of a rejected row. */
  #keyOf(row: CsvScanner): string {
    const parts = this.#keyIndexes.map((index) => {
      const cell = this.#columns.findIndex((column) => column.role === 'field' && column.index === index);
      return unguardCell(row.text(cell));
    });
    return parts.length === 1 ? (parts[0] as string) : pairKey(parts[0] as string, parts[1] as string);
  }

  #readPlain(row: CsvScanner, cell: number, mode: Mode, field: number, spec: FieldSpec): void {
    const start = row.starts[cell] as number;
    const end = row.ends[cell] as number;
    if (mode === 'text') {
      this.#rows.setText(field, row.bytes, start, end);
      return;
    }
    let value = Number.NaN;
    if (mode === 'number') value = readDecimal(row.bytes, start, end);
    else if (mode === 'instant' || mode === 'endInstant') value = readInstant(row.bytes, start, end, mode === 'endInstant');
    if (Number.isNaN(value)) this.#readText(row, cell, field, spec);
    else this.#rows.setNumber(field, value);
  }

  #readText(row: CsvScanner, cell: number, field: number, spec: FieldSpec): void {
    const text = this.#text(row, cell);
    const value = parseCell(spec, text);
    if (value instanceof CellFault) this.#reject(row.line, spec.column, 'BAD_VALUE', value.message, text);
    else this.#rows.setValue(field, value);
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
    const text = unguardCell(row.text(cell));
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

function modeOf(column: Column): Mode {
  if (column.role !== 'field') return column.role;
  switch (column.spec.type) {
    case 'reference':
    case 'enum':
    case 'text':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'instant':
    case 'endInstant':
      return column.spec.type;
    default:
      return 'other';
  }
}

/**
 * Parses the most frequent forms of values from a cell's bytes, without making a string. Any other form gives NaN, and the
 * caller parses it as text.
 */

const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Parses at most 15 digits with at most one point. Dividend and divisor are exact, so the quotient is rounded only once. */
function readDecimal(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 16) return Number.NaN;
  let value = 0;
  let point = -1;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      digits++;
    } else if (byte === 0x2e && point < 0) point = at;
    else return Number.NaN;
  }
  if (digits === 0 || digits > 15) return Number.NaN;
  return point < 0 ? value : value / (powersOfTen[end - 1 - point] as number);
}

const dayMs = 86_400_000;

/** `2026-03-24`, `2026-03-24T08:30:00Z` or `2026-03-24T08:30:00.125Z`, if it is a date of the calendar; years 1000 to 9998. */
function readInstant(bytes: Uint8Array, start: number, end: number, isEnd: boolean): number {
  const length = end - start;
  if (length !== 10 && length !== 20 && length !== 24) return Number.NaN;
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return Number.NaN;
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  if (!(year >= 1000 && year <= 9998 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return Number.NaN;
  const midnight = daysSinceEpoch(year, month, day) * dayMs;
  if (length === 10) return isEnd ? midnight + dayMs : midnight;

  if (bytes[start + 10] !== 0x54 || bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a || bytes[end - 1] !== 0x5a) return Number.NaN;
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const instant = midnight + hour * 3_600_000 + minute * 60_000 + second * 1000;
  if (length === 20) return instant;
  return bytes[start + 19] === 0x2e ? instant + digits(bytes, start + 20, 3) : Number.NaN;
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
