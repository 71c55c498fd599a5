import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { lockForServing, openStore, verifyStoreAt } from '../../../server/store/open/open-store.ts';
import { migrations, openDatabase } from '../../../server/store/sqlite/open-database.ts';

import { translateError } from '../../../server/store/sqlite/translate-error.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
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
  it('[S31] a file that is not an SQLite file is refused and stays unchanged', async () => {
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
    expect(old.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
    expect(old.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").pluck().get()).toBe(0);
    old.close();
    const database = openDatabase(path, [...migrations, addTable]);
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length + 2);
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

  it('[S96] verify finds assertions, phrases and documents that differ from those that were written', async () => {
    for (const [sql, part] of [
      ['UPDATE assertion_transfers SET said = said - 8', 'write 1'],
      ["UPDATE phrase SET text = 'vegb' WHERE text = 'vega'", 'phrase'],
      ['UPDATE "write" SET "by" = \'eve\'', 'table write'],
    ] as const) {
      const path = await makeStore();
      tamper(path, sql);
      expect((await verify(path)).join('\n')).toContain(part);
      const store = await openStore(`sqlite:${path}`);
      expect((await store.verify('sample')).join('\n')).toContain(part);
      await store.close();
    }
  });

  it('[S96] verify writes nothing, with or without a log left behind by a crash', async () => {
    const path = join(mkdtempSync(join(folder, 'still-')), 'facts.db');
    const store = await openStore(`sqlite:${path}`);
    await store.commit(importOf('i1', smallWorld));
    const crashed = join(mkdtempSync(join(folder, 'still-')), 'facts.db');
    for (const suffix of ['', '-wal', '.last-change']) copyFileSync(path + suffix, crashed + suffix);
    await store.close();
    for (const each of [path, crashed]) {
      const list = () => readdirSync(join(each, '..')).map((name) => [name, readFileSync(join(each, '..', name), 'base64')]);
      const before = list();
      expect(await verifyStoreAt(`sqlite:${each}`)).toEqual([]);
      expect(list()).toEqual(before);
    }
  });

  it('[S96] verify names a store that is missing, and makes none', async () => {
    const path = newPath();
    await expect(verifyStoreAt(`sqlite:${path}`)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(existsSync(path)).toBe(false);
  });

  it.each(['emptied', 'removed'])('[S97] a store whose file was %s is damaged, not new', async (how) => {
    const path = await makeStore();
    if (how === 'emptied') writeFileSync(path, '');
    else rmSync(path);
    const refusal = { code: 'STORE_DAMAGED', message: expect.stringContaining('it was at revision 1') };
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject(refusal);
    expect(await verifyStoreAt(`sqlite:${path}`)).toEqual([refusal.message]);
    rmSync(`${path}.last-change`);
    rmSync(path, { force: true });
    await (await openStore(`sqlite:${path}`)).close();
  });

  it('[S97] a store that lost acknowledged changes is refused, until somebody accepts the loss', async () => {
    const path = newPath();
    const store = await openStore(`sqlite:${path}`);
    await store.commit(importOf('i1', smallWorld));
    await store.close();
    const earlier = `${path}.earlier`;
    copyFileSync(path, earlier);
    const again = await openStore(`sqlite:${path}`);
    await again.saveDocument('note', 'n1', '{}');
    await again.close();
    copyFileSync(earlier, path);
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('lost its latest changes'),
    });
    expect((await verifyStoreAt(`sqlite:${path}`)).join()).toContain('lost its latest changes');
    rmSync(`${path}.last-change`);
    await (await openStore(`sqlite:${path}`)).close();
  });

  it('[S98] a symbolic link leads to the same store and the same lock; a second hard link is refused', async () => {
    const path = await makeStore();
    const link = `${path}.link`;
    symlinkSync(path, link);
    const lock = lockForServing(`sqlite:${path}`);
    expect(() => lockForServing(`sqlite:${link}`)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }));
    lock.release();
    const linked = await openStore(`sqlite:${link}`);
    await linked.commit(edit([vendor('by-link')]));
    await linked.close();
    const store = await openStore(`sqlite:${path}`);
    expect(await store.readRevision()).toBe(2);
    await store.close();
    linkSync(path, `${path}.hard`);
    for (const name of [path, `${path}.hard`]) {
      await expect(openStore(`sqlite:${name}`)).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('2 names'),
      });
    }
    symlinkSync(newPath(), `${path}.dangling`);
    await expect(openStore(`sqlite:${path}.dangling`)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('[S98] a file that is replaced or removed under an open store answers and takes no more', async () => {
    const path = await makeStore();
    const other = await makeStore();
    const store = await openStore(`sqlite:${path}`);
    renameSync(path, `${path}.away`);
    await expect(store.readRevision()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('was removed'),
    });
    copyFileSync(other, path);
    await expect(store.readRevision()).rejects.toMatchObject({ message: expect.stringContaining('was replaced') });
    await expect(store.commit(edit([vendor('lost')]))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    renameSync(`${path}.away`, path);
    expect(await store.readRevision()).toBe(1);
    await store.close();
  });

  it('[S99] a full disk is named as such, whatever SQLite calls it', () => {
    for (const code of ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'SQLITE_IOERR_WRITE', 'SQLITE_CANTOPEN']) {
      const error = Object.assign(new Error('disk I/O error'), { code });
      expect(translateError(error, '/data/facts.db', () => 0)).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('no room left'),
      });
    }
    const error = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    expect(translateError(error, '/data/facts.db', () => 1e9)).toMatchObject({ message: expect.stringContaining('disk I/O error') });
  });

  it('[S461] a damaged schema is told in one line, though SQLite quotes a statement of several', () => {
    const error = Object.assign(new Error('malformed database schema (a) - unrecognized token: ")\n  ) WITHOUT ROWID"'), {
      code: 'SQLITE_CORRUPT',
    });
    const told = translateError(error, '/data/facts.db') as Error;
    expect(told.message).toContain('unrecognized token: ") ) WITHOUT ROWID"');
    expect(told.message).not.toContain('\n');
  });
});
