import { setTimeout as sleep } from 'node:timers/promises';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { Lease } from '../../../server/store/neo4j/write/head.ts';
import type { OpenStoreOptions } from '../../../server/store/open/open-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import { TcpProxy } from '../../support/servers/tcp-proxy.ts';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  restoreSpies,
  setTestTimeout,
  spyOn,
} from '../../support/test.ts';
import { edit, importOf, readAll, readKeys, retract, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';

setTestTimeout(600_000);

/** The first bytes of a Bolt COMMIT. */
const commit = Buffer.from([0xb0, 0x12]);

let neo4j: Neo4jForTests;
let proxy: TcpProxy;
const stores: FactStore[] = [];

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  proxy = await TcpProxy.open(Number(new URL(neo4j.url('bolt')).port));
  // A server plans each statement when it first runs it; that must be over before a test sets a short timeout.
  const store = await open({ stageFrom: 0 });
  await store.commit(edit([...smallWorld]));
  await store.commit(importOf('first', upheaval));
  await store.close();
  stores.pop();
}, 300_000);
beforeEach(() => neo4j.emptyStore());
afterEach(async () => {
  proxy.onRequest = () => undefined;
  await proxy.listen();
  for (const store of stores.splice(0)) await store.close();
});
afterAll(async () => {
  await proxy?.close();
  await neo4j?.stop();
});

async function open(options: OpenStoreOptions = {}, url = neo4j.url()): Promise<FactStore> {
  const store = await openStore(url, { ...patient, ...options });
  stores.push(store);
  return store;
}

/** Opens a store that loses its network at commit `endAt` and retries only briefly. */
async function openDoomed(options: OpenStoreOptions): Promise<{ store: FactStore; endAt(commits: number): void }> {
  const store = await open({ patience: 0.5, ...options }, `bolt://127.0.0.1:${proxy.port}`);
  return {
    store,
    endAt: (commits) => {
      let count = 0;
      proxy.onRequest = (request) => {
        if (request.includes(commit) && ++count === commits) void proxy.refuse();
      };
    },
  };
}

/** Two batches of a staged write. */
const twoBatches = 6_000;
const many = (name: string, count = twoBatches): ReturnType<typeof vendor>[] =>
  Array.from({ length: count }, (_, i) => vendor(`${name} ${i}`));

/** Changes, removes and adds facts: everything that a staged write can do. */
const upheaval = [vendor('quill', { country: 'NL' }), retract('TRANSFER', 't1'), vendor('new'), transfer('t2', 'rubric', 'vega', 'quill')];

async function nodesOf(label: string): Promise<number> {
  return (await neo4j.run(`MATCH (n:${label}) RETURN count(*)`))[0]?.[0] as number;
}

/** The nonce of the write that is staged; null if none is. */
async function readLease(): Promise<unknown> {
  return (await neo4j.run('MATCH (m:ExposureStore {id: 1}) RETURN m.staging'))[0]?.[0];
}

describe('stores over one Neo4j', () => {
  it('[S80] a write through one is seen by the next question to another', async () => {
    const three = [await open(), await open({}, neo4j.url('bolt')), await open()];
    for (let i = 0; i < 9; i++) {
      const { revision } = await (three[i % 3] as FactStore).commit(edit([vendor(`v${i}`)], { by: `writer ${i % 3}` }));
      const next = three[(i + 1) % 3] as FactStore;
      expect(await next.readRevision()).toBe(revision);
      expect(await readKeys(next)).toHaveLength(i + 1);
      expect((await next.readHistory({ sinceRevision: i }, 0, 10)).changes.map(({ by }) => by)).toEqual([`writer ${i % 3}`]);
    }
  });

  it('[S80] no write is lost, in one transaction or staged', async () => {
    const three = [await open(), await open({ stageFrom: 0 }), await open()];
    const write = async (store: FactStore, name: string): Promise<void> => {
      for (let i = 0; i < 6; i++) await store.commit(edit([vendor(`${name} ${i}`)], { by: name }));
    };
    await Promise.all(three.map((store, i) => write(store, `w${i}`)));
    for (const store of three) {
      expect(await store.readRevision()).toBe(18);
      expect(await readAll(store)).toHaveLength(18);
      expect(await store.verify()).toEqual([]);
    }
  });

  it('[S80] of two concurrent imports, one is complete before the other starts', async () => {
    const [first, second] = [await open({ stageFrom: 5_000 }), await open({ stageFrom: 5_000 })];
    const both = many('both');
    const outcomes = await Promise.all([first.commit(importOf('a', both)), second.commit(importOf('b', both))]);
    expect(outcomes.map(({ counts }) => [counts.CREATED, counts.UNCHANGED]).sort((a, b) => (a[0] as number) - (b[0] as number))).toEqual([
      [0, both.length],
      [both.length, 0],
    ]);
    expect(await first.verify()).toEqual([]);
    const [created] = (await first.listImports()).filter((record) => record.created > 0).map(({ id }) => id);
    expect(await second.undoImport(created as string, 'eve', 2000)).toMatchObject({ outcome: 'undone', changedCount: 0 });
    expect(await readAll(first)).toHaveLength(both.length);
  });

  it('[S80] an edit waits for a staged import, and readers see nothing of the import until it is done', async () => {
    const [importer, editor, reader] = [await open({ stageFrom: 0 }), await open(), await open()];
    await editor.commit(edit([...smallWorld]));
    const importing = importer.commit(importOf('big', [...many('big'), ...upheaval]));
    const seen: number[] = [];
    let isDone = false;
    const reading = (async () => {
      while (!isDone) seen.push((await readKeys(reader)).length);
    })();
    while ((await readLease()) === null) await sleep(5);
    const edited = await editor.commit(edit([vendor('quill', { country: 'DE' })], { by: 'bob' }));
    const imported = await importing;
    isDone = true;
    await reading;
    expect([imported.revision, edited.revision]).toEqual([2, 3]);
    expect(new Set(seen).size).toBeLessThanOrEqual(2);
    for (const count of seen) expect([4, twoBatches + 5]).toContain(count);
    expect(await editor.verify()).toEqual([]);
  });

  it('[S81] on timeout, CONFLICT names the current writer, and nothing was written', async () => {
    const { store: dead, endAt } = await openDoomed({ stageFrom: 0, leaseMs: 60_000 });
    const store = await open({ busyWaitMs: 300 });
    endAt(2);
    const lost = await dead.commit(importOf('big', many('big'), { by: 'ada' })).catch((error: unknown) => error);
    expect(lost).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(store.commit(edit([vendor('later')]))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(
        /^ada has been writing to the store since \d{4}-.*, and this write waited the full 0\.3 seconds\. Nothing was written/,
      ),
    });
    expect(await store.readRevision()).toBe(0);
    expect(await readAll(store)).toEqual([]);
  });

  it.each([2, 3, 4, 5])(
    '[S82] an import whose writer dies at its commit %d leaves nothing, and the next writer rolls it back',
    async (commits) => {
      const store = await open();
      await store.commit(edit([...smallWorld]));
      const before = await readAll(store);
      const { store: dead, endAt } = await openDoomed({ stageFrom: 0, leaseMs: 500 });
      endAt(commits);
      const outcome = await dead.commit(importOf('big', [...many('big'), ...upheaval])).then(
        () => 'written',
        () => 'failed',
      );
      expect(outcome).toBe('failed');
      expect(await readAll(store)).toEqual(before);
      expect((await store.commit(edit([vendor('after')]))).revision).toBe(2);
      expect(await readAll(store)).toHaveLength(before.length + 1);
      expect(await store.verify()).toEqual([]);
      expect(await nodesOf('ExposureWrite')).toBe(2);
      expect((await store.commit(importOf('big', [...many('big'), ...upheaval]))).isWritten).toBe(true);
    },
  );

  it.each([2, 4])('[S82] an undo interrupted at commit %d leaves the whole import', async (commits) => {
    const store = await open();
    await store.commit(edit([...smallWorld]));
    await store.commit(importOf('i1', [vendor('sable'), vendor('quill', { country: 'NL' }), transfer('t2', 'rubric', 'vega', 'sable')]));
    const before = await readAll(store);
    const { store: dead, endAt } = await openDoomed({ stageFrom: 0, leaseMs: 500 });
    endAt(commits);
    await expect(dead.undoImport('i1', 'eve', 2000)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await readAll(store)).toEqual(before);
    // Opening a store rolls back a staged write whose lease has expired.
    await sleep(600);
    const another = await open();
    expect(await nodesOf('ExposureWrite')).toBe(2);
    expect(await another.verify()).toEqual([]);
    expect(await another.undoImport('i1', 'eve', 2000)).toMatchObject({ outcome: 'undone', changedCount: 3 });
    expect(await readKeys(store)).toHaveLength(4);
  });

  it('[S84] a write that exceeds the memory of one transaction is staged instead', async () => {
    const server = await startNeo4j({ settings: { 'db.memory.transaction.max': '32m' } });
    try {
      const store = await open({ stageFrom: 1_000_000 }, server.url());
      const leases = spyOn(Lease.prototype, 'take');
      // These exceed the memory in one transaction, but not in batches.
      const vendors = many('big', 12_000);
      expect((await store.commit(importOf('big', vendors))).isWritten).toBe(true);
      expect(leases).toHaveBeenCalledTimes(1);
      expect(await readAll(store)).toHaveLength(vendors.length);
      expect(await store.verify()).toEqual([]);
    } finally {
      restoreSpies();
      for (const store of stores.splice(0)) await store.close();
      await server.stop();
    }
  });
});
