import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { FactStore } from '../../../server/store/fact-store.ts';
import type { FactWrite } from '../../../server/store/fact-write.ts';
import type { OpenStoreOptions } from '../../../server/store/open/open-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { Ledger } from '../../../server/store/sqlite/read/ledger.ts';
import { keepRecordsSealed } from '../../../server/store/sqlite/seals.ts';
import { commitWrite } from '../../../server/store/sqlite/write/write-facts.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { importOf, readAll, retract, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import { pack, plannedAlone, randomWorld, readRows, rowsOf } from '../packed-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-packed-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Imported {
  readonly outcome: readonly (object & { readonly effects: readonly number[] })[];
  readonly facts: readonly object[];
  readonly rows: readonly object[];
  readonly damage: readonly string[];
}

/** Imports into a new store, one write after the other. */
async function importAll(writes: readonly FactWrite[], options: OpenStoreOptions = {}): Promise<Imported> {
  const path = join(folder, `${count++}.db`);
  const store: FactStore = await openStore(`sqlite:${path}`, options);
  try {
    const outcomes: Imported['outcome'][number][] = [];
    for (const write of writes) {
      const { isWritten, revision, counts, effects, violations, readChanges } = await store.commit(write);
      const changes = readChanges(Array.from(effects, (_, index) => index)).map((change) => ({ ...change, at: 0 }));
      const outcome = { isWritten, revision, counts, effects: [...effects], violations, changes };
      outcomes.push(outcome);
    }
    return { outcome: outcomes, facts: await readAll(store), rows: readRows(path), damage: await store.verify() };
  } finally {
    await store.close();
  }
}

/** Beside a text that is too long for a phrase, the number of a phrase takes eight bytes. */
function withoutWidths(rows: readonly object[]): object[] {
  return (rows as readonly unknown[][]).map((row) => row.map((cell, i) => (String(row[i - 1]).startsWith('phrase ') ? 'integer' : cell)));
}

describe('packed rows in SQLite', () => {
  for (const seed of [1, 2, 3]) {
    it(`[I46] are planned by column as each is alone, and stored as they state it, in an empty store and over facts (${seed})`, async () => {
      const first = randomWorld(seed, 400);
      const second = randomWorld(seed + 10, 600);
      const isDropped = (place: number) => place % 7 === 3 && place > 20;
      const kept = second.filter((_, place) => !isDropped(place));
      const removed = [...kept.slice(-40, -20).map(({ kind, key }) => retract(kind, key)), retract('TRANSFER', 'nothing')];
      const writes = (more: Partial<Pick<FactWrite, 'rejectedKeys'>>) => [
        importOf('refused', pack(first), more),
        importOf('first', pack(first), { skipRefused: true, ...more }),
        importOf('second', pack(second, isDropped), { skipRefused: true, ...more }),
        importOf('removed', pack(removed), { skipRefused: true, ...more }),
      ];
      const alone = await importAll(writes(plannedAlone));
      expect(await importAll(writes({}))).toEqual(alone);
      expect(await importAll(writes({}), { threadFrom: 1 })).toEqual(alone);
      const effects = alone.outcome.map((outcome) => outcome.effects);
      expect(withoutWidths(alone.rows)).toEqual(
        rowsOf([first, kept, removed].map((assertions, i) => ({ assertions, effects: effects[i + 1] as number[] }))),
      );
      expect(alone.damage).toEqual([]);
      expect(alone.rows.length).toBeGreaterThan(800);
      expect(effects[3]).toEqual(expect.arrayContaining([3, 4]));
      expect(JSON.stringify(alone.outcome)).toMatch(/SAME_ENDS.*UNKNOWN_REFERENCE|UNKNOWN_REFERENCE.*SAME_ENDS/s);
    });
  }

  it('[I47] keep numbers of phrases as integers, and texts that are too long for a phrase', async () => {
    const world = [
      ...smallWorld,
      transfer('t2', 'rubric', 'vega', 'quill', { channel: 'x'.repeat(501) }),
      transfer('t3', 'rubric', 'vega', 'quill', { channel: 'mail' }),
    ];
    const long = await importAll([importOf('one', world)]);
    const cells = (long.rows as unknown[][]).flat().map(String);
    expect(cells.filter((cell) => cell.startsWith('phrase ')).length).toBeGreaterThan(10);
    expect(cells).toContain('x'.repeat(501));
    expect(long.damage).toEqual([]);
    const { rows } = await importAll([importOf('one', [...smallWorld, transfer('t3', 'rubric', 'vega', 'quill', { channel: 'mail' })])]);
    for (const row of rows as unknown[][])
      row.forEach((cell, i) => {
        if (String(cell).startsWith('phrase ')) expect(row[i + 1]).toBe('integer');
      });
  });

  it('[I49] open no savepoint while they are written, also over facts that they state again', async () => {
    const path = join(folder, `${count++}.db`);
    const store = await openStore(`sqlite:${path}`);
    await store.commit(importOf('one', pack(smallWorld)));
    const statements: string[] = [];
    const database = new BetterSqlite3(path, { verbose: (statement) => statements.push(String(statement)) });
    try {
      keepRecordsSealed(database);
      database.exec('BEGIN IMMEDIATE');
      const written = await commitWrite(database, new Ledger(database).refresh(), importOf('two', pack(smallWorld)));
      database.exec('COMMIT');
      expect(written).toMatchObject({ isKept: true, result: { revision: 1 } });
      expect(statements.filter((statement) => statement.startsWith('INSERT INTO')).length).toBeGreaterThan(3);
      expect(statements.filter((statement) => /SAVEPOINT/i.test(statement))).toEqual([]);
      expect(await store.listImports()).toHaveLength(2);
      expect(await store.verify()).toEqual([]);
    } finally {
      database.close();
      await store.close();
    }
  });

  it('[I48] leave a store as it was, and open for the next import, if their plan fails', async () => {
    const path = join(folder, `${count++}.db`);
    const store = await openStore(`sqlite:${path}`, { threadFrom: 1 });
    await store.commit(importOf('one', pack(smallWorld)));
    const before = readRows(path);
    await expect(store.commit(importOf('one', pack([vendor('moss')])))).rejects.toMatchObject({ code: 'CONFLICT' });
    const refused = importOf('two', pack([vendor('moss'), transfer('t9', 'rubric', 'vega', 'nobody', { channel: 'a new channel' })]));
    expect(await store.commit(refused)).toMatchObject({ isWritten: false, revision: 1 });
    expect(readRows(path)).toEqual(before);
    expect(await store.commit(importOf('three', pack([transfer('t9', 'rubric', 'vega', 'quill', { channel: 'mail' })])))).toMatchObject({
      isWritten: true,
      revision: 2,
    });
    expect((await store.readFactsByKey('TRANSFER', ['t9']))[0]?.values).toContain('mail');
    expect(await store.listImports()).toHaveLength(2);
    expect(await store.verify()).toEqual([]);
    await store.close();
  });
});
