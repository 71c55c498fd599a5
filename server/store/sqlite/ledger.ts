import type { Database } from 'better-sqlite3';
import type { KnownAt } from '../fact-store.ts';
import { Phrases } from './phrases.ts';

/** One write, and whether it was taken back. */
export interface WriteRecord {
  readonly seq: number;
  /** That of the store after it; raised by it only where `isRaising`. */
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  readonly speaker: string;
  readonly importId: string | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
  readonly undo: UndoRecord | null;
}

interface UndoRecord {
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  /** Facts whose values changed, or that came or went. */
  readonly changed: number;
  readonly isRaising: boolean;
}

type WriteRow = [number, number, number, string, string, string | null, number, number, number, number];
type UndoRow = [number, number, number, string, number, number];

/** What is read of all writes with one connection: they are few beside the assertions, and every reading needs them. */
export class Ledger {
  readonly phrases: Phrases;
  readonly #database: Database;
  #writes: WriteRecord[] = [];

  constructor(database: Database) {
    this.#database = database;
    this.phrases = new Phrases(database);
  }

  /** Reads what was written or taken back since; to be called at the start of a transaction. */
  refresh(): this {
    this.phrases.refresh();
    const rows = this.#database
      .prepare(
        'SELECT "seq", "revision", "at", "by", "speaker", "import_id", "created", "updated", "unchanged", "retracted" FROM "write" WHERE "seq" > ? ORDER BY "seq"',
      )
      .raw()
      .all(this.#writes.length) as WriteRow[];
    for (const [seq, revision, at, by, speaker, importId, created, updated, unchanged, retracted] of rows) {
      this.#writes.push({ seq, revision, at, by, speaker, importId, created, updated, unchanged, retracted, undo: null });
    }
    const undone = this.#database
      .prepare(
        'SELECT "seq", "undone_revision", "undone_at", "undone_by", "undone_changed", "undone_is_raising" FROM "write" WHERE "undone_at" IS NOT NULL',
      )
      .raw()
      .all() as UndoRow[];
    for (const [seq, revision, at, by, changed, isRaising] of undone) {
      const write = this.get(seq);
      if (write.undo === null) this.#writes[seq - 1] = { ...write, undo: { revision, at, by, changed, isRaising: isRaising === 1 } };
    }
    return this;
  }

  /** After a transaction was rolled back. */
  forget(): void {
    this.#writes = [];
    this.phrases.forget();
  }

  /** In the order in which they were written. */
  get writes(): readonly WriteRecord[] {
    return this.#writes;
  }

  get(seq: number): WriteRecord {
    return this.#writes[seq - 1] as WriteRecord;
  }

  ofImport(importId: string): WriteRecord | undefined {
    return this.#writes.find((write) => write.importId === importId);
  }

  isLive(seq: number, at: KnownAt): boolean {
    return isLive(this.get(seq), at);
  }

  /** 1 for each write, by its number, that was recorded and not yet taken back at a time; default: now. */
  findLive(at?: KnownAt): Uint8Array {
    const live = new Uint8Array(this.#writes.length + 1);
    for (const write of this.#writes) live[write.seq] = isLive(write, at) ? 1 : 0;
    return live;
  }

  /** The revision that the facts had at a time. */
  findRevision(at?: KnownAt): number {
    let revision = 0;
    for (const write of this.#writes) {
      if (isWithin(write, at)) revision = Math.max(revision, write.revision);
      if (write.undo !== null && isWithin(write.undo, at)) revision = Math.max(revision, write.undo.revision);
    }
    return revision;
  }
}

export function isRaising(write: WriteRecord): boolean {
  return write.created + write.updated + write.retracted > 0;
}

function isLive(write: WriteRecord, at: KnownAt | undefined): boolean {
  return isWithin(write, at) && (write.undo === null || !isWithin(write.undo, at));
}

function isWithin(event: { readonly revision: number; readonly at: number }, at: KnownAt | undefined): boolean {
  if (at === undefined) return true;
  return 'revision' in at ? event.revision <= at.revision : event.at <= at.instant;
}
