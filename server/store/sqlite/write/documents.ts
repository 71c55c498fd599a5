import type { Database } from 'better-sqlite3';
import { afterImport, afterUndo, type OwnedIncident } from '../../plan/imported-incidents.ts';
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

/** Saves the incidents of an import (`afterImport`). */
export function addIncidents(database: Database, importId: string, incidents: ReadonlyMap<string, string>): void {
  const find = database.prepare(`SELECT ${ownedColumns} FROM document WHERE "collection" = 'incident' AND "id" = ?`);
  const put = prepareIncident(database);
  for (const [id, json] of incidents) {
    const after = afterImport(find.get(id) as OwnedIncident | undefined, importId, json);
    if (after !== undefined) put.run({ id, ...after });
  }
}

/** Removes the incidents of an undone import, except those that somebody has saved since (`afterUndo`). */
export function removeIncidents(database: Database, importId: string): void {
  const own = database
    .prepare(`SELECT "id", ${ownedColumns} FROM document WHERE "collection" = 'incident' AND "import_id" = ?`)
    .all(importId) as (OwnedIncident & { readonly id: string })[];
  const findOther = database.prepare(
    `SELECT i."import_id" AS "importId", i."json" FROM imported_incident i JOIN "write" w ON w."import_id" = i."import_id"
     WHERE i."id" = ? AND i."import_id" <> ? AND w."undone_at" IS NULL ORDER BY w."seq" DESC LIMIT 1`,
  );
  const put = prepareIncident(database);
  for (const incident of own) {
    const after = afterUndo(incident, findOther.get(incident.id, importId) as { json: string; importId: string } | undefined);
    if (after === null) deleteDocument(database, 'incident', incident.id);
    else put.run({ id: incident.id, ...after });
  }
}

const ownedColumns = `"json", "import_id" AS "importId", "saved_json" AS "savedJson"`;

function prepareIncident(database: Database) {
  return database.prepare(
    `INSERT INTO document ("collection", "id", "version", "json", "import_id", "saved_json") VALUES ('incident', @id, 1, @json, @importId, @savedJson)
     ON CONFLICT DO UPDATE SET "version" = "version" + 1, "json" = excluded."json", "import_id" = excluded."import_id",
       "saved_json" = excluded."saved_json"`,
  );
}
