import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import type { Connection } from '../../../server/store/neo4j/connection/connection.ts';
import { openConnection } from '../../../server/store/neo4j/connection/open-connection.ts';
import { Neo4jLedger } from '../../../server/store/neo4j/log/ledger.ts';
import type { Snapshot } from '../../../server/store/neo4j/read/snapshot.ts';
import { Snapshots } from '../../../server/store/neo4j/read/snapshot.ts';
import { type OpenStoreOptions, openStore } from '../../../server/store/open/open-store.ts';
import { type Neo4jForTests, openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { TcpProxy } from '../../support/servers/tcp-proxy.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../../support/test.ts';
import { edit, readAll, retract, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import { eventually } from '../faults-for-tests.ts';

/** The first bytes of a Bolt COMMIT. */
const commit = Buffer.from([0xb0, 0x12]);
/** Changes, removes and adds facts. */
const upheaval = [vendor('quill', { country: 'NL' }), retract('TRANSFER', 't1'), vendor('new'), transfer('t2', 'rubric', 'vega', 'quill')];

let neo4j: Neo4jForTests;
let proxy: TcpProxy;
const closing: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  proxy = await TcpProxy.open(Number(new URL(neo4j.url('bolt')).port));
}, 300_000);
beforeEach(() => neo4j.emptyStore());
afterEach(async () => {
  proxy.hold = () => undefined;
  for (const one of closing.splice(0)) await one.close();
});
afterAll(async () => {
  await proxy?.close();
  await neo4j?.stop();
});

async function open(url = neo4j.url(), options: OpenStoreOptions = patient): Promise<WholeStore> {
  const store = await openStore(url, options);
  closing.push(store);
  return store;
}

/** The longest wait for other writers. */
const busyWaitMs = 5_000;

function throughProxy(): string {
  return `bolt://127.0.0.1:${proxy.port}`;
}

/** Stages a write and loses the network before publishing it. Graph and log hold all of it, and any store may roll it back at once. */
async function stageAndDie(): Promise<void> {
  const own = await TcpProxy.open(Number(new URL(neo4j.url('bolt')).port));
  const store = await openStore(`bolt://127.0.0.1:${own.port}`, { stageFrom: 0, leaseMs: 1 });
  const isCutOff = new Promise<void>((resolve) => {
    own.onRequest = (request) => {
      if (request.includes('SET m.seq')) void own.refuse().then(resolve);
    };
  });
  const staging = expect(store.commit(edit(upheaval))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await isCutOff;
  closing.push({ close: () => staging.then(() => store.close()) });
}

/** Opening a store rolls back a staged write whose lease has expired. */
async function rollBack(): Promise<void> {
  await (await openStore(neo4j.url(), patient)).close();
  expect(await neo4j.run('MATCH (m:ExposureStore {id: 1}) RETURN m.staging')).toEqual([[null]]);
}

/** Holds the `nth` request that contains `what` in the proxy until `release` is called. */
function holdAt(what: string | Buffer, nth = 1): { readonly isReached: Promise<void>; release(): void } {
  let release: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isReached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const before = proxy.hold;
  let count = 0;
  proxy.hold = (bytes) => {
    if (!bytes.includes(what) || ++count !== nth) return before(bytes);
    reach();
    return isReleased;
  };
  return { isReached, release };
}

const whole = { after: '', end: undefined };
const readings: Record<string, (snapshot: Snapshot) => Promise<Iterable<RecordedFact>>> = {
  'all organizations': (snapshot) => snapshot.readRange('ORGANIZATION', whole),
  'all transfers': (snapshot) => snapshot.readRange('TRANSFER', whole),
  'organizations by key': async (snapshot) => (await snapshot.readByKeys('ORGANIZATION', ['quill', 'vega', 'new'])).values(),
  'transfers by key': async (snapshot) => (await snapshot.readByKeys('TRANSFER', ['t1', 't2'])).values(),
};

describe('a writer that rolls back the staged write of another', () => {
  it('[S82] does not count the rollback as waiting for others', async () => {
    const store = await open(throughProxy(), { ...patient, busyWaitMs });
    await store.commit(edit([...smallWorld]));
    await stageAndDie();
    const restored = holdAt('putBacks = ');
    const writing = store.commit(edit([vendor('after')]));
    await restored.isReached;
    await sleep(busyWaitMs + 500);
    restored.release();
    expect((await writing).revision).toBe(2);
    expect(await store.verify()).toEqual([]);
  }, 300_000);
});

describe('a staged write that is rolled back during a read', () => {
  it.each(Object.keys(readings))(
    '[S72] is not seen by a read of %s',
    async (name) => {
      const read = readings[name] as (typeof readings)[string];
      const store = await open();
      await store.commit(edit([...smallWorld]));
      const connection: Connection = await openConnection(throughProxy(), patient);
      closing.push(connection);
      const snapshots = new Snapshots(connection, new Neo4jLedger());
      const expected = [...(await read(await snapshots.open()))];

      const snapshot = await snapshots.open();
      await stageAndDie();
      const gate = holdAt('isPassed');
      const reading = read(snapshot);
      await gate.isReached;
      await rollBack();
      gate.release();
      expect([...(await reading)]).toEqual(expected);
    },
    120_000,
  );

  it('[S72] is not seen by a partial read', async () => {
    const store = await open();
    await store.commit(edit([...smallWorld]));
    const expected = (await readAll(store)).filter(({ kind }) => kind === 'TRANSFER');
    let readCount = 0;
    // A read fails with a sentence if the facts keep changing; the test then repeats it.
    const { result } = await eventually(() =>
      store.readPart(async (part) => {
        const isFirst = readCount++ === 0;
        if (isFirst) await stageAndDie();
        const facts = await part.readTransfersOf(['rubric']);
        if (isFirst) await rollBack();
        return facts;
      }),
    );
    expect(result).toEqual(expected);
    expect(readCount).toBeGreaterThan(1);
  }, 300_000);

  it('[S72] is not seen by a partial read during the rollback', async () => {
    const store = await open();
    await store.commit(edit([...smallWorld]));
    const expected = (await readAll(store)).filter(({ kind }) => kind === 'TRANSFER');
    await stageAndDie();
    const restored = holdAt('putBacks = ');
    const restoring = holdAt(commit, 2);
    const rollingBack = openStore(throughProxy(), patient);
    closing.push({ close: async () => (await rollingBack).close() });
    await restoring.isReached;
    const { result } = await eventually(() =>
      store.readPart(async (part) => {
        const facts = await part.readTransfersOf(['rubric']);
        restoring.release();
        await restored.isReached;
        return facts;
      }),
    );
    restored.release();
    expect(result).toEqual(expected);
  }, 300_000);
});
