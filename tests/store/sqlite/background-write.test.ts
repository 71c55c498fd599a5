import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Assertion } from '../../../server/domain/assertions.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { PackedRows } from '../../../server/domain/packed/packed-assertions.ts';
import { RowsSender } from '../../../server/import/rows-sender.ts';
import type { BackgroundRows, BackgroundWrite, FactStore } from '../../../server/store/fact-store.ts';
import type { FactWrite, WriteOutcome } from '../../../server/store/fact-write.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { keepRecordsSealed } from '../../../server/store/sqlite/seals/seals.ts';
import { BackgroundTransaction } from '../../../server/store/sqlite/write/background-transaction.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { importOf, readAll, say, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import { randomWorld, readRows } from '../packed-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-background-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blockRows = 40;

/** The assertions in blocks of 40 rows. Each block whose keys ascend goes to `backgroundWrite`, as when files are read. */
function packInBackground(
  assertions: readonly Assertion[],
  backgroundWrite: BackgroundWrite | undefined,
  isDropped = (_place: number) => false,
) {
  const sender = backgroundWrite && new RowsSender(backgroundWrite);
  const last = new Map<FactKind, number>();
  const rows: PackedRows = new PackedRows(undefined, (sealed) => sender?.send(sealed, rows.texts));
  for (const assertion of assertions) {
    const own = rows.rowsOf(assertion.kind);
    if (own.count >= (last.get(assertion.kind) ?? 0) + blockRows) {
      own.seal();
      last.set(assertion.kind, own.count);
    }
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

async function importAll(imports: readonly Given[], isInBackground: boolean) {
  const path = join(folder, `${count++}.db`);
  const store = await openStore(`sqlite:${path}`);
  try {
    const outcomes: object[] = [];
    for (const [place, { assertions, more, isDropped }] of imports.entries()) {
      const backgroundWrite = isInBackground ? store.beginBackgroundWrite?.() : undefined;
      const packed = packInBackground(assertions, backgroundWrite, isDropped);
      outcomes.push(describeOutcome(await (backgroundWrite ?? store).commit(importOf(`import ${place}`, packed, more))));
      await backgroundWrite?.abandon();
    }
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

async function openWith(assertions: readonly Assertion[]): Promise<{ store: FactStore; path: string }> {
  const path = join(folder, `${count++}.db`);
  const store = await openStore(`sqlite:${path}`, { busyWaitMs: 20_000 });
  await store.commit(importOf('first', packInBackground(assertions, undefined)));
  return { store, path };
}

describe('an import that is written while it is read', () => {
  for (const seed of [1, 2, 3]) {
    it(`[I50] gives the rows, outcomes and records of one that is read first, in an empty store and over facts (${seed})`, async () => {
      const imports = [
        { assertions: randomWorld(seed, 400) },
        { assertions: randomWorld(seed, 400), more: { skipRefused: true } },
        { assertions: randomWorld(seed + 10, 900), more: { skipRefused: true } },
        { assertions: [...smallWorld, ...transfers(500, 900)], more: { skipRefused: true } },
        { assertions: transfers(2000, 2500) },
        { assertions: transfers(2300, 2900), isDropped: (place: number) => place % 9 === 4 },
      ];
      const found = await importAll(imports, true);
      expect(found).toEqual(await importAll(imports, false));
      expect(found.damage).toEqual([]);
      expect(found.outcomes.map((outcome) => (outcome as WriteOutcome).isWritten)).toEqual([false, true, true, true, true, true]);
    });
  }

  it('[S296] is known from the instant of its end', async () => {
    const { store } = await openWith(smallWorld);
    const backgroundWrite = store.beginBackgroundWrite?.() as BackgroundWrite;
    try {
      const second = importOf('second', packInBackground(transfers(0, 400), backgroundWrite), { at: 2000, clock: () => 5000 });
      expect((await backgroundWrite.commit(second)).readChanges([0])).toMatchObject([{ at: 5000 }]);
      expect(await store.findImport('second')).toMatchObject({ committedAt: 5000 });
      expect(await readAll(store, { instant: 4999 })).toHaveLength(smallWorld.length);
      expect(await readAll(store, { instant: 5000 })).toHaveLength(smallWorld.length + 400);
    } finally {
      await backgroundWrite.abandon();
      await store.close();
    }
  });

  it('[I51] inserts blocks of new keys before the commit, and nobody sees them', async () => {
    const { store, path } = await openWith([...smallWorld, ...transfers(0, 50)]);
    const other = new BetterSqlite3(path);
    const backgroundWrite = store.beginBackgroundWrite?.() as BackgroundWrite;
    try {
      const packed = packInBackground(transfers(30, 400), backgroundWrite);
      await waitUntil(() => !canWrite(other));
      expect(await store.readRevision()).toBe(1);
      const before = other.prepare('SELECT count(*) FROM assertion_transfers').pluck().get();
      expect(await backgroundWrite.commit(importOf('second', packed))).toMatchObject({
        isWritten: true,
        counts: { CREATED: 350, UNCHANGED: 20 },
      });
      expect(other.prepare('SELECT count(*) FROM assertion_transfers').pluck().get()).toBe((before as number) + 370);
      expect(canWrite(other)).toBe(true);
      expect(await store.verify()).toEqual([]);
    } finally {
      await backgroundWrite.abandon();
      other.close();
      await store.close();
    }
  });

  it('[I51] inserts no block whose range of keys holds a key of the store', async () => {
    const { store, path } = await openWith([...smallWorld, ...transfers(50, 51)]);
    const database = new BetterSqlite3(path);
    try {
      keepRecordsSealed(database);
      const transaction = new BackgroundTransaction(database);
      const count = database.prepare('SELECT count(*) FROM assertion_transfers').pluck();
      const before = count.get() as number;
      transaction.begin();
      const added: number[] = [];
      const rows: PackedRows = new PackedRows(undefined, (sealed) => {
        transaction.addTexts({ ...sealed, texts: rows.texts.partFrom(nextText) });
        nextText = rows.texts.count;
        transaction.take({ ...sealed, texts: rows.texts.partFrom(nextText) });
        added.push((count.get() as number) - before);
      });
      let nextText = 1;
      for (const [from, to] of [
        [0, 40],
        [41, 60],
        [61, 80],
      ] as const) {
        for (const assertion of transfers(from, to)) rows.pack(assertion);
        rows.rowsOf('TRANSFER').seal();
      }
      expect(added).toEqual([40, 40, 59]);
      database.exec('ROLLBACK');
    } finally {
      database.close();
      await store.close();
    }
  });

  it('[I52] leaves the store as it was if it is abandoned or refused, and lets others write', async () => {
    const { store, path } = await openWith(smallWorld);
    const other = new BetterSqlite3(path);
    const before = { rows: readRows(path), writes: readWrites(path) };
    try {
      const abandoned = store.beginBackgroundWrite?.() as BackgroundWrite;
      packInBackground(transfers(0, 400), abandoned);
      await waitUntil(() => !canWrite(other));
      // The reader of the files abandons it at a rejected row, and the caller once more at the end.
      void abandoned.abandon();
      await abandoned.abandon();
      expect(canWrite(other)).toBe(true);

      const nobody = transfer('t-999999', 'rubric', 'vega', 'nobody', {});
      const refused = store.beginBackgroundWrite?.() as BackgroundWrite;
      const packed = packInBackground([...transfers(0, 400), nobody], refused);
      const outcome = await refused.commit(importOf('refused', packed));
      expect(outcome).toMatchObject({ isWritten: false, revision: 1, violations: [{ code: 'UNKNOWN_REFERENCE', assertion: 400 }] });
      expect(canWrite(other)).toBe(true);

      const twice = store.beginBackgroundWrite?.() as BackgroundWrite;
      await expect(twice.commit(importOf('first', packInBackground(transfers(0, 400), twice)))).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(canWrite(other)).toBe(true);
      expect({ rows: readRows(path), writes: readWrites(path) }).toEqual(before);
      expect(await store.verify()).toEqual([]);
      expect(await store.commit(importOf('next', [vendor('moss')]))).toMatchObject({ isWritten: true, revision: 2 });
    } finally {
      other.close();
      await store.close();
    }
  });

  it('[I53] begins with its commit if another process writes while it is read', async () => {
    const { store, path } = await openWith(smallWorld);
    const other = new BetterSqlite3(path);
    const backgroundWrite = store.beginBackgroundWrite?.() as BackgroundWrite;
    try {
      other.exec('BEGIN IMMEDIATE');
      const packed = packInBackground(
        [...transfers(0, 400), say('ORGANIZATION', { id: 'moss', name: 'Moss', roles: ['VENDOR'] })],
        backgroundWrite,
      );
      const committed = backgroundWrite.commit(importOf('second', packed));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await store.readRevision()).toBe(1);
      other.exec('ROLLBACK');
      expect(await committed).toMatchObject({ isWritten: true, revision: 2, counts: { CREATED: 401 } });
      expect(await store.verify()).toEqual([]);
    } finally {
      await backgroundWrite.abandon();
      other.close();
      await store.close();
    }
  });

  it('[I55] is planned and written in turn if its rows cannot be inserted while it is read', async () => {
    const { store } = await openWith(smallWorld);
    const backgroundWrite = store.beginBackgroundWrite?.() as BackgroundWrite;
    try {
      const twice = { ...backgroundWrite, take: (rows: BackgroundRows) => [rows, rows].forEach((same) => void backgroundWrite.take(same)) };
      const packed = packInBackground(transfers(0, 400), twice);
      expect(await backgroundWrite.commit(importOf('second', packed))).toMatchObject({
        isWritten: true,
        revision: 2,
        counts: { CREATED: 400 },
      });
      expect(await store.verify()).toEqual([]);
    } finally {
      await backgroundWrite.abandon();
      await store.close();
    }
  });

  it.each([10, 400])('[I54] fails as any other write if the file of the store was removed meanwhile (%i rows)', async (rows) => {
    const { store, path } = await openWith(smallWorld);
    const backgroundWrite = store.beginBackgroundWrite?.() as BackgroundWrite;
    try {
      const packed = packInBackground(transfers(0, rows), backgroundWrite);
      rmSync(path);
      await expect(backgroundWrite.commit(importOf('second', packed))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    } finally {
      await backgroundWrite.abandon();
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

async function waitUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
