import type { Database } from 'better-sqlite3';
import type { Assertion } from '../../../domain/assertions.ts';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite } from '../../fact-write.ts';
import { refuseUnlessEmpty } from '../../plan/refuse-conflict.ts';
import { sourceKeyOf } from '../../plan/source-key.ts';
import type { WriteEffects } from '../../plan/write-plan.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../../store-record.ts';
import type { Ledger } from '../read/ledger.ts';
import { insertImport } from './imports.ts';
import { AssertionInserter } from './insert-assertions.ts';

/** A write without its assertions: a row of the table "write", with its import. */
export type StoredHead = Omit<WriteHead, 'type'>;

const columns = ['revision', 'at', 'by', 'speaker', 'import_id', 'created', 'updated', 'unchanged', 'retracted'].map((name) => `"${name}"`);
const insertSql = `INSERT INTO "write" ("seq", ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`;

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
  database.prepare(insertSql).run(seq, ...cellsOf(head));
}

/** Moves the last write to the instant of its end. @returns that instant */
export function endLastWrite(database: Database, endedAt: number): number {
  const at = advanceClock(database, endedAt);
  database.prepare('UPDATE "write" SET "at" = ? WHERE "seq" = (SELECT max("seq") FROM "write")').run(at);
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
  database.prepare('UPDATE meta SET "revision" = ?').run(revision);
}

/** Returns an instant for a write that is never before the last one, even if the clock goes back. */
export function advanceClock(database: Database, at: number): number {
  return database.prepare('UPDATE meta SET "last_at" = max("last_at", ?) RETURNING "last_at"').pluck().get(Math.trunc(at)) as number;
}

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
