import { FileFault } from '../rows/rejection.ts';
import type { Sheet } from '../workbook/open-workbook.ts';
import { isOn, RunLook, raise, sayStruck, strike } from '../workbook/read-styles.ts';
import type { XmlHandlers } from '../workbook/read-xml.ts';
import { copyText, readXml } from '../workbook/read-xml.ts';
import { unsafeWorkbook } from '../workbook/workbook-fault.ts';
import type { WorkbookParts } from '../workbook/workbook-parts.ts';
import type { DocumentContext, DocumentTable } from './document-tables.ts';
import { cellText, DocumentTables } from './document-tables.ts';

/** The last row and column of a spreadsheet. */
const [lastRow, lastColumn] = [1_048_576, 16_384];

/**
 * Reads the sheets of an OpenDocument spreadsheet (OASIS 1.3, part 3). As of a workbook: dates become ISO dates, numbers their shortest decimal
 * form, formulas the value that is stored for them. Comments are no text of their cell.
 *
 * Throws FileFault as `WorkbookParts`, also for sheets that are linked to other files.
 */
export async function readOpenDocument(parts: WorkbookParts, context: DocumentContext): Promise<Sheet[]> {
  const found = new DocumentTables(context);
  await readXml('content.xml', parts.readText('content.xml'), new OpenDocumentReader(found, context.checkTime));
  return found.tables;
}

class OpenDocumentReader implements XmlHandlers {
  readonly #found: DocumentTables;
  readonly #checkTime: () => void;
  #table: DocumentTable | undefined;
  #name = '';
  #row = 0;
  #column = 0;
  #columnCount = 0;
  #isRowHidden = false;
  #rowRepeats = 1;
  /** The texts of the open row, by column, and how often each repeats. */
  #cells: { readonly column: number; readonly text: string; readonly repeats: number }[] = [];
  #cell: OpenCell | undefined;
  #text = '';
  #paragraphs = 0;
  /** How many elements stand open inside a comment. */
  #comment = 0;
  /** The looks of the styles, by their names, and the style that is being read. */
  readonly #looks = new Map<string, OpenDocumentLook>();
  #style = '';
  /** The looks of the open cell, paragraphs and spans. */
  readonly #open: (OpenDocumentLook | undefined)[] = [];

  constructor(found: DocumentTables, checkTime: () => void) {
    this.#found = found;
    this.#checkTime = checkTime;
  }

  onOpen(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'table-source' || name === 'cell-range-source')
      throw unsafeWorkbook('links to other files', 'Break the links in the spreadsheet program (Edit > Links), save it, and import that.');
    if (this.#comment > 0 || name === 'annotation') {
      this.#comment++;
      return;
    }
    if (this.#cell !== undefined && (name === 'p' || name === 'span')) this.#open.push(this.#looks.get(attribute('style-name') ?? ''));
    switch (name) {
      case 'style':
        this.#style = attribute('name') ?? '';
        return;
      case 'text-properties': {
        const isStruck = isOn(attribute('text-line-through-style') ?? attribute('text-line-through-type') ?? 'none');
        const isRaised = /^(?:super|[1-9])/.test(attribute('text-position') ?? '');
        if ((isStruck || isRaised) && this.#looks.size < mostLooks) this.#looks.set(this.#style, { isStruck, isRaised });
        return;
      }
      case 'table':
        // A table inside a cell is part of no list.
        if (this.#table !== undefined) return;
        this.#table = this.#found.open();
        this.#name = attribute('name') ?? '';
        [this.#row, this.#column, this.#columnCount] = [0, 0, 0];
        return;
      case 'table-row':
        this.#rowRepeats = repeatsOf(attribute('number-rows-repeated'), lastRow);
        this.#cells = [];
        this.#column = 0;
        this.#isRowHidden = isHidden(attribute('visibility'));
        return;
      case 'table-column': {
        const repeats = repeatsOf(attribute('number-columns-repeated'), lastColumn);
        if (isHidden(attribute('visibility'))) this.#table?.hideColumns(this.#columnCount + 1, this.#columnCount + repeats);
        this.#columnCount += repeats;
        return;
      }
      case 'table-cell':
      case 'covered-table-cell':
        this.#cell = {
          value: storedValueOf(attribute),
          repeats: repeatsOf(attribute('number-columns-repeated'), lastColumn),
          rows: repeatsOf(attribute('number-rows-spanned'), lastRow),
        };
        this.#open.length = 0;
        this.#open.push(this.#looks.get(attribute('style-name') ?? ''));
        [this.#text, this.#paragraphs] = ['', 0];
        return;
      case 'p':
        if (this.#paragraphs++ > 0) this.#text += '\n';
        return;
      case 's':
        this.#text += ' '.repeat(Math.min(repeatsOf(attribute('c'), 1000), 1000));
        return;
      case 'tab':
        this.#text += ' ';
        return;
      case 'line-break':
        this.#text += '\n';
    }
  }

  onText(text: string): void {
    if (this.#comment > 0 || this.#cell === undefined || this.#paragraphs === 0) return;
    const shown = this.#open.some((look) => look?.isRaised === true) ? raise(text) : text;
    this.#text += this.#open.some((look) => look?.isStruck === true) ? strike(shown) : shown;
  }

  onClose(name: string): void {
    if (this.#comment > 0) {
      this.#comment--;
      return;
    }
    if (this.#cell !== undefined && (name === 'p' || name === 'span')) this.#open.pop();
    if (name === 'table-cell' || name === 'covered-table-cell') this.#endCell();
    else if (name === 'table-row') this.#endRow();
    else if (name === 'table' && this.#table !== undefined) {
      this.#found.add(this.#table, this.#name);
      this.#table = undefined;
    }
  }

  #endCell(): void {
    const { value, repeats, rows } = this.#cell as OpenCell;
    const stored = value !== undefined && this.#open[0]?.isStruck === true ? strike(value) : value;
    const text = sayStruck(stored ?? this.#text.trim());
    if (text !== '') this.#cells.push({ column: this.#column + 1, text: copyText(text), repeats });
    if (rows > 1) this.#table?.span(this.#row + 1, this.#column + 1, rows);
    this.#column += repeats;
    this.#cell = undefined;
  }

  #endRow(): void {
    const isFilled = this.#cells.length > 0;
    for (let repeat = 0; isFilled && repeat < this.#rowRepeats; repeat++) {
      if (repeat % 1000 === 0) this.#checkTime();
      if (this.#isRowHidden) this.#table?.hideRow(this.#row + repeat + 1);
      for (const { column, text, repeats } of this.#cells)
        for (let at = 0; at < repeats; at++) this.#add(this.#row + repeat + 1, column + at, text);
    }
    this.#row += this.#rowRepeats;
    this.#cells = [];
  }

  #add(row: number, column: number, text: string): void {
    if (row > lastRow) throw unsafeWorkbook('has more than 1,048,576 rows in a sheet', 'Save its sheets as CSV, and import those.');
    this.#table?.add(row, column, text, true);
  }
}

/** Whether a row or column is hidden, by a person or by a filter. */
function isHidden(visibility: string | undefined): boolean {
  return visibility === 'collapse' || visibility === 'filter';
}

/** The looks of a style of an OpenDocument that change what a text says. */
interface OpenDocumentLook {
  readonly isStruck: boolean;
  readonly isRaised: boolean;
}

const mostLooks = 100_000;

interface OpenCell {
  /** The value that is stored beside the text, if there is one. */
  readonly value: string | undefined;
  readonly repeats: number;
  /** The number of rows that the cell spans. */
  readonly rows: number;
}

function repeatsOf(text: string | undefined, most: number): number {
  const count = Number.parseInt(text ?? '', 10);
  return count > 0 ? Math.min(count, most) : 1;
}

/** The value of a cell that has one; undefined: its text. */
function storedValueOf(attribute: (name: string) => string | undefined): string | undefined {
  switch (attribute('value-type')) {
    case 'date':
      return attribute('date-value')?.replace(/T00:00:00(?:\.0+)?$/, '');
    case 'boolean':
      return attribute('boolean-value')?.toLowerCase();
    case 'float':
    case 'currency':
    case 'percentage': {
      const value = attribute('value');
      return value === undefined || value === '' || !Number.isFinite(Number(value)) ? undefined : String(Number(value));
    }
    default:
      return undefined;
  }
}

/**
 * Reads the tables of a Word document (ECMA-376 part 1, §17.4). A cell merged downwards stands in each of its rows. Deleted text that a review
 * still shows is left out, what is struck through says so, and a footnote of the document is one of its tables.
 */
export async function readWordDocument(parts: WorkbookParts, context: DocumentContext): Promise<Sheet[]> {
  const found = new DocumentTables(context);
  const part = 'word/document.xml';
  if (!parts.has(part))
    throw new FileFault(
      'NOT_TEXT',
      1,
      'The file is no Word document (.docx). Save it as .docx anew, or its table as CSV, and import that.',
    );
  const notes = parts.has(notesPart) ? await readNotes(parts) : new Map<string, string>();
  const reader = new WordReader(found, notes);
  await readXml(part, parts.readText(part), reader);
  for (const note of reader.footnotes) found.noteText(note);
  return found.tables;
}

const notesPart = 'word/footnotes.xml';

/** The texts of the footnotes of a document, by their ids (ECMA-376 part 1, §17.11). */
async function readNotes(parts: WorkbookParts): Promise<Map<string, string>> {
  const notes = new Map<string, string>();
  let [id, text, isText] = ['', '', false];
  await readXml(notesPart, parts.readText(notesPart), {
    onOpen(name, attribute) {
      if (name === 'footnote') [id, text] = [attribute('id') ?? '', ''];
      else if (name === 'p' && text !== '') text += ' ';
      isText = name === 't';
    },
    onText(piece) {
      if (isText && text.length < longestNote) text += piece;
    },
    onClose(name) {
      isText = false;
      if (name === 'footnote' && text.trim() !== '') notes.set(id, copyText(text.trim()));
    },
  });
  return notes;
}

const longestNote = 1000;
/** A mark has two digits. */
const mostNotes = 99;

interface WordTable {
  readonly table: DocumentTable;
  row: number;
  column: number;
  span: number;
  isMerged: boolean;
  text: string | undefined;
  /** The texts of cells that may go on in the row below, by column. */
  readonly above: Map<number, string>;
}

class WordReader implements XmlHandlers {
  readonly #found: DocumentTables;
  readonly #open: WordTable[] = [];
  #paragraph = '';
  #style = '';
  #isText = false;
  readonly #look = new RunLook();
  /** The footnotes that the text refers to, each behind its mark: `[1] …`. */
  readonly footnotes: string[] = [];
  readonly #notes: ReadonlyMap<string, string>;
  /** Elements open inside of a text that is shown a second time for older programs. */
  #fallback = 0;

  constructor(found: DocumentTables, notes: ReadonlyMap<string, string>) {
    this.#found = found;
    this.#notes = notes;
  }

  onOpen(name: string, attribute: (name: string) => string | undefined): void {
    if (this.#fallback > 0 || name === 'Fallback') {
      this.#fallback++;
      return;
    }
    this.#look.onOpen(name, attribute);
    const table = this.#open.at(-1);
    switch (name) {
      case 'tbl':
        this.#open.push({ table: this.#found.open(), row: 0, column: 0, span: 1, isMerged: false, text: undefined, above: new Map() });
        return;
      case 'tr':
        if (table !== undefined) [table.row, table.column] = [table.row + 1, 0];
        return;
      case 'gridBefore':
        if (table !== undefined) table.column += repeatsOf(attribute('val'), 1000);
        return;
      case 'tc':
        if (table !== undefined) [table.text, table.span, table.isMerged] = ['', 1, false];
        return;
      case 'gridSpan':
        if (table !== undefined) table.span = repeatsOf(attribute('val'), 1000);
        return;
      case 'vMerge':
        if (table !== undefined) table.isMerged = attribute('val') !== 'restart';
        return;
      case 'p':
        [this.#paragraph, this.#style] = ['', ''];
        return;
      case 'pStyle':
        this.#style = attribute('val') ?? '';
        return;
      case 'numPr':
        if (table !== undefined) this.#paragraph = '• ';
        return;
      case 't':
        this.#isText = true;
        return;
      case 'footnoteReference':
        this.#refer(this.#notes.get(attribute('id') ?? ''));
        return;
      case 'tab':
        this.#paragraph += ' ';
        return;
      case 'br':
      case 'cr':
        this.#paragraph += '\n';
    }
  }

  onText(text: string): void {
    if (this.#isText && this.#fallback === 0) this.#paragraph += this.#look.apply(text);
  }

  #refer(note: string | undefined): void {
    if (note === undefined || this.footnotes.length === mostNotes) return;
    const mark = `[${this.footnotes.length + 1}]`;
    this.#paragraph += mark;
    this.footnotes.push(`${mark} ${note}`);
  }

  onClose(name: string): void {
    if (this.#fallback > 0) {
      this.#fallback--;
      return;
    }
    this.#look.onClose(name);
    const table = this.#open.at(-1);
    if (name === 't') this.#isText = false;
    else if (name === 'p') this.#endParagraph(table);
    else if (name === 'tc' && table !== undefined) endWordCell(table);
    else if (name === 'tbl' && table !== undefined) {
      this.#open.pop();
      this.#found.add(table.table);
    }
  }

  #endParagraph(table: WordTable | undefined): void {
    const shown = this.#paragraph;
    this.#paragraph = '';
    if (table !== undefined) {
      if (table.text !== undefined) table.text += `${copyText(shown)}\n`;
      return;
    }
    const text = copyText(sayStruck(shown));
    const level = /^(?:heading|berschrift|titre|titolo|ttulo|nagwek)(\d)$/i.exec(this.#style)?.[1];
    if (/^title$/i.test(this.#style)) this.#found.noteTitle(text);
    else if (level !== undefined) this.#found.noteHeading(text, Number(level));
    else this.#found.noteText(text);
  }
}

function endWordCell(table: WordTable): void {
  const own = cellText(table.text ?? '');
  const column = table.column + 1;
  const text = table.isMerged && own === '' ? (table.above.get(column) ?? '') : own;
  table.above.set(column, text);
  table.table.add(table.row, column, text);
  table.column += table.span;
  table.text = undefined;
}
