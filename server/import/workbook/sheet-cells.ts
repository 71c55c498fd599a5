import { maxColumns } from '../csv/scan-csv.ts';
import type { ListBudget } from '../mapping/list-budget.ts';
import type { TableRow } from '../mapping/table/table-rows.ts';
import { FileFault } from '../rows/rejection.ts';

/** The filled cells of a sheet, by row, then column. Empty cells between them take no memory. */
export class SheetCells {
  /** The last filled column, from 1. */
  width = 0;
  /** The characters of all cells. */
  characters = 0;
  readonly #budget: ListBudget;
  readonly #lines: number[] = [];
  /** By row: the index of its first cell. */
  readonly #starts: number[] = [];
  readonly #columns: number[] = [];
  readonly #texts: string[] = [];
  /** By `placeOf` a cell that spans rows: the last row that it stands in. */
  readonly #spans = new Map<number, number>();

  constructor(budget: ListBudget) {
    this.#budget = budget;
  }

  get rowCount(): number {
    return this.#lines.length;
  }

  /**
   * Adds the next cell. Throws FileFault TOO_MANY_COLUMNS beyond column 1,000, and LIST_TOO_LARGE.
   *
   * @param row from 1
   * @param column from 1
   * @param isShared whether the text is kept anyway
   */
  add(row: number, column: number, text: string, isShared: boolean): void {
    if (column > maxColumns)
      throw new FileFault(
        'TOO_MANY_COLUMNS',
        row,
        `Row ${row} has text in column ${column}, and ${maxColumns} columns are the maximum. Delete what stands beyond the table, or leave out columns.`,
      );
    this.#budget.takeCell(text, !isShared);
    if (this.#lines.at(-1) !== row) {
      this.#lines.push(row);
      this.#starts.push(this.#columns.length);
    }
    this.#columns.push(column);
    this.#texts.push(text);
    this.characters += text.length;
    if (column > this.width) this.width = column;
  }

  /**
   * Says that the text of a cell stands in the rows below it, too. One beyond the most columns is not kept. Throws FileFault LIST_TOO_LARGE.
   *
   * @param rows of the cell, from 2
   */
  span(row: number, column: number, rows: number): void {
    if (column > maxColumns) return;
    this.#budget.takeCell('', true);
    this.#spans.set(placeOf(row, column), row + rows - 1);
  }

  /** Calls `onRow` for each row that is not blank, in order; stops when it returns false. */
  read(onRow: (row: TableRow) => boolean | undefined): void {
    const open = new Map<number, { readonly last: number; readonly text: string }>();
    for (let index = 0; index < this.#lines.length; index++) {
      const cells = new Array<string>(this.width).fill('');
      const end = this.#starts[index + 1] ?? this.#columns.length;
      let isBlank = true;
      for (let at = this.#starts[index] as number; at < end; at++) {
        const text = this.#texts[at] as string;
        cells[(this.#columns[at] as number) - 1] = text;
        if (isBlank && text.trim() !== '') isBlank = false;
      }
      const line = this.#lines[index] as number;
      for (const [column, { last, text }] of open) {
        if (line > last) open.delete(column);
        else if (cells[column] === '') cells[column] = text;
      }
      for (let at = this.#starts[index] as number; at < end && this.#spans.size > 0; at++) {
        const column = this.#columns[at] as number;
        const last = this.#spans.get(placeOf(line, column));
        if (last !== undefined) open.set(column - 1, { last, text: this.#texts[at] as string });
      }
      if (!isBlank && onRow({ line, cells }) === false) return;
    }
  }
}

/** One number for a row and a column. */
function placeOf(row: number, column: number): number {
  return row * (maxColumns + 1) + column;
}
