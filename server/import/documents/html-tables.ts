import { Parser } from 'htmlparser2';
import { FileFault } from '../rows/rejection.ts';
import type { Sheet } from '../workbook/open-workbook.ts';
import { raise, sayStruck, strike } from '../workbook/read-styles.ts';
import { copyText } from '../workbook/read-xml.ts';
import { cellText, type DocumentContext, type DocumentTable, DocumentTables } from './document-tables.ts';

/** Browsers close elements beyond 512. */
const deepest = 600;
const mostAttributes = 1000;
/** As the HTML standard limits them. */
const [mostColumns, mostRows] = [1000, 65_534];
const longestText = 1 << 20;

const blocks: ReadonlySet<string> = new Set(
  'p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer pre blockquote address'.split(' '),
);
/** Elements whose text nobody sees. */
const unseen: ReadonlySet<string> = new Set('script style template noscript svg select option textarea iframe object'.split(' '));

const struckElements: ReadonlySet<string> = new Set(['s', 'strike', 'del']);
const struckStyle = /text-decoration[\w-]*\s*:[^;]*line-through/i;

/** The text of a cell that spans rows below its own. */
interface Span {
  left: number;
  readonly text: string;
}

/** A table that is being read. A table inside a cell of another one is a table of its own. */
interface OpenTable {
  readonly table: DocumentTable;
  caption: string;
  row: number;
  column: number;
  readonly spans: Map<number, Span>;
  /** The text of the open cell or caption; undefined outside of one. */
  text: string | undefined;
  isCaption: boolean;
  colspan: number;
  rowspan: number;
  /** The cells of the open row, and those of them that are headers. */
  cells: number;
  headers: number;
}

/**
 * Reads the tables of an HTML page. A cell that spans rows stands in each of them; one that spans columns stands in the first. The text of an
 * image is its `alt`. What is struck through says so, and a raised number is the mark of a footnote. Scripts, styles and links say nothing.
 *
 * Throws FileFault UNSAFE_WORKBOOK where more than 600 elements stand inside each other, or one has more than 1,000 attributes.
 * Complexity: O(characters + cells). Memory: the filled cells, and one piece of text.
 */
export async function readHtml(pieces: AsyncIterable<string>, context: DocumentContext): Promise<Sheet[]> {
  const reader = new HtmlReader(new DocumentTables(context));
  const parser = new Parser(reader, { decodeEntities: true });
  for await (const piece of pieces) {
    parser.write(piece);
    context.checkTime();
  }
  parser.end();
  return reader.found.tables;
}

class HtmlReader {
  readonly found: DocumentTables;
  readonly #open: OpenTable[] = [];
  #depth = 0;
  #attributes = 0;
  /** How many elements stand open whose text nobody sees. */
  #unseen = 0;
  /** The depths of the open elements whose text is struck through. */
  readonly #struck: number[] = [];
  /** The depth of the open element whose text is raised, and that text. */
  #raised = 0;
  #raisedText = '';
  /** The element outside of tables whose text is read, and its text. */
  #block = '';
  #text = '';

  constructor(found: DocumentTables) {
    this.found = found;
  }

  onattribute(): void {
    if (++this.#attributes > mostAttributes) throw tooDeep('an element has more than 1,000 attributes');
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#attributes = 0;
    if (++this.#depth > deepest) throw tooDeep('more than 600 elements stand inside each other');
    if (unseen.has(name)) this.#unseen++;
    if (struckElements.has(name) || struckStyle.test(attributes.style ?? '')) this.#struck.push(this.#depth);
    if (name === 'sup' && this.#raised === 0) [this.#raised, this.#raisedText] = [this.#depth, ''];
    const table = this.#open.at(-1);
    switch (name) {
      case 'table':
        this.#endBlock();
        this.#open.push({
          ...{ table: this.found.open(), caption: '', row: 0, column: 0, spans: new Map(), text: undefined },
          ...{ isCaption: false, colspan: 1, rowspan: 1, cells: 0, headers: 0 },
        });
        return;
      case 'tr':
        if (table !== undefined) this.#beginRow(table);
        return;
      case 'td':
      case 'th':
        if (table === undefined) return;
        this.#beginCell(table, attributes);
        table.cells++;
        if (name === 'th') table.headers++;
        return;
      case 'caption':
        if (table !== undefined) [table.text, table.isCaption] = ['', true];
        return;
      case 'br':
        this.#add('\n');
        return;
      case 'li':
        this.#add('\n• ');
        return;
      case 'img':
        this.#add(attributes.alt ?? '');
        return;
    }
    if (!blocks.has(name) && name !== 'title') return;
    if (table !== undefined) this.#add('\n');
    else {
      this.#endBlock();
      this.#block = name;
    }
  }

  ontext(text: string): void {
    if (this.#unseen > 0) return;
    const spaced = text.replace(/\s+/g, ' ');
    if (this.#raised > 0 && this.#raisedText.length < longestText) this.#raisedText += spaced;
    else this.#addShown(spaced);
  }

  onclosetag(name: string): void {
    if (this.#raised >= this.#depth) {
      this.#raised = 0;
      this.#addShown(raise(this.#raisedText));
    }
    while ((this.#struck.at(-1) ?? 0) >= this.#depth) this.#struck.pop();
    this.#depth--;
    if (unseen.has(name)) this.#unseen = Math.max(0, this.#unseen - 1);
    const table = this.#open.at(-1);
    if (table === undefined) {
      if (name === this.#block) this.#endBlock();
    } else if (name === 'td' || name === 'th') this.#endCell(table);
    else if (name === 'caption') this.#endCaption(table);
    else if (name === 'tr') this.#endRow(table);
    else if (name === 'table') this.#endTable(table);
    else if (blocks.has(name)) this.#add('\n');
  }

  onend(): void {
    while (this.#open.length > 0) this.#endTable(this.#open.at(-1) as OpenTable);
    this.#endBlock();
  }

  #addShown(text: string): void {
    this.#add(this.#struck.length > 0 ? strike(text) : text);
  }

  #add(text: string): void {
    const table = this.#open.at(-1);
    if (table === undefined) {
      if (this.#block !== '' && this.#text.length < longestText) this.#text += text;
    } else if (table.text !== undefined && table.text.length <= longestText) table.text += text;
  }

  #endBlock(): void {
    const text = copyText(sayStruck(this.#text));
    if (this.#block === 'title') this.found.noteTitle(text);
    else if (/^h[1-6]$/.test(this.#block)) this.found.noteHeading(text, Number(this.#block[1]));
    else if (text !== '') this.found.noteText(text);
    [this.#block, this.#text] = ['', ''];
  }

  #beginRow(table: OpenTable): void {
    this.#endCell(table);
    this.#endRow(table);
    table.row++;
    table.column = 0;
    [table.cells, table.headers] = [0, 0];
  }

  #beginCell(table: OpenTable, { colspan, rowspan }: Readonly<Record<string, string>>): void {
    this.#endCell(table);
    if (table.row === 0 || table.column < 0) this.#beginRow(table);
    this.#fillSpans(table);
    this.#advance(table);
    table.text = '';
    table.colspan = spanOf(colspan, mostColumns);
    // 0: down to the last row of its group.
    table.rowspan = rowspan?.trim() === '0' ? mostRows : spanOf(rowspan, mostRows);
  }

  #endCell(table: OpenTable): void {
    if (table.text === undefined) return;
    if (table.isCaption) {
      this.#endCaption(table);
      return;
    }
    const text = copyText(cellText(table.text));
    table.text = undefined;
    table.table.add(table.row, table.column, text);
    this.#span(table, text);
    if (table.column === 1 && text !== '') table.table.spanColumns(table.row, table.colspan);
    for (let more = 1; more < table.colspan && table.column <= mostColumns; more++) {
      this.#advance(table);
      this.#span(table, '');
    }
  }

  /** Goes to the next column. What stands beyond the last that a list may have stands one beyond it. */
  #advance(table: OpenTable): void {
    table.column = Math.min(table.column + 1, mostColumns + 1);
  }

  #span(table: OpenTable, text: string): void {
    if (table.rowspan > 1 && table.column <= mostColumns) table.spans.set(table.column, { left: table.rowspan - 1, text });
  }

  #endCaption(table: OpenTable): void {
    table.caption ||= table.text ?? '';
    table.text = undefined;
    table.isCaption = false;
  }

  /** Adds the cells of rows above that span the next columns. */
  #fillSpans(table: OpenTable): void {
    for (;;) {
      const span = table.spans.get(table.column + 1);
      if (span === undefined) return;
      table.column++;
      table.table.add(table.row, table.column, span.text, true);
      if (--span.left === 0) table.spans.delete(table.column);
    }
  }

  #endRow(table: OpenTable): void {
    if (table.row === 0 || table.column < 0) return;
    this.#endCell(table);
    for (const column of [...table.spans.keys()].filter((one) => one > table.column).sort((a, b) => a - b)) {
      const span = table.spans.get(column) as Span;
      table.table.add(table.row, column, span.text, true);
      if (--span.left === 0) table.spans.delete(column);
    }
    // Of several rows of headers above the data, the last one names the columns.
    const isHeader = table.headers > 1 && table.headers === table.cells;
    if (isHeader && table.row === (table.table.headerRow ?? 0) + 1) table.table.headerRow = table.row;
    // The row is closed once.
    table.column = -1;
  }

  #endTable(table: OpenTable): void {
    this.#endCell(table);
    this.#endRow(table);
    this.#open.pop();
    this.found.add(table.table, table.caption);
  }
}

function spanOf(text: string | undefined, most: number): number {
  const span = Number.parseInt(text ?? '', 10);
  return span > 0 ? Math.min(span, most) : 1;
}

function tooDeep(what: string): FileFault {
  return new FileFault(
    'UNSAFE_WORKBOOK',
    1,
    `The page cannot be read: ${what}. Copy its table into a spreadsheet, save it as CSV, and import that.`,
  );
}

/** The text of a piece of HTML in which no table stands, such as a cell of Markdown. Its looks are those of `readHtml`. */
export function htmlToText(html: string): string {
  let text = '';
  let [skipped, struck, raised, raisedText] = [0, 0, 0, ''];
  const add = (piece: string) => {
    text += struck > 0 ? strike(piece) : piece;
  };
  const count = (name: string, by: 1 | -1) => {
    if (unseen.has(name)) skipped += by;
    if (struckElements.has(name)) struck += by;
    if (name === 'sup') raised += by;
  };
  const parser = new Parser({
    onopentag: (name) => {
      count(name, 1);
      if (!unseen.has(name) && (name === 'br' || blocks.has(name))) text += name === 'li' ? '\n• ' : '\n';
    },
    onclosetag: (name) => {
      if (name === 'sup') {
        add(raise(raisedText));
        raisedText = '';
      }
      count(name, -1);
    },
    ontext: (piece) => {
      if (skipped > 0) return;
      if (raised > 0) raisedText += piece;
      else add(piece);
    },
  });
  parser.end(html);
  return text;
}
