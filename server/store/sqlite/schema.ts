import type { Database } from 'better-sqlite3';
import { factFields, fieldsVersion } from '../../domain/fact-fields.ts';
import { factKinds } from '../../domain/facts.ts';
import { addFieldNames, firstFieldNames } from '../stored-fields.ts';
import { insertFieldNames, readFieldNames } from './field-names.ts';
import { kindTables } from './kind-table.ts';
import { columnsOf, sealAll, sealTables } from './seals/seals.ts';

/** `EXPG`: identifies a file of this program. */
export const applicationId = 0x45585047;

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
  for (const table of kindTables.values()) {
    database.exec(`
      CREATE TABLE ${table.name} (
        ${table.columnDefinitions.join(',\n        ')},
        PRIMARY KEY (${table.keys}, "write")
      ) WITHOUT ROWID;
      CREATE INDEX ${table.name}_write ON ${table.name} ("write");
    `);
  }
  sealAll(database);
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
export function lacksFields(database: Database): boolean {
  const known = readFieldNames(database);
  const named = addFieldNames(known);
  return factKinds.some((kind) => named[kind].length > known[kind].length) || findMissingColumns(database).length > 0;
}

/**
 * Adds the fields that the store lacks, each with a column. Call it inside a writing transaction.
 * Throws where a field that the store knows has lost its column.
 */
export function addMissingFields(database: Database): void {
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
