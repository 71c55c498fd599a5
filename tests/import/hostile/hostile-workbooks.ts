import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive for tests. What is stated may be false. */
interface TestEntry {
  readonly name: string;
  readonly content: Buffer | string;
  readonly statedBytes?: number;
  readonly statedCrc32?: number;
  readonly isStored?: boolean;
  /** Leaves the content out and points to that of the entry before. */
  readonly sharesBody?: boolean;
  readonly isEncrypted?: boolean;
}

const versionNeeded = 20;

/** Writes a zip archive (PKWARE APPNOTE 6.3) byte by byte, as no program would. */
function writeArchive(entries: readonly TestEntry[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let body: { readonly at: number; readonly head: Buffer } | undefined;
  for (const entry of entries) {
    if (entry.sharesBody !== true || body === undefined) {
      const content = Buffer.from(entry.content as string);
      const packed = entry.isStored === true ? content : deflateRawSync(content);
      const head = Buffer.alloc(22);
      head.writeUInt16LE(versionNeeded, 0);
      head.writeUInt16LE(entry.isEncrypted === true ? 1 : 0, 2);
      head.writeUInt16LE(entry.isStored === true ? 0 : 8, 4);
      head.writeUInt32LE(entry.statedCrc32 ?? crc32(content), 10);
      head.writeUInt32LE(packed.length, 14);
      head.writeUInt32LE(entry.statedBytes ?? content.length, 18);
      body = { at, head };
      const name = Buffer.from(entry.name);
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, lengths(name.length, 0), name, packed]);
      pieces.push(local);
      at += local.length;
    }
    const name = Buffer.from(entry.name);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(body.at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), lengths(versionNeeded), body.head, lengths(name.length, 0), tail, name]));
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directoryBytes, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...pieces, ...directory, Buffer.from('PK\x05\x06'), end]);
}

function lengths(...numbers: readonly number[]): Buffer {
  const buffer = Buffer.alloc(2 * numbers.length);
  for (const [index, number] of numbers.entries()) buffer.writeUInt16LE(number, 2 * index);
  return buffer;
}

/** A workbook that is made to use up a server, and the rejection that it gets. */
export interface HostileWorkbook {
  readonly what: string;
  readonly content: () => Buffer;
  readonly code: string;
  readonly says: RegExp;
}

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook, as texts by name. */
export type Parts = Readonly<Record<string, string | Buffer>>;

/** The parts of a workbook with one sheet, by its rows as XML. */
export function partsOf(rows: string, more: Parts = {}): Parts {
  return {
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Vendors" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  };
}

export function bookOf(parts: Parts): Buffer {
  return writeArchive(Object.entries(parts).map(([name, content]) => ({ name, content })));
}

export const text = (place: string, content: string) => `<c r="${place}" t="inlineStr"><is><t>${content}</t></is></c>`;
const header = `<row r="1">${text('A1', 'Vendor')}${text('B1', 'Service')}</row>`;
const vendor = `<row r="2">${text('A2', 'Zeta Cloud')}${text('B2', 'Hosting')}</row>`;
const good = header + vendor;
const many = (count: number, one: (i: number) => string) => Array.from({ length: count }, (_, i) => one(i)).join('');
const sheet1 = 'xl/worksheets/sheet1.xml';
const strings = (items: string) => ({
  'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  'xl/sharedStrings.xml': `<sst xmlns="${main}">${items}</sst>`,
});
const utf16 = (content: string, isBig = false) => {
  const bytes = Buffer.from(`\ufeff${content}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

/** @param size in MB: how large a bomb is when it is unpacked */
const bomb = (size: number) =>
  Buffer.concat([
    Buffer.from(`${head}<worksheet><sheetData>${good}`),
    Buffer.alloc(size << 20, ' '),
    Buffer.from('</sheetData></worksheet>'),
  ]);

const entityText = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';

/** A workbook of 110 MB of XML whose cells need more memory than a list may take. */
export const crowdedWorkbook: HostileWorkbook = {
  what: 'has 7,500,000 cells',
  content: () => bookOf(partsOf(good + many(7500, (i) => `<row r="${i + 3}">${'<c><v>1</v></c>'.repeat(1000)}</row>`))),
  code: 'LIST_TOO_LARGE',
  says: /fits into memory/,
};

/** @param bombMb the size of what is unpacked where only its size counts */
export function hostileWorkbooks(bombMb: number): readonly HostileWorkbook[] {
  return [
    {
      what: 'has one cell at XFD1048576',
      content: () => bookOf(partsOf(`${good}<row r="1048576">${text('XFD1048576', 'x')}</row>`)),
      code: 'TOO_MANY_COLUMNS',
      says: /Row 1048576 has text in column 16384, and 1000 columns are the maximum/,
    },
    {
      what: 'opens CDATA that never ends',
      content: () => bookOf(partsOf(`<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[${'x'.repeat(Math.min(30, bombMb) << 20)}`)),
      code: 'UNSAFE_WORKBOOK',
      says: /a text is longer than 1,000,000 characters/,
    },
    {
      what: 'has a row with 100,000 attributes',
      content: () => bookOf(partsOf(`<row r="1" ${many(100_000, (i) => `a${i}="" `)}>${text('A1', 'x')}</row>`)),
      code: 'UNSAFE_WORKBOOK',
      says: /more than 1,000 attributes/,
    },
    {
      what: 'states 1 kB for a sheet that is far larger',
      content: () =>
        writeArchive(
          Object.entries({ ...partsOf(''), [sheet1]: bomb(bombMb) }).map(([name, content]) => ({
            name,
            content,
            ...(name === sheet1 ? { statedBytes: 1024 } : {}),
          })),
        ),
      code: 'UNSAFE_WORKBOOK',
      says: /damaged/,
    },
    {
      what: 'has 60,000 entries that share one body',
      content: () => {
        const own = Object.entries(partsOf(good)).map(([name, content]) => ({ name, content }));
        const body = { name: 'xl/media/0.xml', content: '<a/>'.repeat(10_000) };
        const shared = Array.from({ length: 59_996 }, (_, i) => ({ name: `xl/media/${i + 1}.xml`, content: '', sharesBody: true }));
        return writeArchive([...own, body, ...shared]);
      },
      code: 'UNSAFE_WORKBOOK',
      says: /more than 10,000 parts/,
    },
    {
      what: 'has two entries that share one body',
      content: () =>
        writeArchive([
          ...Object.entries(partsOf(good)).map(([name, content]) => ({ name, content })),
          { name: 'xl/worksheets/sheet2.xml', content: '', sharesBody: true },
        ]),
      code: 'UNSAFE_WORKBOOK',
      says: /damaged/,
    },
    {
      what: 'has two entries of one name',
      content: () =>
        writeArchive([
          ...Object.entries(partsOf(good)).map(([name, content]) => ({ name, content })),
          { name: 'XL/workbook.xml', content: '<workbook/>' },
        ]),
      code: 'UNSAFE_WORKBOOK',
      says: /damaged/,
    },
    {
      what: 'is encrypted',
      content: () => writeArchive(Object.entries(partsOf(good)).map(([name, content]) => ({ name, content, isEncrypted: true }))),
      code: 'UNSAFE_WORKBOOK',
      says: /damaged/,
    },
    {
      what: 'has a part with one wrong byte',
      content: () => writeArchive(Object.entries(partsOf(good)).map(([name, content]) => ({ name, content, statedCrc32: 1 }))),
      code: 'UNSAFE_WORKBOOK',
      says: /damaged/,
    },
    {
      what: 'refers from many cells to one long text',
      content: () =>
        bookOf(
          partsOf(
            good + many(2000, (row) => `<row r="${row + 3}">${many(200, () => '<c t="s"><v>0</v></c>')}</row>`),
            strings(`<si><t>${'x'.repeat(30_000)}</t></si>`),
          ),
        ),
      code: 'LIST_TOO_LARGE',
      says: /more than 1 GB of text/,
    },
    {
      what: 'nests elements without end',
      content: () => bookOf(partsOf(good + '<row>'.repeat(200_000))),
      code: 'UNSAFE_WORKBOOK',
      says: /cannot be read/,
    },
    {
      what: 'nests foreign elements without end',
      content: () => bookOf({ ...partsOf(good), [sheet1]: `<worksheet>${'<a>'.repeat(200_000)}` }),
      code: 'UNSAFE_WORKBOOK',
      says: /more than 100 elements/,
    },
    {
      what: 'has a name of an element without end',
      content: () => bookOf({ ...partsOf(good), [sheet1]: `<worksheet><${'a'.repeat(5_000_000)}` }),
      code: 'UNSAFE_WORKBOOK',
      says: /1,000,000 characters/,
    },
    {
      what: 'has an attribute without end',
      content: () => bookOf({ ...partsOf(good), [sheet1]: `<worksheet a="${'a'.repeat(5_000_000)}` }),
      code: 'UNSAFE_WORKBOOK',
      says: /1,000,000 characters/,
    },
    {
      what: 'has a comment without end',
      content: () => bookOf(partsOf(`${good}<!-- ${'<!-- '.repeat(1_000_000)}`)),
      code: 'UNSAFE_WORKBOOK',
      says: /cannot be read/,
    },
    {
      what: 'has a cell of 5 MB',
      content: () =>
        bookOf(partsOf(`${header}<row r="2"><c r="A2" t="inlineStr"><is>${`<t>${'x'.repeat(50_000)}</t>`.repeat(100)}</is></c></row>`)),
      code: 'CELL_TOO_LARGE',
      says: /1,048,576 characters/,
    },
    {
      what: 'names an entity that is not declared',
      content: () => bookOf(partsOf(`${header}<row r="2">${text('A2', '&constructor;')}</row>`)),
      code: 'UNSAFE_WORKBOOK',
      says: /undefined entity/,
    },
    {
      what: 'declares entities, in small letters, behind 100 kB',
      content: () => bookOf(partsOf(good, { 'docProps/app.xml': `${' '.repeat(100_000)}${entityText.toLowerCase()}<a/>` })),
      code: 'UNSAFE_WORKBOOK',
      says: /declares XML entities/,
    },
    {
      what: 'declares entities in UTF-16',
      content: () => bookOf({ ...partsOf(good), [sheet1]: utf16(`${entityText}<worksheet/>`) }),
      code: 'UNSAFE_WORKBOOK',
      says: /declares XML entities/,
    },
    {
      what: 'declares entities in UTF-16 of the other order, in a part that is not read',
      content: () => bookOf(partsOf(good, { 'customXml/item1.xml': utf16(`<?xml version="1.0"?>${entityText}<a/>`, true) })),
      code: 'UNSAFE_WORKBOOK',
      says: /declares XML entities/,
    },
    {
      what: 'declares a lone entity in the part of its relations',
      content: () => bookOf({ ...partsOf(good), 'xl/_rels/workbook.xml.rels': '<!ENTITY a "b"><Relationships/>' }),
      code: 'UNSAFE_WORKBOOK',
      says: /declares XML entities/,
    },
    {
      what: 'is XML in another encoding',
      content: () => bookOf({ ...partsOf(good), [sheet1]: '<?xml version="1.0" encoding="utf-7"?><worksheet/>' }),
      code: 'UNSAFE_WORKBOOK',
      says: /neither UTF-8 nor UTF-16/,
    },
    {
      what: 'has two sheets of one part',
      content: () => {
        const sheets = many(500, (i) => `<sheet name="S${i}" r:id="rId${i}"/>`);
        const links = many(500, (i) => `<Relationship Id="rId${i}" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>`);
        return bookOf({
          ...partsOf(good),
          'xl/workbook.xml': `<workbook xmlns:r="${relations}"><sheets>${sheets}</sheets></workbook>`,
          'xl/_rels/workbook.xml.rels': `<Relationships>${links}</Relationships>`,
        });
      },
      code: 'UNSAFE_WORKBOOK',
      says: /two sheets have the same part/,
    },
    {
      what: 'has its rows out of order',
      content: () => bookOf(partsOf(`${header}<row r="9">${text('A9', 'x')}</row>${vendor}`)),
      code: 'UNSAFE_WORKBOOK',
      says: /row 2 of the sheet "Vendors" is out of place/,
    },
    {
      what: 'has a cell in the wrong row',
      content: () => bookOf(partsOf(`${header}<row r="2">${text('A3', 'x')}</row>`)),
      code: 'UNSAFE_WORKBOOK',
      says: /cell A3 of the sheet "Vendors" is out of place/,
    },
  ];
}
