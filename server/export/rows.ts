import { formatInstant } from '../domain/instants.ts';
import type { PagedList } from '../domain/paged-list.ts';
import { CsvRows } from './csv-rows.ts';
import { JsonRows } from './json-rows.ts';
import type { RowValue, RowWriter } from './row-writer.ts';
import { pieceSize } from './row-writer.ts';

/** An exported list: its columns in order, and its rows, which are made where they are written. */
export interface RowTable {
  /** The file's name without its extension. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly length: number;
  /** Writes the rows at positions from .. until - 1. */
  writeRows(from: number, until: number, out: RowWriter): void;
}

/** A table with one row for each item. A table of many thousand rows writes its cells itself (blast-radius-rows.ts). */
export function tableOf<T, Column extends string>(
  name: string,
  columns: readonly Column[],
  items: PagedList<T>,
  toRow: (item: T) => Readonly<Record<Column, RowValue>>,
): RowTable {
  return {
    name,
    columns,
    length: items.length,
    writeRows(from, until, out) {
      for (const row of Array.from(items.slice(from, until), toRow)) {
        out.beginRow();
        for (const column of columns) out.write(row[column]);
        out.endRow();
      }
    },
  };
}

/** The number of rows written at once, and the most in a piece: a few milliseconds of work. */
const rowsAtOnce = 50;
const maxRowsInPiece = 500;

/** The table as CSV, in pieces. */
export function* toCsv(table: RowTable): Generator<Buffer> {
  const out = new CsvRows();
  out.writeHead(table.columns);
  yield* inPieces(table, out);
  if (out.size > 0) yield out.take();
}

/** The table as a JSON array with one object for each row, in pieces. */
export function* toJson(table: RowTable): Generator<Buffer> {
  const out = new JsonRows(table.columns);
  yield* inPieces(table, out);
  out.endRows();
  yield out.take();
}

function* inPieces(table: RowTable, out: RowWriter): Generator<Buffer> {
  for (let start = 0, first = 0; start < table.length; start += rowsAtOnce) {
    table.writeRows(start, start + rowsAtOnce, out);
    if (out.size < pieceSize && start + rowsAtOnce - first < maxRowsInPiece) continue;
    yield out.take();
    first = start + rowsAtOnce;
  }
}

/** An instant of a projection as a value in a row. NaN and ±Infinity become null. */
export function instantValue(instant: number): string | null {
  return Number.isFinite(instant) ? formatInstant(instant) : null;
}
