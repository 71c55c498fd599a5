import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { exportDora } from '../../server/export/dora/export-dora.ts';
import { findSupplyChains } from '../../server/export/dora/supply-chains.ts';
import { noDecisions } from '../../server/import/mapping/decisions/mapping-document.ts';
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
  'engagements.csv': `id,client,provider,service,starts_at,ends_at
E-1,vega,kite,Labeling,2024-01-01,2026-12-31
E-2,rigel,kite,"Labeling, review",2024-02-01,
E-3,vega,rigel,,,
E-4,kite,moss,Second labels,,
E-5,kite,fern,Hosting,,
E-6,moss,fern,Hosting,,
E-7,loop,pool,,,
E-8,pool,loop,,,
`,
};

async function readTables(store: FactStore): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { file, text } of exportDora(store)) files[file] = (files[file] ?? '') + text;
  return files;
}

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
    expect(Object.keys(tables)).toEqual(['b_01.02.csv', 'b_02.02.csv', 'b_05.01.csv', 'b_05.02.csv']);
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
