import type { Database } from 'better-sqlite3';
import type { ImportedFile, ImportRecord, NewImport } from '../../fact-write.ts';
import { importStateOf } from '../../write-ledger.ts';
import type { Ledger } from '../read/ledger.ts';

const columns = '"id", "source", "asserted_at", "created_at", "rejected_count"';
type ImportRow = [string, string | null, number | null, number, number];

/** Inserts an import and a copy of its incidents. `addIncidents` saves the incidents themselves. */
export function insertImport(database: Database, from: NewImport): void {
  database
    .prepare('INSERT INTO import ("id", "source", "asserted_at", "created_at", "rejected_count") VALUES (?, ?, ?, ?, ?)')
    .run(from.id, from.source, from.assertedAt, from.createdAt, from.rejectedCount);
  const insertFile = database.prepare(
    'INSERT INTO imported_file ("import_id", "place", "name", "size_bytes", "sha256", "row_count") VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [place, file] of from.files.entries()) {
    insertFile.run(from.id, place, file.name, file.sizeBytes, file.sha256, file.rowCount);
  }
  const keepIncident = database.prepare('INSERT INTO imported_incident ("import_id", "id", "json") VALUES (?, ?, ?)');
  for (const [id, json] of from.incidents) keepIncident.run(from.id, id, json);
}

/** An import as it was committed. */
export function readImport(database: Database, importId: string): NewImport {
  const [id, source, assertedAt, createdAt, rejectedCount] = database
    .prepare(`SELECT ${columns} FROM import WHERE "id" = ?`)
    .raw()
    .get(importId) as ImportRow;
  const incidents = database
    .prepare('SELECT "id", "json" FROM imported_incident WHERE "import_id" = ? ORDER BY "id"')
    .raw()
    .all(importId) as [string, string][];
  return { id, source, assertedAt, createdAt, rejectedCount, files: readFiles(database, id), incidents: new Map(incidents) };
}

/** All imports, latest created first, or the one with this id. */
export function readImports(database: Database, ledger: Ledger, importId?: string): ImportRecord[] {
  const rows = database
    .prepare(`SELECT ${columns} FROM import ${importId === undefined ? '' : 'WHERE "id" = ?'} ORDER BY "created_at" DESC, "id"`)
    .raw()
    .all(...(importId === undefined ? [] : [importId])) as ImportRow[];
  const writes = new Map(ledger.writes.flatMap((write) => (write.importId === null ? [] : [[write.importId, write]])));
  return rows.flatMap(([id, source, assertedAt, createdAt, rejectedCount]) => {
    const write = writes.get(id);
    if (write === undefined) return [];
    return {
      id,
      source,
      assertedAt,
      createdAt,
      rejectedCount,
      files: readFiles(database, id),
      ...importStateOf(write),
    };
  });
}

function readFiles(database: Database, importId: string): ImportedFile[] {
  return database
    .prepare(
      'SELECT "name", "size_bytes" AS "sizeBytes", "sha256", "row_count" AS "rowCount" FROM imported_file WHERE "import_id" = ? ORDER BY "place"',
    )
    .all(importId) as ImportedFile[];
}
