import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { doraTemplates } from '../../server/domain/columns/dora-templates.ts';
import { exportDora, findSupplyChains } from '../../server/export/export-format.ts';
import { previewImport } from '../../server/import/commit-import.ts';

import { noDecisions } from '../../server/import/mapping/decisions/mapping-document.ts';
import { readFromStore } from '../../server/import/read-from-store.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { Bench } from '../import/import-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

let benches: Bench[];
beforeEach(async () => {
  benches = [await Bench.open(), await Bench.open()];
});
afterEach(() => Promise.all(benches.map((bench) => bench.close())));

const world = {
  'organizations.csv': `id,name,roles,country,attribute:LEI
vega,Vega Labs,LAB,US,529900VEGA0000000012
rigel,Rigel Labs,LAB;VENDOR,FR,
kite,Kite Data,VENDOR,DE,529900KITE0000000034
moss,Moss Annotation,SUBCONTRACTOR,IE,
fern,Fern Hosting,SUBCONTRACTOR,,
loop,Loop A,VENDOR,,
pool,Loop B,VENDOR,,
`,
  'engagements.csv': `id,client,provider,service,starts_at,ends_at,notice_hours
E-1,vega,kite,Labeling,2024-01-01,2026-12-31,24
E-2,rigel,kite,"Labeling, review",2024-02-01,,
E-3,vega,rigel,,,,
E-4,kite,moss,Second labels,,,
E-5,kite,fern,Hosting,,,
E-6,moss,fern,Hosting,,,
E-7,loop,pool,,,,
E-8,pool,loop,,,,
`,
};

/** Equal names, references and services, names with remarks, dates with a time, countries in words, cells that look like formulas. */
const oddWorld = {
  'organizations.csv': `id,name,roles,country,attribute:LEI,aliases
vega,Vega Labs,LAB,US,529900VEGA0000000012,
o1,Kite Data,VENDOR,Germany,,
o2,Kite Data,VENDOR,DE,,
o3,"Kite (UK) Ltd* (inactive)",VENDOR,,,
o4,"X; PT. (Y)",VENDOR,,529900KITE0000000034,Zed
Zed,n/a,VENDOR,,,
o6,Kite data,VENDOR,,,
o7,'=cmd,VENDOR,,,
`,
  'engagements.csv': `id,client,provider,service,starts_at,ends_at,notice_hours
1,vega,o1,"A; B",2024-01-01T10:00:00Z,2026-12-31T11:00:00Z,24
vega: 1,vega,o2,Other,2025-01-01,2027-12-31,
3,o1,o3,A,,,
4,o1,o3,B,2024-01-01,2025-02-03,
5,o1,o3,,,,
6,o3,o4,,,,
7,o3,o4,,,,
8,o4,Zed,N/A,,,
9,vega,o6,"A
B",,,0
10,o6,o7,-,,,0
o6 > Zed,o6,Zed,Q,,,0
11,o6,Zed,R,,,0
`,
};

/** The report of an import into the store that the tables come from. */
async function importAgain(bench: Bench, tables: Record<string, string>) {
  const at = Date.UTC(2026, 0, 3);
  const decisions = { ...noDecisions, files: [{ name: '*', remarks: 'TEXT' as const }] };
  const read = await readFromStore(bench.store, bench.write(tables), { assertedAt: at, source: null, edition: {}, decisions });
  expect(read.questions).toEqual([]);
  const order = { id: 'again', by: 'tester', at, createdAt: at, source: null, assertedAt: null };
  return (await previewImport(bench.store, read, order)).report;
}

async function readTables(store: FactStore): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { file, text } of exportDora(store)) files[file] = (files[file] ?? '') + text;
  return files;
}

const notices = 'b_02.02-breach-notice.csv';
const rowsOf = (text: string | undefined) => parse(text ?? '', { columns: true }) as Record<string, string>[];

async function pairsOf(store: FactStore): Promise<string[]> {
  const names = new Map<string, string>();
  const pairs: string[] = [];
  for await (const { kind, facts } of store.readFacts()) {
    if (kind === 'ORGANIZATION') for (const { key, values } of facts) names.set(key, values[1] as string);
    if (kind === 'ENGAGEMENT')
      for (const { values } of facts)
        pairs.push([names.get(values[1] as string), names.get(values[2] as string), values[3], values[4], values[5]].join(' | '));
  }
  return pairs.sort();
}

describe('a DORA register', () => {
  it('[I33] lists entities, direct contracts, providers and chains with rank and recipient', async () => {
    const [bench] = benches as [Bench];
    await bench.import(world);
    const tables = await readTables(bench.store);
    expect(Object.keys(tables)).toEqual([...Object.keys(doraTemplates).map((template) => `${template}.csv`), notices]);
    expect(rowsOf(tables['b_01.02.csv']).map(({ c0010, c0020, c0030 }) => [c0010, c0020, c0030])).toEqual([
      ['529900VEGA0000000012', 'Vega Labs', 'US'],
      ['loop', 'Loop A', ''],
      ['rigel', 'Rigel Labs', 'FR'],
    ]);
    expect(rowsOf(tables['b_02.02.csv']).map(({ c0010, c0070, c0080 }) => [c0010, c0070, c0080])).toEqual([
      ['E-7', '', '9999-12-31'],
      ['E-2', '2024-02-01', '9999-12-31'],
      ['E-1', '2024-01-01', '2026-12-31'],
      ['E-3', '', '9999-12-31'],
    ]);
    const chain = rowsOf(tables['b_05.02.csv']).filter(({ c0010 }) => c0010 === 'E-1');
    expect(chain.map(({ c0030, c0050, c0060 }) => [c0030, c0050, c0060])).toEqual([
      ['529900KITE0000000034', '1', ''],
      ['fern', '2', '529900KITE0000000034'],
      ['moss', '2', '529900KITE0000000034'],
      ['fern', '3', 'moss'],
    ]);
    const firstOf = (file: string) => rowsOf(tables[file]).map(({ c0010, c0020 }) => [c0010, c0020]);
    expect(firstOf('b_03.01.csv')).toEqual(firstOf('b_04.01.csv'));
    expect(firstOf('b_03.02.csv').map(([reference]) => reference)).toEqual(['E-7', 'E-2', 'E-1']);
    expect(firstOf('b_03.03.csv')).toEqual([['E-3', 'rigel']]);
    expect(tables[notices]?.split('\n')[1]).toBe('E-1,529900VEGA0000000012,529900KITE0000000034,24');
    // Nobody knows which of three entities maintains the register.
    for (const silent of ['b_01.01', 'b_01.03', 'b_02.03', 'b_06.01', 'b_07.01', 'b_99.01'])
      expect(rowsOf(tables[`${silent}.csv`])).toEqual([]);
  });

  it('[I990] names the entity that maintains the register where there is one, and keeps the columns of a register that was imported', async () => {
    const [bench] = benches as [Bench];
    const register = {
      'b_01.02.csv': 'c0010,c0020,c0030,c0040\n529900VEGA0000000012,Northwind Bank,DE,eba_CT:x12\n',
      'b_05.01.csv': 'c0010,c0020,c0050,c0080,c0100\nDE-1,DE_CRN,Zeta GmbH,DE,1200\nOMEGA,,Omega Ltd,GB,\nMOSS,,Moss Ltd,,\n',
      'b_02.02.csv':
        'c0010,c0020,c0030,c0040,c0050,c0060,c0100\nCA-1,529900VEGA0000000012,DE-1,DE_CRN,F1,S17,90\nCA-2,529900VEGA0000000012,DE-1,DE_CRN,F2,S19,30\n',
      'b_05.02.csv': 'c0010,c0020,c0030,c0050,c0060\nCA-1,S17,DE-1,1,\nCA-1,S07,OMEGA,2,DE-1\nCA-2,S19,DE-1,1,\nCA-2,S07,MOSS,2,DE-1\n',
    };
    await bench.import(register, 'ALL_OR_NOTHING', { decisions: { ...noDecisions, files: [{ name: '*', createMissing: true }] } });
    const tables = await readTables(bench.store);
    expect(rowsOf(tables['b_01.01.csv'])).toMatchObject([{ c0010: '529900VEGA0000000012', c0020: 'Northwind Bank', c0030: 'DE' }]);
    expect(rowsOf(tables['b_01.02.csv'])[0]).toMatchObject({ c0040: 'eba_CT:x12' });
    expect(rowsOf(tables['b_02.02.csv']).map(({ c0010, c0040, c0050, c0100 }) => [c0010, c0040, c0050, c0100])).toEqual([
      ['CA-1', 'DE_CRN', 'F1', '90'],
      ['CA-2', 'DE_CRN', 'F2', '30'],
    ]);
    expect(rowsOf(tables['b_05.01.csv'])[0]).toMatchObject({ c0010: 'DE-1', c0020: 'DE_CRN', c0100: '1200' });
    expect(rowsOf(tables['b_06.01.csv']).map(({ c0010 }) => c0010)).toEqual(['F1', 'F2']);
    // A subcontractor stands below the contract that the register names, and below no other of its recipient.
    expect(rowsOf(tables['b_05.02.csv']).map(({ c0010, c0030, c0050 }) => [c0010, c0030, c0050])).toEqual([
      ['CA-1', 'DE-1', '1'],
      ['CA-1', 'OMEGA', '2'],
      ['CA-2', 'DE-1', '1'],
      ['CA-2', 'MOSS', '2'],
    ]);
    expect(await importAgain(bench, tables)).toMatchObject({ created: 0, updated: 0, rejected: 0 });
  });

  it('[I990] changes nothing where it comes from, whatever the names, references and services', async () => {
    const [bench, demo] = benches as [Bench, Bench];
    await bench.import(oddWorld);
    expect(await importAgain(bench, await readTables(bench.store))).toMatchObject({ created: 0, updated: 0, rejected: 0 });
    const seed = (file: string) => readFileSync(new URL(`../../seeds/demo/${file}`, import.meta.url), 'utf8');
    await demo.import({ 'organizations.csv': seed('organizations.csv'), 'engagements.csv': seed('engagements.csv') });
    expect(await importAgain(demo, await readTables(demo.store))).toMatchObject({ created: 0, updated: 0, rejected: 0 });
  });

  it('[I990] writes the codes that lists state, with their types, and changes nothing where it comes from', async () => {
    const [bench] = benches as [Bench];
    const list = `Vendor,LEI,EUID,VAT number,Parent LEI,Service
Zeta GmbH,529900ZETA0000000056,DEK1101R.HRB12345,DE123456789,529900PARENT00000078,Hosting
Sigma SA,,FR7501.123456789,,,Support
Омега ООО,,,1234567890,,Labels
`;
    const client = { name: 'Vega Labs', role: 'LAB' as const };
    await bench.import({ 'vendors.csv': list }, 'ALL_OR_NOTHING', {
      decisions: { ...noDecisions, files: [{ name: '*', client, createMissing: true }] },
    });
    const tables = await readTables(bench.store);
    const codesIn = (file: string, ...columns: string[]) => rowsOf(tables[file]).map((row) => columns.map((column) => row[column]));
    expect(codesIn('b_05.01.csv', 'c0010', 'c0020', 'c0030', 'c0040', 'c0060')).toEqual([
      ['529900ZETA0000000056', 'LEI', 'DEK1101R.HRB12345', 'EUID', 'Zeta GmbH'],
      ['FR7501.123456789', 'EUID', '', '', 'Sigma SA'],
      ['Омега ООО', '', '', '', ''],
    ]);
    const typed = [
      ['529900ZETA0000000056', 'LEI'],
      ['FR7501.123456789', 'EUID'],
      ['Омега ООО', ''],
    ];
    expect(codesIn('b_02.02.csv', 'c0030', 'c0040').sort()).toEqual(typed);
    expect(codesIn('b_03.02.csv', 'c0020', 'c0030').sort()).toEqual(typed);
    expect(codesIn('b_05.02.csv', 'c0030', 'c0040').sort()).toEqual(typed);
    // Without subcontractors, b_05.02 repeats the direct providers, and asks nothing.
    expect(await importAgain(bench, tables)).toMatchObject({ created: 0, updated: 0, rejected: 0 });
  });

  it('[I990] finds the texts of a register whose columns have the names of the regulation', async () => {
    const [bench] = benches as [Bench];
    const register = {
      'b_01.02.csv':
        'LEI of the financial entity,Name of the financial entity,Country of the financial entity\n529900VEGA0000000012,Northwind Bank,DE\n',
      'b_05.01.csv':
        'Identification code of the ICT third-party service provider,Type of code to identify the ICT third-party service provider,Legal name of the ICT third-party service provider,Currency of the amount reported in B_05.01.0100\nZETA-1,CRN,Zeta GmbH,EUR\n',
      'b_02.02.csv':
        'Contractual arrangement reference number,LEI of the financial entity making use of the ICT service(s),Identification code of the ICT third-party service provider,Type of ICT services\nCA-1,529900VEGA0000000012,ZETA-1,S17\n',
    };
    await bench.import(register, 'ALL_OR_NOTHING', { decisions: { ...noDecisions, files: [{ name: '*', createMissing: true }] } });
    const tables = await readTables(bench.store);
    expect(rowsOf(tables['b_01.02.csv'])).toMatchObject([{ c0010: '529900VEGA0000000012', c0020: 'Northwind Bank', c0030: 'DE' }]);
    expect(rowsOf(tables['b_05.01.csv'])).toMatchObject([{ c0010: 'ZETA-1', c0020: 'CRN', c0050: 'Zeta GmbH', c0090: 'EUR' }]);
    expect(rowsOf(tables['b_05.02.csv'])).toMatchObject([{ c0030: 'ZETA-1', c0040: 'CRN', c0050: '1' }]);
    expect(await importAgain(bench, tables)).toMatchObject({ created: 0, updated: 0, rejected: 0 });
  });

  it('[I33] imports into an empty store as the same engagements, and exports from there byte for byte', async () => {
    const [first, second] = benches as [Bench, Bench];
    await first.import(world);
    const tables = await readTables(first.store);
    const decisions = { ...noDecisions, files: [{ name: '*', createMissing: true }] };
    const outcome = await second.import(tables, 'ALL_OR_NOTHING', { decisions });
    expect([outcome.rejections, outcome.isWritten]).toEqual([[], true]);
    expect(await pairsOf(second.store)).toEqual(await pairsOf(first.store));
    expect(await readTables(second.store)).toEqual(tables);
  });

  it('[I33] gives every engagement a place, in any graph', () => {
    const links = fc
      .array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 })
      .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([a, b], i) => ({ id: `e${i}`, client: `o${a}`, provider: `o${b}` })));
    fc.assert(
      fc.property(links, fc.uniqueArray(fc.nat(7)), (all, labs) => {
        const chains = findSupplyChains(all, (id) => labs.includes(Number(id.slice(1))));
        const placed = new Set(chains.direct.map(({ id }) => id));
        for (const direct of chains.direct) {
          let last = 2;
          for (const { link, rank } of chains.chainOf(direct)) {
            expect(rank === last || rank === last + 1).toBe(true);
            last = rank;
            placed.add(link.id);
          }
        }
        expect(placed.size).toBe(all.length);
      }),
    );
  });
});
