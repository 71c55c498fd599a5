import { joinValues } from '../domain/canonical-values.ts';
import { formatInstant } from '../domain/instants.ts';
import type { PagedList } from '../domain/paged-list.ts';
import { formatCsvRecord } from './csv.ts';

/** A value in a row: a text, an unrounded number, a flag or a list of ids. Null: unknown. */
type RowValue = string | number | boolean | readonly string[] | null;

/** An exported list: its columns in order, and its rows, which are built on demand. */
export interface RowTable {
  /** The file's name without its extension. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly length: number;
  /** The rows at positions from .. until - 1. */
  slice(from: number, until: number): Readonly<Record<string, RowValue>>[];
}

/**
 * A table with one row for each item.
 *
 * @param toRow lists its values in the order of the columns, because JSON.stringify is fastest with objects of one shape
 */
export function tableOf<T, Column extends string>(
  name: string,
  columns: readonly Column[],
  items: PagedList<T>,
  toRow: (item: T) => Readonly<Record<Column, RowValue>>,
): RowTable {
  return { name, columns, length: items.length, slice: (from, until) => Array.from(items.slice(from, until), toRow) };
}

/** The number of rows in a piece: a few milliseconds of work, and some hundred kB of text. */
const batchSize = 500;

/** The table as CSV, in pieces. */
export function* toCsv(table: RowTable): Generator<string> {
  const { columns } = table;
  let head = formatCsvRecord(columns);
  if (table.length === 0) yield head;
  for (const rows of inBatches(table)) {
    yield head + rows.map((row) => formatCsvRecord(columns.map((column) => toCell(row[column] ?? null)))).join('');
    head = '';
  }
}

/** The table as a JSON array with one object for each row, in pieces. Each piece is a line. */
export function* toJson(table: RowTable): Generator<string> {
  let separator = '[\n';
  for (const rows of inBatches(table)) {
    yield separator + JSON.stringify(rows).slice(1, -1);
    separator = ',\n';
  }
  yield table.length === 0 ? '[]\n' : '\n]\n';
}

function* inBatches(table: RowTable): Generator<Readonly<Record<string, RowValue>>[]> {
  for (let start = 0; start < table.length; start += batchSize) yield table.slice(start, start + batchSize);
}

function toCell(value: RowValue): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? joinValues(value) : String(value);
}

/** An instant of a projection as a value in a row. NaN and ±Infinity become null. */
export function instantValue(instant: number): string | null {
  return Number.isFinite(instant) ? formatInstant(instant) : null;
}
