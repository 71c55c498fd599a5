import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactPart, FilePlace, HistoryPage, HistoryScope, ImportScope, StatedStore, VerifyScope } from '../fact-store.ts';
import type { FactWrite, ImportRecord, OnVisible, UndoOutcome, UndoWatch, WriteOutcome } from '../fact-write.ts';
import { deleteSnapshot, snapshotBeside } from '../snapshot-path.ts';
import type { DocumentCollection, StoredDocument, StoreRecord } from '../store-record.ts';
import { fingerprintWrites } from '../write-ledger.ts';
import type { Snapshot } from './open-database.ts';
import { openSnapshot, readAtLength } from './open-database.ts';
import { readFactHistory, readHistorySince, readImportChanges } from './read/history.ts';
import { readRecords } from './read/read-records.ts';
import { readPart, SqliteReader } from './read/sqlite-reader.ts';
import { readWriteSeals } from './seals.ts';
import { translateError, translateOpenError } from './translate-error.ts';
import { verifyFile } from './verify.ts';
import type { SqliteWriterOptions } from './write/sqlite-writer.ts';
import { clearRecords, SqliteWriter } from './write/sqlite-writer.ts';
import { undoImport } from './write/write-facts.ts';
import { deleteDocument, findDocument, listDocuments, readImports, restoreRecords, saveDocument } from './write/write-records.ts';

/**
 * Stores facts in one SQLite file. Several processes may use it at once: each write is one transaction, and readers see the
 * last commit.
 *
 * One connection writes. Another answers short questions, so that they need not wait for a long write. Each long read has a
 * connection of its own, and so a snapshot. In a server, a large write has a thread with a connection of its own.
 */
export class SqliteStore extends SqliteReader implements StatedStore {
  readonly #path: string;
  readonly #writer: SqliteWriter;

  private constructor(path: string, writer: SqliteWriter) {
    super(path);
    this.#path = path;
    this.#writer = writer;
  }

  /** Opens the store, and creates it if there is none. Throws STORE_UNAVAILABLE, STORE_DAMAGED, STORE_TOO_NEW. */
  static open(path: string, options: SqliteWriterOptions = {}): SqliteStore {
    let writer: SqliteWriter | undefined;
    try {
      writer = new SqliteWriter(path, options);
      return new SqliteStore(path, writer);
    } catch (error) {
      writer?.close();
      throw translateOpenError(error, path);
    }
  }

  get place(): FilePlace {
    return { kind: 'sqlite', ...this.#writer.place };
  }

  override async readRevision(): Promise<number> {
    this.#writer.checkIsSame();
    return super.readRevision();
  }

  async readFingerprint(revision: number): Promise<string | undefined> {
    return this.read((database, ledger) => {
      const seals = readWriteSeals(database);
      return fingerprintWrites(ledger, revision, (seq) => seals.get(seq) ?? 0);
    });
  }

  async preview(write: FactWrite): Promise<WriteOutcome> {
    return this.#writer.preview(write);
  }

  async commit(write: FactWrite, onVisible?: OnVisible): Promise<WriteOutcome> {
    return this.#writer.commit(write, onVisible);
  }

  async undoImport(importId: string, by: string, at: number, watch?: UndoWatch): Promise<UndoOutcome> {
    return this.#writer.run((database, ledger) => undoImport(database, ledger, importId, by, at, watch));
  }

  readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }> {
    return readPart(this.#path, work);
  }

  async readHistory(of: HistoryScope | ImportScope, offset: number, limit: number): Promise<HistoryPage> {
    if ('importId' in of) return this.read((database, ledger) => readImportChanges(database, ledger, of, offset, limit));
    if ('key' in of) return this.read((database, ledger) => readFactHistory(database, ledger, of.kind, of.key, offset, limit));
    return readAtLength(this.#path, ({ database, ledger }) => readHistorySince(database, ledger, of.sinceRevision, offset, limit));
  }

  async listImports(): Promise<ImportRecord[]> {
    return this.read((database, ledger) => readImports(database, ledger));
  }

  async findImport(importId: string): Promise<ImportRecord | undefined> {
    return this.read((database, ledger) => readImports(database, ledger, importId)[0]);
  }

  async listDocuments(collection: DocumentCollection): Promise<StoredDocument[]> {
    return this.translated(() => listDocuments(this.database, collection));
  }

  async findDocument(collection: DocumentCollection, id: string): Promise<StoredDocument | undefined> {
    return this.translated(() => findDocument(this.database, collection, id));
  }

  async saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number): Promise<StoredDocument> {
    return this.#writer.run(async (database) => ({ isKept: true, result: saveDocument(database, collection, id, json, ifVersion) }));
  }

  async deleteDocument(collection: DocumentCollection, id: string): Promise<boolean> {
    return this.#writer.run(async (database) => ({ isKept: true, result: deleteDocument(database, collection, id) }));
  }

  async *readRecords(): AsyncGenerator<StoreRecord> {
    let snapshot: Snapshot | undefined;
    try {
      snapshot = openSnapshot(this.#path);
      for (const record of readRecords(snapshot.database, snapshot.ledger)) {
        yield record;
        await nextTurn();
      }
    } catch (error) {
      throw translateError(error, this.#path);
    } finally {
      snapshot?.close();
    }
  }

  async restore(records: AsyncIterable<StoreRecord>): Promise<void> {
    deleteSnapshot(snapshotBeside(this.#path));
    await this.#writer.run(async (database, ledger) => {
      await restoreRecords(database, ledger, records);
      return { isKept: true, result: undefined };
    });
    this.#writer.shrinkMemory();
  }

  async rewrite(make: (records: AsyncIterable<StoreRecord>) => Promise<AsyncIterable<StoreRecord>>): Promise<void> {
    await this.#writer.run(async (database, ledger) => {
      const records = await make(this.readRecords());
      clearRecords(database);
      ledger.invalidate();
      await restoreRecords(database, ledger.refresh(), records);
      return { isKept: true, result: undefined };
    });
    this.ledger.invalidate();
    deleteSnapshot(snapshotBeside(this.#path));
    await this.#writer.purgeOldBytes();
  }

  async verify(scope?: VerifyScope): Promise<string[]> {
    return verifyFile(this.#path, scope);
  }

  /** Waits for the current write. */
  override async close(): Promise<void> {
    await this.#writer.idle();
    super.close();
    this.#writer.close();
  }
}
