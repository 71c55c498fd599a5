import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import BetterSqlite3 from 'better-sqlite3';
import { ExposureError } from '../../domain/errors.ts';
import { factFields, fieldsVersion } from '../../domain/fact-fields.ts';
import { factKinds, isCustodyKind } from '../../domain/facts.ts';
import { damagedStore } from '../damaged-store.ts';
import { makeFolder } from '../make-folder.ts';
import { addFieldNames, firstFieldNames } from '../stored-fields.ts';
import type { KindTable } from './kind-table.ts';
import { kindTables } from './kind-table.ts';
import { insertFieldNames, Ledger, readFieldNames } from './read/ledger.ts';
import { columnsOf, hasLastChange, keepRecordsSealed, LastChangeFile, sealAll, sealTables } from './seals.ts';
import { translateError, translateOpenError } from './translate-error.ts';

/** A short wait only: a longer one would block the event loop. Writers wait and try again (write/sqlite-writer.ts). */
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
      else {
        createMissingTables(database);
        for (const step of steps.slice(found - 1)) step(database);
      }
      keepRecordsSealed(database);
      addMissingFields(database);
      database.prepare('UPDATE meta SET "fields_version" = ?').run(fieldsVersion);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${version}`);
    })
    .immediate();
}

/** `EXPG`: identifies a file of this program. */
const applicationId = 0x45585047;

/**
 * Creates the schema of this version. `migrations` bring an older store to it.
 *
 * Facts exist only as their assertions. Nothing is deleted: an undo marks its write.
 */
export function createSchema(database: Database): void {
  database.exec(`
    CREATE TABLE meta (
      "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
      "revision" INTEGER NOT NULL,
      "last_at" INTEGER NOT NULL,
      "fields_version" INTEGER NOT NULL
    );
    INSERT INTO meta VALUES (1, 0, 0, ${fieldsVersion});
    ${fieldTable}

    CREATE TABLE phrase ("n" INTEGER PRIMARY KEY, "text" TEXT NOT NULL UNIQUE);

    CREATE TABLE import (
      "id" TEXT PRIMARY KEY,
      "source" TEXT,
      "asserted_at" INTEGER,
      "created_at" INTEGER NOT NULL,
      "rejected_count" INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE imported_file (
      "import_id" TEXT NOT NULL REFERENCES import ("id"),
      "place" INTEGER NOT NULL,
      "name" TEXT NOT NULL,
      "size_bytes" INTEGER NOT NULL,
      "sha256" TEXT NOT NULL,
      "row_count" INTEGER NOT NULL,
      PRIMARY KEY ("import_id", "place")
    ) WITHOUT ROWID;
    CREATE TABLE imported_incident (
      "import_id" TEXT NOT NULL REFERENCES import ("id"),
      "id" TEXT NOT NULL,
      "json" TEXT NOT NULL,
      PRIMARY KEY ("import_id", "id")
    ) WITHOUT ROWID;

    CREATE TABLE "write" (
      "seq" INTEGER PRIMARY KEY,
      "revision" INTEGER NOT NULL,
      "at" INTEGER NOT NULL,
      "by" TEXT NOT NULL,
      "speaker" TEXT NOT NULL,
      "import_id" TEXT UNIQUE REFERENCES import ("id"),
      "created" INTEGER NOT NULL,
      "updated" INTEGER NOT NULL,
      "unchanged" INTEGER NOT NULL,
      "retracted" INTEGER NOT NULL,
      "undone_revision" INTEGER,
      "undone_at" INTEGER,
      "undone_by" TEXT,
      "undone_changed" INTEGER,
      "undone_is_raising" INTEGER
    );
    CREATE INDEX write_undone ON "write" ("seq") WHERE "undone_at" IS NOT NULL;

    CREATE TABLE document (
      "collection" TEXT NOT NULL,
      "id" TEXT NOT NULL,
      "version" INTEGER NOT NULL,
      "json" TEXT NOT NULL,
      "import_id" TEXT REFERENCES import ("id"),
      "saved_json" TEXT,
      PRIMARY KEY ("collection", "id")
    );
    ${sealTables}
  `);
  insertFieldNames(database, addFieldNames({}));
  for (const table of kindTables.values()) createKindTable(database, table);
  sealAll(database);
}

function createKindTable(database: Database, { name, columnDefinitions, keys }: KindTable): void {
  database.exec(`
    CREATE TABLE ${name} (
      ${columnDefinitions.join(',\n      ')},
      PRIMARY KEY (${keys}, "write")
    ) WITHOUT ROWID;
    CREATE INDEX ${name}_write ON ${name} ("write");
  `);
}

/** Creates the tables of kinds that the store does not know. A table that a known kind has lost stays missing, which opening the store reports. */
function createMissingTables(database: Database): void {
  const hasNames = columnsOf(database, 'field').length > 0;
  const known = hasNames ? readFieldNames(database) : undefined;
  for (const [kind, table] of kindTables) {
    const isKnown = known === undefined ? isCustodyKind(kind) : known[kind].length > 0;
    if (!isKnown && columnsOf(database, table.name).length === 0) createKindTable(database, table);
  }
}

/**
 * Step i brings a store of version i + 1 to version i + 2. Never change a released step.
 */
export const migrations: readonly ((database: Database) => void)[] = [nameFields, addSeals];

/** The fields that the store knows, by kind, in the order of their bits in `said`. */
const fieldTable = `CREATE TABLE field (
      "kind" TEXT NOT NULL,
      "bit" INTEGER NOT NULL,
      "name" TEXT NOT NULL,
      PRIMARY KEY ("kind", "bit")
    ) WITHOUT ROWID;`;

function nameFields(database: Database): void {
  database.exec(`${fieldTable} ALTER TABLE meta ADD COLUMN "fields_version" INTEGER NOT NULL DEFAULT 1;`);
  insertFieldNames(database, firstFieldNames);
}

/** A later step that changes a table of records must seal it again. */
function addSeals(database: Database): void {
  database.exec(sealTables);
  sealAll(database);
}

/** Whether the store lacks a field of the field table, or a column for one. */
function lacksFields(database: Database): boolean {
  const known = readFieldNames(database);
  const named = addFieldNames(known);
  return factKinds.some((kind) => named[kind].length > known[kind].length) || findMissingColumns(database).length > 0;
}

/**
 * Adds the fields that the store lacks, each with a column. Call it inside a writing transaction.
 * Throws where a field that the store knows has lost its column.
 */
function addMissingFields(database: Database): void {
  const known = readFieldNames(database);
  for (const { kind, table, column, definition } of findMissingColumns(database)) {
    const field = factFields[kind].find((spec) => spec.column === column)?.name;
    if (field !== undefined && known[kind].includes(field)) {
      throw new Error(`the table ${table} has lost its column ${column}`);
    }
    database.exec(`ALTER TABLE ${table} ADD COLUMN ${definition}`);
  }
  insertFieldNames(database, addFieldNames(known));
}

function findMissingColumns(database: Database) {
  return [...kindTables.values()].flatMap(({ kind, name: table, fieldDefinitions }) => {
    const columns = new Set(columnsOf(database, table));
    return [...fieldDefinitions]
      .filter(([column]) => !columns.has(column))
      .map(([column, definition]) => ({ kind, table, column, definition }));
  });
}

/** A connection that sees the store as of one moment, however long the read takes. */
export interface Snapshot {
  readonly database: Database;
  readonly ledger: Ledger;
  close(): void;
}

export function openSnapshot(path: string): Snapshot {
  const database = openReader(path);
  try {
    database.exec('BEGIN');
    return { database, ledger: new Ledger(database).refresh(), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Does work that may take long, over a connection of its own. Throws STORE_UNAVAILABLE. */
export async function readAtLength<T>(path: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  let snapshot: Snapshot | undefined;
  try {
    snapshot = openSnapshot(path);
    return await work(snapshot);
  } catch (error) {
    throw translateError(error, path);
  } finally {
    snapshot?.close();
  }
}
