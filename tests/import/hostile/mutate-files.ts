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
];
