import { mergeOrganizations } from '../../../server/questions/merge-organizations.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { Bench } from '../../import/import-for-tests.ts';
import { edit, toAssertion } from '../../store/assertions-for-tests.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '../../support/test.ts';
import { hardWorld } from '../../support/worlds/hard-rows.ts';
import { poisonedPackage } from '../../support/worlds/poisoned-package.ts';
import { importSeedWorld } from '../../support/worlds/seed-world.ts';
import { toRecordedFacts } from '../../support/worlds/world.ts';
import { collectParquet, readTable } from './read-parquet.ts';
import { tiny } from './sql-engines.ts';

/** Without one artifact, whose values no store takes. */
const hardFacts = toRecordedFacts(hardWorld).filter(({ values }) => !JSON.stringify(values).includes("'a-"));

let neo4j: Neo4jForTests;
beforeAll(async () => {
  neo4j = await openNeo4jForTests();
});
beforeEach(() => neo4j.emptyStore());
afterAll(() => neo4j?.stop());

describe('an export as Parquet over Neo4j', () => {
  it('[F994] has the bytes of an export over SQLite', async () => {
    const there = await importSeedWorld('demo', neo4j.url());
    const here = await importSeedWorld('demo');
    try {
      expect(await collectParquet(there.store)).toEqual(await collectParquet(here.store));
    } finally {
      await there.close();
      await here.close();
    }
  });

  it('[F994] has the same bytes for hard texts, software and a merged organization, whose id no copy names', async () => {
    const bench = await Bench.open();
    const store = await openStore(neo4j.url());
    const fill = async (into: FactStore) => {
      expect((await into.commit(edit(hardFacts.map(toAssertion)))).isWritten).toBe(true);
      await mergeOrganizations(into, '試験é😀', 'plain', { by: 'ada', at: 2000 });
    };
    try {
      await fill(bench.store);
      await fill(store);
      expect((await bench.import(poisonedPackage)).rejections).toEqual([]);
      const embedded = bench.store;
      bench.store = store;
      expect((await bench.import(poisonedPackage)).rejections).toEqual([]);
      bench.store = embedded;
      const files = await collectParquet(embedded, tiny);
      expect(await collectParquet(store, tiny)).toEqual(files);
      const holders = (await readTable(files, 'copies')).map(({ holder }) => holder);
      expect(holders).toContain('plain');
      expect(holders).not.toContain('試験é😀');
    } finally {
      await store.close();
      await bench.close();
    }
  });
});
