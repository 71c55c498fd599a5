import type { Database } from 'better-sqlite3';
import { StoredFields } from '../../stored-fields.ts';
import { WriteLedger } from '../../write-ledger.ts';
import { readFieldNames } from '../field-names.ts';
import { Phrases } from '../phrases.ts';
import { prepareOnce } from '../statements.ts';

type WriteRow = [number, number, number, string, string, string | null, number, number, number, number];
type UndoRow = [number, number, number, string, number, number];

/** The ledger of all writes, as one connection has read it. */
export class Ledger extends WriteLedger {
  readonly phrases: Phrases;
  readonly fields: StoredFields;
  readonly #database: Database;

  constructor(database: Database) {
    super();
    this.#database = database;
    this.phrases = new Phrases(database);
    this.fields = new StoredFields(readFieldNames(database));
  }

  /** Reads the writes and undos since the last call. Call it at the start of a transaction. */
  refresh(): this {
    this.phrases.refresh();
    const rows = prepareOnce(
      this.#database,
      'SELECT "seq", "revision", "at", "by", "speaker", "import_id", "created", "updated", "unchanged", "retracted" FROM "write" WHERE "seq" > ? ORDER BY "seq"',
    )
      .raw()
      .all(this.lastSeq) as WriteRow[];
    for (const [seq, revision, at, by, sourceKey, importId, created, updated, unchanged, retracted] of rows) {
      this.add({ seq, revision, at, by, sourceKey, importId, created, updated, unchanged, retracted, undo: null });
    }
    const undone = prepareOnce(
      this.#database,
      'SELECT "seq", "undone_revision", "undone_at", "undone_by", "undone_changed", "undone_is_raising" FROM "write" WHERE "undone_at" IS NOT NULL',
    )
      .raw()
      .all() as UndoRow[];
    for (const [seq, revision, at, by, changed, isRaising] of undone) {
      if (this.get(seq).undo === null) this.markUndone(seq, { revision, at, by, changed, isRaising: isRaising === 1 });
    }
    return this;
  }

  /** Drops the cache: call it after a rollback. */
  invalidate(): void {
    this.clear();
    this.phrases.invalidate();
  }
}
