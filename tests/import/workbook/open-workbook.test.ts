import type { TableRow } from '../../../server/import/mapping/table/table-rows.ts';
import { openWorkbook } from '../../../server/import/workbook/open-workbook.ts';
import { isDateFormat } from '../../../server/import/workbook/read-styles.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import type { Parts } from '../hostile/hostile-workbooks.ts';
import { bookOf, partsOf } from '../hostile/hostile-workbooks.ts';

import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

async function readSheets(parts: Parts): Promise<Record<string, readonly TableRow[] | string>> {
  const [file] = bench.write({ 'b.xlsx': bookOf(parts) });
  const sheets: Record<string, readonly TableRow[] | string> = {};
  for (const sheet of await openWorkbook('b.xlsx', file?.path as string)) {
    const rows: TableRow[] = [];
    if ('table' in sheet) await sheet.table.read((row) => void rows.push(row));
    sheets[sheet.name] = 'table' in sheet ? rows : sheet.fault.code;
  }
  return sheets;
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
const relations = (...all: readonly string[]) => `<Relationships>${all.join('')}</Relationships>`;
const withAll: Parts = {
  'xl/_rels/workbook.xml.rels': relations(
    relation('rId1', `${types}/worksheet`, 'worksheets/sheet1.xml'),
    relation('rId2', `${types}/styles`, '/xl/styles.xml'),
    relation('rId3', `${types}/sharedStrings`, 'sharedStrings.xml'),
  ),
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]d. mmm yyyy;@"/><numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/><xf xfId="1"/></cellXfs></styleSheet>',
  'xl/sharedStrings.xml':
    '<sst><si><t xml:space="preserve"> plain </t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t>runs</t></r></si>' +
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000A_b_x005F_x0041_</t></si></sst>',
};
const one = (cell: string) => `<row r="1">${cell}</row>`;

describe('the cell of a workbook', () => {
  it.each([
    ['a number', '<c r="A1"><v>3.1172265E6</v></c>', '3117226.5'],
    ['a small number', '<c r="A1" t="n"><v>0.1</v></c>', '0.1'],
    ['a percentage', '<c r="A1" s="4"><v>0.25</v></c>', '0.25'],
    ['a number of days in words', '<c r="A1" s="3"><v>90</v></c>', '90'],
    ['a date', '<c r="A1" s="1"><v>45720</v></c>', '2025-03-04'],
    ['a date by a format of its own', '<c r="A1" s="2"><v>45720</v></c>', '2025-03-04'],
    ['a date by the style below', '<c r="A1" s="5"><v>45720</v></c>', '2025-03-04'],
    ['a time of day', '<c r="A1" s="1"><v>45720.354166666664</v></c>', '2025-03-04T08:30:00.000Z'],
    ['a date beyond the calendar', '<c r="A1" s="1"><v>1e15</v></c>', undefined],
    ['a date as text', '<c r="A1" t="d"><v>2025-03-04T00:00:00</v></c>', '2025-03-04'],
    ['true', '<c r="A1" t="b"><v>1</v></c>', 'true'],
    ['false', '<c r="A1" t="b"><v>0</v></c>', 'false'],
    ['an error', '<c r="A1" t="e"><v>#REF!</v></c>', undefined],
    ['a shared text', '<c r="A1" t="s"><v>0</v></c>', ' plain '],
    ['a text of two runs', '<c r="A1" t="s"><v>1</v></c>', 'two runs'],
    ['a text with a phonetic guide', '<c r="A1" t="s"><v>2</v></c>', '東京'],
    ['a text with escapes', '<c r="A1" t="s"><v>3</v></c>', 'a\nb_x0041_'],
    ['an inline text', '<c r="A1" t="inlineStr"><is><t>Omega &amp; Sons</t></is></c>', 'Omega & Sons'],
    ['an inline text of two runs', '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>', 'ab'],
    ['a CDATA section', '<c r="A1" t="inlineStr"><is><t>a<![CDATA[<b>]]></t></is></c>', 'a<b>'],
    ['a formula with a number', '<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    ['a formula with a text', '<c r="A1" t="str"><f>"a"</f><v>a_x0041_</v></c>', 'aA'],
    ['a formula that was never computed', '<c r="A1" t="str"><f>A2</f></c>', undefined],
    ['no place', '<c><v>7</v></c>', '7'],
    ['only a style', '<c r="A1" s="1"/>', undefined],
  ])('[I404] that holds %s is read as such', async (_, cell, expected) => {
    const rows = expected === undefined ? [] : [{ line: 1, cells: [expected] }];
    expect(await readSheets(partsOf(one(cell), withAll))).toEqual({ 'b.xlsx#Vendors': rows });
  });

  it.each([
    ['a number that is none', '<c r="A1"><v>abc</v></c>'],
    ['a shared text that is not there', '<c r="A1" t="s"><v>4</v></c>'],
    ['a style that is not there', '<c r="A1" s="6"><v>1</v></c>'],
    ['a truth that is none', '<c r="A1" t="b"><v>2</v></c>'],
    ['a type that is none', '<c r="A1" t="x"><v>2</v></c>'],
    ['a date that is none', '<c r="A1" t="d"><v>soon</v></c>'],
  ])('[I404] that holds %s makes the workbook unreadable, and its place is named', async (_, cell) => {
    await expect(readSheets(partsOf(one(cell), withAll))).rejects.toThrow(/row 1, column 1 of the sheet "Vendors" holds/);
  });

  it('[I404] is at its place, with gaps between rows and cells', async () => {
    const rows = '<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row><row r="9"/>';
    const sheets = await readSheets(partsOf(rows));
    const found = (sheets['b.xlsx#Vendors'] as TableRow[]).map(({ line, cells }) => [
      line,
      cells.length,
      cells.flatMap((cell, at) => (cell === '' ? [] : [`${at}=${cell}`])),
    ]);
    expect(found).toEqual([
      [2, 27, ['1=1', '26=2']],
      [3, 27, ['0=3', '1=4']],
    ]);
  });

  it('[I404] counts days from 1904 where the workbook says so', async () => {
    const parts = partsOf(one('<c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44258</v></c>'), withAll);
    const book = (parts['xl/workbook.xml'] as string).replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
    expect(await readSheets({ ...parts, 'xl/workbook.xml': book })).toEqual({
      'b.xlsx#Vendors': [{ line: 1, cells: ['1904-01-01', '2025-03-04'] }],
    });
  });

  it('[I404] is read with prefixes, from UTF-16 and from the strict edition of the format', async () => {
    const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    const sheet =
      '<x:worksheet xmlns:x="y"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>Zeta Wölke 東</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const parts = {
      ...partsOf(''),
      'xl/workbook.xml': '<x:workbook xmlns:q="z"><x:sheets><x:sheet name="Vendors" q:id="rId1"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels': relations(relation('rId1', `${strict}/worksheet`, 'worksheets/sheet1.xml')),
    };
    for (const content of [sheet, Buffer.from(`\ufeff${sheet}`, 'utf16le'), Buffer.from(sheet, 'utf16le').swap16()])
      expect(await readSheets({ ...parts, 'xl/worksheets/sheet1.xml': content })).toEqual({
        'b.xlsx#Vendors': [{ line: 1, cells: ['Zeta Wölke 東'] }],
      });
  });

  it('[I404] is read from hidden sheets too, in the order of the tabs; charts have no cells, and a faulty sheet leaves the others', async () => {
    const parts = partsOf(one('<c r="A1"><v>1</v></c>'));
    expect(
      await readSheets({
        ...parts,
        'xl/workbook.xml':
          '<workbook xmlns:r="y"><sheets><sheet name="Wide" r:id="rId3"/><sheet name="Chart" r:id="rId2"/><sheet name="One" state="hidden" r:id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': relations(
          relation('rId1', `${types}/worksheet`, 'worksheets/sheet1.xml'),
          relation('rId2', `${types}/chartsheet`, 'chartsheets/sheet1.xml'),
          relation('rId3', `${types}/worksheet`, 'worksheets/sheet2.xml'),
        ),
        'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${one('<c r="ALM1"><v>1</v></c>')}</sheetData></worksheet>`,
      }),
    ).toEqual({ 'b.xlsx#Wide': 'TOO_MANY_COLUMNS', 'b.xlsx#One': [{ line: 1, cells: ['1'] }] });
  });
});

describe('a number format', () => {
  it.each([
    ['yyyy-mm-dd', true],
    ['d. mmmm yyyy;@', true],
    ['[$-404]e/m/d', true],
    ['yyyy"年"m"月"', true],
    ['[h]:mm:ss', true],
    ['mm:ss.0', true],
    ['h:mm AM/PM', true],
    ['[<45000]"Old";dd/mm/yy', true],
    ['General', false],
    ['#,##0.00', false],
    ['0%', false],
    ['[Red]0.0', false],
    ['0.00\\m', false],
    ['"due "0', false],
    ['@', false],
    ['d'.repeat(2000), false],
  ])('[I404] %j shows dates: %s', (format, expected) => {
    expect(isDateFormat(format)).toBe(expected);
  });
});
