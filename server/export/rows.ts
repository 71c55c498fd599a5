import { formatCsvRecord } from '../csv/csv-record.ts';
import { joinValues } from '../domain/canonical-values.ts';
import { formatInstant } from '../domain/instants.ts';
import type { PagedList } from '../domain/paged-list.ts';

/** A value in a row: a text, an unrounded number, a flag, an instant or a list of ids. Null: unknown. */
export type RowValue = string | number | boolean | RowInstant | readonly string[] | null;

/** An instant in a row. JSON and scripts get RFC 3339, a spreadsheet what it takes as a date. */
class RowInstant {
  readonly text: string;

  constructor(instant: number) {
    this.text = formatInstant(instant);
  }

  toJSON(): string {
    return this.text;
  }

  /** In UTC: `2026-03-24`, or `2026-03-24 08:30:00`. */
  get asDate(): string {
    return this.text.replace('T00:00:00Z', '').replace('T', ' ').replace('Z', '');
  }
}

export type Row<Column extends string = string> = Readonly<Record<Column, RowValue>>;

/** An exported list: its columns in order, and its rows, which are made where they are written. */
export interface RowTable {
  /** The file's name without its extension. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly length: number;
  /** The rows at positions from .. until - 1, their keys in the order of the columns. */
  rowsAt(from: number, until: number): Row[];
}

/** A table with one row for each item. @param toRow gives the keys in the order of the columns */
export function tableOf<T, Column extends string>(
  name: string,
  columns: readonly Column[],
  items: PagedList<T>,
  toRow: (item: T) => Row<Column>,
): RowTable {
  const rowsAt = (from: number, until: number) => {
    const chosen = items.slice(from, until);
    const rows: Row[] = [];
    for (let i = 0; i < chosen.length; i++) rows.push(toRow(chosen[i] as T));
    return rows;
  };
  return { name, columns, length: items.length, rowsAt };
}

const byteOrderMark = '\ufeff';
/** A piece of a file ends with so many characters, or so many rows: a few milliseconds of work. */
const pieceLength = 65_536;
const maxRowsInPiece = 500;
/** The number of rows made at once. Divides the rows of a piece and of a line. */
const rowsAtOnce = 50;
const rowsPerLine = 500;

/**
 * The table as CSV, in pieces.
 *
 * @param isForPeople whether a person opens it in a spreadsheet: a byte order mark in front, so that accents are read, and dates that it
 * takes as dates
 */
export function* toCsv(table: RowTable, isForPeople = false): Generator<string> {
  const { columns } = table;
  const toCell = (value: RowValue) => (value instanceof RowInstant ? (isForPeople ? value.asDate : value.text) : cellOf(value));
  const toRecord = (row: Row) => formatCsvRecord(columns.map((column) => toCell(row[column] as RowValue)));
  const header = formatCsvRecord(columns);
  yield* inPieces(table, isForPeople ? `${byteOrderMark}${header}` : header, (rows) => rows.map(toRecord).join(''), '');
}

function cellOf(value: Exclude<RowValue, RowInstant>): string | number | null {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return typeof value === 'object' && value !== null ? joinValues(value) : value;
}

/** The table as a JSON array with one object for each row, in pieces. A line has 500 rows. */
export function* toJson(table: RowTable): Generator<string> {
  const toItems = (rows: Row[], start: number) => {
    const separator = start === 0 ? '' : start % rowsPerLine === 0 ? ',\n' : ',';
    return separator + JSON.stringify(rows).slice(1, -1);
  };
  if (table.length === 0) yield '[]\n';
  else yield* inPieces(table, '[\n', toItems, '\n]\n');
}

function* inPieces(table: RowTable, head: string, format: (rows: Row[], start: number) => string, tail: string): Generator<string> {
  let piece = head;
  for (let start = 0, first = 0; start < table.length; start += rowsAtOnce) {
    piece += format(table.rowsAt(start, start + rowsAtOnce), start);
    if (piece.length < pieceLength && start + rowsAtOnce - first < maxRowsInPiece) continue;
    yield piece;
    piece = '';
    first = start + rowsAtOnce;
  }
  piece += tail;
  if (piece !== '') yield piece;
}

/** An instant of a projection as a value in a row. NaN and ±Infinity become null. */
export function instantValue(instant: number): RowInstant | null {
  return Number.isFinite(instant) ? new RowInstant(instant) : null;
}
