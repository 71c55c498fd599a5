import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import { fromVocabulary, patternOf } from '../../vocabulary/vocabulary-rows.ts';
import { conceptOf, concepts, controlOfHeader, fillerWords, privateHeaders } from '../column-synonyms.ts';
import { readDate } from '../values/read-dates.ts';
import { readNumber } from '../values/read-values.ts';
import { isCodeRow } from './column-names.ts';
import type { TableRow } from './table-rows.ts';

/** The place of a table in a file. */
export interface FoundTable {
  /** Line of the header; 0: the table has none. */
  readonly headerLine: number;
  /** The unchanged header; empty texts without one. */
  readonly header: readonly string[];
  /** Lines above the header, as text. */
  readonly preamble: readonly string[];
  /** An unquoted delimiter splits the text of this column in every row; absent: in none. */
  readonly splitAt?: number;
  /** The lines of titles above headers further down, and why each is no data. Absent before the rows are measured. */
  readonly titlesBelow?: ReadonlyMap<number, string>;
}

/** The number of first rows that are searched for a header. */
const searched = 60;
const longestHeader = 120;

/** Every usual header of a column, plain. */
export const knownHeaders: () => ReadonlySet<string> = fromVocabulary(
  () => new Set([...[...concepts().values()].flatMap(({ headers }) => headers), ...controlOfHeader().keys(), ...privateHeaders()]),
);
/** Headers of a column that names organizations. */
const nameHeaders = fromVocabulary(() => new Set([...conceptOf('PROVIDER').headers, ...conceptOf('NAME').headers]));

/**
 * Finds the header of a table: the row among the first 60 with the most known header texts. It needs two of them, or one in a
 * table of at most two columns. Otherwise the header is the first row as wide as the table with identifiers such as `vendor_id`,
 * or with texts above numbers, dates or links. The rows above the header are the preamble. Without such a row, the table has no header.
 *
 * @param rows the first rows: at least 200, or all rows of a shorter file
 * @param given the line that a person named; 0: there is no header
 */
export function findTable(rows: readonly TableRow[], given?: number): FoundTable {
  const width = widthOf(rows);
  const at = given === undefined ? findHeaderRow(rows, width) : rows.findIndex(({ line }) => line === given);
  if (at < 0) return { headerLine: 0, header: new Array(width).fill(''), preamble: [] };
  const row = rows[at] as TableRow;
  const named = lastFilled(row.cells) + 1;
  // If most rows are longer than the header, some columns have no name. If few are, those rows have an extra delimiter.
  const below = rows.slice(at + 1);
  const isLonger = below.filter(({ cells }) => lastFilled(cells) + 1 > named).length > below.length / 2;
  const splitAt = findSplit(below, named);
  const wide = isLonger && splitAt === undefined ? Math.max(named, width) : named;
  return {
    headerLine: row.line,
    header: nameByGroups(
      Array.from({ length: wide }, (_, index) => row.cells[index]?.trim() ?? ''),
      rows[at - 1]?.cells ?? [],
    ),
    preamble: rows.slice(0, at).map(({ cells }) => cells.filter((cell) => cell.trim() !== '').join(' ')),
    ...(splitAt === undefined ? {} : { splitAt }),
  };
}

/** Tells repeated headers apart by the heading of their group in the row above: "Contract" over "Start", and "Certificate" over "Start". */
function nameByGroups(header: readonly string[], above: readonly string[]): string[] {
  const isGroups = above.filter((cell) => cell.trim() !== '' && !isValue(cell)).length > 1;
  let group = '';
  return header.map((text, index) => {
    group = above[index]?.trim() || group;
    const isRepeated = text !== '' && header.indexOf(text) !== header.lastIndexOf(text);
    return isGroups && isRepeated && group !== '' ? `${group} ${text}` : text;
  });
}

/** The share of rows that must show one split of a text. */
const mostRows = 0.9;

/** The column whose text a delimiter splits in nearly every row: rows have one cell too many, and the cell after it alone begins with a space. */
function findSplit(below: readonly TableRow[], named: number): number | undefined {
  const longer = below.filter(({ cells }) => lastFilled(cells) === named);
  if (longer.length < 2 || longer.length < below.length * mostRows) return undefined;
  const spaced: number[] = [];
  for (let index = 1; index <= named; index++)
    if (longer.filter(({ cells }) => cells[index]?.startsWith(' ')).length >= longer.length * mostRows) spaced.push(index);
  return spaced.length === 1 ? (spaced[0] as number) - 1 : undefined;
}

/** The cells of a row under the columns of the table; undefined if it has more. */
export function cellsUnder({ header, splitAt }: FoundTable, cells: readonly string[], delimiter: string): string[] | undefined {
  if (splitAt === undefined || lastFilled(cells) < header.length) return trimTo(cells, header.length);
  const text = cells.slice(splitAt, splitAt + 2).join(delimiter);
  return trimTo([...cells.slice(0, splitAt), text, ...cells.slice(splitAt + 2)], header.length);
}

/** Pads or trims the cells to the width; undefined if the row has text beyond the table's columns. */
function trimTo(cells: readonly string[], width: number): string[] | undefined {
  for (let at = width; at < cells.length; at++) if ((cells[at] as string).trim() !== '') return undefined;
  const trimmed = cells.slice(0, width);
  while (trimmed.length < width) trimmed.push('');
  return trimmed;
}

/** The most frequent width of rows, without empty cells at their ends. On a tie, the larger width. */
export function widthOf(rows: readonly TableRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    const width = lastFilled(cells) + 1;
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  let best = 0;
  let most = 0;
  for (const [width, count] of counts) {
    if (count > most || (count === most && width > best)) [best, most] = [width, count];
  }
  // Optional last columns: many rows end early. The widest that several rows share is the table's.
  for (const [width, count] of counts) if (width > best && count >= Math.max(2, rows.length / 20)) best = width;
  return best;
}

function lastFilled(cells: readonly string[]): number {
  let last = cells.length - 1;
  while (last >= 0 && (cells[last] as string).trim() === '') last--;
  return last;
}

function findHeaderRow(rows: readonly TableRow[], width: number): number {
  let best = -1;
  let most = 0;
  const first = rows.slice(0, searched);
  for (const [at, { cells }] of first.entries()) {
    const filled = cells.filter((cell) => cell.trim() !== '');
    if (filled.length === 0 || filled.length > 1000 || filled.some((cell) => cell.length > longestHeader * 4)) continue;
    if (isCodeRow(filled) && best < 0) return findNamesBelowCodes(first, at) ?? at;
    const known = countKnown(filled);
    // A header names most of its columns: two known words among many others are a row of data.
    if (known > most && known >= (width <= 2 ? 1 : 2) && known >= filled.length / 8) [best, most] = [at, known];
  }
  if (best >= 0 && (most > 1 || isFirstOfItsWidth(first, best))) return best;
  const named = findNamedRow(first, width);
  if (named >= 0) return named;
  const identified = first.findIndex(({ cells }) => isIdentifierRow(cells, width));
  return identified >= 0 ? identified : findTextAboveValues(first, width);
}

/** The number of different texts that are usual headers. */
export function countKnown(filled: readonly string[]): number {
  return new Set(filled.map(toPlainHeader).filter((text) => isKnownHeader(text))).size;
}

/** The row below a row of codes that names the same columns. Names hold in every edition of a template; codes do not. */
function findNamesBelowCodes(rows: readonly TableRow[], at: number): number | undefined {
  const below = rows.findIndex(({ cells }, index) => index > at && cells.some((cell) => cell.trim() !== ''));
  const { cells: codes } = rows[at] as TableRow;
  const names = rows[below]?.cells ?? [];
  const isNamed = codes.every((code, index) => code.trim() === '' || (names[index] ?? '').trim() !== '');
  return isNamed && countKnown(names.filter((name) => name.trim() !== '')) > 1 ? below : undefined;
}

/** Whether all rows above are narrower. One known word in a row as wide as those above it is no header: it is a row of data. */
function isFirstOfItsWidth(rows: readonly TableRow[], at: number): boolean {
  const width = lastFilled((rows[at] as TableRow).cells);
  return width < 1 || rows.slice(0, at).every(({ cells }) => lastFilled(cells) < width);
}

/** Whether a row is as wide as the table, or a full row and nearly as wide: an unquoted delimiter may lengthen the rows of data. */
function isWide(cells: readonly string[], width: number): boolean {
  const own = lastFilled(cells) + 1;
  return own >= width || (own > 4 && own >= width - 3 && cells.slice(0, own).every((cell) => cell.trim() !== ''));
}

/** Whether a row as wide as the table holds names as programs write them: most texts are like `vendor_id`, and none repeats. */
function isIdentifierRow(cells: readonly string[], width: number): boolean {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const isIdentifier = (text: string) => /^\p{L}[\p{L}\p{N}]*(?:_[\p{L}\p{N}]+)+$/u.test(text);
  return (
    texts.length > 2 &&
    isWide(cells, width) &&
    new Set(texts).size === texts.length &&
    texts.every((text) => /^[\p{L}\p{N}_]+$/u.test(text)) &&
    texts.filter(isIdentifier).length >= texts.length / 2
  );
}

/** The first row in which one column is named for organizations, and all others are short texts of their own. */
function findNamedRow(rows: readonly TableRow[], width: number): number {
  return rows.findIndex(({ cells }, at) => {
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    return (
      (at < rows.length - 1 || filled.length > 2) &&
      (filled.length === 1 || isWide(cells, width)) &&
      new Set(filled).size === filled.length &&
      filled.every((cell) => cell.length <= longestHeader && !isValue(cell)) &&
      filled.some((cell) => nameHeaders().has(toPlainHeader(cell)))
    );
  });
}

function isKnownHeader(text: string): boolean {
  const known = knownHeaders();
  if (known.has(text)) return true;
  const words = text.split(' ');
  if (words.length < 2 || words.length > 12) return false;
  const fillers = fillerWords();
  if (known.has(words.filter((word) => !fillers.has(word)).join(' '))) return true;
  return words.some((_, from) => words.some((_, to) => to > from && to - from < 5 && known.has(words.slice(from, to + 1).join(' '))));
}

/** The first row of texts, as wide as the table, above columns whose other cells are numbers, dates or links. */
function findTextAboveValues(rows: readonly TableRow[], width: number): number {
  const at = rows.findIndex(({ cells }) => lastFilled(cells) + 1 >= width);
  if (at < 0 || width < 2) return -1;
  const { cells } = rows[at] as TableRow;
  if (cells.slice(0, width).some((cell) => isValue(cell) || cell.length > longestHeader)) return -1;
  const below = rows.slice(at + 1).filter((row) => lastFilled(row.cells) + 1 >= width - 1);
  if (below.length < 2) return -1;
  const isAbove = Array.from(
    { length: width },
    (_, index) => below.filter((row) => isValue(row.cells[index] ?? '')).length > below.length * 0.6,
  );
  return isAbove.some(Boolean) ? at : -1;
}

function isValue(cell: string): boolean {
  const text = cell.trim();
  if (text === '') return false;
  const date = readDate(text, null);
  return readNumber(text) !== undefined || typeof date === 'object' || date === 'OPEN_ORDER' || /^https?:|^[^\s@]+@[^\s@]+$/.test(text);
}

/** The known texts that the header of a further table has at least, or one fewer below a blank line. */
const fewestKnown = 3;

const ofOtherTable = 'stands in another table, which is read from a file of its own';
const betweenRows = 'is a heading between the rows';

/** A heading of vendors that were refused: "Rejected vendors", "Vendors rejected (2)". */
const refused = patternOf((words) => {
  const end = '(?:[\\s:()]+|$)';
  return `^(?=(?:.*\\s)?${words('REFUSED')}${end})(?:(?:${words('REFUSED')}|${words('VENDOR_LIST')}|\\(?\\d+)${end})+$`;
});

/** Whether a title or heading says that the vendors below it were refused. */
export function isOfRefused(heading: string): boolean {
  return heading.length <= longestHeader && refused().test(heading.trim());
}

/**
 * Tells the rows below the first table that are none of it: those of a further table, such as a list of transfers under a list of vendors,
 * and those below a heading of refused vendors. The header of the first table, or another heading, brings it back.
 */
export class TablesBelow {
  /** The lines of the titles found so far, each with its reason. A row is known as a title only once the header below it is. */
  readonly titles = new Map<number, string>();
  readonly #header: readonly string[];
  readonly #known: ReadonlyMap<number, string> | undefined;
  #isBelow = false;
  #lastLine: number;
  /** The row before, if it may be the title of a further table: one cell below a blank line. */
  #mayBeTitle: { readonly line: number; readonly text: string } | undefined;
  /** The heading of refused vendors, if the row stands below one. */
  #refused: string | undefined;
  /** Whether the row stands below the words that end a letter. */
  #isClosed = false;

  constructor({ header, headerLine, titlesBelow }: FoundTable) {
    this.#header = header;
    this.#lastLine = headerLine;
    this.#known = titlesBelow;
  }

  /**
   * Why a row is no row of the first table; undefined: it is one. Takes every row below the header, in order. The header of a further table has
   * known texts alone, and three, or two below a blank line or a title.
   */
  findReason({ line, cells, isAcross }: TableRow): string | undefined {
    const isBelowBlank = line > this.#lastLine + 1;
    this.#lastLine = line;
    const filled = cells.filter((cell) => cell.trim() !== '');
    const [first = ''] = filled;
    const known = knownHeaders();
    const title = this.#mayBeTitle;
    const fewest = fewestKnown - (isBelowBlank || title !== undefined ? 1 : 0);
    if (filled.length >= fewest && filled.every((cell) => known.has(toPlainHeader(cell)))) {
      this.#isClosed = false;
      this.#isBelow = this.#header.some((text, index) => text !== (cells[index] ?? '').trim());
      if (title !== undefined) {
        this.titles.set(title.line, this.#isBelow ? ofOtherTable : betweenRows);
        this.#refused = isOfRefused(title.text) ? title.text : undefined;
      }
    }
    this.#mayBeTitle = isBelowBlank && filled.length === 1 ? { line, text: first.trim() } : undefined;
    if (filled.length === 1 && this.#header.length > 1 && closing().test(first.trim())) this.#isClosed = true;
    if (this.#isClosed && !this.#isBelow) return 'stands below the table, where the letter around it ends';
    if (filled.length === 1 && cells[0] === first && isOfRefused(first)) {
      this.#refused = first.trim();
      return betweenRows;
    }
    if (filled.length === 1 && (isAcross || isHeading(first) || this.#known?.has(line))) this.#refused = undefined;
    if (this.#known?.has(line)) return this.#known.get(line);
    if (this.#isBelow) return ofOtherTable;
    return this.#refused === undefined ? undefined : `stands below the heading "${this.#refused}"`;
  }
}

/** Words that end a letter. */
const closing = patternOf((words) => `^${words('CLOSING')}\\s*[,.!。-]*$`);

const notes = patternOf((words) => `^(?:${words('FIGURE')}(?=\\s*[:=])|${words('NOTE_ROW')}|\\d+ ${words('COUNTED')}|©|\\*+)(?![\\p{L}])`);

/** A mark that the table refers to, and a sentence: "¹ Only for customers in the EU". */
const footnote = /^(?:[*†‡§°¹²³⁰⁴-⁹]+|\(\d{1,2}\)|\[\d{1,2}\])\s*\S+(\s+\S+){3}/u;

/** A heading above the rows of a group, which no name of an organization is: "Sage Intacct Subprocessors". */
const groupHeading = patternOf((words) => `(?:^|\\s)${words('GROUP_HEADING')}$`);

/** Whether the only filled cell of a row is a heading, by its own words. */
function isHeading(text: string): boolean {
  return /\p{L}.*:$/u.test(text.trim()) || groupHeading().test(text.trim());
}

/** The name in a row of sums. "Total" may begin the name of a company, "subtotal" does not. */
const total = patternOf((words) => `^${words('TOTAL')}(?:\\s*[:=].*)?$`);

/** The label of a row that sums a group, in the column of names: "Hosting total". */
const groupTotal = patternOf((words) => `\\s${words('TOTAL')}$`);

/** Whether a cell of a row of sums is empty, a number, or the text of the row. */
function isSum(cell: string, label: string): boolean {
  const text = cell.trim();
  return text === '' || text === label || readNumber(text) !== undefined;
}

/** Words in the row below the header of a template: the type of a column, or whether it must be filled. */
const columnNote = patternOf((words) => `^\\[?${words('COLUMN_NOTE')}\\]?$`);

export const across = 'is a heading across the columns';

/** The reason why a row is not data: a footer, a note, a repeated header. Undefined for data. */
export function findNoteReason(cells: readonly string[], table: FoundTable, nameIndex: number): string | undefined {
  let filled = 0;
  let only = '';
  for (const cell of cells) if (cell !== '' && cell.trim() !== '' && filled++ === 0) only = cell;
  if (filled === 1 && table.header.length > 2) {
    if (notes().test(only.trim()) || footnote.test(only.trim()) || only.length > 120) return 'is a note beside the table';
    if (nameIndex >= 0 && (cells[nameIndex] ?? '').trim() === '') return 'is a heading or note';
  }
  // A merged cell is exported as its text in each of its columns.
  if (filled > 2 && filled === table.header.length && cells.every((cell) => cell.trim() === only.trim())) return across;
  if (filled === 1 && table.header.length > 2 && isHeading(only)) return betweenRows;
  const name = (cells[nameIndex] ?? '').trim();
  const first = only.trim();
  // "合計,3社": a row that counts has its number in place of the name.
  if ((filled > 1 || table.header.length > 2) && total().test(name === '' || /^\d/.test(name) ? first : name)) return 'is a total';
  if (filled > 1 && nameIndex >= 0 && name === '' && groupTotal().test(first) && cells.every((cell) => isSum(cell, first)))
    return 'is a total';
  if (table.headerLine > 0 && filled > 1 && table.header.every((text, index) => text === (cells[index] ?? '').trim()))
    return 'repeats the header';
  if (isCodeRow(cells)) return 'numbers the columns';
  if (filled > 1 && cells.every((cell) => cell.trim() === '' || columnNote().test(cell.trim()))) return 'describes the columns';
  return undefined;
}
