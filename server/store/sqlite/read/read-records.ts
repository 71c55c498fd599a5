import type { Database } from 'better-sqlite3';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { NewImport } from '../../fact-write.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord } from '../../store-record.ts';
import type { WriteRecord } from '../../write-ledger.ts';
import type { KindTable } from '../kind-table.ts';
import { kindTables } from '../kind-table.ts';

import type { Row } from '../statements.ts';
import { readImport } from '../write/write-records.ts';
import type { Ledger } from './ledger.ts';

const pageRows = 512;

/** All records of the store. Call it inside a reading transaction that lasts until the end. */
export function* readRecords(database: Database, ledger: Ledger): Generator<StoreRecord> {
  yield { type: 'start', revision: ledger.findRevision() };
  const tables = [...kindTables.values()].map((table) => new TableReader(database, table, ledger));
  for (const { write, isUndo } of orderEvents(ledger.writes)) {
    if (isUndo) {
      yield undoOf(write);
      continue;
    }
    const { revision, at, by, created, updated, unchanged, retracted, importId } = write;
    const from: NewImport | null = importId === null ? null : readImport(database, importId);
    yield { type: 'write', revision, at, by, import: from, created, updated, unchanged, retracted };
    for (const table of tables) yield* table.readWrite(write.seq);
  }
  yield* readDocuments(database);
}

interface StoredEvent {
  readonly write: WriteRecord;
  readonly isUndo: boolean;
}

/**
 * Orders events as they happened, as far as the store knows. Revisions and instants never decrease, and the event that raised a
 * revision is the first with it. For remaining ties, undos come after writes, and so after the write that they undo.
 */
function orderEvents(writes: readonly WriteRecord[]): StoredEvent[] {
  const events = writes.flatMap((write) => [{ write, isUndo: false }, ...(write.undo === null ? [] : [{ write, isUndo: true }])]);
  const ranks = new Map(
    events.map((event) => {
      const { revision, at } = event.isUndo ? undoOf(event.write) : event.write;
      const isFirst = event.isUndo ? undoOf(event.write).isRaising : doesWriteRaise(event.write);
      return [event, [revision, at, isFirst ? 0 : 1, event.isUndo ? 1 : 0, event.write.seq]];
    }),
  );
  return events.sort((a, b) => {
    const [left, right] = [ranks.get(a) as number[], ranks.get(b) as number[]];
    const place = left.findIndex((rank, i) => rank !== right[i]);
    return (left[place] as number) - (right[place] as number);
  });
}

function undoOf({ importId, undo }: WriteRecord): UndoRecord {
  if (importId === null || undo === null) throw new Error('Only an undone import has an undo.');
  return { type: 'undo', importId, ...undo };
}

/** Reads the assertions of one kind write by write. A write without any costs no query. */
class TableReader {
  readonly #database: Database;
  readonly #table: KindTable;
  readonly #ledger: Ledger;
  /** The next write that states a fact of this kind; null after the last. */
  #nextWrite: number | null;

  constructor(database: Database, table: KindTable, ledger: Ledger) {
    this.#database = database;
    this.#table = table;
    this.#ledger = ledger;
    this.#nextWrite = this.#findWriteAfter(0);
  }

  /** Call it with ascending writes. */
  *readWrite(write: number): Generator<AssertionBatch> {
    if (this.#nextWrite !== write) return;
    const table = this.#table;
    const marks = table.keyColumns.map(() => '?').join(', ');
    const limit = Math.min(pageRows, table.pageRows);
    const statement = this.#database
      .prepare(
        `SELECT ${table.columns} FROM ${table.name} WHERE "write" = ? AND (${table.keys}) > (${marks}) ORDER BY ${table.keys} LIMIT ${limit}`,
      )
      .raw();
    let after: Row = table.keyColumns.map(() => '');
    for (;;) {
      const rows = statement.all(write, ...after) as Row[];
      if (rows.length > 0) yield this.#batchOf(rows);
      if (rows.length < limit) break;
      after = (rows[rows.length - 1] as Row).slice(0, table.keyColumns.length);
    }
    this.#nextWrite = this.#findWriteAfter(write);
  }

  #batchOf(rows: readonly Row[]): AssertionBatch {
    const assertions = rows.map((row) => this.#table.decode(row, this.#ledger));
    return { type: 'assertions', kind: this.#table.kind, assertions, effects: Uint8Array.from(rows, (row) => this.#table.effectOf(row)) };
  }

  #findWriteAfter(write: number): number | null {
    return this.#database.prepare(`SELECT min("write") FROM ${this.#table.name} WHERE "write" > ?`).pluck().get(write) as number | null;
  }
}

function* readDocuments(database: Database): Generator<DocumentRecord> {
  const statement = database.prepare(
    `SELECT "collection", "id", "version", "json", "import_id" AS "importId", "saved_json" AS "savedJson" FROM document
     WHERE ("collection", "id") > (?, ?) AND "collection" NOT IN ('draft', 'batch') ORDER BY "collection", "id" LIMIT ${pageRows}`,
  );
  let after: Pick<DocumentRecord, 'collection' | 'id'> | undefined;
  for (;;) {
    const documents = statement.all(after?.collection ?? '', after?.id ?? '') as Omit<DocumentRecord, 'type'>[];
    for (const document of documents) yield { type: 'document', ...document };
    if (documents.length < pageRows) return;
    after = documents[documents.length - 1];
  }
}
