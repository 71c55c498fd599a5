import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import type {
  ChangedKeys,
  DocumentCollection,
  FactStore,
  FactStream,
  FactWrite,
  HistoryScope,
  ImportRecord,
  KnownAt,
  StoredDocument,
  StoreRecord,
  UndoOutcome,
  WriteOutcome,
} from '../fact-store.ts';
import type { PartReader } from '../part-reader.ts';
import { getImportWrite } from '../plan/plan-undo.ts';
import type { HistoryPage } from '../revision-events.ts';
import type { Connection, Transaction } from './connection/connection.ts';
import { batchTimeoutMs } from './connection/connection.ts';
import { readChangedKeys, readFactHistory, readHistorySince } from './log/history.ts';
import { ImportChanges } from './log/import-changes.ts';
import type { PublishedWrites } from './log/ledger.ts';
import { Neo4jLedger } from './log/ledger.ts';
import { Neo4jFactStream } from './read/fact-stream.ts';
import { Neo4jPartReader } from './read/read-parts.ts';
import { readRecords } from './read/read-records.ts';
import { Snapshots } from './read/snapshots.ts';
import { openSchema } from './upkeep/schema.ts';
import { verifyStore } from './upkeep/verify.ts';
import { deleteDocument, findDocument, isSaved, listDocuments, saveDocument } from './write/documents.ts';
import { EventWriter } from './write/event-writer.ts';
import { readImports } from './write/imports.ts';
import { restoreRecords } from './write/restore-records.ts';
import { defaultLeaseMs } from './write/staged-write.ts';
import { undoImport } from './write/undo-import.ts';
import { previewWrite, writeFacts } from './write/write-facts.ts';
import { writeOnce } from './write/write-once.ts';

export interface Neo4jStoreOptions {
  /** How long others may write before a write of ours is given up. Default 30,000. */
  readonly busyWaitMs?: number | undefined;
  /** Writes of so many assertions or more are staged. Default: of more than the server's memory takes in one transaction. */
  readonly stageFrom?: number | undefined;
  /** So long a staged write whose writer went silent is waited for. Default 20,000. */
  readonly leaseMs?: number | undefined;
}

/** Who writes where no person does. */
const maintenance = 'maintenance';

/**
 * Facts in a Neo4j database, for any number of processes at once (decision 0004): the graph shows the facts that hold, and a
 * log beside it keeps what was said.
 */
export class Neo4jStore implements FactStore {
  readonly kind = 'neo4j';
  readonly parts: PartReader;
  readonly #connection: Connection;
  readonly #ledger = new Neo4jLedger();
  readonly #importChanges = new ImportChanges();
  readonly #snapshots: Snapshots;
  readonly #writer: EventWriter;

  private constructor(connection: Connection, options: Neo4jStoreOptions) {
    this.#connection = connection;
    this.#snapshots = new Snapshots(connection, this.#ledger);
    this.parts = new Neo4jPartReader(connection, this.#ledger, this.#snapshots);
    this.#writer = new EventWriter(connection, this.#ledger, {
      waitMs: options.busyWaitMs ?? 30_000,
      stageFrom: options.stageFrom,
      leaseMs: options.leaseMs ?? defaultLeaseMs,
    });
  }

  /**
   * Makes a store in a database that has none. The connection is the store's from then on.
   * Throws STORE_UNAVAILABLE, STORE_DAMAGED (it holds what this program did not write), STORE_TOO_NEW.
   */
  static async open(connection: Connection, options: Neo4jStoreOptions = {}): Promise<Neo4jStore> {
    await openSchema(connection);
    const store = new Neo4jStore(connection, options);
    await store.#writer.recover(maintenance);
    return store;
  }

  async readRevision(): Promise<number> {
    return await this.#snapshots.readRevision();
  }

  readFacts(at?: KnownAt): FactStream {
    return new Neo4jFactStream(this.#snapshots, at);
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    const snapshot = await this.#snapshots.open(at);
    const facts = await snapshot.readByKeys(kind, keys);
    return keys.flatMap((key) => facts.get(key) ?? []);
  }

  async readChangedKeys(revision: number, limit: number): Promise<ChangedKeys | undefined> {
    return await readChangedKeys(await this.#snapshots.open(), revision, limit);
  }

  async preview(write: FactWrite): Promise<WriteOutcome> {
    return await previewWrite(this.#connection, this.#ledger, write, batchTimeoutMs + write.assertions.length);
  }

  async commit(write: FactWrite): Promise<WriteOutcome> {
    return await this.#writer.write(write.by, write.assertions.length, async (path, nonce) => {
      const { event, outcome } = await writeFacts(path, write, nonce);
      return { event, result: outcome };
    });
  }

  async undoImport(importId: string, by: string, at: number): Promise<UndoOutcome> {
    const { created, updated, unchanged, retracted } = getImportWrite(await this.#readWrites(), importId);
    const size = created + updated + unchanged + retracted;
    return await this.#writer.write(by, size, (path, nonce) => undoImport(path, importId, by, at, nonce));
  }

  async readHistory(of: HistoryScope, offset: number, limit: number): Promise<HistoryPage> {
    const snapshot = await this.#snapshots.open();
    if ('key' in of) return await readFactHistory(snapshot, of.kind, of.key, offset, limit);
    return await readHistorySince(snapshot, of.sinceRevision, offset, limit);
  }

  async listImports(): Promise<ImportRecord[]> {
    return await this.#connection.read(async (transaction) => await readImports(transaction, await this.#ledger.refresh(transaction)));
  }

  async findImport(importId: string): Promise<ImportRecord | undefined> {
    const [found] = await this.#connection.read(
      async (transaction) => await readImports(transaction, await this.#ledger.refresh(transaction), importId),
    );
    return found;
  }

  async readImportChanges(importId: string, kinds: readonly FactKind[] | undefined, offset: number, limit: number): Promise<HistoryPage> {
    return await this.#importChanges.read(await this.#snapshots.open(), importId, kinds, offset, limit);
  }

  async listDocuments(collection: DocumentCollection): Promise<StoredDocument[]> {
    return await this.#connection.read((transaction) => listDocuments(transaction, collection));
  }

  async findDocument(collection: DocumentCollection, id: string): Promise<StoredDocument | undefined> {
    return await this.#connection.read((transaction) => findDocument(transaction, collection, id));
  }

  async saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number): Promise<StoredDocument> {
    return await writeOnce(
      this.#connection,
      async (transaction) => ({ isKept: true, result: await saveDocument(transaction, collection, id, json, ifVersion) }),
      (transaction, saved) => isSaved(transaction, collection, id, saved),
    );
  }

  async deleteDocument(collection: DocumentCollection, id: string): Promise<boolean> {
    return await writeOnce(
      this.#connection,
      async (transaction) => ({ isKept: true, result: await deleteDocument(transaction, collection, id) }),
      (transaction) => isSaved(transaction, collection, id, undefined),
    );
  }

  readRecords(): AsyncIterable<StoreRecord> {
    return readRecords(this.#connection, this.#ledger, maintenance);
  }

  async restore(records: AsyncIterable<StoreRecord>): Promise<void> {
    await restoreRecords(this.#connection, this.#ledger, this.#writer, maintenance, records);
  }

  async verify(): Promise<string[]> {
    return await verifyStore(this.#connection, this.#ledger);
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#writer.idle();
    await this.#connection.close();
  }

  async #readWrites(): Promise<PublishedWrites> {
    return await this.#connection.read((transaction: Transaction) => this.#ledger.refresh(transaction), { fresh: true });
  }
}
