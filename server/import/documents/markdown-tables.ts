import type { Sheet } from '../workbook/open-workbook.ts';
import { sayStruck, strike } from '../workbook/read-styles.ts';
import { cellText, type DocumentContext, type DocumentTable, DocumentTables } from './document-tables.ts';
import { htmlToText, readHtml } from './html-tables.ts';

/** The row of dashes below a header (GFM 4.10). */
const delimiterRow = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const fence = /^(?:```|~~~)/;
const heading = /^(#{1,6})[ \t]+(\S.*)$/;
/** The start of another block, which ends a table. */
const otherBlock = /^(?:>|#{1,6}[ \t]|```|~~~|<\/?[a-z]|(?:[-*_][ \t]*){3,}$|[-*+][ \t])/i;
/** A reference to a footnote, or at the start of a line the footnote itself. */
const footnote = /\[\^([^\]\s]{1,40})\](?:(?<=^[^\]]*\]):[ \t]*)?/g;
const mostFootnotes = 99;
const escaped = /\\([!-/:-@[-`{-~])/g;
const [privateFrom, privateMark] = [0xe000, /[\ue000-\ue07f]/];

/**
 * Reads the tables of a Markdown text (GitHub Flavored Markdown, 4.10): a header, a row of dashes below it, and rows until a blank line. Each
 * table has its own header. Rows are counted as lines of the file. Front matter and fenced code hold no tables. Tables of HTML are read too.
 *
 * Complexity: O(characters).
 */
export async function readMarkdown(pieces: AsyncIterable<string>, context: DocumentContext): Promise<Sheet[]> {
  let text = '';
  for await (const piece of pieces) text += piece;
  const found = new DocumentTables(context);
  const reader = new MarkdownReader(found);
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end;
    reader.read(text.slice(at, next), ++line);
    if (line % 1000 === 0) context.checkTime();
    at = next + 1;
  }
  reader.end();
  return /<table[\s>]/i.test(text)
    ? [...found.tables, ...(await readHtml(one(text), { ...context, name: `${context.name}#HTML` }))]
    : found.tables;
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}

class MarkdownReader {
  readonly #found: DocumentTables;
  #table: DocumentTable | undefined;
  /** The line before, which may be a header. */
  #before: string | undefined;
  #isFenced = false;
  #isFrontMatter = false;
  /** The numbers of the footnotes, by their names. */
  readonly #footnotes = new Map<string, number>();

  constructor(found: DocumentTables) {
    this.#found = found;
  }

  read(raw: string, line: number): void {
    const text = raw.replace(/^(?:[ \t]*>)+/, '').trim();
    if (line === 1 && text === '---') {
      this.#isFrontMatter = true;
      return;
    }
    if (this.#isFrontMatter) {
      this.#isFrontMatter = text !== '---' && text !== '...';
      return;
    }
    if (fence.test(text)) {
      this.end();
      this.#isFenced = !this.#isFenced;
      return;
    }
    if (!this.#isFenced)
      this.#readText(
        text.replace(footnote, (whole, name: string) => this.#markOf(name, whole)),
        line,
      );
  }

  /** The mark of a footnote as other documents write it: `[1]`. */
  #markOf(name: string, whole: string): string {
    const taken = new Set(this.#footnotes.values());
    const own = /^\d{1,2}$/.test(name) && !taken.has(Number(name)) ? Number(name) : undefined;
    let number = this.#footnotes.get(name) ?? own ?? mostFootnotes;
    while (number > 0 && this.#footnotes.get(name) !== number && taken.has(number)) number--;
    if (number === 0) return whole;
    this.#footnotes.set(name, number);
    return whole.endsWith(']') ? `[${number}]` : `[${number}] `;
  }

  #readText(text: string, line: number): void {
    if (this.#table !== undefined && text !== '' && !otherBlock.test(text)) {
      this.#addRow(this.#table, text, line);
      return;
    }
    const header = this.#before;
    if (header !== undefined && text.includes('-') && delimiterRow.test(text) && splitRow(header).length === splitRow(text).length) {
      // Without a bar, this is a heading that is underlined.
      if (!text.includes('|') && !header.includes('|')) {
        this.#note(text);
        return;
      }
      this.#table = this.#found.open();
      // Exported pages often leave the header blank and write it into the first row.
      const isBlank = splitRow(header).every((cell) => cell.trim() === '');
      this.#table.headerRow = isBlank ? line + 1 : line - 1;
      if (!isBlank) this.#addRow(this.#table, header, line - 1);
      this.#before = undefined;
      return;
    }
    this.end();
    this.#note(text);
  }

  #note(text: string): void {
    const titled = heading.exec(text);
    if (titled !== null) this.#found.noteHeading(plainText(titled[2] as string), (titled[1] as string).length);
    else if (text !== '' && !text.includes('|')) this.#found.noteText(plainText(text.slice(0, 1000)));
    this.#before = text === '' || titled !== null ? undefined : text;
  }

  #addRow(table: DocumentTable, text: string, line: number): void {
    for (const [index, cell] of splitRow(text).entries()) table.add(line, index + 1, cellText(plainText(cell)));
  }

  end(): void {
    if (this.#table !== undefined) this.#found.add(this.#table);
    this.#table = undefined;
    this.#before = undefined;
  }
}

/** The cells of a row. `\|` is a bar inside a cell. */
function splitRow(text: string): string[] {
  const cells = text.replace(/^\|/, '').split(/(?<!\\)\|/);
  if (cells.length > 1 && (cells.at(-1) as string).trim() === '') cells.pop();
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim());
}

/**
 * The text of a cell without its marks of emphasis, links, code and HTML. A mark without its counterpart is text: the footnote of "Zeta*". What is
 * struck through says so.
 */
export function plainText(markdown: string): string {
  const isSafe = !privateMark.test(markdown);
  let text = isSafe ? markdown.replace(escaped, (_, sign: string) => String.fromCharCode(privateFrom + sign.charCodeAt(0))) : markdown;
  text = text
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/<(https?:\/\/[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>/g, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}_])__([^_]+)__(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/~~([^~]+)~~/g, (_, struck: string) => strike(struck))
    .replace(/(?<![*\p{L}\p{N}])\*([^*\s](?:[^*]*[^*\s])?)\*(?!\*)/gu, '$1')
    .replace(/(?<![_\p{L}\p{N}])_([^_\s](?:[^_]*[^_\s])?)_(?![_\p{L}\p{N}])/gu, '$1');
  if (/[<&]/.test(text)) text = htmlToText(text);
  text = sayStruck(text);
  return isSafe ? text.replace(/[\ue000-\ue07f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - privateFrom)) : text;
}
