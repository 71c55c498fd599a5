import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import { openDocument } from '../../../server/import/documents/open-document.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { findForms, writeRejectedRows } from '../../../server/import/rows/rejected-rows.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, places, smallFiles } from '../import-for-tests.ts';
import { makeWorkbook } from '../look-alikes/workbook-for-tests.ts';
import { odsCell, odsRow, openDocumentOf, wordCell, wordOf, wordTable, wordText, zipOf } from './documents-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const decided = (flags: Readonly<Record<string, unknown>> = {}) => ({
  decisions: readDecisions({ map: [], sheet: [], createMissing: true, ...flags } as never),
});

/** `client > provider: service` of each engagement. */
function engagements({ assertions }: ReadImport): string[] {
  return [...assertions].flatMap(({ kind, values }) =>
    kind === 'ENGAGEMENT' ? [`${values[1]} > ${values[2]}${values[3] === undefined ? '' : `: ${values[3]}`}`] : [],
  );
}

const sums = ({ cells: { account } }: ReadImport) => [account.read, account.used + account.keptAsText + account.leftOut + account.rejected];

const page = `<!DOCTYPE html><html><head><title>Acme AI - Subprocessors</title><style>table{}</style></head><body>
<h1>Subprocessors</h1><p>Last updated: <b>June 30, 2025</b></p>
<h2>Infrastructure</h2>
<table><thead><tr><th>Sub-processor</th><th>Purpose</th><th>Location</th></tr></thead>
<tr><td rowspan="2"><a href="https://zeta.example">Zeta Cloud, Inc.</a></td><td>Hosting &amp; backup</td><td>United States</td></tr>
<tr><td>E-mail</td><td></td></tr>
<tr><td>Omega<script>x()</script></td><td><ul><li>Support</li><li>Billing</li></ul></td><td>France</td></tr></table>
<h2>Cookies</h2><table><tr><th>Cookie<th>Duration<tr><td>sid<td>1 day<tr><td>lang<td>1 year</table></body></html>`;

describe('lists inside lists', () => {
  it('[I922] are tables of their own, whatever their key calls their organizations', async () => {
    const yaml = `customers:
  - name: Acme AI
    vendors:
      - {name: Zeta Cloud, service: Hosting, subcontractors: [Moss Ltd, Kite GmbH]}
      - {name: Omega, service: Labels, subcontractors: [Rook SA]}
  - name: Birch AI
    vendors:
      - {name: Zeta Cloud, service: Mail}
`;
    const read = await bench.read({ 'list.yaml': yaml }, decided({ clientRole: 'LAB' }));
    expect(engagements(read)).toEqual([
      'Acme AI > Zeta Cloud: Hosting',
      'Zeta Cloud > Moss Ltd',
      'Zeta Cloud > Kite GmbH',
      'Acme AI > Omega: Labels',
      'Omega > Rook SA',
      'Birch AI > Zeta Cloud: Mail',
    ]);
    expect([read.questions, read.rejections]).toEqual([[], []]);
  });
});

describe('a web page', () => {
  it('[I920] gives its tables: cells that span rows stand in each, the title names the client and the date, other tables are left out', async () => {
    const read = await bench.read({ 'page.html': page }, decided());
    expect(read.questions.map(({ kind, proposed }) => [kind, proposed])).toEqual([['CLIENT', 'Acme AI']]);
    expect(read.files.map(({ name, rowCount, mapping }) => [name, rowCount, mapping?.asOf])).toEqual([
      ['page.html#Infrastructure', 3, Date.UTC(2025, 5, 30)],
    ]);
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud, Inc.: Hosting & backup; E-mail', 'Acme AI > Omega: • Support\n• Billing']);
    expect(read.warnings.filter((warning) => warning.includes('Cookies'))).toEqual([
      expect.stringMatching(/^The table page.html#Cookies was left out: No column names an organization/),
    ]);
    expect(sums(read)).toEqual([8, 8]);
    expect(read.rejections).toEqual([]);
  });

  it('[I920] in another encoding, with a table inside a table and without closing tags, is read as browsers read it', async () => {
    const html =
      '<meta charset=iso-8859-2><TABLE><TR><TD>Menu<TD><table><tr><th>Vendor<th>Service<tr><td>\u0141\u00f3d\u017a Cloud<td>Hosting<tr><td>Omega<td>Labels</table></TABLE>';
    const bytes = Buffer.from([...html].map((sign) => ({ '\u0141': 0xa3, '\u00f3': 0xf3, '\u017a': 0xbc })[sign] ?? sign.charCodeAt(0)));
    const read = await bench.read({ 'page.htm': bytes }, decided({ client: 'Acme AI' }));
    expect(engagements(read)).toEqual(['Acme AI > \u0141\u00f3d\u017a Cloud: Hosting', 'Acme AI > Omega: Labels']);
  });

  it('[I920] without a table is refused, with the way out', async () => {
    const read = await bench.read({ 'page.html': '<html><body><div>Zeta Cloud</div></body></html>' }, decided());
    expect(places(read.rejections)).toEqual(['page.html:1: EMPTY_FILE']);
    expect(read.rejections[0]?.message).toMatch(/holds no table.*copied into a spreadsheet/);
  });
});

const markdown = `---
title: Subprocessors of Jane Roe
author: Jane Roe
---
# Acme AI – Subprocessors

Last updated: 2025-06-30

| Vendor | Service | Location |
|:-------|:-------:|---------:|
| **Zeta Cloud** | Hosting \\| backup | France |
| [Omega](https://omega.example) | \`Support\` &amp; more<br>Labels | Germany |
| Kite* | a\\*b | |

\`\`\`
| Vendor | Service |
|--------|---------|
| Not me | Code |
\`\`\`

## Former

Vendor | End date
---|---
Moss Ltd | 2024-05-01
`;

describe('Markdown', () => {
  it('[I921] gives each table with its own header, escapes and emphasis read; front matter and code are no lists', async () => {
    const read = await bench.read({ 'list.md': markdown }, decided());
    expect(read.questions.map(({ kind, proposed }) => [kind, proposed])).toEqual([['CLIENT', 'Acme AI']]);
    expect(read.files.map(({ name, headerLine, rowCount }) => [name, headerLine, rowCount])).toEqual([
      ['list.md#Acme AI – Subprocessors', 9, 3],
      ['list.md#Former', 23, 1],
    ]);
    expect(engagements(read)).toEqual([
      'Acme AI > Zeta Cloud: Hosting | backup',
      'Acme AI > Omega: Support & more\nLabels',
      'Acme AI > Kite: a*b',
      'Acme AI > Moss Ltd',
    ]);
    expect([...read.assertions].find(({ key }) => key === 'Acme AI > Moss Ltd')?.line).toBe(25);
    expect(sums(read)).toEqual([10, 10]);
  });

  it('[I921] takes the first row as the header where the header is blank, as exported pages have it', async () => {
    const files = { 'list.md': '|  |  |\n|---|---|\n| Vendor | Service |\n| Zeta Cloud | Hosting |\n' };
    const read = await bench.read(files, decided({ client: 'Acme AI' }));
    expect(read.files.map(({ headerLine, rowCount }) => [headerLine, rowCount])).toEqual([[3, 1]]);
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud: Hosting']);
  });

  it('[I921] keeps a cell beyond the header: its row is rejected with its line, and downloaded', async () => {
    const files = { 'list.md': '| Vendor | Service |\n|---|---|\n| Zeta Cloud | Hosting | 12 |\n| Omega | Labels |\n' };
    const read = await bench.read(files, decided({ client: 'Acme AI' }));
    expect(places(read.rejections)).toEqual(['list.md#Table 1:3: RAGGED_ROW']);
    const known = bench.write(files).map((file) => ({ ...file, delimiter: ',', header: [] }));
    const forms = findForms(
      known,
      read.files.map((file) => ({ name: file.name, form: file, mapping: file.mapping })),
    );
    let csv = '';
    for await (const piece of writeRejectedRows(forms, read.rejections)) csv += piece;
    expect(csv.split('\n').slice(0, 2)).toEqual(['Vendor,Service,line,reason', expect.stringMatching(/^Zeta Cloud,"Hosting,12",3,/)]);
  });
});

describe('JSON and YAML', () => {
  it('[I922] give their lists of objects as tables: inner keys, lists, exact numbers; what is beside them is reported', async () => {
    const json = `{"company": "Acme AI", "updated": "2025-06-30", "vendors": [
      {"vendor": "Zeta Cloud", "service": "Hosting", "vendor id": 12345678901234567890, "contact": {"email": "a@zeta.example"}, "tags": ["x", "y"]},
      {"vendor": "Omega", "service": null, "vendor id": 1.50}]}`;
    const read = await bench.read({ 'list.json': json }, decided());
    expect(read.questions.map(({ kind, proposed }) => [kind, proposed])).toEqual([['CLIENT', 'Acme AI']]);
    expect(read.files.map(({ name, header }) => [name, header])).toEqual([
      ['list.json#vendors', ['vendor', 'service', 'vendor id', 'contact email', 'tags']],
    ]);
    const texts = [...read.assertions].flatMap(({ kind, values }) => (kind === 'ENGAGEMENT' ? [JSON.stringify(values.at(-1))] : []));
    expect(texts).toEqual([
      '[{"name":"tags","value":"x; y"},{"name":"vendor id","value":"12345678901234567890"}]',
      '[{"name":"vendor id","value":"1.50"}]',
    ]);
    expect(read.warnings).toContain('2 values beside the lists of list.json were left out: company, updated.');
    expect(sums(read)).toEqual([7, 7]);
  });

  it('[I922] YAML keeps texts as they are written, follows aliases, and reads objects by key', async () => {
    const yaml = `defaults: &base\n  service: Hosting\nsubprocessors:\n  zeta: {name: Zeta Cloud, <<: *base, country: no, code: 0123}\n  omega: {name: Omega, service: ~}\n`;
    const read = await bench.read({ 'list.yaml': yaml }, decided({ client: 'Acme AI' }));
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud: Hosting', 'Acme AI > Omega']);
    expect(JSON.stringify([...read.assertions].find(({ key }) => key.endsWith('> Zeta Cloud'))?.values.at(-1))).toMatch(/"value":"0123"/);
    expect(read.warnings).toContain('A value beside the lists of list.yaml was left out: defaults.service.');
  });

  it('[I922] a list of objects in a row is a table of its own that names its row', async () => {
    const json = `[{"vendor": "Zeta Cloud", "subprocessors": [{"name": "Moss", "country": "FR"}, {"name": "Kite"}]},
      {"vendor": "Omega", "subprocessors": [{"name": "Moss"}]}]`;
    const read = await bench.read({ 'list.json': json }, decided({ client: 'Acme AI' }));
    expect(engagements(read)).toEqual([
      'Acme AI > Zeta Cloud',
      'Acme AI > Omega',
      'Zeta Cloud > Moss',
      'Zeta Cloud > Kite',
      'Omega > Moss',
    ]);
  });

  it.each([
    ['a.json', '[{"vendor": "Zeta", "vendor": "Omega"}]', /key "vendor" stands twice in one object, on line 1/],
    ['a.json', '[{"vendor": "Zeta"},\n{"vendor": Omega}]', /no JSON that can be read \(InvalidSymbol\). Correct line 2/],
    ['a.yaml', '- vendor: Zeta\n  vendor: Omega\n', /no YAML that can be read \(duplicated mapping key\). Correct line 2/],
    ['a.yaml', '- vendor: "Zeta\n- x', /no YAML that can be read/],
    [
      'a.json',
      '{"a": 1}',
      /holds no table. A list is a list of objects.* software list or an advisory is known by its content, and this is neither/,
    ],
    ['a.jsonl', '{"vendor": "Zeta"}\n{"vendor": ', /Correct line 2/],
  ])('[I922] %s with %s is refused with a sentence', async (name, content, says) => {
    const read = await bench.read({ [name]: content }, decided());
    expect([read.rejections.length, read.rejections[0]?.message]).toEqual([1, expect.stringMatching(says)]);
  });

  it('[I922] JSON Lines is one table', async () => {
    const read = await bench.read(
      { 'a.jsonl': '{"vendor":"Zeta Cloud","service":"Hosting"}\n\n{"vendor":"Omega"}\n' },
      decided({ client: 'Acme AI' }),
    );
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud: Hosting', 'Acme AI > Omega']);
  });
});

describe('nodes and edges', () => {
  const nodes = '[{"id":"a","label":"Acme AI"},{"data":{"id":"z","label":"Zeta Cloud"}},{"id":"m","label":"Moss"}]';

  it('[I923] are engagements where each edge says who engages whom', async () => {
    const edges = '[{"source":"z","target":"a","relation":"subprocessor of"},{"data":{"source":"z","target":"m","relation":"engages"}}]';
    const read = await bench.read({ 'graph.json': `{"elements":{"nodes":${nodes},"edges":${edges}}}` }, decided());
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud', 'Zeta Cloud > Moss']);
    expect(places(read.rejections)).toEqual([]);
  });

  it('[I923] are refused where an edge leaves it open: a direction is never guessed', async () => {
    const read = await bench.read({ 'graph.json': `{"nodes":${nodes},"links":[{"source":"z","target":"a"}]}` }, decided());
    expect([[...read.assertions].length, places(read.rejections)]).toEqual([0, ['graph.json:1: UNKNOWN_KIND']]);
    expect(read.rejections[0]?.message).toMatch(/do not say who engages whom. Name their ends "client" and "provider"/);
  });
});

describe('office documents', () => {
  it('[I924] a sheet of .ods keeps dates, numbers and repeated cells, and leaves out comments', async () => {
    const date =
      '<table:table-cell office:value-type="date" office:date-value="2024-03-04T00:00:00"><text:p>4. Mar</text:p></table:table-cell>';
    const noted =
      '<table:table-cell office:value-type="string"><office:annotation><text:p>Jane: check</text:p></office:annotation><text:p>Omega<text:s text:c="1"/>Ltd</text:p></table:table-cell>';
    const sheet = [
      odsRow(odsCell('Vendor'), odsCell('Service'), odsCell('Contract start')),
      odsRow(odsCell('Zeta Cloud'), odsCell('Hosting'), date),
      `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
      odsRow(noted, odsCell('Labels'), date),
    ].join('');
    const read = await bench.read(
      { 'book.ods': openDocumentOf({ Vendors: sheet, Cover: odsRow(odsCell('Printed')) }) },
      decided({ client: 'Acme AI' }),
    );
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud: Hosting', 'Acme AI > Omega Ltd: Labels']);
    const [first] = [...read.assertions].filter(({ kind }) => kind === 'ENGAGEMENT');
    expect([first?.values[4], first?.file]).toEqual([Date.UTC(2024, 2, 4), 'book.ods#Vendors']);
    expect(sums(read)).toEqual([6, 6]);
  });

  it('[I925] a table of .docx repeats cells that are merged downwards, and its title proposes the client', async () => {
    const body =
      wordText('Acme AI – Subprocessors', '<w:pPr><w:pStyle w:val="Title"/></w:pPr>') +
      wordText('Stand 30.06.2025') +
      wordTable(
        [wordCell('Vendor'), wordCell('Service')],
        [wordCell('Zeta Cloud', '<w:vMerge w:val="restart"/>'), wordCell('Hosting')],
        [wordCell('', '<w:vMerge/>'), wordCell('Labels')],
        [wordCell('Omega'), wordCell('Support')],
      );
    const read = await bench.read({ 'list.docx': wordOf(body) }, decided());
    expect(read.questions.map(({ kind, proposed }) => [kind, proposed])).toEqual([['CLIENT', 'Acme AI']]);
    expect(engagements(read)).toEqual(['Acme AI > Zeta Cloud: Hosting; Labels', 'Acme AI > Omega: Support']);
    expect(read.files[0]?.mapping?.asOf).toBe(Date.UTC(2025, 5, 30));
  });

  it.each([
    [
      'list.docx',
      Buffer.from('no archive, but as long as one is'),
      /^The document is no .docx document, or is damaged. Save it as .docx anew/,
    ],
    ['list.zip', Buffer.from('no archive, but as long as one is'), /^The archive is no zip archive, or is damaged. Unpack it/],
    ['list.ods', zipOf({ 'a.txt': 'x' }), /^The workbook cannot be read \(it has no part content.xml\)/],
    ['book.ods', openDocumentOf({ A: '<table:table-source xlink:href="file:///x"/>' }), /links to other files/],
    ['list.pdf', Buffer.from('%PDF-1.7 and so on'), /^The file is a PDF document.*Ask for the list behind it/],
    ['list.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /^The file is an Excel workbook of the old format \(.xls\).*Save As/],
  ])('[I927] %s that cannot be read is refused with what to do', async (name, content, says) => {
    const read = await bench.read({ [name]: content }, decided());
    expect([read.rejections.length, read.rejections[0]?.message]).toEqual([1, expect.stringMatching(says)]);
  });
});

describe('a zip archive', () => {
  it('[I926] is read as its files, each a list of one import; what is no list is left out and reported', async () => {
    const archive = zipOf({
      'lists/vendors.csv': 'Vendor,Service\nZeta Cloud,Hosting\n',
      'lists/page.html': page,
      'book.xlsx': makeWorkbook({
        Former: [
          ['Vendor', 'End date'],
          ['Moss Ltd', '2024-05-01'],
        ],
      }),
      'README.txt': 'These are our lists.\n',
      'logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]),
      '__MACOSX/._vendors.csv': 'x',
    });
    const read = await bench.read({ 'bundle.zip': archive }, decided({ client: 'Acme AI' }));
    expect(places(read.rejections)).toEqual([]);
    expect(read.files.map(({ name }) => name)).toEqual([
      'bundle.zip#lists/vendors.csv',
      'bundle.zip#lists/page.html#Infrastructure',
      'bundle.zip#book.xlsx#Former',
    ]);
    expect(engagements(read)).toEqual([
      'Acme AI > Zeta Cloud: Hosting',
      'Acme AI > Zeta Cloud, Inc.: Hosting & backup; E-mail',
      'Acme AI > Omega: • Support\n• Billing',
      'Acme AI > Moss Ltd',
    ]);
    expect(read.warnings.filter((warning) => /README|logo/.test(warning))).toEqual([
      expect.stringMatching(/^The file bundle.zip#README.txt was left out/),
      expect.stringMatching(/^The file bundle.zip#logo.png was left out: The file is a PNG image/),
    ]);
    expect(sums(read)[0]).toBe(sums(read)[1]);
  });

  it('[I926] of canonical files is the import of these files', async () => {
    const outcome = await bench.import({ 'facts.zip': zipOf(smallFiles) });
    expect([outcome.isWritten, outcome.report.created, outcome.rejections]).toEqual([true, 6, []]);
  });

  it('[I926] without a list is rejected with the reason of each file, and its rejected rows can be downloaded', async () => {
    const read = await bench.read({ 'bundle.zip': zipOf({ 'a.txt': 'These are our lists.\n', 'b.pdf': '%PDF-1.7' }) }, decided());
    expect(places(read.rejections)).toEqual(['bundle.zip#a.txt:1: UNKNOWN_KIND', 'bundle.zip#b.pdf:1: NOT_TEXT']);
    const files = { 'bundle.zip': zipOf({ 'a.csv': 'Vendor,Service\n"Zeta"x,Hosting\nOmega,Labels\n' }) };
    const ragged = await bench.read(files, decided({ client: 'Acme AI' }));
    expect(places(ragged.rejections)).toEqual(['bundle.zip#a.csv:2: BAD_QUOTE']);
    const known = bench.write(files).map((file) => ({ ...file, delimiter: ',', header: [] }));
    const forms = findForms(
      known,
      ragged.files.map((file) => ({ name: file.name, form: file, mapping: file.mapping })),
    );
    let csv = '';
    for await (const piece of writeRejectedRows(forms, ragged.rejections)) csv += piece;
    expect(csv).toMatch(/^Vendor,Service,line,reason\r?\nZeta,Hosting,2,/);
  });
});

describe('the limits of documents', () => {
  const deep = (open: string, close: string) => open.repeat(5000) + close.repeat(5000);

  it.each([
    ['a.html', deep('<div>', '</div>'), 'UNSAFE_WORKBOOK', /more than 600 elements/],
    ['a.html', `<table ${Array.from({ length: 1001 }, (_, i) => `a${i}`).join(' ')}>`, 'UNSAFE_WORKBOOK', /more than 1,000 attributes/],
    ['a.html', '<table><tr><td>x</table>'.repeat(1001), 'UNSAFE_WORKBOOK', /more than 1,000 tables/],
    [
      'a.html',
      `<table><tr><th>Vendor<th>Service<tr><td>Zeta<td>${'x'.repeat(1_100_000)}</table>`,
      'CELL_TOO_LARGE',
      /longer than 1,048,576/,
    ],
    ['a.html', `<table><tr>${'<td colspan=1000>x'.repeat(3)}</table>`, 'TOO_MANY_COLUMNS', /1000 columns are the maximum/],
    ['a.md', `|${'a|'.repeat(1001)}\n|${'-|'.repeat(1001)}\n`, 'TOO_MANY_COLUMNS', /1000 columns are the maximum/],
    ['a.json', deep('[', ']'), 'NOT_TEXT', /more than 100 values stand inside each other/],
    ['a.yaml', deep('[', ']'), 'NOT_TEXT', /no YAML that can be read/],
    ['a.yaml', `- a: ${'x'.repeat(2_100_000)}\n`, 'LIST_TOO_LARGE', /longer than 2,000,000 characters/],
    [
      'a.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(10)}]\n`).join('')}`,
      'LIST_TOO_LARGE',
      /./,
    ],
  ])('[I928] %s beyond a limit is refused', async (name, content, code, says) => {
    const read = await bench.read({ [name]: content }, decided());
    expect([[...new Set(read.rejections.map((one) => one.code))], read.rejections[0]?.message]).toEqual([
      [code],
      expect.stringMatching(says),
    ]);
  });

  it('[I928] one that is not read in time is refused', async () => {
    const files = { 'a.html': page, 'a.md': markdown, 'a.json': '[{"vendor":"x"}]', 'a.ods': openDocumentOf({ A: odsRow(odsCell('x')) }) };
    for (const { name, path } of bench.write(files))
      await expect(openDocument(name, path, { deadlineMs: 0 })).rejects.toThrow(/takes too long to read/);
  });

  it('[I928] a row of .ods that repeats a million times is counted before it is kept', async () => {
    const row = `<table:table-row table:number-rows-repeated="1048575">${`<table:table-cell table:number-columns-repeated="200" office:value-type="string"><text:p>x</text:p></table:table-cell>`}</table:table-row>`;
    const read = await bench.read({ 'a.ods': openDocumentOf({ A: row }) }, decided());
    expect(read.rejections.map(({ code }) => code)).toEqual(['LIST_TOO_LARGE']);
  });
});
