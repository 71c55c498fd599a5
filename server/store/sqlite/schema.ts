import type { Database } from 'better-sqlite3';
import { kindTables } from './kind-table.ts';

/** `EXPG`: says whose file it is. */
export const applicationId = 0x45585047;

/**
 * The schema of a store that this version makes. A store of an older version is brought to it by `migrations`.
 *
 * Facts are nowhere but in their assertions. Nothing is deleted: taking a write back marks it.
 */
export function createSchema(database: Database): void {
  database.exec(`
    CREATE TABLE meta (
      "id" INTEGER PRIMARY KEY CHECK ("id" = 1),
      "revision" INTEGER NOT NULL,
      "last_at" INTEGER NOT NULL
    );
    INSERT INTO meta VALUES (1, 0, 0);

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
  `);
  for (const table of kindTables.values()) {
    database.exec(`
      CREATE TABLE ${table.name} (
        ${table.columnDefinitions.join(',\n        ')},
        PRIMARY KEY (${table.keys}, "write")
      ) WITHOUT ROWID;
      CREATE INDEX ${table.name}_write ON ${table.name} ("write");
    `);
  }
}

/**
 * Step i brings a store of version i + 1 to version i + 2. Steps are never changed once they were released.
 */
export const migrations: readonly ((database: Database) => void)[] = [];
