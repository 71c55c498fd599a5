import { withoutHidden } from '../../domain/text/hidden-characters.ts';
import type { ListBudget } from '../mapping/list-budget.ts';
import { namesOwner } from '../mapping/propose-client.ts';
import { isFootnote } from '../mapping/table/column-names.ts';
import type { TableSource } from '../mapping/table/table-rows.ts';
import { FileFault } from '../rows/rejection.ts';
import type { Sheet } from '../workbook/open-workbook.ts';
import { SheetCells } from '../workbook/read-sheet.ts';
import { sayStruck } from '../workbook/read-styles.ts';
import { checkLength, copyText } from '../workbook/read-xml.ts';

/** The context that every reader of a document is given. */
export interface DocumentContext {
  /** The document's name, which each of its tables begins with. */
  readonly name: string;
  /** The name of its format, such as `html`. It stands where other lists have an encoding. */
  readonly form: string;
  readonly budget: ListBudget;
  /** Throws FileFault once the document takes too long. Call it often. */
  readonly checkTime: () => void;
  /** The names of the tables to read; undefined: all. */
  readonly wanted: readonly string[] | undefined;
}

const mostTables = 1000;
const longestName = 80;
const longestLine = 160;
const mostLines = 5;
const longestFootnote = 1000;
const mostFootnotes = 50;
/** Lines of a page that may date its tables: "Last updated: June 30, 2025". */
const dating =
  /\d.*\b(?:updated|effective|as of|as at|valid)\b|\b(?:updated|effective|as of|as at|version|revision|stand|aktualisiert|fecha|jour|date)\b.*\d/i;

/**
 * Collects the tables of one document, each named `page.html#Name` after its caption or the heading above it. What the document says above a
 * table, such as its title and its date, is the table's preamble.
 */
export class DocumentTables {
  readonly #context: DocumentContext;
  readonly #tables: Sheet[] = [];
  readonly #names = new Set<string>();
  readonly #lines: string[] = [];
  /** The footnotes below each table. */
  readonly #footnotes: string[][] = [];
  #title = '';
  #heading = '';
  #count = 0;

  constructor(context: DocumentContext) {
    this.#context = context;
  }

  get tables(): Sheet[] {
    return this.#tables;
  }

  /** Notes the title of the document. The first one counts. */
  noteTitle(text: string): void {
    this.#title ||= oneLine(text).slice(0, longestLine);
  }

  /** Notes a heading: it names the next table. @param level 1: the largest */
  noteHeading(text: string, level: number): void {
    const line = oneLine(text);
    if (line === '') return;
    if (level === 1 && line.length <= longestLine) this.#note(line);
    this.#heading = line;
  }

  /** Notes a text that names the owner or the date of the tables. */
  noteOwner(line: string): void {
    if (line.length <= longestLine) this.#note(oneLine(line));
  }

  /** Notes a text between the tables. Only a short one that may hold a date or names the owner is kept, and a footnote of the tables above it. */
  noteText(text: string): void {
    const line = oneLine(text);
    if (this.#footnotes.length > 0 && isFootnote(line)) {
      const note = copyText(line.slice(0, longestFootnote));
      for (const notes of this.#footnotes) if (notes.length < mostFootnotes) notes.push(note);
    }
    if (line.length <= longestLine && (dating.test(line) || namesOwner(line))) this.#note(line);
  }

  #note(line: string): void {
    if (this.#lines.length < mostLines && !this.#lines.includes(line)) this.#lines.push(copyText(line));
  }

  /** A new table. Call `add` with it once it is complete. */
  open(): DocumentTable {
    this.#context.checkTime();
    return new DocumentTable(this.#context.budget);
  }

  /** Throws FileFault UNSAFE_WORKBOOK beyond 1,000 tables. A table without cells is none. */
  add(table: DocumentTable, caption = ''): void {
    if (table.isEmpty) return;
    if (++this.#count > mostTables)
      throw new FileFault(
        'UNSAFE_WORKBOOK',
        1,
        'The file holds more than 1,000 tables. Import those that list organizations in a file of their own.',
      );
    const own = this.#nameOf(caption);
    this.#heading = '';
    const { wanted, name: document, form } = this.#context;
    if (wanted !== undefined && !wanted.includes(own)) return;
    const name = `${document}#${own}`;
    const preamble = [this.#title, ...this.#lines].filter((line, at, all) => line !== '' && all.indexOf(line) === at);
    const footnotes: string[] = [];
    this.#footnotes.push(footnotes);
    this.#tables.push(
      table.fault === undefined ? { name, table: table.toSource(name, form, preamble, footnotes) } : { name, fault: table.fault },
    );
  }

  #nameOf(caption: string): string {
    const text = oneLine(withoutHidden(caption || this.#heading))
      .replace(/[#\\/]+/g, ' ')
      .slice(0, longestName)
      .trim();
    const base = text === '' ? `Table ${this.#count}` : copyText(text);
    let name = base;
    for (let at = 2; this.#names.has(name); at++) name = `${base} (${at})`;
    this.#names.add(name);
    return name;
  }
}

/** The cells of one table, row by row. */
export class DocumentTable {
  /** A row or a cell that is too large. The table is left out, and the others are read. */
  fault: FileFault | undefined;
  /** The row that the document itself marks as the header. */
  headerRow: number | undefined;
  readonly #cells: SheetCells;

  constructor(budget: ListBudget) {
    this.#cells = new SheetCells(budget);
  }

  get isEmpty(): boolean {
    return this.#cells.rowCount === 0 && this.fault === undefined;
  }

  /**
   * Adds the next cell; an empty one takes no place. Throws FileFault LIST_TOO_LARGE.
   *
   * @param row from 1 @param column from 1 @param isShared whether the text is kept anyway
   */
  add(row: number, column: number, text: string, isShared = false): void {
    if (text === '' || this.fault !== undefined) return;
    try {
      checkLength(text, row);
      this.#cells.add(row, column, isShared ? text : copyText(text), isShared);
    } catch (error) {
      if (!(error instanceof FileFault) || (error.code !== 'TOO_MANY_COLUMNS' && error.code !== 'CELL_TOO_LARGE')) throw error;
      this.fault = error;
    }
  }

  /** Says that a cell stands in the rows below its own, too. @param rows of the cell, from 2 */
  span(row: number, column: number, rows: number): void {
    if (this.fault === undefined) this.#cells.span(row, column, rows);
  }

  /** Says that a cell of a row goes on to a column further right. @param last from 1 */
  spanColumns(row: number, last: number): void {
    if (this.fault === undefined) this.#cells.spanColumns(row, last);
  }

  /** As that of `SheetCells`. */
  hideRow(row: number): void {
    this.#cells.hideRow(row);
  }

  /** As that of `SheetCells`. */
  hideColumns(from: number, to: number): void {
    this.#cells.hideColumns(from, to);
  }

  toSource(name: string, encoding: string, preamble: readonly string[], footnotes: readonly string[] = []): TableSource {
    const headerLine = this.headerRow;
    const { hidden } = this.#cells;
    const own = { ...(headerLine === undefined ? {} : { headerLine }), ...(hidden === undefined ? {} : { hidden }) };
    return { name, encoding, delimiter: '', preamble, footnotes, ...own, read: async (onRow) => this.#cells.read(onRow) };
  }
}

/** A text of one line, with single blanks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The lines of a cell, each with single blanks, without empty ones. What is struck through says so. */
export function cellText(text: string): string {
  const lines = text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
  return sayStruck(lines.join('\n'));
}
