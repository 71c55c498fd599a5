import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { Files } from '../import-for-tests.ts';
import { Bench, places, smallFiles } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

/** Nothing is written, and the store is as it was. */
async function expectRefused(files: Files): Promise<Awaited<ReturnType<Bench['import']>>> {
  const before = await bench.store.readRevision();
  const outcome = await bench.import(files);
  expect(outcome.isWritten).toBe(false);
  expect(await bench.store.readRevision()).toBe(before);
  expect(await bench.store.verify()).toEqual([]);
  for (const { message } of outcome.rejections) expect(message).toMatch(/[.?]$/);
  return outcome;
}

const header = 'id,name\n';
const utf16 = (text: string, isLittle: boolean) => {
  const bytes = Buffer.from(`${text}`, 'utf16le');
  return isLittle ? bytes : bytes.swap16();
};

const openDocument = Buffer.from(`PK\u0003\u0004${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK`);

describe('a file that cannot be read', () => {
  const cases: readonly [what: string, content: string | Uint8Array, place: string, says: RegExp][] = [
    ['is empty', '', '1: EMPTY_FILE', /0 bytes/],
    ['holds only a byte order mark', Buffer.from([0xef, 0xbb, 0xbf]), '1: EMPTY_FILE', /header/],
    ['holds only blank lines', '\n\r\n\n', '1: EMPTY_FILE', /header/],
    ['is an Excel workbook', Buffer.from('PK\u0003\u0004rest'), '1: NOT_TEXT', /name end with \.xlsx, \.ods, \.docx or \.zip/],
    ['is an OpenDocument spreadsheet', openDocument, '1: NOT_TEXT', /OpenDocument spreadsheet \(\.ods\).*name end with \.ods/],
    ['is an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), '1: NOT_TEXT', /CSV UTF-8/],
    ['is a PDF', '%PDF-1.7', '1: NOT_TEXT', /PDF/],
    ['is binary', Buffer.from([1, 2, 0, 4, 5]), '1: NOT_TEXT', /NUL/],
    ['is UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(header, true)]), '1: WRONG_ENCODING', /UTF-16LE.*iconv/],
    ['is UTF-16 without one', utf16('id,name\nvega,Vega\n', false), '1: WRONG_ENCODING', /UTF-16BE/],
    ['is windows-1252', Buffer.from('id,name\nvega,Vega\nkite,Kit\u00e9\n', 'latin1'), '3: WRONG_ENCODING', /0xE9 on line 3.*windows-1252/],
    ['ends in half a character', Buffer.concat([Buffer.from('id,name\nvega,V'), Buffer.from([0xc3])]), '2: WRONG_ENCODING', /line 2/],
    ['has a doubled column', 'id,name,name\n', '1: name: DOUBLED_COLUMN', /columns 2 and 3/],
    ['has an unknown column', 'id,name,contact_mail\n', '1: contact_mail: UNKNOWN_COLUMN', /Did you mean "contact_email"\?/],
    ['has a column in other words', 'id,name,Contact E-Mail\n', '1: Contact E-Mail: UNKNOWN_COLUMN', /Did you mean "contact_email"\?/],
    [
      'has a column like no other',
      'id,name,favourite colour of the owner\n',
      '1: favourite colour of the owner: UNKNOWN_COLUMN',
      /attribute:favourite/,
    ],
    ['has a column __proto__', 'id,name,__proto__\n', '1: __proto__: UNKNOWN_COLUMN', /not known/],
    ['has a column without a name', 'id,name,\n', '1: : UNKNOWN_COLUMN', /no name/],
    ['lacks a column', 'id,status\n', '1: name: MISSING_COLUMN', /add the column/],
    ['has an unclosed quote', 'id,name\nvega,Vega\nkite,"Kite\nmoss,Moss\n', '3: UNCLOSED_QUOTE', /never closed/],
    ['is one long line', `id,name${'x'.repeat(5_000_000)}`, '1: CELL_TOO_LARGE', /larger than 1 MB/],
    ['has too many columns', `id,name${',x'.repeat(1000)}\n`, '1: TOO_MANY_COLUMNS', /1000/],
  ];
  it.each(cases)('[F5] that %s gets an error with the fault, its place and the way out', async (_, content, place, says) => {
    const { rejections } = await expectRefused({ 'organizations.csv': content });
    expect(places(rejections)).toEqual([`organizations.csv:${place}`]);
    expect(rejections[0]?.message).toMatch(says);
  });

  it('[F5] is reported, and the other files are still checked', async () => {
    const { rejections } = await expectRefused({ ...smallFiles, 'artifacts.csv': 'id,name,type,owner,sensitivity\na,"x\n' });
    expect(places(rejections)).toContain('artifacts.csv:2: UNCLOSED_QUOTE');
    expect(places(rejections)).toContain('transfers.csv:2: artifact: UNKNOWN_REFERENCE');
  });

  it('[F6] imports nothing from a truncated file, even when rejected rows are skipped', async () => {
    const outcome = await bench.import(
      { ...smallFiles, 'organizations.csv': `${smallFiles['organizations.csv']}nova,"Nova\n` },
      'SKIP_REJECTED',
    );
    expect(outcome.report).toMatchObject({ created: 0 });
    expect(places(outcome.rejections)).toEqual([
      'artifacts.csv:2: owner: REFERS_TO_REJECTED',
      'organizations.csv:5: UNCLOSED_QUOTE',
      'transfers.csv:2: artifact: REFERS_TO_REJECTED',
      'transfers.csv:2: recipient: REFERS_TO_REJECTED',
      'transfers.csv:2: sender: REFERS_TO_REJECTED',
      'transfers.csv:3: artifact: REFERS_TO_REJECTED',
      'transfers.csv:3: recipient: REFERS_TO_REJECTED',
      'transfers.csv:3: sender: REFERS_TO_REJECTED',
    ]);
  });

  it('[F7] gives an outcome, never an exception, whatever its bytes', async () => {
    const names = fc.constantFrom(
      'organizations.csv',
      'artifacts.csv',
      'transfers.csv',
      'reveals.csv',
      'controls.csv',
      'incidents.csv',
      'x.csv',
    );
    const headers = fc.constantFrom(
      'id,name\n',
      'artifact,reveals,degree\n',
      'id,artifact,sender,recipient,sent_at,portion\n',
      'id,name,core_from,core_to,scope\n',
      '',
    );
    const tails = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      fc.stringMatching(/^[",\na0-9;'\\%-]{0,120}$/).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(names, headers, tails, async (name, head, tail) => {
        const outcome = await bench.preview({ [name]: Buffer.concat([Buffer.from(head), tail]) });
        expect(outcome.report.rows).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: generatedRuns(300) },
    );
  });
});

describe('the kind of a file', () => {
  it('[F8] comes from its name, or else from its header', async () => {
    const outcome = await bench.import({
      'ORGANIZATIONS.CSV': smallFiles['organizations.csv'],
      'what we sent.csv': smallFiles['transfers.csv'],
      'register.csv': smallFiles['artifacts.csv'],
    });
    expect(outcome.report).toMatchObject({ created: 6, rejected: 0 });
  });

  it('[F8] is asked for when neither name nor header tells', async () => {
    const { rejections } = await expectRefused({ 'register.csv': 'id,name\nvega,Vega\n' });
    expect(places(rejections)).toEqual(['register.csv:1: UNKNOWN_KIND']);
    expect(rejections[0]?.message).toMatch(/Say which, or name a canonical file organizations\.csv\./);
  });

  it('[F8] can be given, and so can the separator', async () => {
    const outcome = await bench.import({ 'register.csv': 'id;name\nvega;Vega\n' }, 'ALL_OR_NOTHING', {
      kind: 'ORGANIZATION',
      delimiter: ';',
    });
    expect(outcome.report).toMatchObject({ created: 1 });
  });

  it('[F8] does not depend on the separator, which the first line shows', async () => {
    for (const separator of [';', '\t', '|']) {
      const outcome = await bench.preview({ 'organizations.csv': `id${separator}name\nvega${separator}"Vega, Inc"\n` });
      expect(outcome.report).toMatchObject({ created: 1, rejected: 0 });
    }
  });
});
