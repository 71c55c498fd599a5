import type { Database } from 'better-sqlite3';
import { refuseStaleDocument } from '../../plan/refuse-conflict.ts';
import type { DocumentCollection, StoredDocument } from '../../stored-document.ts';
import { prepareOnce } from '../statements.ts';

const columns = '"id", "version", "json", "import_id" AS "importId"';

/** All documents of a collection, by id in code points. */
export function listDocuments(database: Database, collection: DocumentCollection): StoredDocument[] {
  return prepareOnce(database, `SELECT ${columns} FROM document WHERE "collection" = ? ORDER BY "id"`).all(collection) as StoredDocument[];
}

export function findDocument(database: Database, collection: DocumentCollection, id: string): StoredDocument | undefined {
  return prepareOnce(database, `SELECT ${columns} FROM document WHERE "collection" = ? AND "id" = ?`).get(collection, id) as
    | StoredDocument
    | undefined;
}

/** Throws CONFLICT if the document has another version than `ifVersion` (0: it must not exist). */
export function saveDocument(
  database: Database,
  collection: DocumentCollection,
  id: string,
  json: string,
  ifVersion: number | undefined,
): StoredDocument {
  const version = findDocument(database, collection, id)?.version ?? 0;
  refuseStaleDocument(collection, id, version, ifVersion);
  prepareOnce(
    database,
    `INSERT INTO document ("collection", "id", "version", "json") VALUES (?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET "version" = "version" + 1, "json" = excluded."json", "import_id" = NULL, "saved_json" = NULL`,
  ).run(collection, id, json);
  return { id, version: version + 1, json, importId: null };
}

export function deleteDocument(database: Database, collection: DocumentCollection, id: string): boolean {
  return database.prepare('DELETE FROM document WHERE "collection" = ? AND "id" = ?').run(collection, id).changes > 0;
}

/**
 * Saves the incidents of an import. An incident with the same text keeps its owner. A different text is replaced, and the last text
 * that a person saved is kept for an undo of the import.
 */
export function addIncidents(database: Database, importId: string, incidents: ReadonlyMap<string, string>): void {
  const put = database.prepare(
    `INSERT INTO document ("collection", "id", "version", "json", "import_id") VALUES ('incident', ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET "version" = "version" + 1,
       "saved_json" = CASE WHEN "import_id" IS NULL THEN "json" ELSE "saved_json" END,
       "json" = excluded."json", "import_id" = excluded."import_id"
     WHERE "json" <> excluded."json"`,
  );
  for (const [id, json] of incidents) put.run(id, json, importId);
}

/**
 * Removes the incidents of an undone import, except those that somebody has saved since. Restores the text of another import, or
 * the last text of a person.
 */
export function removeIncidents(database: Database, importId: string): void {
  const own = database
    .prepare(`SELECT "id", "saved_json" FROM document WHERE "collection" = 'incident' AND "import_id" = ?`)
    .raw()
    .all(importId) as [string, string | null][];
  const findOther = database
    .prepare(
      `SELECT i."import_id", i."json" FROM imported_incident i JOIN "write" w ON w."import_id" = i."import_id"
       WHERE i."id" = ? AND i."import_id" <> ? AND w."undone_at" IS NULL ORDER BY w."seq" DESC LIMIT 1`,
    )
    .raw();
  const replace = database.prepare(
    `UPDATE document SET "version" = "version" + 1, "json" = ?, "import_id" = ?, "saved_json" = ? WHERE "collection" = 'incident' AND "id" = ?`,
  );
  for (const [id, savedJson] of own) {
    const other = findOther.get(id, importId) as [string, string] | undefined;
    if (other !== undefined) replace.run(other[1], other[0], savedJson, id);
    else if (savedJson !== null) replace.run(savedJson, null, null, id);
    else deleteDocument(database, 'incident', id);
  }
}
