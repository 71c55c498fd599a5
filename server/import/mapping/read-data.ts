import type { Rejection } from '../rows/rejection.ts';
import type { FileDecisions } from './decisions/mapping-document.ts';
import type { MappedFile } from './mapped-file.ts';
import type { CellLedger } from './rows/cell-ledger.ts';
import { cellsUnder, findNoteReason } from './table/find-table.ts';

export interface DataOutlets {
  /** @param own the cells of the row itself; `cells` may have names from a row above */
  readonly onRow: (cells: readonly string[], line: number, own: readonly string[]) => void;
  /** A row that is no data, with the rule that completes "the row …". */
  readonly onNote?: (line: number, rule: string, cells: readonly string[]) => void;
  readonly onRejection?: (rejection: Rejection, cells: readonly string[]) => void;
  /** Rows above the header. */
  readonly onAbove?: (line: number, cells: readonly string[]) => void;
  readonly ledger?: CellLedger;
}

/** Reads every row of data, and repairs rows that are too long. Leaves out the other rows, each with a reason. */
export async function readData(
  { name, source, table, columns, forms, headings, rows, decisions }: MappedFile,
  { onRow, onNote, onRejection, onAbove, ledger }: DataOutlets,
): Promise<void> {
  const fixed = new Map<number, NonNullable<FileDecisions['cells']>>();
  for (const cell of decisions.cells ?? []) fixed.set(cell.line, [...(fixed.get(cell.line) ?? []), cell]);
  const { nameIndex } = rows;
  const above = new NamesAbove(rows);
  await source.read((row) => {
    const { line } = row;
    // A text above the table, or in its header, is of no column.
    for (const [index, text] of (row.undecoded ?? []).entries())
      if (text !== row.cells[index])
        ledger?.note(
          'REPAIRED',
          line > table.headerLine && index < columns.length ? index : null,
          'was decoded twice, and is read as it was meant',
          {
            ...{ line, text },
            becomes: row.cells[index] ?? null,
          },
        );
    if (line <= table.headerLine) {
      if (line < table.headerLine) onAbove?.(line, row.cells);
      return;
    }
    if (row.fault !== undefined) {
      onRejection?.({ file: name, line, column: null, code: 'BAD_QUOTE', message: row.fault, value: null }, row.cells);
      return;
    }
    const under = cellsUnder(table, row.cells, source.delimiter);
    // Only a delimiter without quotes splits a cell.
    const isDelimited = source.delimiter !== '';
    const cells = under ?? (isDelimited ? forms.repair(row.cells, source.delimiter) : undefined);
    if (cells === undefined) {
      const message = isDelimited
        ? `The row has ${row.cells.length} cells, the table ${columns.length} columns. A text with "${source.delimiter}" in it must stand in quotes.`
        : `The row has text beyond the ${columns.length} columns of the table. Give its column a header, or move the text into the table.`;
      onRejection?.({ file: name, line, column: null, code: 'RAGGED_ROW', message, value: String(row.cells.length) }, row.cells);
      return;
    }
    if (cells.length < row.cells.length && ledger !== undefined) {
      const index = cells.findIndex((cell, at) => cell !== row.cells[at]);
      const shown = index < 0 ? undefined : { line, text: row.cells.slice(index).join(' | '), becomes: cells[index] ?? null };
      if (shown !== undefined)
        ledger.note(under === undefined ? 'REPAIRED' : 'JOINED', index, 'was split by a delimiter without quotes, and is one cell', shown);
    }
    for (const { index, text } of fixed.get(line) ?? []) {
      ledger?.note('REPAIRED', index, 'is corrected by a person', { line, text: cells[index] ?? '', becomes: text });
      cells[index] = text;
    }
    const reason = findNoteReason(cells, table, nameIndex) ?? headings.findReason(cells);
    if (reason !== undefined) {
      onNote?.(line, reason, cells);
      return;
    }
    const completed = above.complete(cells);
    for (const [index, cell] of completed.entries())
      if (cell !== cells[index]) ledger?.note('REPAIRED', index, 'is empty, and has the name above it', { line, text: '', becomes: cell });
    onRow(completed, line, cells);
    return;
  });
}

/** Completes rows whose names stand only in a row above, as in a table with merged cells. */
class NamesAbove {
  readonly #groups: readonly (readonly number[])[];
  /** By group: the last row with a name. */
  readonly #last: (readonly string[] | undefined)[] = [];

  constructor({ repeatedColumns }: MappedFile['rows']) {
    this.#groups = repeatedColumns;
  }

  complete(own: readonly string[]): readonly string[] {
    let cells = own;
    for (const [at, columns] of this.#groups.entries()) {
      if (columns.some((index) => (cells[index] ?? '').trim() !== '')) {
        // Another client has vendors of its own.
        this.#last.length = at;
        this.#last[at] = cells;
      } else if (this.#last[at] !== undefined) {
        const last = this.#last[at];
        cells = cells.map((cell, index) => (columns.includes(index) ? (last[index] ?? '') : cell));
      }
    }
    return cells;
  }
}
