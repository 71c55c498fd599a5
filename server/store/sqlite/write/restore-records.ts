import type { Database } from 'better-sqlite3';
import type { Assertion } from '../../../domain/assertions.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../../fact-store.ts';
import { sourceKeyOf } from '../../plan/source-key.ts';
import { refuseUnlessEmpty } from '../../refuse-restore.ts';
import type { Ledger } from '../read/ledger.ts';
import { insertImport } from './imports.ts';
import { AssertionInserter } from './insert-assertions.ts';

/** Restores records into an empty store, inside a writing transaction. Throws CONFLICT if the store is not empty. */
export async function restoreRecords(database: Database, ledger: Ledger, records: AsyncIterable<StoreRecord>): Promise<void> {
  const documentCount = database.prepare('SELECT count(*) FROM document').pluck().get() as number;
  refuseUnlessEmpty(ledger.findRevision(), ledger.writes.length, documentCount);
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
        insertWrite(database, record, seq);
        lastAt = record.at;
        break;
      case 'assertions':
        insertBatch(database, ledger, record, seq);
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

function insertWrite(database: Database, head: WriteHead, seq: number): void {
  if (head.import !== null) insertImport(database, head.import);
  database
    .prepare(
      'INSERT INTO "write" ("seq", "revision", "at", "by", "speaker", "import_id", "created", "updated", "unchanged", "retracted") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      seq,
      head.revision,
      head.at,
      head.by,
      sourceKeyOf(head.by, head.import ?? undefined),
      head.import?.id ?? null,
      head.created,
      head.updated,
      head.unchanged,
      head.retracted,
    );
}

function insertBatch(database: Database, ledger: Ledger, { kind, assertions, effects }: AssertionBatch, seq: number): void {
  const inserter = new AssertionInserter(database, kind, ledger, seq, assertions.length);
  for (let i = 0; i < assertions.length; i++) inserter.add(assertions[i] as Assertion, effects[i] as number);
  inserter.flush();
}

function markUndone(database: Database, { revision, at, by, changed, isRaising, importId }: UndoRecord): void {
  database
    .prepare(
      'UPDATE "write" SET "undone_revision" = ?, "undone_at" = ?, "undone_by" = ?, "undone_changed" = ?, "undone_is_raising" = ? WHERE "import_id" = ?',
    )
    .run(revision, at, by, changed, isRaising ? 1 : 0, importId);
}

function insertDocument(database: Database, { collection, id, version, json, importId, savedJson }: DocumentRecord): void {
  database
    .prepare('INSERT INTO document ("collection", "id", "version", "json", "import_id", "saved_json") VALUES (?, ?, ?, ?, ?, ?)')
    .run(collection, id, version, json, importId, savedJson);
}
