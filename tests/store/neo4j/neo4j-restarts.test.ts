import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { type Neo4jServer, startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, setTestTimeout } from '../../support/test.ts';
import { edit, importOf, readAll, readKeys, retract, smallWorld, vendor } from '../assertions-for-tests.ts';
import { failure, unavailable } from '../faults-for-tests.ts';

// Restarted servers plan each statement again.
setTestTimeout(900_000);

const folder = mkdtempSync(join(tmpdir(), 'exposure-restarts-'));
let server: Neo4jServer;
const stores: FactStore[] = [];

beforeAll(async () => {
  server = await startNeo4j({ keep: folder });
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<FactStore> {
  const store = await openStore(server.url('bolt'), patient);
  stores.push(store);
  return store;
}

/** The same data, at the same address. */
async function startAgain(settings: Record<string, string>): Promise<void> {
  const { folder: keep, port } = server;
  await server.stop();
  server = await startNeo4j({ keep, port, settings });
}

describe('a server itself', () => {
  it('[S63] [S64] that is killed during a write keeps every acknowledged write, and all or nothing of the last', async () => {
    const store = await open();
    let acknowledged = 0;
    const writing = (async () => {
      for (let i = 0; ; i++) {
        await store.commit(edit([vendor(`killed-${String(i).padStart(4, '0')}-a`), vendor(`killed-${String(i).padStart(4, '0')}-b`)]));
        acknowledged = i + 1;
      }
    })();
    const ended = failure(writing);
    while (acknowledged < 5) await Promise.race([sleep(10), writing]);
    await server.kill();
    expect(await ended).toMatchObject(unavailable);
    await expect(store.readRevision()).rejects.toMatchObject(unavailable);
    await server.restart();
    const present = (await readKeys(store)).filter((key) => key.startsWith('ORGANIZATION killed-'));
    expect(present.length % 2).toBe(0);
    expect([acknowledged, acknowledged + 1]).toContain(present.length / 2);
    await store.commit(edit([vendor('after-the-kill')]));
    expect(await store.verify()).toEqual([]);
  });

  it('[S63] [S64] without enough memory for a write refuses all of it, and keeps working', async () => {
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
    expect((await readKeys(store)).filter((key) => key.includes('too-many'))).toEqual(['ORGANIZATION too-many-after-all']);
    await startAgain({});
    expect(await store.verify()).toEqual([]);
  });

  it('[S63] [S64] that is read-only answers, refuses writes with a sentence, and accepts them once writable', async () => {
    const store = await open();
    await store.commit(importOf('read-only', [...smallWorld]));
    const before = await readAll(store);
    await startAgain({ 'server.databases.default_to_read_only': 'true' });
    expect(await readAll(store)).toEqual(before);
    expect(await readAll(await open())).toEqual(before);
    for (const write of [
      () => store.commit(edit([retract('TRANSFER', 't1')])),
      () => store.saveDocument('note', 'n', '{}'),
      () => store.undoImport('read-only', 'ada', 5000),
    ]) {
      expect(await failure(write())).toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('is read-only') });
    }
    await startAgain({});
    await store.commit(edit([retract('TRANSFER', 't1')]));
    expect(await store.readFactsByKey('TRANSFER', ['t1'])).toEqual([]);
    expect(await store.verify()).toEqual([]);
  });
});
