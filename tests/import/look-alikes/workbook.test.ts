import { strToU8, zipSync } from 'fflate';
import { ZipFile } from 'yazl';
import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, places } from '../import-for-tests.ts';
import { makeWorkbook } from './workbook-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

/** 2025-03-04 as spreadsheets count days. */
const march4 = 45_720;
const decided = (flags: Parameters<typeof readDecisions>[0]) => ({ decisions: readDecisions({ map: [], sheet: [], ...flags }) });

/** With Node's own compression: fflate takes seconds for hundreds of megabytes. */
async function zipNatively(name: string, content: Buffer): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(content, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
const hugeWhenInflated = await zipNatively('xl/workbook.xml', Buffer.alloc(257 * 1024 ** 2));

/** Related tables, as GRC tools export them: a separate sheet links vendors to clients by reference. */
const book = {
  Cover: [['Exported from a GRC tool']],
  entities: [
    ['ref_id', 'name', 'Country'],
    ['ENT-1', 'Northwind Bank', 'Germany'],
    ['ENT-2', 'Zeta Cloud', 'USA'],
    ['ENT-3', 'Omega & Sons', 'France'],
  ],
  contracts: [
    ['Contract number', 'Client', 'Provider', 'Description', 'Start date', 'End date', 'Right to audit'],
    ['C-1', 'ENT-1', 'ENT-2', 'Hosting', { date: march4 }, { date: march4 + 365 }, true],
    ['C-2', 'ENT-1', 'Omega & Sons', 'Labeling', { date: march4 }, null, false],
  ],
  amounts: [
    ['Supplier', 'Annual cost'],
    ['Zeta Cloud', { formula: '1+1', value: 3_117_226.5 }],
  ],
} as const;

describe('a workbook', () => {
  it('[I11] gives the facts of all its sheets and resolves references between them by id or name', async () => {
    const read = await bench.read(
      { 'grc.xlsx': makeWorkbook(book) },
      decided({ createMissing: true, client: 'Northwind Bank', as: 'x' } as never),
    );
    expect(places(read.rejections)).toEqual([]);
    expect(read.files.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['grc.xlsx#entities', 3],
      ['grc.xlsx#contracts', 2],
      ['grc.xlsx#amounts', 1],
    ]);
    expect(read.warnings.join()).toMatch(/table grc.xlsx#Cover was left out/);
    const engagements = [...read.assertions]
      .filter(({ kind }) => kind === 'ENGAGEMENT')
      .map(({ values, file, line }) => [values[1], values[2], values[4], values[5], file, line]);
    expect(engagements).toContainEqual([
      'Northwind Bank',
      'Zeta Cloud',
      Date.UTC(2025, 2, 4),
      Date.UTC(2026, 2, 5),
      'grc.xlsx#contracts',
      2,
    ]);
    expect(engagements).toContainEqual(['Northwind Bank', 'Omega & Sons', Date.UTC(2025, 2, 4), undefined, 'grc.xlsx#contracts', 3]);
    expect(JSON.stringify([...read.assertions])).toContain('3117226.5');
  });

  it('[I11] gives the facts of the selected sheets, and reads canonical sheets as canonical CSV', async () => {
    const content = makeWorkbook({
      ...book,
      mine: [
        ['id', 'name', 'roles'],
        ['vega', 'Vega Labs', 'LAB'],
        [null, null, null],
        ['kite', '=Kite', 'VENDOR'],
      ],
    });
    const outcome = await bench.import({ 'grc.xlsx': content }, 'ALL_OR_NOTHING', decided({ sheet: ['mine'] }));
    expect(outcome.report).toMatchObject({ rows: 2, created: 2, rejected: 0 });
    expect((await bench.store.readFactsByKey('ORGANIZATION', ['kite']))[0]?.provenance).toMatchObject({ file: 'grc.xlsx#mine', line: 4 });
    const { rejections } = await bench.preview({ 'grc.xlsx': content }, decided({ sheet: ['Cover', 'nowhere'] }));
    expect(places(rejections)).toEqual(['grc.xlsx#Cover:1: UNKNOWN_KIND']);
  });

  it('[I13] with a DORA register of information gives the engagements of the supply chain', async () => {
    const dora = makeWorkbook({
      'b_01.02': [
        ['LEI of the entity', 'Name of the entity', 'Country of the entity'],
        ['LEI0001', 'Northwind Bank', 'Germany'],
      ],
      'b_02.02': [
        [
          'Contractual arrangement reference number',
          'LEI of the entity making use of the ICT service(s)',
          'Identification code of the ICT third-party service provider',
          'Start date',
          'End date',
          'Notice period for the financial entity',
        ],
        ['C-1', 'LEI0001', 'LEI0002', { date: march4 }, '9999-12-31', 90],
      ],
      'b_05.01': [
        ['Identification code of the ICT third-party service provider', 'Name of the ICT third-party service provider', 'Country'],
        ['LEI0002', 'Zeta Cloud', 'US'],
        ['LEI0003', 'Omega Hosting', 'FR'],
      ],
      'b_05.02': [
        [
          'Contractual arrangement reference number',
          'Identification code of the ICT third-party service provider',
          'Rank',
          'Identification code of the recipient of sub-contracted ICT services',
        ],
        ['C-1', 'LEI0002', 1, 'LEI0002'],
        ['C-1', 'LEI0003', 2, 'LEI0002'],
      ],
    });
    const outcome = await bench.import(
      { 'register.xlsx': dora },
      'ALL_OR_NOTHING',
      decided({ createMissing: true, client: 'Northwind Bank' }),
    );
    expect([outcome.rejections, outcome.isWritten]).toEqual([[], true]);
    const facts: unknown[] = [];
    for await (const batch of bench.store.readFacts()) {
      if (batch.kind === 'ENGAGEMENT') facts.push(...batch.facts.map(({ values }) => [values[1], values[2]]));
      if (batch.kind === 'ORGANIZATION') facts.push(...batch.facts.map(({ key }) => key));
    }
    expect(facts).toEqual([
      'Northwind Bank',
      'Omega Hosting',
      'Zeta Cloud',
      ['Northwind Bank', 'Zeta Cloud'],
      ['Zeta Cloud', 'Omega Hosting'],
    ]);
    expect(outcome.account).toMatchObject({ read: 6, rejected: 0 });
  });

  it.each([
    [
      'links to other workbooks',
      makeWorkbook(book, { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }),
      /links to other workbooks/,
    ],
    ['declares entities', makeWorkbook(book, { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "aa">]><sst/>' }), /entities/],
    ['inflates to more than 256 MB', hugeWhenInflated, /256 MB/],
    ['is another archive', Buffer.from(zipSync({ 'a.xml': strToU8('<a/>') })), /cannot be read/],
    ['is cut off', makeWorkbook(book).subarray(0, 300), /damaged/],
  ])('[I12] that %s is rejected as a whole, with the way out', async (_, content, says) => {
    const { rejections, isWritten } = await bench.import({ 'grc.xlsx': content });
    expect([isWritten, places(rejections)]).toEqual([false, ['grc.xlsx:1: UNSAFE_WORKBOOK']]);
    expect(rejections[0]?.message).toMatch(says);
  });
});
