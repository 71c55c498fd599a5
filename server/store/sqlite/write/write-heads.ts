import type { Database } from 'better-sqlite3';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite } from '../../fact-write.ts';
import { sourceKeyOf } from '../../plan/source-key.ts';
import type { WriteEffects } from '../../plan/write-plan.ts';
import type { UndoRecord, WriteHead } from '../../store-record.ts';
import { insertImport } from './imports.ts';

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
