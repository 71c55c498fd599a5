import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { packChanges, UnpackedChanges } from '../../../server/store/plan/write-plan.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { edit, importOf, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import { describeRules } from '../contract/contract-rules.ts';
import { describeWriting } from '../contract/contract-writing.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-thread-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a store in SQLite that writes in threads', () => {
  let path: string;
  let store: FactStore;
  beforeEach(async () => {
    path = join(folder, `${count++}.db`);
    store = await openStore(`sqlite:${path}`, { threadFrom: 1 });
  });
  afterEach(() => store.close());

  // The contract of every store.
  describeWriting(() => store, 20_000);
  describeRules(() => store);

  it('[S242] the store is read while a large write is planned and committed', async () => {
    const writing = store.commit(importOf('i1', [...smallWorld, ...Array.from({ length: 5000 }, (_, i) => vendor(`v${i}`))]));
    let isOver = false;
    const reads: number[] = [];
    await Promise.all([
      writing.finally(() => {
        isOver = true;
      }),
      (async () => {
        while (!isOver) {
          reads.push(await store.readRevision());
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })(),
    ]);
    expect(reads.length).toBeGreaterThan(5);
    expect(reads[0]).toBe(0);
    expect(await store.readRevision()).toBe(1);
    expect(await store.verify()).toEqual([]);
  });

  it('[S242] edits and large writes take turns, and each is kept', async () => {
    const small = await openStore(`sqlite:${path}`);
    await store.commit(edit(smallWorld));
    await Promise.all([
      store.commit(importOf('i1', [vendor('a')])),
      store.saveDocument('view', 'one', '{}'),
      store.commit(importOf('i2', [vendor('b')])),
      small.commit(edit([vendor('c')])),
      store.undoImport('i1', 'anna', 5).catch((error: unknown) => error),
      store.commit(importOf('i3', [vendor('d')])),
    ]);
    expect((await store.readFactsByKey('ORGANIZATION', ['b', 'c', 'd'])).map(({ key }) => key)).toEqual(['b', 'c', 'd']);
    expect(await store.findDocument('view', 'one')).toMatchObject({ version: 1 });
    expect(await store.verify()).toEqual([]);
    await small.close();
  });

  it('[S242] a write that another program blocks for too long is refused, and nothing of it is kept', async () => {
    const impatient = await openStore(`sqlite:${path}`, { threadFrom: 1, busyWaitMs: 50 });
    const other = new BetterSqlite3(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(impatient.commit(importOf('i1', smallWorld))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    other.exec('ROLLBACK');
    other.close();
    expect(await impatient.readRevision()).toBe(0);
    expect(await impatient.commit(importOf('i1', smallWorld))).toMatchObject({ isWritten: true, revision: 1 });
    await impatient.close();
  });

  it('[S98] a thread writes to no other file under the name of the store', async () => {
    await store.commit(importOf('i1', smallWorld));
    copyFileSync(path, `${path}.copy`);
    const writing = store.commit(importOf('i2', [vendor('late')]));
    renameSync(`${path}.copy`, path);
    await expect(writing).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('was replaced') });
  });

  it('[S242] a refused import tells each violation, however many', async () => {
    const transfers = Array.from({ length: 1200 }, (_, i) => transfer(`t${i}`, 'nothing', 'vega', 'quill'));
    const refused = await store.commit(importOf('i1', [...smallWorld.slice(0, 2), ...transfers]));
    expect(refused.isWritten).toBe(false);
    expect(new Set(refused.violations.map(({ assertion }) => assertion)).size).toBe(1200);
  });
});

describe('packed changes', () => {
  it('[S242] a reader of packed changes finds those that were packed, and no other', () => {
    const changed = new Map(
      Array.from({ length: 700 }, (_, i) => [3 * (699 - i), { before: [i, null, ['x']], after: undefined }] as const),
    );
    const unpacked = new UnpackedChanges(packChanges(changed));
    for (let index = -1; index < 2102; index++) expect(unpacked.get(index)).toEqual(changed.get(index));
    expect(new UnpackedChanges(packChanges(new Map())).get(0)).toBeUndefined();
  });
});
