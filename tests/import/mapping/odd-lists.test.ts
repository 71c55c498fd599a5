import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
const read = (text: string) =>
  bench.read(
    { 'list.csv': text },
    { decisions: readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', newArtifacts } as never) },
  );

const idsOf = ({ assertions }: ReadImport, of: string) => [...assertions].filter(({ kind }) => kind === of).map(({ key }) => key);
/** Records and bytes of each transfer. */
const volumesOf = ({ assertions }: ReadImport) =>
  [...assertions].flatMap(({ kind, values }) => (kind === 'TRANSFER' ? [values.slice(-2)] : []));

describe('a list as vendors send it', () => {
  it('[S451] has its own rows alone: those of a further table below it are left out, and said', async () => {
    const vendors = 'Vendor,Service,Start\nNinebark,Annotation,2025-01-01\nLarkhill,RLHF,2025-02-01\n';
    for (const below of [
      '\nArtifact,Sender,Recipient\nGuidelines,Vega Labs,Ninebark\n',
      'Artifact,Sender,Recipient\nGuidelines,Vega Labs,Ninebark\n',
      '\nArtifact,Owner\nGuidelines,Vega Labs\n',
    ]) {
      const found = await read(`${vendors}${below}`);
      expect(idsOf(found, 'ENGAGEMENT')).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
      expect(idsOf(found, 'ORGANIZATION')).not.toContain('Guidelines');
      const { read: all, used, leftOut } = found.cells.account;
      expect([all, used, leftOut]).toEqual([6 + leftOut, 6, below.match(/[^,\n]+/g)?.length]);
      expect(found.warnings.join('\n')).toContain(
        '2 rows were left out: each stands in another table, which is read from a file of its own',
      );
    }
    const back = await read(`${vendors}\nArtifact,Owner\nGuidelines,Vega Labs\n\nVendor,Service,Start\nQuillmark,QA,2025-03-01\n`);
    expect(idsOf(back, 'ENGAGEMENT')).toContain('Vega Labs > Quillmark');
    const named = await read(`${vendors}Access,Hosting,2025-03-01\n\nContact,QA,2025-03-01\n`);
    expect(idsOf(named, 'ENGAGEMENT')).toEqual(expect.arrayContaining(['Vega Labs > Access', 'Vega Labs > Contact']));
  });

  it('[S452] has numbers with a mark for thousands, of full width, and as a spreadsheet shortens them', async () => {
    const rows = (...cells: string[]) =>
      read(
        `Artefakt;Absender;Empfänger;Datensätze;Bytes\n${cells.map((cell, i) => `Richtlinien ${i};Vega Labs;Ninebark;${cell}\n`).join('')}`,
      );
    expect(volumesOf(await rows('12.500;1.234,5', '1.234.567;12.500'))).toEqual([
      [12500, 1234.5],
      [1234567, 12500],
    ]);
    expect(volumesOf(await rows('１，２００;1.2E+09', '１２;3,45E+10'))).toEqual([
      [1200, 1.2e9],
      [12, 3.45e10],
    ]);
    // Thousands or decimals: no number of the column tells, so it is said and not guessed.
    const open = await rows('12.500;7', '1.200;7');
    expect(volumesOf(open).map(([records]) => records)).toEqual([undefined, undefined]);
    expect(open.cells.account).toMatchObject({ read: 10, used: 8, leftOut: 2 });
  });

  it('[S453] says of a column whose cells contradict its header that they do', async () => {
    const found = await read('Vendor,Service,Start\nNinebark,Annotation,see contract\nLarkhill,RLHF,ask Bob\n');
    expect(found.files[0]?.mapping?.columns[2]?.because).toBe('few cells of "Start" are dates: kept as text');
  });

  it('[S454] makes its client no vendor where rows name it as a sender', async () => {
    const { assertions } = await read('Artifact,Sender,Recipient,Sent\nGuidelines,Vega Labs,Ninebark,2025-03-01\n');
    const roles = [...assertions].flatMap(({ kind, key, values }) => (kind === 'ORGANIZATION' ? [[key, values[2]]] : []));
    expect(roles).toEqual(
      expect.arrayContaining([
        ['Vega Labs', ['LAB']],
        ['Ninebark', ['VENDOR']],
      ]),
    );
  });

  it('[S456] is one of transfers where it names artifacts, senders and recipients, without dates too', async () => {
    const found = await read('Artefakt;Absender;Empfänger\nRichtlinien;Vega Labs;Ninebark\nRichtlinien;Ninebark;Larkhill\n');
    expect(idsOf(found, 'TRANSFER')).toEqual(['Richtlinien > Vega Labs > Ninebark', 'Richtlinien > Ninebark > Larkhill']);
  });

  it('[S455] may be a Japanese custody list with a row of sums', async () => {
    const found = await read('成果物,送付元,送付先,送付日,件数\nガイド,Vega Labs,データ工房,２０２５年３月１日,800\n合計,,,,800\n');
    expect(volumesOf(found)).toEqual([[800, undefined]]);
    expect(found.cells.account).toEqual({ read: 7, used: 5, keptAsText: 0, leftOut: 2, rejected: 0 });
  });
});
