import { isReadTemplate } from '../../domain/columns/dora-templates.ts';
import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { checkHeader, FileFault } from '../rows/file-fault.ts';
import type { FileDecisions } from './decisions/mapping-document.ts';
import { nameColumns } from './table/column-names.ts';
import { TwiceDecoded } from './table/decoded-twice.ts';
import { doraTemplateOf, nameDoraColumns } from './table/dora-headers.ts';
import { cellsUnder, type FoundTable, findNoteReason, findTable } from './table/find-table.ts';
import { Headings } from './table/headings.ts';
import { ColumnProfile } from './table/profile-columns.ts';
import { ColumnForms } from './table/repair-row.ts';
import type { TableRow, TableSource } from './table/table-rows.ts';

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
  const header = nameDoraColumns(source.name, table.header);
  const columns = nameColumns(header);
  const idRoom = { characters: mostIdCharacters };
  const profiles = columns.map((column) => new ColumnProfile(idHeader.test(toPlainHeader(column)), idRoom));
  const forms = new ColumnForms(columns.length);
  const headings = new Headings();
  const twice = new TwiceDecoded();
  twice.add(header);
  const sample: string[][] = [];
  await source.read((row) => {
    if (row.line <= table.headerLine || row.fault !== undefined) return;
    const cells = cellsUnder(table, row.cells, source.delimiter);
    if (cells === undefined || findNoteReason(cells, table, -1) !== undefined) return;
    twice.add(cells);
    if (sample.length < shownRows) sample.push(cells.map((cell) => cell.slice(0, shownCharacters)));
    forms.add(cells);
    headings.add(cells);
    for (const [index, profile] of profiles.entries()) profile.add(cells[index] ?? '', assertedAt);
    return;
  });
  return { table, ownPreamble: own, decisions, header, columns, profiles, forms, headings, twice, sample };
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
