import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { PackedRows } from '../../../server/domain/packed/packed-assertions.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import type { FactWrite, WriteOutcome } from '../../../server/store/fact-write.ts';
import { type OpenStoreOptions, openStore } from '../../../server/store/open/open-store.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { importOf, readAll, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import { randomWorld, readRows } from '../packed-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-in-thread-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pack(assertions: readonly Assertion[], isDropped = (_place: number) => false) {
  const rows = new PackedRows();
  for (const assertion of assertions) {
    rows.pack(assertion);
    const place = rows.add(assertion.kind);
    if (isDropped(place)) rows.drop(place);
  }
  return rows.finish();
}

interface Given {
  readonly assertions: readonly Assertion[];
  readonly more?: Partial<FactWrite>;
  readonly isDropped?: (place: number) => boolean;
}

async function importAll(imports: readonly Given[], options: OpenStoreOptions) {
  const path = join(folder, `${count++}.db`);
  const store = await openStore(`sqlite:${path}`, options);
  try {
    const outcomes: object[] = [];
    for (const [place, { assertions, more, isDropped }] of imports.entries())
      outcomes.push(describeOutcome(await store.commit(importOf(`import ${place}`, pack(assertions, isDropped), more))));
    return { outcomes, facts: await readAll(store), rows: readRows(path), damage: await store.verify(), writes: readWrites(path) };
  } finally {
    await store.close();
  }
}

function describeOutcome({ isWritten, revision, counts, effects, violations, readChanges }: WriteOutcome): object {
  const changes = readChanges(Array.from(effects, (_, index) => index)).map((change) => ({ ...change, at: 0 }));
  return { isWritten, revision, counts, effects: [...effects], violations, changes };
}

/** The records of all writes and imports. */
function readWrites(path: string): unknown[] {
  const database = new BetterSqlite3(path, { readonly: true });
  try {
    const tables = ['"write"', 'import', 'imported_file', 'imported_incident', 'meta'];
    return tables.map((table) => database.prepare(`SELECT * FROM ${table}`).raw().all());
  } finally {
    database.close();
  }
}

/** Transfers whose keys ascend, from a number on. */
function transfers(from: number, to: number): Assertion[] {
  return Array.from({ length: to - from }, (_, i) =>
    transfer(`t-${String(from + i).padStart(6, '0')}`, 'rubric', 'vega', 'quill', { channel: `channel ${(from + i) % 7}` }),
  );
}

const inThread = { threadFrom: 1, busyWaitMs: 20_000 };

async function openWith(assertions: readonly Assertion[]): Promise<{ store: FactStore; path: string }> {
  const path = join(folder, `${count++}.db`);
  const store = await openStore(`sqlite:${path}`, inThread);
  await store.commit(importOf('first', pack(assertions)));
  return { store, path };
}

describe('an import that a thread plans and commits', () => {
  for (const seed of [1, 2, 3]) {
    it(`[I50] gives the rows, outcomes and records of one that is written on the event loop, in an empty store and over facts (${seed})`, async () => {
      const imports = [
        { assertions: randomWorld(seed, 400) },
        { assertions: randomWorld(seed, 400), more: { skipRefused: true } },
        { assertions: randomWorld(seed + 10, 900), more: { skipRefused: true } },
        { assertions: [...smallWorld, ...transfers(500, 900)], more: { skipRefused: true } },
        { assertions: transfers(2000, 2500) },
        { assertions: transfers(2300, 2900), isDropped: (place: number) => place % 9 === 4 },
      ];
      const found = await importAll(imports, inThread);
      expect(found).toEqual(await importAll(imports, {}));
      expect(found.damage).toEqual([]);
      expect(found.outcomes.map((outcome) => (outcome as WriteOutcome).isWritten)).toEqual([false, true, true, true, true, true]);
    });
  }

  it('[S296] is known from the instant of its end', async () => {
    const { store } = await openWith(smallWorld);
    try {
      const second = importOf('second', pack(transfers(0, 400)), { at: 2000, clock: () => 5000 });
      expect((await store.commit(second)).readChanges([0])).toMatchObject([{ at: 5000 }]);
      expect(await store.findImport('second')).toMatchObject({ committedAt: 5000 });
      expect(await readAll(store, { instant: 4999 })).toHaveLength(smallWorld.length);
      expect(await readAll(store, { instant: 5000 })).toHaveLength(smallWorld.length + 400);
    } finally {
      await store.close();
    }
  });

  it('[I52] leaves the store as it was if it is refused, and lets others write', async () => {
    const { store, path } = await openWith(smallWorld);
    const other = new BetterSqlite3(path);
    const before = { rows: readRows(path), writes: readWrites(path) };
    try {
      const unknown = transfer('t-999999', 'rubric', 'vega', 'unknown', {});
      const outcome = await store.commit(importOf('refused', pack([...transfers(0, 400), unknown])));
      expect(outcome).toMatchObject({ isWritten: false, revision: 1, violations: [{ code: 'UNKNOWN_REFERENCE', assertion: 400 }] });
      expect(canWrite(other)).toBe(true);
      await expect(store.commit(importOf('first', pack(transfers(0, 400))))).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(canWrite(other)).toBe(true);
      expect({ rows: readRows(path), writes: readWrites(path) }).toEqual(before);
      expect(await store.verify()).toEqual([]);
      expect(await store.commit(importOf('next', [vendor('moss')]))).toMatchObject({ isWritten: true, revision: 2 });
    } finally {
      other.close();
      await store.close();
    }
  });

  it('[I53] waits for another process that writes', async () => {
    const { store, path } = await openWith(smallWorld);
    const other = new BetterSqlite3(path);
    try {
      other.exec('BEGIN IMMEDIATE');
      const committed = store.commit(importOf('second', pack([...transfers(0, 400), vendor('moss')])));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await store.readRevision()).toBe(1);
      other.exec('ROLLBACK');
      expect(await committed).toMatchObject({ isWritten: true, revision: 2, counts: { CREATED: 401 } });
      expect(await store.verify()).toEqual([]);
    } finally {
      other.close();
      await store.close();
    }
  });

  it('[I54] fails as any other write if the file of the store was removed', async () => {
    const { store, path } = await openWith(smallWorld);
    try {
      rmSync(path);
      await expect(store.commit(importOf('second', pack(transfers(0, 400))))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    } finally {
      await store.close();
    }
  });
});

/** Whether no other connection holds SQLite's lock for writing. */
function canWrite(database: BetterSqlite3.Database): boolean {
  database.pragma('busy_timeout = 0');
  try {
    database.exec('BEGIN IMMEDIATE');
    database.exec('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
