import type { DatabasePlace, FactPart, HistoryPage, HistoryScope, ImportScope, StatedStore, VerifyScope } from '../fact-store.ts';
import type { FactWrite, ImportRecord, UndoOutcome, UndoWatch, WriteOutcome } from '../fact-write.ts';
import type { DocumentCollection, StoredDocument, StoreRecord } from '../store-record.ts';
import { fingerprintWrites } from '../write-ledger.ts';
import type { Connection } from './connection/connection.ts';
import { batchTimeoutMs } from './connection/connection.ts';
import { ImportChanges, readFactHistory, readHistorySince } from './log/history.ts';
import { Neo4jReader } from './read/neo4j-reader.ts';
import { Neo4jPartReader } from './read/read-parts.ts';
import { readRecords } from './read/read-records.ts';
import { openSchema, readIdentity } from './upkeep/schema.ts';
import { verifyStore } from './upkeep/verify.ts';
import { deleteDocument, findDocument, isSaved, listDocuments, saveDocument } from './write/documents.ts';
import { FactWriter, readVersionOf } from './write/fact-writer.ts';
import { defaultLeaseMs } from './write/head.ts';
import { restoreOf } from './write/restore-backup.ts';
import { readImports } from './write/write-event.ts';
import { commitOf, previewWrite, undoOf } from './write/write-facts.ts';
import { writeOnce } from './write/write-once.ts';

export interface Neo4jStoreOptions {
  /** How long a write waits for other writers. Default 30,000. */
  readonly busyWaitMs?: number | undefined;
  /** Writes of this many assertions or more are staged. Default: writes that exceed the server's memory for one transaction. */
  readonly stageFrom?: number | undefined;
  /** How long other writers wait for a staged write that does not renew its lease. Default 20,000. */
  readonly leaseMs?: number | undefined;
}

/** The writer's name if no person writes. */
const maintenance = 'maintenance';

/**
 * Facts in a Neo4j database, shared by any number of processes (docs/decisions/neo4j-graph-and-log.md): `Neo4jReader`, and the writes, history and
 * documents. The graph holds the current facts. The log beside it
 * holds every assertion. write/fact-writer.ts describes a write, and read/snapshot.ts describes a read.
 */
export class Neo4jStore extends Neo4jReader implements StatedStore {
  readonly #connection: Connection;
  readonly #importChanges = new ImportChanges();
  readonly #parts: Neo4jPartReader;
  readonly #writer: FactWriter;

  private constructor(connection: Connection, options: Neo4jStoreOptions) {
    super(connection);
    this.#connection = connection;
    this.#parts = new Neo4jPartReader(connection, this.ledger, this.snapshots);
    this.#writer = new FactWriter(connection, this.ledger, {
      waitMs: options.busyWaitMs ?? 30_000,
      stageFrom: options.stageFrom,
      leaseMs: options.leaseMs ?? defaultLeaseMs,
    });
  }

  /**
   * Opens the store, and creates it in a database that has none. The store then owns the connection and closes it.
   * Throws STORE_UNAVAILABLE, STORE_TOO_NEW, STORE_DAMAGED (the database holds nodes that this program did not write).
   */
  static async open(connection: Connection, options: Neo4jStoreOptions = {}): Promise<Neo4jStore> {
    await openSchema(connection);
    const store = new Neo4jStore(connection, options);
    await store.#writer.rollBackExpired(maintenance);
    return store;
  }

  get place(): DatabasePlace {
    return this.#connection.place;
  }

  async readFingerprint(revision: number): Promise<string | undefined> {
    const { writes, identity } = await this.#connection.read(
      async (transaction) => ({ writes: await this.ledger.refresh(transaction), identity: await readIdentity(transaction) }),
      { fresh: true, timeoutMs: batchTimeoutMs },
    );
    return identity === null ? undefined : fingerprintWrites(writes, revision, () => identity);
  }

  readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }> {
    return this.#parts.readPart(work);
  }

  async preview(write: FactWrite): Promise<WriteOutcome> {
    return await previewWrite(this.#connection, this.ledger, write, batchTimeoutMs + write.assertions.length);
  }

  async commit(write: FactWrite): Promise<WriteOutcome> {
    return await this.#writer.write(commitOf(write));
  }

  async undoImport(importId: string, by: string, at: number, watch?: UndoWatch): Promise<UndoOutcome> {
    const writes = await this.#connection.read((transaction) => this.ledger.refresh(transaction), { fresh: true });
    return await this.#writer.write(undoOf(writes, importId, by, at, watch));
  }

  async readHistory(of: HistoryScope | ImportScope, offset: number, limit: number): Promise<HistoryPage> {
    const snapshot = await this.snapshots.open();
    if ('importId' in of) return await this.#importChanges.read(snapshot, of, offset, limit);
    if ('key' in of) return await readFactHistory(snapshot, of.kind, of.key, offset, limit);
    return await readHistorySince(snapshot, of.sinceRevision, offset, limit);
  }

  async listImports(): Promise<ImportRecord[]> {
    return await this.#connection.read(async (transaction) => await readImports(transaction, await this.ledger.refresh(transaction)));
  }

  async findImport(importId: string): Promise<ImportRecord | undefined> {
    const [found] = await this.#connection.read(
      async (transaction) => await readImports(transaction, await this.ledger.refresh(transaction), importId),
    );
    return found;
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
    return readRecords(this.#connection, this.ledger, maintenance);
  }

  async restore(records: AsyncIterable<StoreRecord>): Promise<void> {
    await this.#writer.write(await restoreOf(this.#connection, this.ledger, maintenance, records));
  }

  async rewrite(make: (records: AsyncIterable<StoreRecord>) => Promise<AsyncIterable<StoreRecord>>): Promise<void> {
    const version = await this.#connection.read(readVersionOf, { fresh: true });
    const records = await make(this.readRecords());
    await this.#writer.empty(maintenance, version);
    await this.restore(records);
  }

  async verify(scope?: VerifyScope): Promise<string[]> {
    return await verifyStore(this.#connection, this.ledger, scope);
  }

  /** Waits for the writes of this process. */
  async close(): Promise<void> {
    await this.#writer.idle();
    await this.#connection.close();
  }
}
