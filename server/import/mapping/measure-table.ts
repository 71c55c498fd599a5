import { isReadTemplate } from '../../domain/columns/dora-templates.ts';
import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { checkHeader, FileFault } from '../rows/rejection.ts';
import { fromVocabulary, legalFormsOf, toPattern } from '../vocabulary/vocabulary-rows.ts';
import type { FileDecisions } from './decisions/mapping-document.ts';
import { doraTemplateOf, Headings, nameColumns, nameDoraColumns } from './table/column-names.ts';
import { TwiceDecoded } from './table/csv-source.ts';
import type { FoundTable } from './table/find-table.ts';
import { cellsUnder, findNoteReason, findTable, TablesBelow } from './table/find-table.ts';
import { ColumnProfile } from './table/profile-columns.ts';
import type { TableRow, TableSource } from './table/table-rows.ts';
import { findCountry } from './values/country-codes.ts';
import { readDate } from './values/read-dates.ts';
import { readNumber } from './values/read-values.ts';

/** A table in a file, and the counts of the forms of its cells. */
export interface MeasuredTable {
  readonly table: FoundTable;
  /** The part of the preamble that stands in the table itself, and not in the document around it. */
  readonly ownPreamble: readonly string[];
  readonly decisions: FileDecisions;
  /** The titles of the columns. Those of a DORA template are replaced by their names. */
  readonly header: readonly string[];
  /** A name for each column. */
  readonly columns: readonly string[];
  readonly profiles: readonly ColumnProfile[];
  readonly forms: ColumnForms;
  readonly headings: Headings;
  readonly twice: TwiceDecoded;
  /** The first rows, with cells cut. */
  readonly sample: readonly (readonly string[])[];
}

/** The table is searched in this many rows. */
const searchedRows = 400;
/** Fewer rows are searched where they hold this many characters. */
const searchedCharacters = 4_000_000;
/** The ids of all columns together that are remembered to find one that repeats. */
const mostIdCharacters = 64 * 1024 ** 2;
const shownRows = 20;
const shownCharacters = 200;
const idHeader = /(^| )(id|number|no|nr|code|ref|reference|numero|nummer|lei|expediente)( |$)/;

/**
 * Finds the table in a file and counts the forms of all cells. Throws FileFault EMPTY_FILE, or UNKNOWN_KIND for markup and for DORA templates
 * without organizations.
 *
 * @param decide the decisions for a file with this header
 * @param assertedAt epoch ms; a date before it is past
 */
export async function measureTable(
  source: TableSource,
  decide: (header: readonly string[]) => FileDecisions,
  assertedAt: number,
): Promise<MeasuredTable> {
  const first: TableRow[] = [];
  let characters = 0;
  await source.read((row) => {
    for (const { length } of row.cells) characters += length;
    return first.push(row) < searchedRows && characters < searchedCharacters;
  });
  if (first.length === 0) throw new FileFault('EMPTY_FILE', 1, 'The file holds no rows.');
  refuseMarkup(first[0] as TableRow);
  const early = decide(findTable(first).header);
  const headerLine = source.headerLine ?? early.headerLine;
  const found = findTable(first, headerLine);
  const own = found.preamble;
  const table = { ...found, preamble: [...(source.preamble ?? []), ...own] };
  const decisions = headerLine === undefined ? early : decide(table.header);
  const template = doraTemplateOf(source.name);
  if (template !== undefined && !isReadTemplate(template) && decisions.kinds === undefined)
    throw new FileFault('UNKNOWN_KIND', table.headerLine || 1, `The template ${template} lists no organizations and no engagements.`);
  checkHeader(table.header, table.headerLine);
  const header = nameDoraColumns(source.name, table.header).map((text) => text.replace(customField, '$1'));
  const columns = nameColumns(header);
  const idRoom = { characters: mostIdCharacters };
  const profiles = columns.map((column) => new ColumnProfile(idHeader.test(toPlainHeader(column)), idRoom));
  const forms = new ColumnForms(columns.length);
  const headings = new Headings();
  const twice = new TwiceDecoded();
  twice.add(header);
  const sample: string[][] = [];
  const below = new TablesBelow(table);
  await source.read((row) => {
    if (row.line <= table.headerLine || row.fault !== undefined || below.findReason(row) !== undefined || row.isAcross) return;
    const cells = cellsUnder(table, row.cells, source.delimiter);
    if (cells === undefined || findNoteReason(cells, table, -1) !== undefined) return;
    twice.add(cells);
    if (sample.length < shownRows) sample.push(cells.map((cell) => cell.slice(0, shownCharacters)));
    forms.add(cells);
    headings.add(cells);
    for (const [index, profile] of profiles.entries()) profile.add(cells[index] ?? '', assertedAt);
    return;
  });
  const whole = { ...table, titlesBelow: below.titles };
  return { table: whole, ownPreamble: own, decisions, header, columns, profiles, forms, headings, twice, sample };
}

/** Throws FileFault NOT_TEXT for a web page, XML or JSON, whose lines could pass for a list of names. */
function refuseMarkup({ cells, line }: TableRow): void {
  const start = (cells[0] as string).trimStart();
  const [what, end] = /^(<!doctype html|<html|<table)/i.test(start)
    ? ['a web page', '.html']
    : /^<(\?xml|[a-z]+[\s>])/i.test(start)
      ? ['XML', undefined]
      : /^(\[\s*)?\{/.test(start)
        ? ['JSON', '.json']
        : [undefined, undefined];
  const wayOut =
    end === undefined ? 'Export the table behind it as CSV, and import that.' : `Let its name end with ${end}, and import it again.`;
  if (what !== undefined) throw new FileFault('NOT_TEXT', line, `The file is ${what}, not CSV. ${wayOut}`);
}

/** Ticket systems write a header of their customers as "Custom field (Vendor)". */
const customField = /^\s*custom field \((.+)\)\s*$/i;

/** Later rows do not change the picture of a column. */
const looked = 2000;
/** The form of a text shows in its first characters. */
const longestForm = 1000;

/** "Inc." after the comma of "Acme, Inc.". */
const legalFormAfterComma = fromVocabulary(() => new RegExp(`^\\s?(?:${toPattern(legalFormsOf('COMMA'))})\\b`, 'i'));

type Form = 'date' | 'email' | 'website' | 'country' | 'number' | 'text';

/** The forms of a column's cells in the first 2,000 rows of the right length, with the share of each form. */
class ColumnForms {
  readonly #width: number;
  #looked = 0;
  readonly #counts: Map<Form, number>[];
  readonly #filled: number[];
  readonly #leadingSpaces: number[];

  constructor(width: number) {
    this.#width = width;
    this.#counts = Array.from({ length: width }, () => new Map());
    this.#filled = new Array(width).fill(0);
    this.#leadingSpaces = new Array(width).fill(0);
  }

  add(cells: readonly string[]): void {
    if (this.#looked >= looked) return;
    this.#looked++;
    for (let index = 0; index < this.#width; index++) {
      const cell = cells[index] ?? '';
      if (cell.trim() === '') continue;
      const counts = this.#counts[index] as Map<Form, number>;
      const form = formOf(cell);
      counts.set(form, (counts.get(form) ?? 0) + 1);
      (this.#filled as number[])[index] = (this.#filled[index] as number) + 1;
      if (/^\s/.test(cell)) (this.#leadingSpaces as number[])[index] = (this.#leadingSpaces[index] as number) + 1;
    }
  }

  /**
   * Repairs a row that an unquoted delimiter split into too many cells. Joins cells at the only place that gives every cell the
   * form of its column. Undefined if no place or several places fit: a wrong guess would move values to other columns.
   */
  repair(cells: readonly string[], delimiter: string): string[] | undefined {
    const extra = cells.length - this.#width;
    if (extra < 1 || extra > 3) return undefined;
    let best: { readonly score: number; readonly cells: string[] } | undefined;
    let isTied = false;
    for (let at = 0; at < this.#width; at++) {
      const joined = [...cells.slice(0, at), cells.slice(at, at + extra + 1).join(delimiter), ...cells.slice(at + extra + 1)];
      // A space after the comma indicates a sentence or a name: ", Inc."
      const spaces = cells.slice(at + 1, at + extra + 1).filter((cell) => /^\s/.test(cell)).length;
      const isSpacedColumn = (this.#leadingSpaces[at + 1] ?? 0) > (this.#filled[at + 1] ?? 0) / 2;
      const isLegalForm = legalFormAfterComma().test(cells[at + 1] ?? '');
      const score = this.#fit(joined) + (isSpacedColumn ? 0 : spaces) + (isLegalForm ? 1 : 0);
      if (best === undefined || score > best.score + 1e-9) {
        best = { score, cells: joined };
        isTied = false;
      } else if (Math.abs(score - best.score) <= 1e-9) isTied = true;
    }
    return best === undefined || isTied ? undefined : best.cells;
  }

  #fit(cells: readonly string[]): number {
    let fit = 0;
    for (const [index, cell] of cells.entries()) {
      const filled = this.#filled[index] as number;
      if (cell.trim() === '' || filled === 0) continue;
      fit += (((this.#counts[index] as Map<Form, number>).get(formOf(cell)) ?? 0) / filled) * 2 - 1;
    }
    return fit;
  }
}

function formOf(cell: string): Form {
  const text = cell.slice(0, longestForm).trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'email';
  if (/^(https?:\/\/|www\.)\S+$/i.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/\S*)?$/i.test(text)) return 'website';
  const date = text.length <= 40 ? readDate(text, null) : 'UNREADABLE';
  if (typeof date === 'object' || date === 'OPEN_ORDER' || date === 'NO_END') return 'date';
  if (readNumber(text) !== undefined) return 'number';
  return findCountry(text) === undefined ? 'text' : 'country';
}
