import { readdirSync } from 'node:fs';
import { ExposureError } from '../../../server/domain/errors.ts';
import { DraftFolder } from '../../../server/import/drafts/draft-folder.ts';
import { readInThread } from '../../../server/import/thread/read-in-thread.ts';
import { openWorkbook } from '../../../server/import/workbook/open-workbook.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';
import { bookOf, hostileWorkbooks, partsOf, text } from './hostile-workbooks.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const vendors = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `<row r="${i + 2}">${text(`A${i + 2}`, `Vendor ${i} Cloud`)}${text(`B${i + 2}`, `Hosting ${i}`)}</row>`,
  ).join('');
const header = `<row r="1">${text('A1', 'Vendor')}${text('B1', 'Service')}</row>`;

describe('a workbook', () => {
  it.each(hostileWorkbooks(20).map((one) => [one.what, one] as const))(
    '[I400] that %s is rejected, with the way out',
    async (_, { content, code, says }) => {
      const { rejections, isWritten } = await bench.import({ 'grc.xlsx': content() });
      expect([isWritten, rejections.map((one) => one.code), rejections[0]?.message]).toEqual([false, [code], expect.stringMatching(says)]);
    },
  );

  it('[I401] that is not read in time is refused', async () => {
    const [file] = bench.write({ 'grc.xlsx': bookOf(partsOf(header + vendors(10))) });
    await expect(openWorkbook('grc.xlsx', file?.path as string, { deadlineMs: 0 })).rejects.toThrow(
      /takes too long to read. Save its sheets as CSV/,
    );
  });

  it('[I402] that needs more memory than its thread may use is refused as a value, and names the way out', async () => {
    const files = bench.write({ 'grc.xlsx': bookOf(partsOf(header + vendors(60_000))), 'list.csv': 'Vendor,Service\nZeta,Hosting\n' });
    const read = await readInThread(files, { assertedAt: 0, source: null }, 16);
    expect([read.assertions.length, read.files.map(({ name, isFaulty }) => [name, isFaulty])]).toEqual([
      0,
      [
        ['grc.xlsx', true],
        ['list.csv', true],
      ],
    ]);
    expect(read.rejections).toMatchObject([
      {
        file: 'grc.xlsx',
        code: 'LIST_TOO_LARGE',
        message: expect.stringMatching(/more memory than an import may use. Import the rows in several files/),
      },
      { file: 'list.csv', code: 'LIST_TOO_LARGE' },
    ]);
  });

  it('[I403] is no longer read once its uploader has left, and nothing of it is kept', async () => {
    const folder = new DraftFolder(bench.folder, '.');
    const before = readdirSync(bench.folder);
    const leaving = new AbortController();
    const body = (async function* () {
      yield bookOf(partsOf(header + vendors(20_000)));
      setImmediate(() => leaving.abort(new Error('left')));
    })();
    await expect(folder.receive('grc.xlsx', body, leaving.signal)).rejects.toThrow('left');
    expect(readdirSync(bench.folder)).toEqual(before);
  });

  it('[I400] that needs too much memory is refused at its upload as too large, and named', async () => {
    const folder = new DraftFolder(bench.folder, '.');
    const large = hostileWorkbooks(1).find(({ code }) => code === 'LIST_TOO_LARGE');
    const refusal = folder.receive(
      'grc.xlsx',
      (async function* () {
        yield large?.content() as Buffer;
      })(),
    );
    await expect(refusal).rejects.toThrow(ExposureError);
    await expect(refusal).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE', message: expect.stringMatching(/^grc.xlsx: .*1 GB of text/) });
  });
});
