import type { Rejection } from '../rows/rejection.ts';
import type { FileDecisions } from './decisions/mapping-document.ts';
import type { MappedFile } from './mapped-file.ts';
import { cellsUnder, findNoteReason } from './table/find-table.ts';

/** Reads every row of data, and repairs rows that are too long. Leaves out the other rows, each with a reason. */
export async function readData(
  { name, source, table, columns, forms, headings, rows, decisions }: MappedFile,
  onRow: (cells: readonly string[], line: number) => void,
  onNote: (line: number, reason: string) => void = () => undefined,
  onRejection: (rejection: Rejection) => void = () => undefined,
): Promise<void> {
  const fixed = new Map<number, NonNullable<FileDecisions['cells']>>();
  for (const cell of decisions.cells ?? []) fixed.set(cell.line, [...(fixed.get(cell.line) ?? []), cell]);
  const { nameIndex } = rows;
  const above = new NamesAbove(rows);
  await source.read((row) => {
    const { line } = row;
    if (line <= table.headerLine) return;
    if (row.fault !== undefined) {
      onRejection({ file: name, line, column: null, code: 'BAD_QUOTE', message: row.fault, value: null });
      return;
    }
    const cells = cellsUnder(table, row.cells, source.delimiter) ?? forms.repair(row.cells, source.delimiter);
    if (cells === undefined) {
      const message = `The row has ${row.cells.length} cells, the table ${columns.length} columns. A text with "${source.delimiter}" in it must stand in quotes.`;
      onRejection({ file: name, line, column: null, code: 'RAGGED_ROW', message, value: String(row.cells.length) });
      return;
    }
    for (const { index, text } of fixed.get(line) ?? []) cells[index] = text;
    const reason = findNoteReason(cells, table, nameIndex) ?? headings.findReason(cells);
    if (reason !== undefined) onNote(line, reason);
    else onRow(above.complete(cells), line);
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

  complete(cells: string[]): string[] {
    for (const [at, columns] of this.#groups.entries()) {
      if (columns.some((index) => (cells[index] ?? '').trim() !== '')) {
        // Another client has vendors of its own.
        this.#last.length = at;
        this.#last[at] = cells;
      } else if (this.#last[at] !== undefined) for (const index of columns) cells[index] = this.#last[at][index] ?? '';
    }
    return cells;
  }
}
