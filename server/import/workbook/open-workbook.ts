import { withoutHidden } from '../../domain/names/hidden-characters.ts';
import { ListBudget } from '../mapping/list-budget.ts';
import type { TableSource } from '../mapping/table/table-rows.ts';
import { FileFault } from '../rows/file-fault.ts';
import { readBook } from './read-book.ts';
import { readSheet } from './read-sheet.ts';
import { readStrings } from './read-strings.ts';
import { readStyles } from './read-styles.ts';
import type { SheetCells } from './sheet-cells.ts';
import { WorkbookParts } from './workbook-parts.ts';

/** Whether a name is that of a workbook or of a workbook's sheet. */
export function isWorkbook(name: string): boolean {
  return /\.xls[xm](#|$)/i.test(name);
}

/** A sheet: a table, or the reason why its cells are not read. */
export type Sheet = { readonly name: string } & ({ readonly table: TableSource } | { readonly fault: FileFault });

export interface OpenOptions {
  /** Counts the cells; default: a budget of their own. */
  readonly budget?: ListBudget;
  /** The longest time to unpack and parse the workbook. */
  readonly deadlineMs?: number;
  /** The names of the sheets to read, with or without their hidden characters; default: all. */
  readonly wanted?: readonly string[] | undefined;
}

/** A workbook of the largest size takes about 15 seconds on an idle machine. */
const workbookDeadlineMs = 120_000;
/** The most that all sheets may hold as CSV, in characters. Cells share texts, so a small workbook can hold very much. */
const mostCharacters = 1024 ** 3;

/**
 * The sheets of an .xlsx workbook, each a table named `book.xlsx#Sheet`. Dates become ISO dates, numbers their shortest decimal
 * form, formulas the value that the workbook stores for them; nothing is computed, and no other workbook is opened.
 *
 * Throws FileFault UNSAFE_WORKBOOK: more than 64 MB, more than 256 MB unpacked, links to other workbooks, XML declarations, damaged, or not
 * read within the deadline; and LIST_TOO_LARGE.
 * Complexity: O(unpacked bytes). Memory: the filled cells.
 */
export async function openWorkbook(
  name: string,
  path: string,
  { budget = new ListBudget(), deadlineMs = workbookDeadlineMs, wanted }: OpenOptions = {},
): Promise<Sheet[]> {
  return WorkbookParts.using(path, deadlineMs, async (parts) => {
    const { sheets, stringsPart, stylesPart, isFrom1904 } = await readBook(parts);
    const dateStyles = stylesPart === undefined ? [] : await readStyles(stylesPart, parts.readText(stylesPart));
    const strings = stringsPart === undefined ? [] : await readStrings(stringsPart, parts.readText(stringsPart), budget);
    const context = { strings, dateStyles, isFrom1904, budget };
    const read: Sheet[] = [];
    let left = mostCharacters;
    for (const sheet of sheets) {
      if (wanted !== undefined && !wanted.includes(sheet.name) && !wanted.includes(withoutHidden(sheet.name))) continue;
      const sheetName = `${name}#${sheet.name}`;
      try {
        const cells = await readSheet(sheet.name, sheet.part, parts.readText(sheet.part), context);
        left -= cells.characters + cells.rowCount * cells.width;
        if (left < 0) throw tooMuchText();
        read.push({ name: sheetName, table: toTable(sheetName, cells) });
      } catch (error) {
        if (!(error instanceof FileFault) || !isOfSheet(error)) throw error;
        read.push({ name: sheetName, fault: error });
      }
    }
    await parts.checkOthers();
    return read;
  });
}

/** Whether a fault leaves the other sheets readable. */
function isOfSheet({ code }: FileFault): boolean {
  return code === 'TOO_MANY_COLUMNS' || code === 'CELL_TOO_LARGE';
}

function tooMuchText(): FileFault {
  return new FileFault(
    'LIST_TOO_LARGE',
    1,
    'The sheets of this workbook hold more than 1 GB of text. Delete columns or rows, or save its sheets as CSV and import the rows in several files.',
  );
}

function toTable(name: string, cells: SheetCells): TableSource {
  return { name, encoding: 'xlsx', delimiter: '', read: async (onRow) => cells.read(onRow) };
}
