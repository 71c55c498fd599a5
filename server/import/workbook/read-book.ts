import { copyText, decodeText } from './decode-text.ts';
import { readXml } from './read-xml.ts';
import { unreadableWorkbook } from './workbook-fault.ts';
import type { WorkbookParts } from './workbook-parts.ts';

/** The sheets of a workbook, and the parts that their cells refer to. */
export interface Book {
  /** In the order of the tabs, hidden ones too. Charts have no cells and are left out. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
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
export async function readBook(parts: WorkbookParts): Promise<Book> {
  const targets = await readRelations(parts);
  const worksheets = new Map(targets.filter(({ type }) => type === 'worksheet').map(({ id, part }) => [id, part]));
  const findPart = (wanted: string, usual: string) => {
    const part = targets.findLast(({ type }) => type === wanted)?.part ?? usual;
    return parts.has(part) ? part : undefined;
  };
  const { sheets, isFrom1904 } = await readSheetNames(parts);
  const found = sheets.flatMap(({ name, id }) => {
    const part = worksheets.get(id);
    return part === undefined ? [] : [{ name, part }];
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
): Promise<{ readonly sheets: { name: string; id: string }[]; readonly isFrom1904: boolean }> {
  const sheets: { name: string; id: string }[] = [];
  let isFrom1904: boolean | undefined;
  await readXml(bookPart, parts.readText(bookPart), {
    onOpen(element, attribute) {
      if (element === 'workbookPr') isFrom1904 ??= /^(?:1|true)$/.test(attribute('date1904') ?? '');
      if (element !== 'sheet') return;
      const name = copyText(decodeText(attribute('name') ?? ''));
      if (name === '') return;
      if (name.length > longestName) throw unreadableWorkbook('the name of a sheet is longer than 255 characters');
      if (sheets.length === mostSheets) throw unreadableWorkbook('it has more than 1,000 sheets');
      sheets.push({ name, id: attribute('id') ?? '' });
    },
  });
  return { sheets, isFrom1904: isFrom1904 === true };
}
