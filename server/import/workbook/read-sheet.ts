import { maxColumns } from '../csv/scan-csv.ts';
import type { ListBudget } from '../mapping/list-budget.ts';
import type { TableRow } from '../mapping/table/table-rows.ts';
import { FileFault } from '../rows/rejection.ts';
import type { CellStyle } from './read-styles.ts';
import { RunLook, sayStruck, strike } from './read-styles.ts';
import { checkLength, copyText, decodeText, readXml } from './read-xml.ts';
import { unreadableWorkbook } from './workbook-fault.ts';

/** The data that the cells of a sheet refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  /** By the number of a style. */
  readonly styles: readonly CellStyle[];
  readonly isFrom1904: boolean;
  readonly budget: ListBudget;
}

/** The last row and column of a spreadsheet: XFD1048576. */
const [lastRow, lastColumn] = [1_048_576, 16_384];

/**
 * Reads the cells of a sheet that hold something. A formula gives the value that is stored for it, an error nothing. A cell that is
 * merged downwards stands in each of its rows, and what is struck through says so.
 *
 * Throws FileFault UNSAFE_WORKBOOK (not well-formed, cells out of order, a value that its type does not allow), TOO_MANY_COLUMNS,
 * CELL_TOO_LARGE, and LIST_TOO_LARGE before a cell is kept.
 *
 * @param name the sheet's, for errors
 */
export async function readSheet(name: string, part: string, pieces: AsyncIterable<string>, context: CellContext): Promise<SheetCells> {
  const reader = new SheetReader(name, context);
  await readXml(part, pieces, reader);
  return reader.cells;
}

class SheetReader {
  readonly cells: SheetCells;
  readonly #name: string;
  readonly #context: CellContext;
  #isData = false;
  /** 0: outside of a row. */
  #row = 0;
  #lastRow = 0;
  /** 0: outside of a cell. */
  #column = 0;
  #lastColumn = 0;
  #type = '';
  #style = '';
  #value: string | undefined;
  #inline: string | undefined;
  #isValue = false;
  #isInline = false;
  #isText = false;
  #isPhonetic = false;
  readonly #look = new RunLook();

  constructor(name: string, context: CellContext) {
    this.#name = name;
    this.#context = context;
    this.cells = new SheetCells(context.budget);
  }

  onOpen(element: string, attribute: (name: string) => string | undefined): void {
    if (element === 'sheetData') this.#isData = true;
    if (element === 'mergeCell') this.#merge(attribute('ref') ?? '');
    if (element === 'col' && isTrue(attribute('hidden'))) this.cells.hideColumns(Number(attribute('min')), Number(attribute('max')));
    if (!this.#isData) return;
    if (this.#isInline) this.#look.onOpen(element, attribute);
    switch (element) {
      case 'row':
        this.#beginRow(attribute('r'));
        if (isTrue(attribute('hidden'))) this.cells.hideRow(this.#row);
        return;
      case 'c':
        this.#beginCell(attribute('r'), attribute('t') ?? 'n', attribute('s') ?? '');
        return;
      case 'v':
        this.#isValue = true;
        this.#value ??= '';
        return;
      case 'is':
        this.#isInline = true;
        this.#inline ??= '';
        return;
      case 't':
        this.#isText = true;
        return;
      case 'rPh':
        this.#isPhonetic = true;
    }
  }

  onText(text: string): void {
    if (this.#column === 0) return;
    if (this.#isValue) {
      this.#value += text;
      checkLength(this.#value as string, this.#row);
    } else if (this.#isInline && this.#isText && !this.#isPhonetic) {
      this.#inline += this.#look.apply(text);
      checkLength(this.#inline as string, this.#row);
    }
  }

  onClose(element: string): void {
    if (this.#isInline) this.#look.onClose(element);
    switch (element) {
      case 'sheetData':
        this.#isData = false;
        return;
      case 'row':
        this.#row = 0;
        return;
      case 'c':
        this.#endCell();
        return;
      case 'v':
        this.#isValue = false;
        return;
      case 'is':
        this.#isInline = false;
        return;
      case 't':
        this.#isText = false;
        return;
      case 'rPh':
        this.#isPhonetic = false;
    }
  }

  #beginRow(stated: string | undefined): void {
    const row = stated === undefined || stated === '' ? this.#lastRow + 1 : Number(stated);
    if (this.#row !== 0 || !Number.isInteger(row) || row <= this.#lastRow || row > lastRow)
      throw unreadableWorkbook(`the row ${stated ?? row} of the sheet "${this.#name}" is out of place`);
    this.#row = row;
    this.#lastRow = row;
    this.#lastColumn = 0;
  }

  #beginCell(place: string | undefined, type: string, style: string): void {
    const column = place === undefined || place === '' ? this.#lastColumn + 1 : this.#columnOf(place);
    if (this.#row === 0 || this.#column !== 0 || column <= this.#lastColumn || column > lastColumn)
      throw this.#misplaced(place ?? 'without a place');
    this.#column = column;
    this.#lastColumn = column;
    this.#type = type;
    this.#style = style;
    this.#value = undefined;
    this.#inline = undefined;
  }

  /** The column of a place such as `AB12`, from 1. */
  #columnOf(place: string): number {
    let column = 0;
    let at = 0;
    for (; at < place.length && at < 4; at++) {
      const letter = place.charCodeAt(at) & ~0x20;
      if (letter < 65 || letter > 90) break;
      column = column * 26 + letter - 64;
    }
    if (column === 0 || Number(place.slice(at)) !== this.#row) throw this.#misplaced(place);
    return column;
  }

  /** A merged cell, such as `A2:C5`. Its text stands in its first column, as that of a cell of HTML that spans columns. */
  #merge(ref: string): void {
    const [, left, first, right, last] = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(ref) ?? [];
    if (left === undefined || right === undefined) return;
    const columnOf = (letters: string) => [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (Number(last) > Number(first)) this.cells.span(Number(first), columnOf(left), Number(last) - Number(first) + 1);
    else if (columnOf(left) === 1) this.cells.spanColumns(Number(first), columnOf(right));
  }

  #misplaced(place: string): FileFault {
    return unreadableWorkbook(`the cell ${place.slice(0, 20)} of the sheet "${this.#name}" is out of place`);
  }

  #endCell(): void {
    const text = this.#textOf();
    const isStruck = text !== '' && this.#context.styles[Number(this.#style)]?.isStruck === true && !/\(struck through\b/.test(text);
    if (text !== '') this.cells.add(this.#row, this.#column, isStruck ? sayStruck(strike(text)) : text, this.#type === 's' && !isStruck);
    this.#column = 0;
  }

  /** The text of the cell that ends (ECMA-376 part 1, §18.18.11). */
  #textOf(): string {
    const value = this.#value ?? '';
    if (this.#type === 'inlineStr') return copyText(decodeText(sayStruck(this.#inline ?? '')));
    if (value === '') return '';
    switch (this.#type) {
      case 's':
        return this.#context.strings[Number(value)] ?? this.#refuse(value);
      case 'str':
        return copyText(decodeText(value));
      case 'b':
        return value === '1' ? 'true' : value === '0' ? 'false' : this.#refuse(value);
      case 'e':
        return '';
      case 'd':
        return dateText(Date.parse(/T[^Z+-]*$/.test(value) ? `${value}Z` : value)) ?? this.#refuse(value);
      case 'n':
        return this.#numberText(value);
      default:
        return this.#refuse(this.#type);
    }
  }

  #numberText(value: string): string {
    const { styles, isFrom1904 } = this.#context;
    const isDate = this.#style === '' ? false : styles[Number(this.#style)]?.isDate;
    const number = Number(value);
    if (isDate === undefined || Number.isNaN(number)) return this.#refuse(value);
    // Beyond the calendar, a number has no date.
    return isDate ? (dateText(instantOf(number, isFrom1904)) ?? '') : String(number);
  }

  #refuse(value: string): never {
    throw unreadableWorkbook(
      `the cell in row ${this.#row}, column ${this.#column} of the sheet "${this.#name}" holds ${JSON.stringify(value.slice(0, 40))}`,
    );
  }
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

const dayMs = 86_400_000;
/** Days from day 0 of a spreadsheet to 1970-01-01. Programs count a February 29, 1900, which did not exist. */
const daysBefore1970 = 25_569;
const daysBefore1904 = 1462;

/** To the nearest millisecond: a time of day is a fraction that binary numbers only come near to. */
function instantOf(days: number, isFrom1904: boolean): number {
  return Math.round((days - daysBefore1970 + (isFrom1904 ? daysBefore1904 : 0)) * dayMs);
}

/** A day, or an instant, as ISO 8601. Undefined if it is none. */
function dateText(at: number): string | undefined {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return undefined;
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

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
  /** The rows and columns that the program hides from its readers, as far as the list of them goes. */
  readonly #hiddenRows = new Set<number>();
  readonly #hiddenColumns: { readonly from: number; readonly to: number }[] = [];
  /** By row: the last column over which its widest cell goes. */
  readonly #across = new Map<number, number>();

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

  /** Says that a cell of a row goes on to a column further right, from 1. Throws FileFault LIST_TOO_LARGE. */
  spanColumns(row: number, last: number): void {
    if (last < fewestAcross || (this.#across.get(row) ?? 0) >= last) return;
    this.#budget.takeCell('', true);
    this.#across.set(row, last);
  }

  /** @param row from 1 */
  hideRow(row: number): void {
    if (this.#hiddenRows.size < lastRow) this.#hiddenRows.add(row);
  }

  /** @param from from 1 */
  hideColumns(from: number, to: number): void {
    if (this.#hiddenColumns.length < maxColumns) this.#hiddenColumns.push({ from, to });
  }

  /** The hidden rows and columns that hold something, in words. Undefined: none. */
  get hidden(): string | undefined {
    const rows = this.#hiddenRows.size === 0 ? [] : this.#lines.filter((line) => this.#hiddenRows.has(line));
    const isHidden = (column: number) => this.#hiddenColumns.some(({ from, to }) => column >= from && column <= to);
    const filled = this.#hiddenColumns.length === 0 ? [] : [...new Set(this.#columns)].filter(isHidden).sort((a, b) => a - b);
    const parts = [
      countWith(rows.map(String), 'hidden row', 'hidden rows'),
      countWith(filled.map(letterOf), 'hidden column', 'hidden columns'),
    ];
    const found = parts.filter((part) => part !== undefined);
    return found.length === 0 ? undefined : found.join(' and ');
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
      const isAcross = end - (this.#starts[index] as number) === 1 && (this.#across.get(line) ?? 0) >= Math.max(this.width, fewestAcross);
      if (!isBlank && onRow(isAcross ? { line, cells, isAcross } : { line, cells }) === false) return;
    }
  }
}

const mostShown = 10;

/** "2 hidden rows (4, 7)"; undefined for none. */
function countWith(places: readonly string[], one: string, many: string): string | undefined {
  if (places.length === 0) return undefined;
  const shown = `${places.slice(0, mostShown).join(', ')}${places.length > mostShown ? ', …' : ''}`;
  return `${places.length.toLocaleString('en-US')} ${places.length === 1 ? one : many} (${shown})`;
}

/** "AB" for column 28. */
function letterOf(column: number): string {
  const last = String.fromCharCode(65 + ((column - 1) % 26));
  return column > 26 ? `${letterOf(Math.floor((column - 1) / 26))}${last}` : last;
}

/** A cell over fewer columns may be a long name. */
const fewestAcross = 3;

/** One number for a row and a column. */
function placeOf(row: number, column: number): number {
  return row * (maxColumns + 1) + column;
}
