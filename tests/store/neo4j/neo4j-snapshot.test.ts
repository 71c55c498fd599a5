import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseFromStore } from '../../../server/backup/erase/erase-data.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { ProjectionSnapshot } from '../../../server/questions/facts/projection-snapshot.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore, snapshotPathOf } from '../../../server/store/open/open-store.ts';
import { projectionInPlain } from '../../support/answers/projection-in-plain.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, setTestTimeout } from '../../support/test.ts';
import { edit, smallWorld, vendor } from '../assertions-for-tests.ts';

setTestTimeout(600_000);

let neo4j: Neo4jForTests;
let folder: string;
const stores: FactStore[] = [];

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
});
beforeEach(async () => {
  await neo4j.emptyStore();
  folder = mkdtempSync(join(tmpdir(), 'exposure-neo4j-snapshot-'));
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => neo4j?.stop());

/** A server of its own, as far as it reads facts. */
async function startReader() {
  const store = await openStore(neo4j.url(), patient);
  stores.push(store);
  const messages: string[] = [];
  let reads = 0;
  const path = snapshotPathOf(neo4j.url(), folder);
  const onTrouble = (sentence: string) => messages.push(sentence);
  const snapshot = new ProjectionSnapshot({ path, store, leastFacts: 1, settledMs: 60_000, stopWaitMs: 60_000, onTrouble });
  const watched: FactStore = Object.create(store, {
    readRevision: { value: () => store.readRevision() },
    readChangedKeys: { value: (...asked: Parameters<FactStore['readChangedKeys']>) => store.readChangedKeys(...asked) },
    readFactsByKey: { value: (...asked: Parameters<FactStore['readFactsByKey']>) => store.readFactsByKey(...asked) },
    readFacts: {
      value: (...asked: Parameters<FactStore['readFacts']>) => {
        reads++;
        return store.readFacts(...asked);
      },
    },
  });
  const current = new CurrentProjection(watched, undefined, undefined, snapshot);
  const answer = async () => projectionInPlain((await current.read()).projection);
  return { store, path, messages, answer, snapshot, reads: () => reads };
}

const builtFrom = async (store: FactStore) => projectionInPlain((await new CurrentProjection(store).read()).projection);

describe('servers over one Neo4j that share a data folder', () => {
  it('[S224] start from the snapshot that any of them kept, and bring it up to date', async () => {
    const first = await startReader();
    await first.store.commit(edit(smallWorld));
    await first.answer();
    await first.snapshot.close();
    const second = await startReader();
    expect(await second.answer()).toEqual(await builtFrom(first.store));
    await first.store.commit(edit([vendor('sable')]));
    const third = await startReader();
    expect(await third.answer()).toEqual(await builtFrom(first.store));
    expect(await second.answer()).toEqual(await builtFrom(first.store));
    await Promise.all([second.snapshot.close(), third.snapshot.close()]);
    const fourth = await startReader();
    expect(await fourth.answer()).toEqual(await builtFrom(first.store));
    expect([first, second, third, fourth].map(({ reads }) => reads())).toEqual([1, 0, 0, 0]);
    expect([first, second, third, fourth].flatMap(({ messages }) => messages)).toEqual([]);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^projection-[0-9a-f]{12}\.snapshot$/)]);
  });

  it('[S224] keep nothing of what another program erases while they run', async () => {
    const reader = await startReader();
    await reader.store.commit(edit([...smallWorld, vendor('kite')], { by: 'ada@example.org' }));
    await reader.answer();
    await reader.snapshot.close();
    const running = await startReader();
    await running.answer();
    const busy = await startReader();
    await busy.answer();
    await busy.store.commit(edit([vendor('sable')]));
    await busy.answer();
    const eraser = await openStore(neo4j.url(), patient);
    stores.push(eraser);
    const subject = { of: 'person', person: 'ada@example.org', also: [] } as const;
    await eraseFromStore(eraser, join(folder, 'erasure.backup'), { subject, by: 'local', at: 9000, product: '1.0.0', key: null });
    // The file of this folder is still there, as after an erasure from another machine.
    expect(existsSync(running.path)).toBe(true);
    await running.snapshot.close();
    expect(existsSync(running.path)).toBe(false);
    await busy.snapshot.close();
    expect(existsSync(running.path)).toBe(false);

    const next = await startReader();
    expect(await next.answer()).toEqual(await builtFrom(eraser));
    expect(next.reads()).toBe(1);
    await next.snapshot.close();
    expect(readFileSync(next.path).includes('ada@example.org')).toBe(false);
  });
});
