import { int } from 'neo4j-driver';
import type { Assertion } from '../../../domain/assertions.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../../fact-store.ts';
import { refuseUnlessEmpty } from '../../refuse-restore.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Chunk, LoggedAssertion } from '../log/assertion-log.ts';
import { appendChunks, packChunks } from '../log/assertion-log.ts';
import type { EventRow, Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { EventWriter } from './event-writer.ts';
import type { StagedWrite } from './staged-write.ts';
import type { WriteEvent } from './write-event.ts';
import { insertEvent, toEventRow } from './write-event.ts';

/** Of assertions and events, in one transaction. */
const stepsAtOnce = 5_000;
const documentsAtOnce = 1_000;

/**
 * Fills an empty store. First all goes into the log, as it was; then the graph is made of it, each fact once, however much
 * was said of it. Nothing of that is seen before the end; the documents come with it.
 *
 * Throws CONFLICT where the store is not empty, or others write for too long; STORE_UNAVAILABLE, QUERY_TIMEOUT, and what
 * reading the records throws.
 */
export async function restoreRecords(
  connection: Connection,
  ledger: Neo4jLedger,
  writer: EventWriter,
  by: string,
  records: AsyncIterable<StoreRecord>,
): Promise<void> {
  const refuse = async (transaction: Transaction, writes: PublishedWrites) => {
    const [row] = await transaction.run('MATCH (d:ExposureDocument) RETURN count(d)');
    refuseUnlessEmpty(writes.findRevision(), writes.writes.length, row?.[0] as number);
  };
  await connection.read(async (transaction) => refuse(transaction, await ledger.refresh(transaction)), { fresh: true });
  await writer.writeStaged(by, async (staged) => {
    const published = staged.writes;
    const log = new LogRestorer(staged);
    for await (const record of records) await log.add(record);
    const events = await log.finish();
    await staged.add(events);
    await buildGraph(staged, log.undos);
    staged.atLast((transaction) => refuse(transaction, published));
    for (let start = 0; start < log.documents.length; start += documentsAtOnce) {
      const some = log.documents.slice(start, start + documentsAtOnce);
      staged.atLast((transaction) => createDocuments(transaction, some));
    }
  });
}

/** Puts events and what they asserted into the log, many in one transaction. */
class LogRestorer {
  readonly documents: DocumentRecord[] = [];
  /** The event that took a write back. */
  readonly undos = new Map<number, number>();
  readonly #staged: StagedWrite;
  readonly #events: EventRow[] = [];
  readonly #seqOfImport = new Map<string, number>();
  /** What the next transaction holds. */
  #newEvents: WriteEvent[] = [];
  #newChunks: { readonly write: number; readonly chunks: Chunk[] }[] = [];
  #stepCount = 0;
  /** Of the write whose assertions come: its chunks by kind. */
  #places = new Map<string, number>();

  constructor(staged: StagedWrite) {
    this.#staged = staged;
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
    if (this.#stepCount >= stepsAtOnce) await this.#flush();
  }

  /** All events, once they are in the log. */
  async finish(): Promise<EventRow[]> {
    await this.#flush();
    await this.#staged.settle();
    return this.#events;
  }

  get #seq(): number {
    return this.#events.length;
  }

  #addEvent(event: WriteEvent): void {
    this.#newEvents.push(event);
    this.#events.push(toEventRow(event));
    this.#places.clear();
    this.#stepCount++;
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
    this.#stepCount += assertions.length;
  }

  async #flush(): Promise<void> {
    const [events, chunks] = [this.#newEvents, this.#newChunks];
    if (events.length + chunks.length === 0) return;
    this.#newEvents = [];
    this.#newChunks = [];
    this.#stepCount = 0;
    await this.#staged.batch((transaction) =>
      Promise.all([
        ...events.map((event) => insertEvent(transaction, event, this.#staged.nonce)),
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
