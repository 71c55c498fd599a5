import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { openStore } from '../../../server/store/open-store.ts';
import { openDatabase } from '../../../server/store/sqlite/open-database.ts';
import { migrations } from '../../../server/store/sqlite/schema.ts';
import { edit, importOf, smallWorld, vendor } from '../assertions-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-file-'));
let count = 0;
const newPath = (): string => join(folder, `${count++}.db`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function makeStore(): Promise<string> {
  const path = newPath();
  const store = await openStore(`sqlite:${path}`);
  await store.commit(importOf('i1', smallWorld));
  await store.close();
  return path;
}

function tamper(path: string, sql: string): void {
  const database = new BetterSqlite3(path);
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

async function verify(path: string): Promise<string[]> {
  const store = await openStore(`sqlite:${path}`);
  const sentences = await store.verify();
  await store.close();
  return sentences;
}

describe('the file of a store', () => {
  it('[S31] a file that is no SQLite file is refused and left unchanged', async () => {
    const path = newPath();
    writeFileSync(path, 'id,name\nvega,Vega\n'.repeat(100));
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ code: 'STORE_DAMAGED', message: expect.stringContaining(path) });
    expect(readFileSync(path, 'utf8')).toBe('id,name\nvega,Vega\n'.repeat(100));
  });

  it("[S31] another program's SQLite file is refused and left unchanged", async () => {
    const path = newPath();
    tamper(path, 'CREATE TABLE song (title TEXT)');
    const before = readFileSync(path);
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('[S31] a store of a newer version is refused and left unchanged', async () => {
    const path = await makeStore();
    tamper(path, 'PRAGMA user_version = 99');
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ code: 'STORE_TOO_NEW', message: expect.stringContaining('99') });
  });

  it('[S31] a folder that cannot be created, or a folder in place of the file, is refused', async () => {
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, '');
    await expect(openStore(`sqlite:${join(blocked, 'x', 'facts.db')}`)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(openStore(`sqlite:${folder}`)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('is a folder'),
    });
    await expect(openStore('oracle:x')).rejects.toMatchObject({ code: 'BAD_CONFIGURATION' });
    await expect(openStore('sqlite:')).rejects.toMatchObject({ code: 'BAD_CONFIGURATION' });
  });

  it('[S31] a read-only folder is refused', async () => {
    const readOnly = join(folder, 'read-only');
    mkdirSync(readOnly);
    chmodSync(readOnly, 0o555);
    const path = join(readOnly, 'facts.db');
    // The superuser may write everywhere, so the store is created.
    const isSuperuser = process.getuid?.() === 0;
    const opened = openStore(`sqlite:${path}`).then((store) => store.close());
    if (isSuperuser) await opened;
    else await expect(opened).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(existsSync(path)).toBe(isSuperuser);
  });

  it('[S32] a store of an older version is upgraded in one transaction', async () => {
    const path = await makeStore();
    const addTable = (database: BetterSqlite3.Database): void => void database.exec('CREATE TABLE extra (n INTEGER)');
    const fail = (): void => {
      throw new Error('no');
    };
    expect(() => openDatabase(path, [...migrations, addTable, fail])).toThrow('no');
    const old = new BetterSqlite3(path);
    expect(old.pragma('user_version', { simple: true })).toBe(2);
    expect(old.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").pluck().get()).toBe(0);
    old.close();
    const database = openDatabase(path, [...migrations, addTable]);
    expect(database.pragma('user_version', { simple: true })).toBe(3);
    expect(database.prepare('SELECT count(*) FROM extra').pluck().get()).toBe(0);
    expect(database.prepare('SELECT count(*) FROM assertion_organizations').pluck().get()).toBe(2);
    database.close();
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
  });

  it('[S8] every acknowledged write is durable: write-ahead log, full synchronization, foreign keys', () => {
    const database = openDatabase(newPath());
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    database.close();
  });

  it('[S35] verify finds nothing in a sound store', async () => {
    expect(await verify(await makeStore())).toEqual([]);
  });

  it.each([
    ['an assertion that is gone', 'DELETE FROM assertion_transfers', 'states 0/4/0/0'],
    ['a fact that names nothing', "DELETE FROM assertion_organizations WHERE id = 'quill'", 'names "quill"'],
    ['a value out of range', 'UPDATE assertion_artifacts SET sensitivity = 9', 'sensitivity'],
    ['a revision that no write made', 'UPDATE meta SET revision = 7', 'revision 7'],
    ['an assertion of no write', 'UPDATE assertion_transfers SET "write" = 5', 'belongs to'],
  ])('[S35] verify finds %s', async (_, sql, part) => {
    const path = await makeStore();
    tamper(path, sql);
    expect((await verify(path)).join('\n')).toContain(part);
  });

  it('[S35] verify finds an overwritten page', async () => {
    const path = newPath();
    const store = await openStore(`sqlite:${path}`);
    await store.commit(edit(Array.from({ length: 2000 }, (_, i) => vendor(`v${i}`, { website: 'w'.repeat(100) }))));
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, bytes.length - 40_960, bytes.length - 8192);
    writeFileSync(path, bytes);
    expect((await verify(path)).join('\n')).toMatch(/damaged/);
  });
});
