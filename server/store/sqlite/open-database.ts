import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { ExposureError } from '../../domain/errors.ts';
import { fieldsVersion } from '../../domain/fact-fields.ts';
import { damagedStore } from '../damaged-store.ts';
import { makeFolder } from '../make-folder.ts';
import { addMissingFields, applicationId, createSchema, lacksFields, migrations } from './schema.ts';
import { hasLastChange, LastChangeFile } from './seals/last-change.ts';
import { keepRecordsSealed } from './seals/seals.ts';
import { translateError, translateOpenError } from './translate-error.ts';

/** A short wait only: a longer one would block the event loop. Writers wait and try again (write-lock.ts). */
const busyTimeoutMs = 100;

/**
 * Opens a store's file for writing. Creates a missing file and its folder, and migrates an older store.
 *
 * Throws STORE_UNAVAILABLE (cannot be opened or written to), STORE_DAMAGED (a foreign file; a file that lost acknowledged
 * changes), STORE_TOO_NEW.
 */
export function openDatabase(path: string, steps: readonly ((database: Database) => void)[] = migrations): Database {
  makeFolderOf(path);
  let database: Database | undefined;
  try {
    const lastChange = new LastChangeFile(path);
    lastChange.refuseEmptyStore();
    database = new BetterSqlite3(path, { timeout: 10_000 });
    checkIdentity(database, path, steps.length + 1);
    database.pragma('journal_mode = WAL');
    configure(database);
    configureWriter(database);
    migrate(database, path, steps);
    lastChange.refuseLostChanges(database);
    keepRecordsSealed(database);
    lastChange.note(database);
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    return database;
  } catch (error) {
    database?.close();
    throw translateOpenError(error, path);
  }
}

/** Opens another connection to an open store, to write in a thread. It may block while it waits for other writers. */
export function openWriter(path: string, busyWaitMs: number): Database {
  let database: Database | undefined;
  try {
    database = new BetterSqlite3(path, { fileMustExist: true, timeout: busyWaitMs });
    configure(database);
    configureWriter(database);
    keepRecordsSealed(database);
    return database;
  } catch (error) {
    database?.close();
    throw translateError(error, path);
  }
}

/** Opens another connection to an open store, to read a snapshot while others write. */
export function openReader(path: string): Database {
  try {
    const database = new BetterSqlite3(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    configure(database);
    return database;
  } catch (error) {
    throw translateError(error, path);
  }
}

function configure(database: Database): void {
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
}

function configureWriter(database: Database): void {
  database.pragma('synchronous = FULL');
  database.pragma('cache_size = -131072');
  database.pragma('journal_size_limit = 67108864');
}

function makeFolderOf(path: string): void {
  const folder = dirname(path);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The folder ${folder} of the store cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Make it, or name another file in EXPOSURE_STORE.`,
      { cause: error },
    );
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new ExposureError('STORE_UNAVAILABLE', `${path} is a folder. Name a file in EXPOSURE_STORE, such as ${path}/exposure.db.`);
  }
}

/** Runs before any change, so that a foreign file stays unchanged. */
function checkIdentity(database: Database, path: string, version: number): void {
  const id = database.pragma('application_id', { simple: true }) as number;
  const found = database.pragma('user_version', { simple: true }) as number;
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (id !== applicationId && !(isEmpty && id === 0)) {
    if (hasLastChange(path)) throw damagedStore(path, 'Its header is not the one of a store.');
    throw new ExposureError(
      'STORE_DAMAGED',
      `${path} is an SQLite file, but not an Exposure Graph store. Name another file in EXPOSURE_STORE, or move this one away.`,
    );
  }
  if (found > version) throw tooNew(path, `schema version ${found}, and this program knows versions up to ${version}`);
  const fields = readFieldsVersion(database);
  if (fields > fieldsVersion)
    throw tooNew(path, `facts with fields of version ${fields}, and this program knows fields up to version ${fieldsVersion}`);
}

/** The version of the field table; 1 in a store without a recorded version. */
function readFieldsVersion(database: Database): number {
  const columns = database.pragma('table_info(meta)') as { name: string }[];
  if (!columns.some(({ name }) => name === 'fields_version')) return 1;
  return database.prepare('SELECT "fields_version" FROM meta').pluck().get() as number;
}

function tooNew(path: string, reason: string): ExposureError {
  return new ExposureError(
    'STORE_TOO_NEW',
    `The store ${path} was written by a newer version of this program: it has ${reason}. Start the version that wrote it, or a newer one.`,
  );
}

function migrate(database: Database, path: string, steps: readonly ((database: Database) => void)[]): void {
  const version = steps.length + 1;
  const read = (): number => database.pragma('user_version', { simple: true }) as number;
  if (read() === version && readFieldsVersion(database) === fieldsVersion && !lacksFields(database)) return;
  database
    .transaction(() => {
      // Another process may have migrated the store meanwhile.
      checkIdentity(database, path, version);
      const found = read();
      if (found === 0) createSchema(database);
      else for (const step of steps.slice(found - 1)) step(database);
      keepRecordsSealed(database);
      addMissingFields(database);
      database.prepare('UPDATE meta SET "fields_version" = ?').run(fieldsVersion);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${version}`);
    })
    .immediate();
}
