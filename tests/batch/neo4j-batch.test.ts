import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchQuestionNames } from '../../server/batch/batch-questions.ts';
import { runBatch } from '../../server/batch/run-batch.ts';
import { writePack } from '../../server/batch/write-pack.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, importOf, retract, toAssertion } from '../store/assertions-for-tests.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';
import { manyWorlds, readRows } from './many-worlds.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-batch-neo4j-'));
let neo4j: Neo4jForTests;
let stores: FactStore[];

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  stores = [await openStore(neo4j.url(), patient), await openStore(`sqlite:${join(folder, 'facts.db')}`)];
});
afterAll(async () => {
  for (const store of stores ?? []) await store.close();
  await neo4j?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('[S1035] a pack of a Neo4j gives the rows of one of an embedded store with the same facts, now and as known before', async () => {
  const facts = manyWorlds(10, 5).map(toAssertion);
  const gone = facts.filter(({ kind }) => kind === 'TRANSFER').slice(0, 20);
  for (const store of stores) {
    await store.commit(importOf('worlds', facts, { at: 1000 }));
    await store.commit(
      edit(
        gone.map(({ kind, key }) => retract(kind, key)),
        { at: 3000 },
      ),
    );
  }
  for (const knownAt of [null, 2000]) {
    const [overNeo4j, embedded] = await Promise.all(
      stores.map(async (store, i) => {
        const pack = join(folder, `${i}-${knownAt}`);
        const { revision } = await writePack(store, {
          folder: pack,
          knownAt,
          now: 4000,
          policy: defaultPolicy,
          transfersAPart: 20,
          bytesAFile: 20_000,
        });
        expect(revision).toBe(knownAt === null ? 2 : 1);
        await runBatch(
          { folder: pack, questions: batchQuestionNames, parameters: { transferLikelihood: 0.2 }, threads: 1 },
          () => undefined,
        );
        return { pack, counts: JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')).counts };
      }),
    );
    expect(overNeo4j?.counts).toEqual(embedded?.counts);
    for (const question of batchQuestionNames)
      expect([question, readRows(overNeo4j?.pack as string, question)]).toEqual([question, readRows(embedded?.pack as string, question)]);
  }
});
