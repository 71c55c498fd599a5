import { joinValues } from '../domain/canonical-values.ts';
import { formatInstant } from '../domain/instants.ts';
import { formatCsvRecord } from './csv.ts';

/** A value of a row: texts, unrounded numbers, flags, lists of ids; null where not known. */
type RowValue = string | number | boolean | readonly string[] | null;

/** A list that is exported: its columns in order, and its rows, each made when it is asked for. */
export interface RowTable {
  /** The file's name, less its ending. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly length: number;
  rowAt(index: number): readonly RowValue[];
}

const batchSize = 500;

/** The table as CSV, in pieces. */
export function* toCsv(table: RowTable): Generator<string> {
  yield formatCsvRecord(table.columns);
  yield* inBatches(table, (row) => formatCsvRecord(row.map(toCell)));
}

/** The table as a JSON array with an object a row, in pieces. */
export function* toJson(table: RowTable): Generator<string> {
  yield '[';
  yield* inBatches(table, (row, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(toObject(table.columns, row))}`);
  yield '\n]\n';
}

/** A row by column names. */
function toObject(columns: readonly string[], row: readonly RowValue[]): Record<string, RowValue> {
  return Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null]));
}

function* inBatches(table: RowTable, format: (row: readonly RowValue[], index: number) => string): Generator<string> {
  for (let start = 0; start < table.length; start += batchSize) {
    let piece = '';
    for (let i = start; i < Math.min(table.length, start + batchSize); i++) piece += format(table.rowAt(i), i);
    yield piece;
  }
}

function toCell(value: RowValue): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? joinValues(value) : String(value);
}

/** An instant of a projection as a value of a row: NaN and the ends of time are null. */
export function instantValue(instant: number): string | null {
  return Number.isFinite(instant) ? formatInstant(instant) : null;
}
