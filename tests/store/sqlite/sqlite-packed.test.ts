import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import type { Assertion, FactValue } from '../../../server/domain/assertions.ts';
import { PackedAssertions, PackedRows } from '../../../server/domain/packed/packed-assertions.ts';
import type { FactStore, FactWrite } from '../../../server/store/fact-store.ts';
import type { OpenStoreOptions } from '../../../server/store/open-store.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { kindTables } from '../../../server/store/sqlite/kind-table.ts';
import { Ledger } from '../../../server/store/sqlite/read/ledger.ts';
import { openSnapshot } from '../../../server/store/sqlite/read/snapshot.ts';
import { keepRecordsSealed } from '../../../server/store/sqlite/seals/seals.ts';
import { previewWrite } from '../../../server/store/sqlite/write/write-facts.ts';
import type { SharedProgress } from '../../../server/store/sqlite/write/write-in-thread.ts';
import { commitWhilePlanned } from '../../../server/store/sqlite/write/write-while-planned.ts';
import { mulberry32 } from '../../bench/large-world.ts';
import { artifact, importOf, lab, readAll, say, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-packed-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pack(assertions: readonly Assertion[], isDropped: (place: number) => boolean = () => false): PackedAssertions {
  const rows = new PackedRows();
  for (const assertion of assertions) {
    rows.pack(assertion);
    const place = rows.add(assertion.kind);
    if (isDropped(place)) rows.drop(place);
  }
  return PackedAssertions.from(structuredClone(rows.finish().share()));
}

/** A world of all kinds. About one row in ten breaks a rule. */
function randomWorld(seed: number, transfers: number): Assertion[] {
  const random = mulberry32(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const rarely = <T>(value: T, otherwise: T, chance = 0.01): T => (random() < chance ? value : otherwise);
  const organization = () => rarely('nobody', pick(['vega', 'kite', 'moss', 'quill', 'zürich 😀']));
  const work = () => rarely('nothing', pick(['rubric', 'rules', 'part']));
  const instant = () => rarely<FactValue | undefined>(1e16, pick([undefined, null, 0, -5, 1.7e12, 1.6e12 + Math.floor(random() * 1e9)]));
  const share = () => rarely<FactValue | undefined>(2, pick([undefined, null, 1, 0.5, 0.1 + 0.2]));
  const world = [
    lab('vega', { aliases: ['V'], attributes: [{ name: 'b', value: '1' }] }),
    lab('kite', { mergedInto: undefined }),
    vendor('moss', { country: null }),
    vendor('quill'),
    vendor('zürich 😀'),
    artifact('rubric', 'vega', { fragmentCount: 2, valueLowUsd: 5, valueHighUsd: 7 }),
    artifact('rules', 'kite', { usefulPortion: 0.5 }),
    artifact('part', 'vega'),
    // Rows after a refused artifact are checked for whether they name it.
    ...(seed % 10 === 3 ? [artifact('orphan', 'moss')] : []),
    say('ENGAGEMENT', { id: 'e1', client: 'vega', provider: 'moss', auditRight: true, attributes: [] }),
  ];
  for (let i = 0; i < transfers; i++) {
    const id = rarely(`owned:${i}`, rarely(` `, `t-${String(i).padStart(6, '0')}`, 1 / transfers));
    const said = {
      sentAt: instant(),
      portion: share(),
      fragments: pick([undefined, undefined, undefined, [], ['a'], rarely(['a', 'b', 'c'], ['a', 'b'], 0.2)]),
      form: rarely('PAPER', pick(['PLAINTEXT', 'VIEW_ONLY', undefined])),
      deletionState: pick([undefined, 'NONE', 'ATTESTED']),
      deletedAt: instant(),
      channel: pick([undefined, 'mail', 'courier', rarely('long '.repeat(200), 'disk', 0.1)]),
      engagement: pick([undefined, 'e1', rarely('e9', 'e1')]),
      confidence: share(),
    };
    const source = pick([null, 'an audit', rarely('s'.repeat(501), 'a letter', 0.1)]);
    const place = { assertedAt: pick([7, 1.7e12]), source, file: pick(['a.csv', 'b.csv']), line: i + 2 };
    world.push({ ...transfer(id, work(), organization(), organization(), said), ...place });
  }
  for (let i = 0; i < 60; i++) {
    const likelihood = share();
    world.push(
      say('ACCESS', { id: `a${i}`, grantee: organization(), grantor: organization(), kind: 'CREDENTIALS', likelihood }, { line: i + 1 }),
    );
    world.push(
      say('CONTROL', {
        organization: organization(),
        control: i === 5 ? 'c\u0007' : `c/${i} %`,
        evidenceType: 'SELF_ATTESTED',
        issuedAt: instant(),
      }),
    );
  }
  for (const [from, to] of [
    ['rubric', 'rules'],
    ['rules', 'part'],
    ['part', 'part'],
    ['part', 'nothing'],
  ] as const)
    world.push(say('REVEALS', { artifact: from, reveals: to, degree: 0.5 }));
  return world;
}

interface Imported {
  readonly outcome: object;
  readonly facts: readonly object[];
  readonly rows: readonly object[];
  readonly damage: readonly string[];
}

/** Imports into a new store, one write after the other. */
async function importAll(writes: readonly FactWrite[], options: OpenStoreOptions = {}): Promise<Imported> {
  const path = join(folder, `${count++}.db`);
  const store: FactStore = await openStore(`sqlite:${path}`, options);
  try {
    const outcomes: object[] = [];
    for (const write of writes) {
      const { isWritten, revision, counts, effects, violations, readChanges } = await store.commit(write);
      const changes = readChanges(Array.from(effects, (_, index) => index)).map((change) => ({ ...change, at: 0 }));
      outcomes.push({ isWritten, revision, counts, effects: [...effects], violations, changes });
    }
    return { outcome: outcomes, facts: await readAll(store), rows: readRows(path), damage: await store.verify() };
  } finally {
    await store.close();
  }
}

/** All rows of facts with the types of their cells. Phrases are read: their numbers depend on the order in which they were met. */
function readRows(path: string): object[] {
  const database = new BetterSqlite3(path, { readonly: true });
  try {
    const phrases = new Map(database.prepare('SELECT "n", "text" FROM phrase').raw().all() as [number, string][]);
    return [...kindTables.values()].flatMap((table) => {
      const columns = table.columnNames.map((name) => `"${name}", typeof("${name}")`).join(', ');
      const rows = database.prepare(`SELECT ${columns} FROM ${table.name} ORDER BY ${table.keys}, "write"`).raw().all() as unknown[][];
      return rows.map((row) =>
        row.map((cell, i) => (i % 2 === 0 && table.isPhrase(i / 2) && typeof cell === 'number' ? `phrase ${phrases.get(cell)}` : cell)),
      );
    });
  } finally {
    database.close();
  }
}

describe('packed rows in SQLite', () => {
  for (const seed of [1, 2, 3]) {
    it(`[I46] are planned and stored as the same rows in objects are, in an empty store and over facts (${seed})`, async () => {
      const first = randomWorld(seed, 400);
      const second = randomWorld(seed + 10, 600);
      const isDropped = (place: number) => place % 7 === 3 && place > 20;
      const writes = (packed: boolean) => [
        importOf('refused', packed ? pack(first) : first),
        importOf('first', packed ? pack(first) : first, { skipRefused: true }),
        importOf('second', packed ? pack(second, isDropped) : second.filter((_, place) => !isDropped(place)), { skipRefused: true }),
      ];
      const expected = await importAll(writes(false));
      const found = await importAll(writes(true));
      expect(found).toEqual(expected);
      expect(await importAll(writes(true), { threadFrom: 1 })).toEqual(expected);
      expect(expected.damage).toEqual([]);
      expect(expected.rows.length).toBeGreaterThan(800);
      expect(JSON.stringify(expected.outcome)).toMatch(/SAME_ENDS.*UNKNOWN_REFERENCE|UNKNOWN_REFERENCE.*SAME_ENDS/s);
    });
  }

  it('[I47] keep numbers of phrases as integers, and texts that are too long for a phrase', async () => {
    const world = [
      ...smallWorld,
      transfer('t2', 'rubric', 'vega', 'quill', { channel: 'x'.repeat(501) }),
      transfer('t3', 'rubric', 'vega', 'quill', { channel: 'mail' }),
    ];
    for (const assertions of [world, pack(world)]) {
      const { rows, damage } = await importAll([importOf('one', assertions)]);
      const cells = (rows as unknown[][]).flat().map(String);
      expect(cells.filter((cell) => cell.startsWith('phrase ')).length).toBeGreaterThan(10);
      expect(cells).toContain('x'.repeat(501));
      expect(damage).toEqual([]);
    }
    const { rows } = await importAll([importOf('one', [...smallWorld, transfer('t3', 'rubric', 'vega', 'quill', { channel: 'mail' })])]);
    for (const row of rows as unknown[][])
      row.forEach((cell, i) => {
        if (String(cell).startsWith('phrase ')) expect(row[i + 1]).toBe('integer');
      });
  });

  for (const seed of [1, 2, 3]) {
    it(`[I48] that are planned while they are written give what they give in turn (${seed})`, async () => {
      const writes = () => [
        importOf('refused', pack(randomWorld(seed, 400))),
        importOf('first', pack(randomWorld(seed, 400)), { skipRefused: true }),
        importOf('second', pack(randomWorld(seed + 10, 600)), { skipRefused: true }),
        importOf('third', pack(smallWorld)),
      ];
      expect(await importAll(writes(), { planAsideFrom: 1 })).toEqual(await importAll(writes()));
    });
  }

  it('[I48] begin again if the plan refuses a row that is written already', async () => {
    const isNoLab = say('ORGANIZATION', { id: 'vega', name: 'Vega', roles: ['VENDOR'] });
    const writes = (more: Partial<FactWrite>) => [
      importOf('one', pack(smallWorld)),
      importOf('two', pack([isNoLab, vendor('moss'), transfer('t2', 'rubric', 'vega', 'moss', { channel: 'a new channel' })]), more),
      importOf('three', pack([transfer('t3', 'rubric', 'vega', 'quill', { channel: 'another channel' })])),
    ];
    for (const more of [{}, { skipRefused: true }]) {
      const found = await importAll(writes(more), { planAsideFrom: 1 });
      expect(found).toEqual(await importAll(writes(more)));
      expect(found.damage).toEqual([]);
      expect(JSON.stringify(found.outcome)).toContain('OWNER_IS_NOT_A_LAB');
    }
  });

  it('[I49] open no savepoint while they are planned and written, also over facts that they state again', async () => {
    const path = join(folder, `${count++}.db`);
    const store = await openStore(`sqlite:${path}`);
    await store.commit(importOf('one', pack(smallWorld)));
    const statements: string[] = [];
    const database = new BetterSqlite3(path, { verbose: (statement) => statements.push(String(statement)) });
    const { database: reader, ledger, close } = openSnapshot(path);
    try {
      const write = importOf('two', pack(smallWorld));
      const plan = ({ effects, planned }: SharedProgress) =>
        previewWrite(reader, ledger, write, { effects, onPlanned: (known) => Atomics.store(planned, 0, known) });
      keepRecordsSealed(database);
      database.exec('BEGIN IMMEDIATE');
      const { isKept } = await commitWhilePlanned(database, new Ledger(database).refresh(), write, plan);
      database.exec('COMMIT');
      expect(isKept).toBe(true);
      expect(statements.filter((statement) => statement.startsWith('INSERT INTO')).length).toBeGreaterThan(3);
      expect(statements.filter((statement) => /SAVEPOINT/i.test(statement))).toEqual([]);
      expect(await store.listImports()).toHaveLength(2);
      expect(await store.verify()).toEqual([]);
    } finally {
      close();
      database.close();
      await store.close();
    }
  });

  it('[I48] leave a store as it was, and open for the next import, if their plan fails', async () => {
    const path = join(folder, `${count++}.db`);
    const store = await openStore(`sqlite:${path}`, { planAsideFrom: 1 });
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
