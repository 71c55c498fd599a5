import { withoutHidden } from '../../domain/text/hidden-characters.ts';
import { ListBudget } from '../mapping/list-budget.ts';
import type { TableSource } from '../mapping/table/table-rows.ts';
import { FileFault } from '../rows/rejection.ts';
import type { SheetCells } from './read-sheet.ts';
import { readSheet } from './read-sheet.ts';
import { RunLook, readStyles, sayStruck } from './read-styles.ts';
import { checkLength, copyText, decodeText, readXml } from './read-xml.ts';
import { unreadableWorkbook } from './workbook-fault.ts';
import { WorkbookParts } from './workbook-parts.ts';

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
    const styles = stylesPart === undefined ? [] : await readStyles(stylesPart, parts.readText(stylesPart));
    const strings = stringsPart === undefined ? [] : await readStrings(stringsPart, parts.readText(stringsPart), budget);
    const context = { strings, styles, isFrom1904, budget };
    const read: Sheet[] = [];
    let left = mostCharacters;
    for (const sheet of sheets) {
      if (wanted !== undefined && !wanted.includes(sheet.name) && !wanted.includes(withoutHidden(sheet.name))) continue;
      const sheetName = `${name}#${sheet.name}`;
      try {
        const cells = await readSheet(sheet.name, sheet.part, parts.readText(sheet.part), context);
        left -= cells.characters + cells.rowCount * cells.width;
        if (left < 0) throw tooMuchText();
        read.push({ name: sheetName, table: toTable(sheetName, cells, sheet.isHidden) });
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

function toTable(name: string, cells: SheetCells, isHidden: boolean): TableSource {
  const hidden = [isHidden ? 'the whole sheet is hidden' : undefined, cells.hidden].filter((one) => one !== undefined).join(', ');
  const table = { name, encoding: 'xlsx', delimiter: '', read: async (onRow: Parameters<SheetCells['read']>[0]) => cells.read(onRow) };
  return hidden === '' ? table : { ...table, hidden };
}

/**
 * Reads the texts that the cells of all sheets share. A text of several formats is one text, in which what is struck through says so; phonetic
 * guides are left out.
 *
 * Throws FileFault LIST_TOO_LARGE and CELL_TOO_LARGE.
 */
async function readStrings(part: string, pieces: AsyncIterable<string>, budget: ListBudget): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let [isItem, isText, isPhonetic] = [false, false, false];
  const look = new RunLook();
  await readXml(part, pieces, {
    onOpen(name, attribute) {
      look.onOpen(name, attribute);
      if (name === 'si') [isItem, text] = [true, ''];
      else if (name === 't') isText = true;
      else if (name === 'rPh') isPhonetic = true;
    },
    onText(piece) {
      if (!isItem || !isText || isPhonetic) return;
      text += look.apply(piece);
      checkLength(text, null);
    },
    onClose(name) {
      look.onClose(name);
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        text = sayStruck(text);
        budget.takeCell(text, true);
        strings.push(copyText(decodeText(text)));
        isItem = false;
      }
    },
  });
  return strings;
}

/** The sheets of a workbook, and the parts that their cells refer to. */
interface Book {
  /** In the order of the tabs, hidden ones too. Charts have no cells and are left out. */
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly isHidden: boolean }[];
  readonly stringsPart: string | undefined;
  readonly stylesPart: string | undefined;
  /** Whether day 0 is in 1904, as on old Macs, and not in 1900. */
  readonly isFrom1904: boolean;
}

const bookPart = 'xl/workbook.xml';
const relationsPart = 'xl/_rels/workbook.xml.rels';
/** The two editions of the format (ECMA-376), transitional and strict. */
const relationTypes = /^http:\/\/(?:schemas\.openxmlformats\.org|purl\.oclc\.org\/ooxml)\/officeDocument\/(?:2006\/)?relationships\/(\w+)$/;
const mostSheets = 1000;
/** Spreadsheet programs allow 31. */
const longestName = 255;

/** Reads what a workbook consists of. Throws FileFault UNSAFE_WORKBOOK, also where two sheets share a name or a part. */
async function readBook(parts: WorkbookParts): Promise<Book> {
  const targets = await readRelations(parts);
  const worksheets = new Map(targets.filter(({ type }) => type === 'worksheet').map(({ id, part }) => [id, part]));
  const findPart = (wanted: string, usual: string) => {
    const part = targets.findLast(({ type }) => type === wanted)?.part ?? usual;
    return parts.has(part) ? part : undefined;
  };
  const { sheets, isFrom1904 } = await readSheetNames(parts);
  const found = sheets.flatMap(({ name, id, isHidden }) => {
    const part = worksheets.get(id);
    return part === undefined ? [] : [{ name, part, isHidden }];
  });
  for (const key of ['name', 'part'] as const)
    if (new Set(found.map((sheet) => sheet[key])).size < found.length) throw unreadableWorkbook(`two sheets have the same ${key}`);
  return {
    sheets: found,
    stringsPart: findPart('sharedStrings', 'xl/sharedStrings.xml'),
    stylesPart: findPart('styles', 'xl/styles.xml'),
    isFrom1904,
  };
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly part: string;
}

async function readRelations(parts: WorkbookParts): Promise<Relation[]> {
  const relations: Relation[] = [];
  await readXml(relationsPart, parts.readText(relationsPart), {
    onOpen(name, attribute) {
      if (name !== 'Relationship') return;
      const type = relationTypes.exec(attribute('Type') ?? '')?.[1];
      const target = attribute('Target');
      if (type === undefined || target === undefined || !/^(?:worksheet|styles|sharedStrings)$/.test(type)) return;
      if (relations.length === mostSheets + 2) throw unreadableWorkbook('it has more than 1,000 sheets');
      relations.push({ id: attribute('Id') ?? '', type, part: target.startsWith('/') ? target.slice(1) : `xl/${target}` });
    },
  });
  return relations;
}

async function readSheetNames(
  parts: WorkbookParts,
): Promise<{ readonly sheets: { name: string; id: string; isHidden: boolean }[]; readonly isFrom1904: boolean }> {
  const sheets: { name: string; id: string; isHidden: boolean }[] = [];
  let isFrom1904: boolean | undefined;
  await readXml(bookPart, parts.readText(bookPart), {
    onOpen(element, attribute) {
      if (element === 'workbookPr') isFrom1904 ??= /^(?:1|true)$/.test(attribute('date1904') ?? '');
      if (element !== 'sheet') return;
      const name = copyText(decodeText(attribute('name') ?? ''));
      if (name === '') return;
      if (name.length > longestName) throw unreadableWorkbook('the name of a sheet is longer than 255 characters');
      if (sheets.length === mostSheets) throw unreadableWorkbook('it has more than 1,000 sheets');
      sheets.push({ name, id: attribute('id') ?? '', isHidden: /^(?:very)?hidden$/i.test(attribute('state') ?? '') });
    },
  });
  return { sheets, isFrom1904: isFrom1904 === true };
}
