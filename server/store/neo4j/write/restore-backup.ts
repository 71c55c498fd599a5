import { int } from 'neo4j-driver';
import type { Assertion, RecordedAssertion } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../../store-record.ts';
import { recordAssertion, refuseUnlessEmpty } from '../../write-ledger.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import type { GraphRecord } from '../graph/graph-record.ts';
import { recordOf } from '../graph/graph-record.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import type { Former } from '../graph/place-facts.ts';
import { newPlacement, placeFacts, putFormers } from '../graph/place-facts.ts';
import type { Chunk, LoggedAssertion } from '../log/assertion-log.ts';
import { appendChunks, packChunks } from '../log/assertion-log.ts';
import type { EventRow, Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import type { Change } from './fact-writer.ts';
import type { HeadPosition } from './head.ts';
import type { WriteEvent } from './write-event.ts';
import { insertEvent, toEventRow } from './write-event.ts';
import type { WritePath } from './write-path.ts';

/** Assertions and events in one transaction. */
const maxRowsPerBatch = 5_000;
const documentsAtOnce = 1_000;

/**
 * The restore of a backup into an empty store: events and assertions go into the log in their order, then the graph is built
 * from the log, each fact once. Documents are added when all of it is published.
 *
 * A store that is not empty is refused here, before the restore takes the lock, and again under the lock.
 *
 * Throws CONFLICT if the store is not empty, and what reading the records throws; STORE_UNAVAILABLE, QUERY_TIMEOUT.
 */
export async function restoreOf(
  connection: Connection,
  ledger: Neo4jLedger,
  by: string,
  records: AsyncIterable<StoreRecord>,
): Promise<Change<void>> {
  await connection.read(async (transaction) => refuseUnlessStoreEmpty(transaction, await ledger.refresh(transaction)), { fresh: true });
  return {
    by,
    size: Number.POSITIVE_INFINITY,
    async plan(path) {
      await path.read((transaction) => refuseUnlessStoreEmpty(transaction, path.writes));
      return { result: () => undefined, stage: () => stageRecords(path, records) };
    },
  };
}

async function refuseUnlessStoreEmpty(transaction: Transaction, writes: PublishedWrites): Promise<void> {
  const [row] = await transaction.run("MATCH (d:ExposureDocument) WHERE NOT d.collection IN ['draft', 'batch'] RETURN count(d)");
  refuseUnlessEmpty(writes.findRevision(), writes.writes.length, row?.[0] as number);
}

async function stageRecords(path: WritePath, records: AsyncIterable<StoreRecord>): Promise<HeadPosition> {
  const log = new LogRestorer(path);
  for await (const record of records) await log.add(record);
  const events = await log.finish();
  const writes = path.writes.followedBy(events);
  await buildGraph(path, writes, log.undos);
  // Saving a document does not wait for the lock, so one may have been saved meanwhile.
  path.atPublish((transaction) => refuseUnlessStoreEmpty(transaction, path.writes));
  for (let start = 0; start < log.documents.length; start += documentsAtOnce) {
    const some = log.documents.slice(start, start + documentsAtOnce);
    path.atPublish((transaction) => createDocuments(transaction, some));
  }
  return { seq: writes.lastEvent, revision: writes.findRevision(), at: log.lastAt ?? path.lastAt };
}

/** Writes events and their assertions into the log, many in one transaction. */
class LogRestorer {
  readonly documents: DocumentRecord[] = [];
  /** The event that undid each undone write. */
  readonly undos = new Map<number, number>();
  readonly #path: WritePath;
  readonly #events: EventRow[] = [];
  readonly #seqOfImport = new Map<string, number>();
  /** Rows of the next transaction. */
  #newEvents: WriteEvent[] = [];
  #newChunks: { readonly write: number; readonly chunks: Chunk[] }[] = [];
  #rowCount = 0;
  /** The number of chunks of each kind in the current write. */
  #places = new Map<string, number>();

  constructor(path: WritePath) {
    this.#path = path;
  }

  async add(record: StoreRecord): Promise<void> {
    switch (record.type) {
      case 'start':
        break;
      case 'write':
        this.#addWrite(record);
        break;
      case 'assertions':
        this.#addAssertions(record);
        break;
      case 'undo':
        this.#addUndo(record);
        break;
      case 'document':
        this.documents.push(record);
        break;
      default:
        record satisfies never;
    }
    if (this.#rowCount >= maxRowsPerBatch) await this.#flush();
  }

  /** Resolves to all events once they are in the log. */
  async finish(): Promise<EventRow[]> {
    await this.#flush();
    await this.#path.settle();
    return this.#events;
  }

  /** The instant of the last event: epoch ms. */
  get lastAt(): number | undefined {
    return this.#events.at(-1)?.[3];
  }

  get #seq(): number {
    return this.#events.length;
  }

  #addEvent(event: WriteEvent): void {
    this.#newEvents.push(event);
    this.#events.push(toEventRow(event));
    this.#places.clear();
    this.#rowCount++;
  }

  #addWrite({ type: _, import: from, ...counted }: WriteHead): void {
    this.#addEvent({ ...counted, seq: this.#seq + 1, from: from ?? undefined });
    if (from !== null) this.#seqOfImport.set(from.id, this.#seq);
  }

  #addUndo({ importId, revision, at, by, changed, isRaising }: UndoRecord): void {
    const undoes = this.#seqOfImport.get(importId) as number;
    this.#addEvent({ seq: this.#seq + 1, revision, at, by, undoes, changed, isRaising });
    this.undos.set(undoes, this.#seq);
  }

  #addAssertions({ kind, assertions, effects }: AssertionBatch): void {
    const logged = assertions.map((assertion: Assertion, i): LoggedAssertion => ({ assertion, effect: effects[i] as number }));
    const place = this.#places.get(kind) ?? 0;
    const chunks = [...packChunks(kind, logged, place)];
    this.#places.set(kind, place + chunks.length);
    this.#newChunks.push({ write: this.#seq, chunks });
    this.#rowCount += assertions.length;
  }

  async #flush(): Promise<void> {
    const [events, chunks] = [this.#newEvents, this.#newChunks];
    if (events.length + chunks.length === 0) return;
    this.#newEvents = [];
    this.#newChunks = [];
    this.#rowCount = 0;
    await this.#path.batch((transaction) =>
      Promise.all([
        ...events.map((event) => insertEvent(transaction, event, this.#path.nonce)),
        ...chunks.map(({ write, chunks: of }) => appendChunks(transaction, write, of)),
      ]),
    );
  }
}

async function createDocuments(transaction: Transaction, documents: readonly DocumentRecord[]): Promise<void> {
  await transaction.run('UNWIND $rows AS row CREATE (d:ExposureDocument) SET d = row', {
    rows: documents.map(({ type: _, ...document }) => ({ ...document, version: int(document.version) })),
  });
}

const chunksAtOnce = 16;
const factsAtOnce = 5_000;

/**
 * Makes the graph of an empty store from its log. Writes each fact once.
 *
 * @param writes all events that are in the log, published or not
 * @param undos the number of a write -> the event that undid it
 * Complexity: linear in the assertions. Memory: the assertions of the chunks whose key ranges overlap at one key.
 */
async function buildGraph(path: WritePath, writes: PublishedWrites, undos: ReadonlyMap<number, number>): Promise<void> {
  for (const kind of factKinds) await buildKind(path, writes, kind, undos);
}

async function buildKind(path: WritePath, writes: PublishedWrites, kind: FactKind, undos: ReadonlyMap<number, number>): Promise<void> {
  const live = writes.findLive();
  let created: GraphRecord[] = [];
  let formers: Former[] = [];
  const put = async () => {
    const [facts, others] = [created, formers];
    created = [];
    formers = [];
    await path.batch((transaction) =>
      Promise.all([
        placeFacts(transaction, kind, { ...newPlacement(), created: facts }, writes.lastEvent, []),
        putFormers(transaction, kind, others),
      ]),
    );
  };
  for await (const assertions of readByFact(path, writes, kind)) {
    const touched = assertions.reduce((latest, { write }) => Math.max(latest, write, undos.get(write) ?? 0), 0);
    const record = recordOf(assertions, live, touched, path.writes.fields);
    if (record !== undefined) created.push(record);
    else
      formers.push({
        key: toGraphKey(kind, (assertions[0] as RecordedAssertion).key),
        writes: assertions.map(({ write }) => write),
        touched,
      });
    if (created.length + formers.length >= factsAtOnce) await put();
  }
  if (created.length + formers.length > 0) await put();
  await path.settle();
}

/**
 * All assertions of each fact of a kind, in the order of their writes.
 *
 * Chunks are read in the order of their first keys: when one begins, all facts before its first key are complete.
 */
async function* readByFact(path: WritePath, writes: PublishedWrites, kind: FactKind): AsyncGenerator<readonly RecordedAssertion[]> {
  const log = new LogReader();
  const heads = (await path.read((transaction) => readHeadsAfter(transaction, kind, 0))).sort(byFirstKey);
  const begun = new Map<string, RecordedAssertion[]>();
  for (let start = 0; start < heads.length; start += chunksAtOnce) {
    const some = heads.slice(start, start + chunksAtOnce);
    const chunks = await path.read((transaction) => log.readChunks(transaction, kind, some));
    for (const [i, chunk] of chunks.entries()) {
      const { write } = some[i] as ChunkHead;
      for (const { assertion } of chunk) {
        const recorded = record(writes, write, assertion);
        getOrInsert(begun, assertion.key, () => []).push(recorded);
      }
    }
    const next = heads[start + chunksAtOnce]?.first;
    for (const [key, assertions] of begun) {
      if (next !== undefined && compareCodePoints(toGraphKey(kind, key), next) >= 0) continue;
      begun.delete(key);
      yield assertions.sort((a, b) => a.write - b.write);
    }
  }
}

function record(writes: PublishedWrites, write: number, assertion: Assertion): RecordedAssertion {
  const { sourceKey, importId, by } = writes.get(write);
  return recordAssertion(assertion, write, sourceKey, importId, by);
}

function byFirstKey(a: ChunkHead, b: ChunkHead): number {
  return compareCodePoints(a.first, b.first);
}
