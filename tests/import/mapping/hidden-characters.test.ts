import { hasHidden } from '../../../server/domain/text/hidden-characters.ts';
import { exportFacts } from '../../../server/export/export-facts.ts';
import { noDecisions, withFileDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readFromStore } from '../../../server/import/read-from-store.ts';
import { importOf, lab, readAll, vendor } from '../../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { recordEarlier } from '../../support/worlds/recorded-earlier.ts';
import { Bench, places } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

async function readList(name: string, text: string) {
  const decisions = withFileDecisions(noDecisions, name, (file) => ({
    ...file,
    client: { name: 'Vega', role: 'LAB', isToBeCreated: true },
    createMissing: true,
  }));
  const files = bench.write({ [name]: text });
  return readFromStore(bench.store, files, { assertedAt: Date.UTC(2026, 0, 1), source: 'list', decisions, edition: {} });
}

describe('a list with hidden characters', () => {
  it('[M500] loses them in names, ids, aliases and channels, and says how many and which was the first', async () => {
    const { assertions, warnings, rejections } = await readList(
      'vendors.csv',
      'Vendor,Vendor ID,Also known as,Service,Country\nGlo\u200bbex,V\u202e-1,"Glob\u2066ex One; Gx",Host\u200bing,DE\nInitech,V-2,,"Support\nand mail",US\n\ufeffHooli,V-3,,Search,US\n',
    );
    expect(rejections).toEqual([]);
    const names = [...assertions].filter(({ kind }) => kind === 'ORGANIZATION').map(({ values }) => values.slice(0, 2));
    expect(names.flat().filter((text) => typeof text === 'string' && hasHidden(text))).toEqual([]);
    expect(names.map(([, name]) => name)).toEqual(expect.arrayContaining(['Globex', 'Initech', 'Hooli']));
    expect(JSON.stringify([...assertions])).toContain('Globex One');
    const [hiddenWarning, ...more] = warnings.filter((warning) => warning.includes('nobody sees'));
    expect([hiddenWarning, more]).toEqual([
      'vendors.csv: 3 names and ids lost characters that nobody sees (first: Vendor "Glo\\u{200B}bex" on line 2).',
      [],
    ]);
    // Other texts stay as the list has them.
    expect(JSON.stringify([...assertions])).toContain('Host\u200bing');
  });

  it('[M500] of transfers names artifacts and channels without them, and an artifact that is recorded with them as it is', async () => {
    await recordEarlier(
      bench.store,
      importOf('i1', [
        lab('Vega'),
        vendor('Kite'),
        { ...lab('x'), kind: 'ARTIFACT', key: 'gui\u200bde', values: ['gui\u200bde', 'gui\u200bde', 'OTHER', 'Vega', 3] },
      ]),
    );
    const { assertions, warnings } = await readList(
      'transfers-of-vega.csv',
      'Transfer ID,Artifact,Sender,Recipient,Sent date,Channel\nT\u202e-1,gui\u200bde,Vega,Kite,2025-03-01,S\u2060FTP\n',
    );
    const [transfer] = [...assertions].filter(({ kind }) => kind === 'TRANSFER');
    expect(transfer?.values).toEqual(expect.arrayContaining(['T-1', 'gui\u200bde', 'SFTP']));
    expect(warnings.filter((warning) => warning.includes('nobody sees'))).toEqual([
      'transfers-of-vega.csv: 2 names and ids lost characters that nobody sees (first: Transfer ID "T\\u{202E}-1" on line 2).',
    ]);
  });

  it('[M500] says nothing of blanks around a name, and of lines below it', async () => {
    const { warnings } = await readList(
      'vendors.csv',
      'Vendor,Service\n" Globex\t","Hosting"\n"Initech, Inc.\n1 Main Street\nDublin","Support"\n',
    );
    expect(warnings.filter((warning) => warning.includes('nobody sees'))).toEqual([]);
  });
});

describe('canonical files with hidden characters', () => {
  it('[F500] are refused by code, column and line, and the sentence shows the character and the way out', async () => {
    const { isWritten, rejections } = await bench.import({
      'organizations.csv':
        'id,name,roles,aliases,source\nvega,Ve\u202ega,LAB,,\nkite,Kite,,A;B\u200b,\nm\u2066oss,Moss,,,\nlark,Lark,,,re\ufeffgister\n',
    });
    expect(isWritten).toBe(false);
    expect(places(rejections)).toEqual([
      'organizations.csv:2: name: HIDDEN_CHARACTER',
      'organizations.csv:3: aliases: HIDDEN_CHARACTER',
      'organizations.csv:4: id: HIDDEN_CHARACTER',
      'organizations.csv:5: source: HIDDEN_CHARACTER',
    ]);
    expect(rejections[0]?.message).toBe(
      'The name "Ve\\u{202E}ga" holds the character U+202E, which nobody sees. Write it without: new ids, names, aliases, channels, files and sources have no control, bidirectional or zero-width characters and no line breaks.',
    );
  });

  it('[F501] an export of recorded ones is imported unchanged into its store, and refused by an empty one', async () => {
    const other = await Bench.open();
    try {
      const world = [lab('ve\u202ega'), vendor('kite', { name: 'K\u200bite', aliases: ['K\u2066'] })].map((one) => ({
        ...one,
        source: 'a\ufeff',
      }));
      await recordEarlier(bench.store, importOf('i1', world, { import: { source: 'a\ufeff' } }));
      const files: Record<string, string> = {};
      for await (const { file, text } of exportFacts(bench.store)) files[file] = (files[file] ?? '') + text;
      expect((await bench.import(files)).report).toMatchObject({ unchanged: 2, rejected: 0, created: 0 });
      const refused = await other.import(files);
      expect([refused.isWritten, new Set(refused.rejections.map(({ code }) => code))]).toEqual([false, new Set(['HIDDEN_CHARACTER'])]);
      expect(refused.rejections.map(({ column }) => column)).toEqual(expect.arrayContaining(['id', 'name', 'aliases', 'source']));
      // A backup carries them.
      await other.store.restore(bench.store.readRecords());
      expect(await readAll(other.store)).toEqual(await readAll(bench.store));
    } finally {
      await other.close();
    }
  });
});
