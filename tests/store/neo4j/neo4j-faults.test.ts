import { setTimeout as sleep } from 'node:timers/promises';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { type Neo4jServer, startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import { TcpProxy } from '../../support/servers/tcp-proxy.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, setTestTimeout } from '../../support/test.ts';
import { edit, importOf, readKeys, vendor } from '../assertions-for-tests.ts';
import { eventually, unavailable } from '../faults-for-tests.ts';

setTestTimeout(300_000);

/** The first bytes of a Bolt COMMIT. */
const commit = Buffer.from([0xb0, 0x12]);
/** Short timeouts for answers that never come: 10 s for a question or an edit, 30 s for a page of facts. */
const hasty = { patience: 0.5 };
const manyCount = 25_000;

let server: Neo4jServer;
let proxy: TcpProxy;
/** Bypasses the proxy, so it reads the database even while the network fails. */
let witness: FactStore;
const stores: FactStore[] = [];

beforeAll(async () => {
  server = await startNeo4j();
  proxy = await TcpProxy.open(server.port);
  witness = await openStore(server.url(), patient);
  // A server plans each statement when it first runs it; that must be over before a test sets a short timeout.
  await witness.commit(edit([vendor('first')]));
  const many = Array.from({ length: manyCount }, (_, i) => vendor(`many-${String(i).padStart(5, '0')}`));
  await witness.commit(importOf('many', many));
  await readKeys(witness);
});
afterEach(async () => {
  proxy.mode = 'pass';
  proxy.onRequest = () => undefined;
  proxy.onAnswer = () => undefined;
  await proxy.listen();
  for (const store of stores.splice(0)) await store.close();
});
afterAll(async () => {
  await witness?.close();
  await proxy?.close();
  await server?.stop();
});

/** This connection ignores the addresses that the server advertises, because they would bypass the proxy. */
async function open(options: { readonly patience: number }): Promise<FactStore> {
  const store = await openStore(`bolt://127.0.0.1:${proxy.port}`, options);
  stores.push(store);
  return store;
}

/** Counts only facts whose names start with this prefix, so tests need no empty store. */
async function readOwn(prefix: string): Promise<string[]> {
  return (await readKeys(witness)).filter((key) => key.startsWith(`ORGANIZATION ${prefix}`));
}

/** The fault, and its repair. */
const faults: Record<string, { happen: () => unknown; end: () => unknown }> = {
  'is gone': { happen: () => proxy.refuse(), end: () => proxy.listen() },
  'is a black hole': {
    happen: () => {
      proxy.mode = 'black hole';
    },
    end: () => {
      proxy.mode = 'pass';
    },
  },
  'answers no more': {
    happen: () => {
      proxy.mode = 'deaf';
    },
    end: () => {
      proxy.mode = 'pass';
      proxy.cut();
    },
  },
  'is far too slow': {
    happen: () => {
      proxy.mode = { delayMs: 20_000 };
    },
    end: () => {
      proxy.mode = 'pass';
      proxy.cut();
    },
  },
};

describe.each(Object.keys(faults))('a server that %s', (name) => {
  const { happen, end } = faults[name] as (typeof faults)[string];

  it('[S63] is reported unavailable in time, and answers after its repair', async () => {
    const store = await open(hasty);
    const key = `never-${name}`;
    await happen();
    await Promise.all([
      expect(store.readRevision()).rejects.toMatchObject(unavailable),
      expect(store.findDocument('note', 'n')).rejects.toMatchObject(unavailable),
      expect(store.commit(edit([vendor(key)]))).rejects.toMatchObject(unavailable),
    ]);
    await end();
    expect(await eventually(() => store.readRevision())).toBe(await witness.readRevision());
    expect(await readOwn(key)).toEqual([]);
  });

  it('[S63] ends a long read as soon as a short one, and the read can be repeated', async () => {
    const store = await open(hasty);
    let answered = 0;
    proxy.onAnswer = (bytes) => {
      answered += bytes.length;
      // The first chunks of the log have about 50,000, so half of them have arrived.
      if (answered > 30_000) void happen();
    };
    // The first message appears if a new connection was needed, which fails even sooner.
    const message = expect.stringMatching(/cannot be reached|did not answer within 10 seconds/);
    await expect(readKeys(store)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message });
    proxy.onAnswer = () => undefined;
    await end();
    const keys = await eventually(() => readKeys(store));
    expect(keys.filter((key) => key.startsWith('ORGANIZATION many-'))).toHaveLength(manyCount);
  });

  it('[S63] [G53] leaves the projection answering, with the time since which it is stale', async () => {
    const store = await open(hasty);
    let now = 1000;
    const current = new CurrentProjection(store, () => now);
    const before = await eventually(() => current.read());
    await happen();
    now = 5000;
    const meanwhile = await Promise.all([current.read(), current.read(), current.read()]);
    for (const { projection, currentAt } of meanwhile) expect([projection, currentAt]).toEqual([before.projection, 1000]);
    await end();
    do now += 2000;
    while ((await current.read()).currentAt < now);
  });

  it('[S64] during a commit leaves all or nothing, and tells the writer which', async () => {
    const store = await open(hasty);
    const key = `told-${name}`;
    proxy.onRequest = (bytes) => {
      if (!bytes.includes(commit)) return;
      proxy.onRequest = () => undefined;
      void happen();
    };
    const outcome = await store.commit(edit([vendor(key)])).then(
      () => 'written',
      (error: Error) => {
        expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
        if (error.message.includes('Nothing was written')) return 'not written';
        expect(error.message).toContain('it is unknown whether the write was committed');
        return 'unknown';
      },
    );
    await end();
    const { totalCount } = await eventually(() => store.readHistory({ kind: 'ORGANIZATION', key }, 0, 10));
    if (outcome === 'unknown') expect(totalCount).toBeLessThanOrEqual(1);
    else expect(totalCount).toBe(outcome === 'written' ? 1 : 0);
  });
});

describe('connections that come and go', () => {
  it.each(['cut', 'reset'] as const)('[S63] one that is %s while idle is replaced without an error', async (how) => {
    const store = await open(patient);
    await store.saveDocument('note', 'kept', '{}');
    for (let round = 0; round < 5; round++) {
      proxy[how]();
      expect(await store.findDocument('note', 'kept')).toMatchObject({ json: '{}' });
      proxy[how]();
      await store.commit(edit([vendor(`${how}-${round}`)]));
    }
    expect(await readOwn(`${how}-`)).toHaveLength(5);
  });

  it('[S63] a slow one gets time to answer', async () => {
    const store = await open(patient);
    proxy.mode = { delayMs: 60 };
    await store.commit(edit([vendor('slow-1')]));
    expect(await store.readFactsByKey('ORGANIZATION', ['slow-1'])).toHaveLength(1);
  });

  it('[S64] a write cut off at any moment is stored once or not at all, as its writer was told', async () => {
    const store = await open(patient);
    const revision = await store.readRevision();
    const reported = { written: [] as string[], not: [] as string[], unknown: [] as string[] };
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let round = 0; round < 10; round++) {
        const key = `cut-off-${writer}-${round}`;
        try {
          await store.commit(edit([vendor(key)]));
          reported.written.push(key);
        } catch (error) {
          expect(error).toMatchObject(unavailable);
          (/is unknown/.test((error as Error).message) ? reported.unknown : reported.not).push(key);
        }
      }
    });
    let isOver = false;
    const cutting = (async () => {
      for (let i = 0; !isOver; i++) {
        await sleep(20 + ((i * 37) % 90));
        if (i % 2 === 0) proxy.cut();
        else proxy.reset();
      }
    })();
    await Promise.all(writers);
    isOver = true;
    await cutting;
    const present = new Set((await readOwn('cut-off-')).map((key) => key.slice('ORGANIZATION '.length)));
    for (const key of reported.written) expect(present).toContain(key);
    for (const key of reported.not) expect(present).not.toContain(key);
    expect(await store.readRevision()).toBe(revision + present.size);
    expect(await store.verify()).toEqual([]);
  });
});
