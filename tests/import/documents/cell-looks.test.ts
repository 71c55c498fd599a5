import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { Attribute } from '../../../server/domain/facts.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';
import { makeWorkbook } from '../look-alikes/workbook-for-tests.ts';
import { odsCell, odsRow, openDocumentOf, wordCell, wordOf, wordTable, wordText, zipOf } from './documents-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const read = (files: Readonly<Record<string, string | Uint8Array>>, flags: Readonly<Record<string, unknown>> = {}) =>
  bench.read(files as Record<string, string | Buffer>, {
    decisions: readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', ...flags } as never),
  });

/** `provider: service, remark` of each engagement. */
function engagements({ assertions, rejections }: ReadImport): string[] {
  expect(rejections).toEqual([]);
  return [...assertions].flatMap(({ kind, values }) => {
    if (kind !== 'ENGAGEMENT') return [];
    const attributes = values.flatMap((value) => (Array.isArray(value) ? value : [])) as Attribute[];
    const texts = attributes.map(({ name, value }) => `${name}: ${value}`);
    return [`${values[2]}: ${values[3]}${texts.length === 0 ? '' : `, ${texts.join('; ')}`}`];
  });
}

const questions = ({ questions: asked }: ReadImport) => asked.map(({ kind }) => kind);

/** The content of each document below: one vendor is struck through, one in part, and one has a footnote. */
const said = [
  'Old Mail Inc.: Mail, Vendor (remark): (struck through)',
  'New Ltd: Chat, Vendor (remark): (struck through "Gone Ltd")',
  'Zeta Cloud: Hosting, Vendor (remark): ¹ Terminated 2023-05-01',
  'Omega: Labels',
];

describe('the look of a text', () => {
  it('[I754] on a page says what is struck through, and a raised number is the mark of a footnote', async () => {
    const page = (struck: (text: string) => string) =>
      `<table><tr><th>Vendor<th>Service<tr><td>${struck('Old Mail Inc.')}<td>Mail<tr><td>${struck('Gone Ltd')} New Ltd<td>Chat
      <tr><td>Zeta Cloud<sup><a href="#n">1</a></sup><td>Hosting<tr><td>Omega<td>Labels</table><p><sup>1</sup> Terminated 2023-05-01</p>`;
    const ways = [
      (text: string) => `<s>${text}</s>`,
      (text: string) => `<del><b>${text}</b></del>`,
      (text: string) => `<span style="color:red; text-decoration: line-through">${text}</span>`,
    ];
    for (const way of ways) {
      const asked = await read({ 'page.html': page(way) });
      expect(engagements(asked)).toEqual(said);
      expect(questions(asked)).toEqual(['REMARKS']);
    }
    const bracketed =
      '<table><tr><th>Vendor<th>Service<tr><td>Zeta<sup>[a]</sup><td>Mail<tr><td>Omega<sup>[2]</sup><td>Labels</table>[a] no';
    expect(engagements(await read({ 'page.html': bracketed }))).toEqual(['Zeta: Mail', 'Omega: Labels']);
  });

  it('[I754] in Markdown says what is struck through, and its footnotes are those of the table', async () => {
    const table = `| Vendor | Service |\n|---|---|\n| ~~Old Mail Inc.~~ | Mail |\n| <del>Gone Ltd</del> New Ltd | Chat |
| Zeta Cloud[^end] | Hosting |\n| Omega[^2] | Labels |\n\n[^end]: Terminated 2023-05-01\n[^2]: Optional\n`;
    expect(engagements(await read({ 'page.md': table }))).toEqual([
      ...said.slice(0, 2),
      'Zeta Cloud: Hosting, Vendor (remark): [99] Terminated 2023-05-01',
      'Omega: Labels, Vendor (remark): [2] Optional',
    ]);
  });

  it('[I754] in a workbook says what is struck through, by the style of the cell or of its runs', async () => {
    const cells = [
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>',
      '<c r="A2" t="s" s="2"><v>2</v></c><c r="B2" t="s"><v>3</v></c>',
      '<c r="A3" t="s"><v>4</v></c><c r="B3" t="s"><v>5</v></c>',
      '<c r="A4" t="s"><v>6</v></c><c r="B4" t="s"><v>7</v></c>',
      '<c r="A5" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>Omega</t></r></is></c><c r="B5" t="s"><v>8</v></c>',
      '<c r="A6" t="inlineStr"><is><t>¹ Terminated 2023-05-01</t></is></c>',
    ];
    const strings = [
      ...['Vendor', 'Service', 'Old Mail Inc.', 'Mail'].map((text) => `<t>${text}</t>`),
      '<r><rPr><strike/></rPr><t>Gone Ltd</t></r><r><t xml:space="preserve"> New Ltd</t></r>',
      '<t>Chat</t>',
      '<r><t>Zeta Cloud</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>',
      ...['Hosting', 'Labels'].map((text) => `<t>${text}</t>`),
    ];
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const book = makeWorkbook(
      { Vendors: [['-']] },
      {
        'xl/sharedStrings.xml': `<sst xmlns="${main}">${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
        'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf numFmtId="14"/><xf fontId="1"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>`,
        'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${cells.map((row, at) => `<row r="${at + 1}">${row}</row>`).join('')}</sheetData></worksheet>`,
      },
    );
    expect(engagements(await read({ 'book.xlsx': book }))).toEqual(said);
  });

  it('[I754] in an OpenDocument sheet says what is struck through, by the style of the cell or of its spans', async () => {
    const styled = (style: string, text: string, rest = '') =>
      `<table:table-cell><text:p><text:span text:style-name="${style}">${text}</text:span>${rest}</text:p></table:table-cell>`;
    const rows = [
      odsRow(odsCell('Vendor'), odsCell('Service')),
      odsRow('<table:table-cell table:style-name="ce1"><text:p>Old Mail Inc.</text:p></table:table-cell>', odsCell('Mail')),
      odsRow(styled('ce1', 'Gone Ltd', ' New Ltd'), odsCell('Chat')),
      odsRow(
        '<table:table-cell><text:p>Zeta Cloud<text:span text:style-name="T2">1</text:span></text:p></table:table-cell>',
        odsCell('Hosting'),
      ),
      odsRow(styled('T3', 'Omega'), odsCell('Labels')),
      odsRow(odsCell('¹ Terminated 2023-05-01')),
    ];
    const styles = `<style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>
      <style:style style:name="T2"><style:text-properties style:text-position="super 58%"/></style:style>
      <style:style style:name="T3"><style:text-properties style:text-line-through-style="none"/></style:style>`;
    expect(engagements(await read({ 'list.ods': openDocumentOf({ Vendors: rows.join('') }, styles) }))).toEqual(said);
  });

  it('[I754] in a Word document says what is struck through, and its footnotes are those of the table', async () => {
    const runs = (...all: readonly (readonly [text: string, look: string])[]) =>
      `<w:tc><w:p><w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>${all.map(([text, look]) => `<w:r><w:rPr>${look}</w:rPr>${text === '' ? '<w:footnoteReference w:id="2"/>' : `<w:t xml:space="preserve">${text}</w:t>`}</w:r>`).join('')}</w:p></w:tc>`;
    const table = wordTable(
      [wordCell('Vendor'), wordCell('Service')],
      [runs(['Old Mail Inc.', '<w:strike/>']), wordCell('Mail')],
      [runs(['Gone Ltd', '<w:dstrike w:val="true"/>'], [' New Ltd', '']), wordCell('Chat')],
      [runs(['Zeta Cloud', ''], ['1', '<w:vertAlign w:val="superscript"/>']), wordCell('Hosting')],
      [runs(['Omega', '<w:strike w:val="false"/>']), wordCell('Labels')],
      [runs(['Kappa', ''], ['', '']), wordCell('Phones')],
    );
    const note = `<w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t xml:space="preserve"> Terminated 2023-05-01</w:t></w:r></w:p>`;
    const footnotes =
      '<w:footnotes xmlns:w="urn:w"><w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Until 2024-01-31</w:t></w:r></w:p></w:footnote></w:footnotes>';
    const document = zipOf({
      'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body>${table}${note}</w:body></w:document>`,
      'word/footnotes.xml': footnotes,
    });
    expect(engagements(await read({ 'list.docx': document }))).toEqual([...said, 'Kappa: Phones, Vendor (remark): [1] Until 2024-01-31']);
    expect(engagements(await read({ 'list.docx': wordOf(`${wordText('List')}${table}`) })).at(-1)).toBe('Kappa: Phones');
  });
});

describe('a cell that is merged downwards', () => {
  const merged = ['Zeta Cloud: Hosting; Mail', 'Omega: Labels'];

  it('[I755] stands in each of its rows, in a workbook and in an OpenDocument sheet', async () => {
    const rows = [
      ['Vendor', 'Service'],
      ['Zeta Cloud', 'Hosting'],
      [null, 'Mail'],
      ['Omega', 'Labels'],
    ];
    const book = makeWorkbook({ Vendors: rows }, {}, '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="A5:C9"/></mergeCells>');
    expect(engagements(await read({ 'book.xlsx': book }))).toEqual(merged);
    const zeta = '<table:table-cell table:number-rows-spanned="2"><text:p>Zeta Cloud</text:p></table:table-cell>';
    const sheet = [
      odsRow(odsCell('Vendor'), odsCell('Service')),
      odsRow(zeta, odsCell('Hosting')),
      odsRow('<table:covered-table-cell/>', odsCell('Mail')),
      odsRow(odsCell('Omega'), odsCell('Labels')),
    ];
    expect(engagements(await read({ 'list.ods': openDocumentOf({ Vendors: sheet.join('') }) }))).toEqual(merged);
  });
});
