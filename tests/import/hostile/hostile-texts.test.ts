import { formatCsvRecord } from '../../../server/csv/csv-record.ts';
import { ColumnProfile } from '../../../server/import/mapping/table/profile-columns.ts';
import { findForms, writeRejectedRows } from '../../../server/import/rows/rejected-rows.ts';
import { readInThread } from '../../../server/import/thread/read-in-thread.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, places } from '../import-for-tests.ts';
import { makeWorkbook } from '../look-alikes/workbook-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

describe('a hostile text file', () => {
  it.each([
    ['transfers.csv', `id,artifact,sender,recipient,sent_at,${'x'.repeat(1_000_001)}\n1,2,3,4,2025-01-01,6\n`],
    ['vendors.csv', `vendor_id,vendor_name,long_${'x'.repeat(1_000_001)}\n1,Zeta Cloud,6\n2,Omega,7\n`],
  ])('[I405] %s with a header of a million characters is refused', async (name, content) => {
    const { rejections } = await bench.import({ [name]: content });
    expect(places(rejections)).toEqual([`${name}:1: CELL_TOO_LARGE`]);
    expect(rejections[0]?.message).toMatch(/header on line 1 is longer than 1,000,000 characters/);
  });

  it('[I405] whose rows are wider than 16 MB is refused', async () => {
    const row = Array.from({ length: 6 }, () => 'x'.repeat(3_000_000)).join(',');
    const { rejections } = await bench.import({ 'transfers.csv': `id,artifact,sender,recipient,sent_at,channel\n${row}` });
    expect([places(rejections), rejections[0]?.message]).toEqual([
      ['transfers.csv:2: CELL_TOO_LARGE'],
      expect.stringMatching(/larger than 16 MB/),
    ]);
  });

  it('[I405] is searched for its table in no more than 4,000,000 characters', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `Vendor ${i} Cloud,${'x'.repeat(400_000)}\n`);
    let seen = 0;
    const read = await bench.read({ 'vendors.csv': `Vendor,Notes\n${rows.join('')}` }, { onProgress: () => seen++ });
    expect([read.rejections, read.files[0]?.rowCount, seen > 0]).toEqual([[], 50, true]);
  });

  it('[I405] with a cell of a million blanks between words is profiled in time that grows with its length', () => {
    const profile = new ColumnProfile(false);
    const startedAt = performance.now();
    profile.add(`a${' '.repeat(1_000_000)}b`, 0);
    // With the square of its length, this takes minutes.
    expect([profile.filled, performance.now() - startedAt < 10_000]).toEqual([1, true]);
  });

  it('[I405] with many ids in many columns takes bounded memory: the columns share the room for ids', () => {
    const room = { characters: 1000 };
    const [first, second] = [new ColumnProfile(true, room), new ColumnProfile(true, room)];
    for (let i = 0; i < 20; i++) first.add(`first ${i}`, 0);
    expect([first.isUnique, room.characters]).toEqual([false, 1000]);
    for (let i = 0; i < 5; i++) second.add(`second ${i}`, 0);
    expect([second.isUnique, room.characters < 1000]).toEqual([true, true]);
  });

  it('[I405] of a page whose cells span millions of columns and rows needs no memory for them', async () => {
    const page = `<table><tr>${'<td colspan="1000" rowspan="65534">'.repeat(20_000)}Zeta</table>`;
    // A thread with a heap of 96 MB ends where it keeps each of them.
    const { rejections } = await readInThread(bench.write({ 'vendors.html': page }), { assertedAt: 0, source: null }, 96);
    expect(places(rejections)).toEqual(['vendors.html#Table 1:1: TOO_MANY_COLUMNS']);
  });

  it('[I405] that counts as a download of rejected rows of very many files is read as one list', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `Vendor ${i} Cloud,Hosting,${i + 2},bad,list-${i}.csv\n`);
    const read = await bench.read({ 'rejections.csv': `Vendor,Service,line,reason,file\n${rows.join('')}` });
    expect(read.files.map(({ name }) => name)).toEqual(['rejections.csv']);
  });
});

describe('rejected rows', () => {
  it('[I405] of a sheet and of a list in another encoding are read in a thread', async () => {
    const book = makeWorkbook({
      'A#b': [
        ['Vendor', 'Service'],
        ['Zeta', 'one\ntwo'],
        ['Omega', 'Support'],
      ],
    });
    const list = Buffer.from('Vendor;Service\nSöhne;x\nKite;y\n', 'latin1');
    const [sheet, text] = bench.write({ 'grc.xlsx': book, 'vendors.csv': list });
    const mapping = { columns: [] } as never;
    const form = { encoding: 'xlsx', delimiter: '', headerLine: 1, header: ['Vendor', 'Service'] };
    const known = [sheet, text].map((file) => ({ ...(file as { name: string; path: string }), delimiter: ',', header: [] }));
    const forms = findForms(known, [
      { name: 'grc.xlsx#A#b', form, mapping },
      { name: 'vendors.csv', form: { ...form, encoding: 'windows-1252', delimiter: ';' }, mapping },
    ]);
    const bad = (file: string, line: number) => ({ file, line, column: null, code: 'BAD_VALUE' as const, message: 'bad', value: null });
    let written = '';
    for await (const piece of writeRejectedRows(forms, [bad('grc.xlsx#A#b', 2), bad('vendors.csv', 2)])) written += piece;
    expect(written).toBe(
      [
        ['Vendor', 'Service', 'line', 'reason', 'file'],
        ['Zeta', 'one\ntwo', '2', 'bad', 'grc.xlsx#A#b'],
        ['Söhne', 'x', '2', 'bad', 'vendors.csv'],
      ]
        .map((cells) => formatCsvRecord(cells))
        .join(''),
    );
  });
});
