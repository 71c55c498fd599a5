import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { ChangedKeys, FactStore, FactStream, HistoryScope, KnownAt, StorePlace, VerifyScope, WriteAhead } from '../fact-store.ts';
import type { FactWrite, ImportRecord, OnVisible, UndoOutcome, UndoWatch, WriteOutcome } from '../fact-write.ts';
import type { PlanProgress } from '../plan/plan-write.ts';
import { buildWriteOutcome } from '../plan/write-outcome.ts';
import type { HistoryPage } from '../revision-events.ts';
import { deleteSnapshot, snapshotBeside } from '../snapshot-path.ts';
import type { StoreRecord } from '../store-record.ts';
import type { DocumentCollection, StoredDocument } from '../stored-document.ts';
import { fingerprintWrites } from '../write-fingerprint.ts';
import { openDatabase } from './open-database.ts';
import { readFactHistory, readHistorySince, readImportChanges } from './read/history.ts';
import { Ledger } from './read/ledger.ts';
import { readRecords } from './read/read-records.ts';
import type { Snapshot } from './read/snapshot.ts';
import { openSnapshot } from './read/snapshot.ts';
import { SqliteReader } from './read/sqlite-reader.ts';
import { LastChangeFile } from './seals/last-change.ts';
import { readWriteSeals } from './seals/seals.ts';
import { StoreFile } from './store-file.ts';
import { translateError } from './translate-error.ts';
import { verifyFile } from './verify.ts';
import type { AheadPlace } from './write/ahead-writer.ts';
import { AheadWriter } from './write/ahead-writer.ts';
import { deleteDocument, findDocument, listDocuments, saveDocument } from './write/documents.ts';
import { readImports } from './write/imports.ts';
import { clearRecords, purgeOldBytes } from './write/purge.ts';
import { restoreRecords } from './write/restore-records.ts';
import { undoImport } from './write/undo-import.ts';
import { commitWrite, type PlannedWrite, previewWrite } from './write/write-facts.ts';
import { writeInThread } from './write/write-in-thread.ts';
import { WriteLock } from './write/write-lock.ts';

const manyAssertions = 50_000;

export interface SqliteStoreOptions {
  /** The maximum wait of a write for another process, in ms. Default 30,000. */
  readonly busyWaitMs?: number;
  /** Writes of this many assertions or more run in a thread. Default: none does. */
  readonly threadFrom?: number;
  /** Imports of this many rows or more are written in a thread while they are planned here. Blocks the event loop. Default: none is. */
  readonly planAsideFrom?: number;
}

/**
 * Stores facts in one SQLite file. Several processes may use it at once: each write is one transaction, and readers see the
 * last commit.
 *
 * One connection writes. Another answers short questions, so that they need not wait for a long write. Each long read has a
 * connection of its own, and so a snapshot. In a server, a large write has a thread with a connection of its own.
 */
export class SqliteStore implements FactStore {
  readonly kind = 'sqlite';
  readonly #path: string;
  readonly #busyWaitMs: number;
  readonly #threadFrom: number;
  readonly #planAsideFrom: number;
  readonly #file: StoreFile;
  readonly #writer: Database;
  readonly #reader: SqliteReader;
  readonly #lock: WriteLock;
  readonly #lastChange: LastChangeFile;
  readonly #writerLedger: Ledger;

  constructor(path: string, options: SqliteStoreOptions = {}) {
    this.#path = path;
    this.#busyWaitMs = options.busyWaitMs ?? 30_000;
    this.#threadFrom = options.threadFrom ?? Infinity;
    this.#planAsideFrom = options.planAsideFrom ?? Infinity;
    this.#writer = openDatabase(path);
    try {
      this.#file = new StoreFile(path);
      this.#reader = new SqliteReader(path);
    } catch (error) {
      this.#writer.close();
      throw error;
    }
    this.#lastChange = new LastChangeFile(path);
    this.#writerLedger = new Ledger(this.#writer);
    this.#lock = new WriteLock(this.#writer, this.#busyWaitMs, () => this.#writerLedger.invalidate());
  }

  get place(): StorePlace {
    return { path: this.#path, file: this.#file.identity };
  }

  async readRevision(): Promise<number> {
    this.#file.checkIsSame();
    return this.#reader.readRevision();
  }

  async readFingerprint(revision: number): Promise<string | undefined> {
    return this.#reader.read((database, ledger) => {
      const seals = readWriteSeals(database);
      return fingerprintWrites(ledger, revision, (seq) => seals.get(seq) ?? 0);
    });
  }

  readFacts(at?: KnownAt): FactStream {
    return this.#reader.readFacts(at);
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    return this.#reader.readFactsByKey(kind, keys, at);
  }

  async readChangedKeys(revision: number, limit: number): Promise<ChangedKeys | undefined> {
    return this.#reader.readChangedKeys(revision, limit);
  }

  async preview(write: FactWrite): Promise<WriteOutcome> {
    const { plan, revision, at } = await (this.#isLarge(write)
      ? this.#inThread('preview', write)
      : this.#readAtLength(({ database, ledger }) => previewWrite(database, ledger, write)));
    return buildWriteOutcome(write, plan, revision, at);
  }

  async commit(write: FactWrite, onVisible?: OnVisible, ahead?: AheadWriter): Promise<WriteOutcome> {
    const { plan, revision, at } = await (this.#isLarge(write)
      ? this.#acknowledge(() => this.#lock.runAside(() => this.#inThread('commit', write, onVisible)))
      : this.#commitHere(write, onVisible, ahead));
    // A large import fills the page cache; smaller writes do not need that memory.
    if (write.assertions.length > manyAssertions && this.#writer.open) this.#writer.pragma('shrink_memory');
    return buildWriteOutcome(write, plan, revision, at);
  }

  writeAhead(): WriteAhead {
    const ahead = this.#openAhead();
    return {
      take: (rows) => ahead.take(rows),
      abandon: () => ahead.abandon(),
      commit: async (write, onVisible) => {
        if (ahead.fits(write)) return this.commit(write, onVisible, ahead);
        await ahead.abandon();
        return this.commit(write, onVisible);
      },
    };
  }

  async undoImport(importId: string, by: string, at: number, watch?: UndoWatch): Promise<UndoOutcome> {
    return this.#write(() => undoImport(this.#writer, this.#writerLedger, importId, by, at, watch));
  }

  async readHistory(of: HistoryScope, offset: number, limit: number): Promise<HistoryPage> {
    if ('key' in of) return this.#reader.read((database, ledger) => readFactHistory(database, ledger, of.kind, of.key, offset, limit));
    return this.#readAtLength(({ database, ledger }) => readHistorySince(database, ledger, of.sinceRevision, offset, limit));
  }

  async listImports(): Promise<ImportRecord[]> {
    return this.#reader.read((database, ledger) => readImports(database, ledger));
  }

  async findImport(importId: string): Promise<ImportRecord | undefined> {
    return this.#reader.read((database, ledger) => readImports(database, ledger, importId)[0]);
  }

  async readImportChanges(importId: string, kinds: readonly FactKind[] | undefined, offset: number, limit: number): Promise<HistoryPage> {
    return this.#reader.read((database, ledger) => readImportChanges(database, ledger, importId, kinds, offset, limit));
  }

  async listDocuments(collection: DocumentCollection): Promise<StoredDocument[]> {
    return this.#reader.translated(() => listDocuments(this.#reader.database, collection));
  }

  async findDocument(collection: DocumentCollection, id: string): Promise<StoredDocument | undefined> {
    return this.#reader.translated(() => findDocument(this.#reader.database, collection, id));
  }

  async saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number): Promise<StoredDocument> {
    return this.#write(async () => ({ isKept: true, result: saveDocument(this.#writer, collection, id, json, ifVersion) }));
  }

  async deleteDocument(collection: DocumentCollection, id: string): Promise<boolean> {
    return this.#write(async () => ({ isKept: true, result: deleteDocument(this.#writer, collection, id) }));
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
    await this.#write(async () => {
      await restoreRecords(this.#writer, this.#writerLedger, records);
      return { isKept: true, result: undefined };
    });
    if (this.#writer.open) this.#writer.pragma('shrink_memory');
  }

  async rewrite(make: (records: AsyncIterable<StoreRecord>) => Promise<AsyncIterable<StoreRecord>>): Promise<void> {
    await this.#write(async () => {
      const records = await make(this.readRecords());
      clearRecords(this.#writer);
      this.#writerLedger.invalidate();
      await restoreRecords(this.#writer, this.#writerLedger.refresh(), records);
      return { isKept: true, result: undefined };
    });
    this.#reader.ledger.invalidate();
    deleteSnapshot(snapshotBeside(this.#path));
    await this.#translatedLater(() => purgeOldBytes(this.#writer, this.#path));
  }

  async verify(scope?: VerifyScope): Promise<string[]> {
    return verifyFile(this.#path, scope);
  }

  /** Waits for the current write. */
  async close(): Promise<void> {
    await this.#lock.idle();
    this.#reader.close();
    this.#writer.close();
  }

  async #translatedLater<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }

  async #readAtLength<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    let snapshot: Snapshot | undefined;
    try {
      snapshot = openSnapshot(this.#path);
      return await work(snapshot);
    } catch (error) {
      throw translateError(error, this.#path);
    } finally {
      snapshot?.close();
    }
  }

  async #commitHere(write: FactWrite, onVisible?: OnVisible, ahead?: AheadWriter): Promise<PlannedWrite> {
    const writer = ahead ?? (this.#isPlannedAside(write) ? this.#openAhead() : undefined);
    const written = writer && (await this.#commitAhead(write, writer));
    return written ?? this.#write<PlannedWrite>(() => commitWrite(this.#writer, this.#writerLedger, write, onVisible));
  }

  /** Undefined: nothing was written, because the plan differs from what was inserted. */
  async #commitAhead(write: FactWrite, ahead: AheadWriter): Promise<PlannedWrite | undefined> {
    const plan = (progress: PlanProgress) =>
      this.#readAtLength(({ database, ledger }): Promise<PlannedWrite> => previewWrite(database, ledger, write, progress));
    try {
      this.#file.checkIsSame();
      return await this.#acknowledge(() => this.#lock.runAside(() => ahead.commit(write, plan)));
    } finally {
      await ahead.abandon();
    }
  }

  #openAhead(): AheadWriter {
    return new AheadWriter(this.#place, this.#busyWaitMs);
  }

  #isLarge({ assertions }: FactWrite): boolean {
    return assertions.length >= this.#threadFrom;
  }

  #isPlannedAside({ assertions, import: from }: FactWrite): boolean {
    return from !== undefined && assertions.length >= this.#planAsideFrom && assertions instanceof PackedAssertions;
  }

  #inThread(task: 'commit' | 'preview', write: FactWrite, onVisible?: OnVisible): Promise<PlannedWrite> {
    this.#file.checkIsSame();
    return writeInThread({ task, ...this.#place, busyWaitMs: this.#busyWaitMs }, write, onVisible);
  }

  get #place(): AheadPlace {
    return { path: this.#path, file: this.#file.identity };
  }

  #write<T>(work: () => Promise<{ isKept: boolean; result: T }>): Promise<T> {
    return this.#acknowledge(() =>
      this.#lock.run(() => {
        this.#file.checkIsSame();
        this.#writerLedger.refresh();
        return work();
      }),
    );
  }

  async #acknowledge<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      if (this.#writer.open) this.#lastChange.tryNote(this.#writer);
      return result;
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }
}
