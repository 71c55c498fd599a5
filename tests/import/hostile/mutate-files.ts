import type { Parts } from './hostile-workbooks.ts';
import { bookOf, partsOf, text } from './hostile-workbooks.ts';

/** Chooses a whole number below `count`. */
export type Choose = (count: number) => number;

/** A format that the import reads: the name of a file, and one that a mutation made. */
export interface MutatedFormat {
  readonly what: string;
  readonly file: string;
  readonly make: (choose: Choose) => Buffer;
}

const mostBytes = 1 << 19;

/** Edits bytes at 1 to 3 places: changes, deletes, repeats and inserts. The result is at most 512 kB. */
export function mutateBytes(content: Buffer, tokens: readonly string[], choose: Choose): Buffer {
  let bytes = content;
  for (let edits = 1 + choose(3); edits > 0; edits--) {
    const at = choose(bytes.length + 1);
    const end = Math.min(bytes.length, at + 1 + choose([4, 40, 400][choose(3)] as number));
    const piece = bytes.subarray(at, end);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(end)];
    const token = Buffer.from(tokens[choose(tokens.length)] as string);
    const times = choose(40) === 0 ? 1 + choose(100_000) : 1 + choose(4);
    const middle = [
      () => Buffer.from(piece).fill(choose(8) === 0 ? choose(256) : 32 + choose(95)),
      () => Buffer.alloc(0),
      () => repeat(piece, times),
      () => Buffer.concat([repeat(token, times), piece]),
      () => Buffer.concat([token, piece]),
    ][choose(5)] as () => Buffer;
    bytes = Buffer.concat([before, middle(), after]);
  }
  return bytes.subarray(0, mostBytes);
}

function repeat(piece: Buffer, times: number): Buffer {
  if (piece.length === 0) return piece;
  return Buffer.alloc(piece.length * Math.max(1, Math.min(times, Math.floor(mostBytes / 2 / piece.length))), piece);
}

const names = ['Zeta Cloud', 'Omega & Söhne', 'Kite Labs, Inc.', '"Quoted"', '=1+1', '日本', ''];
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => [
    `V-${i}`,
    `${names[i % names.length]} ${i}`,
    `Hosting ${i % 3}`,
    'France',
    `2025-0${(i % 9) + 1}-15`,
  ]);
const header = ['Vendor ID', 'Vendor', 'Service', 'Country', 'Contract start'];
const quoted = (cell: string) => (/[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const listOf = (delimiter: string) => [header, ...rowsOf(30)].map((cells) => `${cells.map(quoted).join(delimiter)}\n`).join('');

const textTokens = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\0',
  "'",
  '=',
  '\ufeff',
  'x',
  ' ',
  '\u202e',
  '<table>',
  '{',
  ',line,reason,file\n',
  '9999-12-31',
  '1e308',
];
const xmlTokens = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!DOCTYPE x>',
  '<',
  '>',
  '&',
  '&#0;',
  '&amp;',
  '&x;',
  '"',
  ' a="b"',
  '<c r="XFD1048576"><v>1</v></c>',
  '<row r="1048576">',
  '<row>',
  '</row>',
  '</sheetData>',
  '<c><v>1</v></c>',
  '<c t="s"><v>0</v></c>',
  '<c t="d"><v>2025-01-01</v></c>',
  '<c s="1"><v>45720</v></c>',
  '<c t="s"><v>-1</v></c>',
  '<si><t>x</t></si>',
  '_x0000_',
  '1e999',
  '\ufeff',
  '\0',
];

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function plainParts(): Parts {
  const cells = (row: readonly string[], line: number) =>
    `<row r="${line}">${row.map((cell, at) => text(`${String.fromCharCode(65 + at)}${line}`, cell.replace(/[&<>]/g, 'and'))).join('')}<c r="F${line}" t="s"><v>${line % 3}</v></c><c r="G${line}" s="1"><v>${45_000 + line}</v></c></row>`;
  return partsOf([header, ...rowsOf(30)].map((row, at) => cells(row, at + 1)).join(''), {
    'xl/_rels/workbook.xml.rels': `<Relationships>${['worksheet', 'sharedStrings', 'styles'].map((type, i) => `<Relationship Id="rId${i + 1}" Type="${relations}/${type}" Target="${['worksheets/sheet1', 'sharedStrings', 'styles'][i]}.xml"/>`).join('')}</Relationships>`,
    'xl/sharedStrings.xml':
      '<sst><si><t>Notes</t></si><si><r><t>two </t></r><r><t>runs</t></r></si><si><t>plain</t><rPh><t>x</t></rPh></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
  });
}

const parts = plainParts();
const partNames = Object.keys(parts);

/** Half the time the XML of a part is mutated and packed again, else the archive itself. */
function mutateWorkbook(choose: Choose): Buffer {
  if (choose(4) === 0) return mutateBytes(bookOf(parts), ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', '\0\0\0\0', '\xff\xff'], choose);
  const name = choose(2) === 0 ? 'xl/worksheets/sheet1.xml' : (partNames[choose(partNames.length)] as string);
  const mutated = mutateBytes(Buffer.from(parts[name] as string), xmlTokens, choose);
  return bookOf({ ...parts, [name]: choose(20) === 0 ? Buffer.from(mutated.toString(), 'utf16le') : mutated });
}

const plainRows = [header, ...rowsOf(30)].map((row) => row.map((cell) => cell.replace(/[&<>|"]/g, 'and')));
const pageText = `<!DOCTYPE html><title>Vendors</title><h2>All</h2><table><tr>${(plainRows[0] as string[]).map((cell) => `<th>${cell}</th>`).join('')}</tr>${plainRows
  .slice(1)
  .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  .join('\n')}</table>`;
const markdownText = plainRows.map((row, at) => `| ${row.join(' | ')} |\n${at === 0 ? `|${'---|'.repeat(row.length)}\n` : ''}`).join('');
const asObjects = plainRows.slice(1).map((row) => Object.fromEntries(header.map((key, at) => [key, row[at]])));
const jsonText = JSON.stringify({ updated: '2025-06-30', vendors: asObjects }, null, 1);
const yamlText = `updated: 2025-06-30\nvendors:\n${asObjects.map((row) => header.map((key, at) => `${at === 0 ? '  - ' : '    '}${key}: ${JSON.stringify(row[key])}\n`).join('')).join('')}`;
const odsText = `<d><table:table table:name="A">${plainRows.map((row) => `<table:table-row>${row.map((cell) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`).join('')}</table:table-row>`).join('')}</table:table></d>`;
const wordText = `<w:d>${'<w:p><w:r><w:t>Vendors</w:t></w:r></w:p>'}<w:tbl>${plainRows.map((row) => `<w:tr>${row.map((cell) => `<w:tc><w:p><w:r><w:t>${cell}</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`).join('')}</w:tbl></w:d>`;

const htmlTokens = [
  '<table>',
  '</table>',
  '<tr>',
  '<td>',
  '<td rowspan="65534">',
  '<td colspan="1000" rowspan="0">',
  '</td>',
  '<div>',
  '<script>',
  '<!--',
  '&amp;',
  '&#0;',
  '<h1>',
  '<title>',
  '<li>',
  '<',
  '"',
  '\0',
  '\u202e',
];
const markdownTokens = [
  '|',
  '\\|',
  '---|---',
  '\n',
  '\n\n',
  '```\n',
  '**',
  '*',
  '_',
  '`',
  '[a](b)',
  '<br>',
  '<table>',
  '&lt;',
  '# ',
  '---\n',
  '>',
  '\u202e',
  '\ue020',
];
const jsonTokens = [
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '"',
  '\\u0000',
  '\\ud800',
  'null',
  'true',
  '1e999',
  '0.10',
  '"id":',
  '/*',
  '{"nodes":[{"id":1}],"edges":[{"source":1,"target":2}]}',
  '[[',
  '\0',
];
const yamlTokens = [
  '- ',
  '  ',
  '\n',
  ': ',
  '? ',
  '&a ',
  '*a',
  '<<: *a',
  '|\n',
  '>-\n',
  '[',
  '{',
  '}',
  ']',
  '!!binary ',
  '---\n',
  '...\n',
  '#',
  '"',
  "'",
  '~',
  '\t',
  '%YAML 9\n',
];
const odsTokens = [
  ...xmlTokens.slice(0, 12),
  '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>',
  '<table:table-row table:number-rows-repeated="1048576">',
  '</table:table-row>',
  '<office:annotation>',
  '<text:s text:c="99999999"/>',
];
const wordTokens = [
  ...xmlTokens.slice(0, 12),
  '<w:tbl>',
  '</w:tbl>',
  '<w:tr>',
  '</w:tc>',
  '<w:gridSpan w:val="1000"/>',
  '<w:vMerge/>',
  '<w:br/>',
  '<mc:Fallback>',
];

function markupFormat(what: string, file: string, content: string, tokens: readonly string[]): MutatedFormat {
  return { what, file, make: (choose) => mutateBytes(Buffer.from(content), tokens, choose) };
}

/** Mostly one file of the archive is mutated and packed again, else the archive itself. */
function zippedFormat(what: string, file: string, files: Parts, mutated: string, tokens: readonly string[]): MutatedFormat {
  return {
    what,
    file,
    make: (choose) =>
      choose(4) === 0
        ? mutateBytes(bookOf(files), ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', '\0\0\0\0', '\xff\xff'], choose)
        : bookOf({ ...files, [mutated]: mutateBytes(Buffer.from(files[mutated] as string), tokens, choose) }),
  };
}

const canonical = `id,artifact,sender,recipient,sent_at\n${rowsOf(30)
  .map(([id]) => `${id},guide,a,b,2025-01-01\n`)
  .join('')}`;
const rejected = `${header.join(',')},line,reason,file\n${rowsOf(30)
  .map((row, i) => `${row.map(quoted).join(',')},${i + 2},bad,list-${i % 3}.csv\n`)
  .join('')}`;
const template = `c0010,c0020,c0030,c0040\n${rowsOf(30)
  .map(([id, name]) => `${id},LEI0001,${quoted(name as string)},2025-01-01\n`)
  .join('')}`;

function textFormat(what: string, file: string, content: string, encoding: BufferEncoding = 'utf8'): MutatedFormat {
  return { what, file, make: (choose) => mutateBytes(Buffer.from(content, encoding), textTokens, choose) };
}

/** Every format that the import reads. */
export const mutatedFormats: readonly MutatedFormat[] = [
  { what: 'a workbook', file: 'grc.xlsx', make: mutateWorkbook },
  textFormat('canonical CSV', 'transfers.csv', canonical),
  textFormat('a list with commas', 'vendors.csv', listOf(',')),
  textFormat('a list with semicolons in windows-1252', 'vendors.txt', listOf(';').replace(/[^\0-\xff]/g, '?'), 'latin1'),
  textFormat('a list with tabs in UTF-16', 'vendors.tsv', `\ufeff${listOf('\t')}`, 'utf16le'),
  textFormat('a download of rejected rows', 'rejections.csv', rejected),
  textFormat('a table of a register of information', 'b_02.02.csv', template),
  markupFormat('a web page', 'vendors.html', pageText, htmlTokens),
  markupFormat('Markdown', 'vendors.md', markdownText, markdownTokens),
  markupFormat('JSON', 'vendors.json', jsonText, jsonTokens),
  markupFormat('YAML', 'vendors.yaml', yamlText, yamlTokens),
  zippedFormat('an OpenDocument spreadsheet', 'vendors.ods', { 'content.xml': odsText }, 'content.xml', odsTokens),
  zippedFormat('a Word document', 'vendors.docx', { 'word/document.xml': wordText }, 'word/document.xml', wordTokens),
  zippedFormat('a zip archive', 'vendors.zip', { 'a.csv': listOf(','), 'b.md': markdownText }, 'b.md', markdownTokens),
];
