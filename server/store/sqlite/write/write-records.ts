import type { Database } from 'better-sqlite3';
import { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { TextTable } from '../../../domain/packed/packed-block.ts';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite, ImportedFile, ImportRecord, NewImport } from '../../fact-write.ts';
import { afterImport, afterUndo, type OwnedIncident } from '../../plan/imported-incidents.ts';
import type { WriteEffects } from '../../plan/write-plan.ts';
import type { DocumentCollection, DocumentRecord, StoredDocument, StoreRecord, UndoRecord, WriteHead } from '../../store-record.ts';
import { importStateOf, refuseStaleDocument, refuseUnlessEmpty, sourceKeyOf } from '../../write-ledger.ts';
import type { Ledger } from '../read/ledger.ts';
import { prepareOnce } from '../statements.ts';
import { insertAssertions, PackedPhrases } from './insert-assertions.ts';

/** A write without its assertions: a row of the table "write", with its import. */
type StoredHead = Omit<WriteHead, 'type'>;

const headColumns = ['revision', 'at', 'by', 'speaker', 'import_id', 'created', 'updated', 'unchanged', 'retracted'].map(
  (name) => `"${name}"`,
);
const insertSql = `INSERT INTO "write" ("seq", ${headColumns.join(', ')}) VALUES (?, ${headColumns.map(() => '?').join(', ')})`;

function cellsOf({ revision, at, by, import: from, created, updated, unchanged, retracted }: StoredHead) {
  return [revision, at, by, sourceKeyOf(by, from ?? undefined), from?.id ?? null, created, updated, unchanged, retracted];
}

/** The head of a planned write. Its revision is above `revision` if the write changes a fact. */
export function headOf(write: FactWrite, { counts }: Pick<WriteEffects, 'counts'>, revision: number, at: number): StoredHead {
  const [created, updated, unchanged, retracted] = [counts.CREATED, counts.UPDATED, counts.UNCHANGED, counts.RETRACTED];
  const next = nextRevision(revision, doesWriteRaise({ created, updated, retracted }));
  return { revision: next, at, by: write.by, import: write.import ?? null, created, updated, unchanged, retracted };
}

export function insertHead(database: Database, seq: number, head: StoredHead): void {
  if (head.import !== null) insertImport(database, head.import);
  prepareOnce(database, insertSql).run(seq, ...cellsOf(head));
}

/** Moves the last write to the instant of its end. @returns that instant */
export function endLastWrite(database: Database, endedAt: number): number {
  const at = advanceClock(database, endedAt);
  prepareOnce(database, 'UPDATE "write" SET "at" = ? WHERE "seq" = (SELECT max("seq") FROM "write")').run(at);
  return at;
}

export function markUndone(database: Database, { importId, revision, at, by, changed, isRaising }: Omit<UndoRecord, 'type'>): void {
  database
    .prepare(
      'UPDATE "write" SET "undone_revision" = ?, "undone_at" = ?, "undone_by" = ?, "undone_changed" = ?, "undone_is_raising" = ? WHERE "import_id" = ?',
    )
    .run(revision, at, by, changed, isRaising ? 1 : 0, importId);
}

export function saveRevision(database: Database, revision: number): void {
  prepareOnce(database, 'UPDATE meta SET "revision" = ?').run(revision);
}

/** Returns an instant for a write that is never before the last one, even if the clock goes back. */
export function advanceClock(database: Database, at: number): number {
  return prepareOnce(database, 'UPDATE meta SET "last_at" = max("last_at", ?) RETURNING "last_at"').pluck().get(Math.trunc(at)) as number;
}

/** Restores records into an empty store, inside a writing transaction. Throws CONFLICT if the store is not empty. */
export async function restoreRecords(database: Database, ledger: Ledger, records: AsyncIterable<StoreRecord>): Promise<void> {
  const documentCount = database
    .prepare("SELECT count(*) FROM document WHERE collection NOT IN ('draft', 'batch')")
    .pluck()
    .get() as number;
  refuseUnlessEmpty(ledger.findRevision(), ledger.writes.length, documentCount);
  const texts = new TextTable();
  const phrases = new PackedPhrases(texts, ledger);
  let seq = 0;
  let revision = 0;
  let lastAt = 0;
  for await (const record of records) {
    switch (record.type) {
      case 'start':
        revision = record.revision;
        break;
      case 'write':
        seq++;
        insertHead(database, seq, record);
        lastAt = record.at;
        break;
      case 'assertions':
        await insertAssertions(database, ledger, PackedAssertions.of(record.assertions, texts), record.effects, seq, phrases);
        break;
      case 'undo':
        markUndone(database, record);
        lastAt = record.at;
        break;
      case 'document':
        insertDocument(database, record);
        break;
      default:
        record satisfies never;
    }
  }
  ledger.phrases.save();
  database.prepare('UPDATE meta SET "revision" = ?, "last_at" = ?').run(revision, lastAt);
}

function insertDocument(database: Database, { collection, id, version, json, importId, savedJson }: DocumentRecord): void {
  prepareOnce(
    database,
    'INSERT INTO document ("collection", "id", "version", "json", "import_id", "saved_json") VALUES (?, ?, ?, ?, ?, ?)',
  ).run(collection, id, version, json, importId, savedJson);
}

const importColumns = '"id", "source", "asserted_at", "created_at", "rejected_count"';
type ImportRow = [string, string | null, number | null, number, number];

/** Inserts an import and a copy of its incidents. `addIncidents` saves the incidents themselves. */
function insertImport(database: Database, from: NewImport): void {
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
    .prepare(`SELECT ${importColumns} FROM import WHERE "id" = ?`)
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
    .prepare(`SELECT ${importColumns} FROM import ${importId === undefined ? '' : 'WHERE "id" = ?'} ORDER BY "created_at" DESC, "id"`)
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
