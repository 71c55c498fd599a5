import type { Database } from 'better-sqlite3';
import type { Assertion } from '../../../domain/assertions.ts';
import { refuseUnlessEmpty } from '../../plan/refuse-conflict.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord } from '../../store-record.ts';
import type { Ledger } from '../read/ledger.ts';
import { AssertionInserter } from './insert-assertions.ts';
import { insertHead, markUndone } from './write-heads.ts';

/** Restores records into an empty store, inside a writing transaction. Throws CONFLICT if the store is not empty. */
export async function restoreRecords(database: Database, ledger: Ledger, records: AsyncIterable<StoreRecord>): Promise<void> {
  const documentCount = database
    .prepare("SELECT count(*) FROM document WHERE collection NOT IN ('draft', 'batch')")
    .pluck()
    .get() as number;
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
        insertHead(database, seq, record);
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

function insertBatch(database: Database, ledger: Ledger, { kind, assertions, effects }: AssertionBatch, seq: number): void {
  const inserter = new AssertionInserter(database, kind, ledger, seq, assertions.length);
  for (let i = 0; i < assertions.length; i++) inserter.add(assertions[i] as Assertion, effects[i] as number);
  inserter.flush();
}

function insertDocument(database: Database, { collection, id, version, json, importId, savedJson }: DocumentRecord): void {
  database
    .prepare('INSERT INTO document ("collection", "id", "version", "json", "import_id", "saved_json") VALUES (?, ?, ?, ?, ?, ?)')
    .run(collection, id, version, json, importId, savedJson);
}
