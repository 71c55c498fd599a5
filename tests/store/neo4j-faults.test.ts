import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CurrentProjection } from '../../server/projection/refresh.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { type OpenStoreOptions, openStore } from '../../server/store/open-store.ts';
import { runExposure } from '../cli/run-exposure.ts';
import { type Neo4jServer, startNeo4j } from '../support/neo4j-server.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { edit, importOf, readAll, readKeys, retract, smallWorld, vendor } from './assertions-for-tests.ts';

/** What a COMMIT of Bolt starts with. */
const commit = Buffer.from([0xb0, 0x12]);

const folder = mkdtempSync(join(tmpdir(), 'exposure-faults-'));
let server: Neo4jServer;
let proxy: TcpProxy;
const stores: FactStore[] = [];

beforeAll(async () => {
  server = await startNeo4j({ keep: join(folder, 'server') });
  proxy = await TcpProxy.open(server.port);
}, 300_000);

afterEach(async () => {
  proxy.mode = 'pass';
  proxy.onRequest = () => undefined;
  await proxy.listen();
  for (const store of stores.splice(0)) await store.close();
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A connection that does not go by the addresses that the server tells, which would lead around the proxy. */
async function open(options: OpenStoreOptions = {}): Promise<FactStore> {
  const store = await openStore(`bolt://127.0.0.1:${proxy.port}`, options);
  stores.push(store);
  return store;
}

/** Of those whose names start with this, so that tests need no empty store. */
async function readOwn(store: FactStore, prefix: string): Promise<string[]> {
  return (await readKeys(store)).filter((key) => key.startsWith(`ORGANIZATION ${prefix}`));
}

/** The same data, at the same address. */
async function startAgain(settings: Record<string, string>): Promise<void> {
  const { folder: keep, port } = server;
  await server.stop();
  server = await startNeo4j({ keep, port, settings });
}

const unavailable = { code: expect.stringMatching(/^(STORE_UNAVAILABLE|QUERY_TIMEOUT)$/) };

async function failure(work: Promise<unknown>): Promise<Error & { code: string }> {
  return work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: Error & { code: string }) => error,
  );
}

describe('the start', () => {
  it('[S62] an absent server is waited for, which is said once', async () => {
    await proxy.refuse();
    const said: string[] = [];
    const opening = open({ waitMs: 30_000, onWaiting: (sentence) => said.push(sentence) });
    while (said.length === 0) await sleep(20);
    await sleep(1000);
    await proxy.listen();
    expect(await (await opening).readRevision()).toBeGreaterThanOrEqual(0);
    expect(said).toEqual([expect.stringContaining(`The database at bolt://127.0.0.1:${proxy.port} cannot be reached.`)]);
  });

  it.each(['absent', 'silent'])('[S62] a server that stays %s ends the start with a sentence', async (how) => {
    if (how === 'absent') await proxy.refuse();
    else proxy.mode = 'black hole';
    expect(await failure(open({ waitMs: 1500 }))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/^The database at bolt:.* It was waited for 1\.5 s\.$/),
    });
  });

  it('[S62] [S65] a wrong password is tried once and named nowhere; what is missing is said', async () => {
    const guarded = await startNeo4j({ auth: { username: 'neo4j', password: 'the-right-password' } });
    const before = await TcpProxy.open(guarded.port);
    try {
      const wrong = { credentials: { username: 'neo4j', password: 'a-wrong-password' } };
      for (const scheme of ['bolt', 'neo4j']) {
        const connections = before.connectionCount;
        const error = await failure(openStore(`${scheme}://127.0.0.1:${before.port}`, wrong));
        expect(error).toMatchObject({ code: 'BAD_CONFIGURATION', message: expect.stringContaining('refuses user "neo4j"') });
        expect(inspect(error, { depth: 10 })).not.toContain('a-wrong-password');
        expect(before.connectionCount - connections).toBe(1);
      }
      expect(await failure(openStore(guarded.url()))).toMatchObject({
        code: 'BAD_CONFIGURATION',
        message: expect.stringContaining('Set NEO4J_USERNAME and NEO4J_PASSWORD.'),
      });

      const right = { username: 'neo4j', password: 'the-right-password' };
      const store = await openStore(guarded.url(), { credentials: right });
      expect(await store.readRevision()).toBe(0);
      await store.close();
      expect(await failure(openStore(`${guarded.url()}/elsewhere`, { credentials: right }))).toMatchObject({
        code: 'BAD_CONFIGURATION',
        message: expect.stringContaining('has no database "elsewhere"'),
      });

      const environment = { EXPOSURE_STORE: guarded.url(), NEO4J_USERNAME: 'neo4j', NEO4J_PASSWORD: 'the-right-password' };
      const doctor = await runExposure(folder, ['doctor', '--json'], environment);
      expect(doctor).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(doctor.out)).toMatchObject({ store: guarded.url(), revision: 0 });
      expect(doctor.out).not.toContain('the-right-password');
      const serve = await runExposure(folder, ['serve', '--port', '0'], { ...environment, NEO4J_PASSWORD: 'a-wrong-password' });
      expect(serve).toMatchObject({ code: 1, out: '', err: expect.stringContaining('refuses user "neo4j"') });
      expect(serve.err).not.toContain('a-wrong-password');
    } finally {
      await before.close();
      await guarded.stop();
    }
  }, 300_000);
});

/** What happens, and what makes it good again. */
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

  it('[S63] is unavailable in time, and answers again', async () => {
    const store = await open();
    const revision = await store.readRevision();
    await happen();
    await expect(store.readRevision()).rejects.toMatchObject(unavailable);
    await expect(store.findDocument('note', 'n')).rejects.toMatchObject(unavailable);
    await expect(store.commit(edit([vendor('never')]))).rejects.toMatchObject(unavailable);
    await end();
    expect(await store.readRevision()).toBe(revision);
    expect(await readOwn(store, 'never')).toEqual([]);
  }, 300_000);

  it('[S63] in the middle of a long reading ends it in time, and it can be begun again', async () => {
    const store = await open();
    const many = Array.from({ length: 25_000 }, (_, i) => vendor(`many-${String(i).padStart(5, '0')}`));
    if ((await readOwn(store, 'many-')).length === 0) await store.commit(importOf('many', many));
    const reading = (async () => {
      for await (const { facts } of store.readFacts()) {
        expect(facts.length).toBeGreaterThan(0);
        await happen();
      }
    })();
    await expect(reading).rejects.toMatchObject(unavailable);
    await end();
    expect(await readOwn(store, 'many-')).toHaveLength(many.length);
  }, 300_000);

  it('[S63] [G53] leaves the projection to answer, which says since when it is not current', async () => {
    const store = await open();
    let now = 1000;
    const current = new CurrentProjection(store, () => now);
    const before = await current.read();
    await happen();
    now = 5000;
    const meanwhile = await Promise.all([current.read(), current.read(), current.read()]);
    for (const { projection, currentAt } of meanwhile) expect([projection, currentAt]).toEqual([before.projection, 1000]);
    await end();
    now = 9000;
    expect((await current.read()).currentAt).toBe(9000);
  }, 300_000);

  it('[S64] when it is told to commit leaves all or nothing, and who wrote is told which', async () => {
    const store = await open();
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
        expect(error.message).toContain('it is not known whether it did');
        return 'unknown';
      },
    );
    await end();
    const { totalCount } = await store.readHistory({ kind: 'ORGANIZATION', key }, 0, 10);
    if (outcome === 'unknown') expect(totalCount).toBeLessThanOrEqual(1);
    else expect(totalCount).toBe(outcome === 'written' ? 1 : 0);
  }, 300_000);
});

describe('connections that come and go', () => {
  it.each(['cut', 'reset'] as const)(
    '[S63] one that is %s while it is idle is replaced, and nobody hears of it',
    async (how) => {
      const store = await open();
      await store.saveDocument('note', 'kept', '{}');
      for (let round = 0; round < 5; round++) {
        proxy[how]();
        expect(await store.findDocument('note', 'kept')).toMatchObject({ json: '{}' });
        proxy[how]();
        await store.commit(edit([vendor(`${how}-${round}`)]));
      }
      expect(await readOwn(store, `${how}-`)).toHaveLength(5);
    },
    60_000,
  );

  it('[S63] a slow one is waited for', async () => {
    const store = await open();
    proxy.mode = { delayMs: 60 };
    await store.commit(edit([vendor('slow-1')]));
    expect(await store.readFactsByKey('ORGANIZATION', ['slow-1'])).toHaveLength(1);
  });

  it('[S64] of writes that are cut off at any moment each is there once or not at all, as their writers were told', async () => {
    const store = await open();
    const revision = await store.readRevision();
    const told = { written: [] as string[], not: [] as string[], unknown: [] as string[] };
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let round = 0; round < 10; round++) {
        const key = `cut-off-${writer}-${round}`;
        try {
          await store.commit(edit([vendor(key)]));
          told.written.push(key);
        } catch (error) {
          expect(error).toMatchObject(unavailable);
          (/is not known/.test((error as Error).message) ? told.unknown : told.not).push(key);
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
    const present = new Set((await readOwn(store, 'cut-off-')).map((key) => key.slice('ORGANIZATION '.length)));
    for (const key of told.written) expect(present).toContain(key);
    for (const key of told.not) expect(present).not.toContain(key);
    expect(await store.readRevision()).toBe(revision + present.size);
    expect(await store.verify()).toEqual([]);
  }, 300_000);
});

describe('a server itself', () => {
  it('[S63] [S64] that is killed while it writes, and started again, has what it acknowledged, and all of it or nothing', async () => {
    const store = await open();
    let acknowledged = 0;
    const writing = (async () => {
      for (let i = 0; ; i++) {
        await store.commit(edit([vendor(`killed-${String(i).padStart(4, '0')}-a`), vendor(`killed-${String(i).padStart(4, '0')}-b`)]));
        acknowledged = i + 1;
      }
    })();
    const ended = failure(writing);
    while (acknowledged < 5) await sleep(10);
    await server.kill();
    expect(await ended).toMatchObject(unavailable);
    await expect(store.readRevision()).rejects.toMatchObject(unavailable);
    await server.restart();
    const present = await readOwn(store, 'killed-');
    expect(present.length % 2).toBe(0);
    expect([acknowledged, acknowledged + 1]).toContain(present.length / 2);
    await store.commit(edit([vendor('after-the-kill')]));
    expect(await store.verify()).toEqual([]);
  }, 300_000);

  it('[S63] [S64] whose memory does not suffice for a write refuses it whole, and goes on', async () => {
    await startAgain({ 'db.memory.transaction.max': '6m' });
    const store = await open();
    const revision = await store.readRevision();
    const many = Array.from({ length: 3000 }, (_, i) => vendor(`too-many-${i}`));
    expect(await failure(store.commit(importOf('too-many', many)))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('has not enough memory'),
    });
    expect(await store.readRevision()).toBe(revision);
    expect(await store.findImport('too-many')).toBeUndefined();
    await store.commit(edit([vendor('too-many-after-all')]));
    expect(await readOwn(store, 'too-many-')).toHaveLength(1);
    await startAgain({});
    expect(await store.verify()).toEqual([]);
  }, 300_000);

  it('[S63] [S64] that is read-only answers, refuses every write with a sentence, and takes them once it is not', async () => {
    const store = await open();
    await store.commit(importOf('read-only', [...smallWorld]));
    const before = await readAll(store);
    await startAgain({ 'server.databases.default_to_read_only': 'true' });
    expect(await readAll(store)).toEqual(before);
    expect(await readAll(await open())).toEqual(before);
    for (const write of [
      store.commit(edit([retract('TRANSFER', 't1')])),
      store.saveDocument('note', 'n', '{}'),
      store.undoImport('read-only', 'ada', 5000),
    ]) {
      expect(await failure(write)).toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('is read-only') });
    }
    await startAgain({});
    await store.commit(edit([retract('TRANSFER', 't1')]));
    expect(await store.readFactsByKey('TRANSFER', ['t1'])).toEqual([]);
    expect(await store.verify()).toEqual([]);
  }, 300_000);
});
