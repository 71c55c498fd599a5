import { int } from 'neo4j-driver';
import { compareCodePoints } from '../../../domain/compare.ts';
import { ExposureError } from '../../../domain/errors.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { AssertionBatch, BackupCollection, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../../store-record.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';

import { unpackChunk } from '../log/assertion-log.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { lockHead } from '../write/head.ts';
import { importColumns, toImport } from '../write/write-event.ts';

/** A small number, because the event of an import carries all its incidents. */
const eventsAtOnce = 100;
/** Some 4,000 assertions. */
const chunksAtOnce = 8;
const maxDocumentReads = 100;

/**
 * All records of the store, as of one snapshot. Published events and their log never change, so they are read page by page.
 * Documents do change, so they are read with the head locked, and kept in memory until the end.
 *
 * @param by the writer's name while it waits for the lock
 * Throws STORE_UNAVAILABLE, QUERY_TIMEOUT.
 */
export async function* readRecords(connection: Connection, ledger: Neo4jLedger, by: string): AsyncGenerator<StoreRecord> {
  const { writes, documents } = await readLockedState(connection, ledger, by);
  yield { type: 'start', revision: writes.findRevision() };
  const read = <T>(work: (transaction: Transaction) => Promise<T>) => connection.read(work, { timeoutMs: batchTimeoutMs });
  for (let after = 0; after < writes.lastEvent; ) {
    const from = after;
    const { events, heads } = await read(async (transaction) => {
      const page = await readEvents(transaction, from, writes);
      return { events: page, heads: await readHeads(transaction, from, page.at(-1)?.seq ?? from) };
    });
    const batches = readBatches(read, heads);
    let next = await batches.next();
    for (const { seq, record } of events) {
      yield record;
      for (; next.done !== true && next.value.write === seq; next = await batches.next()) yield next.value.batch;
    }
    const last = events.at(-1);
    if (last === undefined) throw lostEvents(after);
    after = last.seq;
  }
  yield* documents;
}

interface LockedState {
  readonly writes: PublishedWrites;
  readonly documents: readonly DocumentRecord[];
}

/** While the head is locked, all published rows are visible and no import adds or removes incidents. */
async function readLockedState(connection: Connection, ledger: Neo4jLedger, by: string): Promise<LockedState> {
  return await connection.write(
    async (transaction) => {
      await lockHead(transaction);
      const writes = await ledger.refresh(transaction);
      // Committed though nothing changed: the bookmark makes later reads on other cluster members wait for this state.
      return { isKept: true, result: { writes, documents: await readSettledDocuments(transaction) } };
    },
    { isIdempotent: true, timeoutMs: batchTimeoutMs, writer: by },
  );
}

/** People save documents without the lock, so they are read until two reads agree: nothing was saved between the two. */
async function readSettledDocuments(transaction: Transaction): Promise<DocumentRecord[]> {
  let before: string | undefined;
  for (let i = 0; i < maxDocumentReads; i++) {
    const rows = await transaction.run(
      "MATCH (d:ExposureDocument) WHERE NOT d.collection IN ['draft', 'batch'] RETURN d.collection, d.id, d.version, d.json, d.importId, d.savedJson ORDER BY d.collection, d.id",
    );
    const text = JSON.stringify(rows);
    if (text === before) return rows.map(toDocumentRecord).sort(byCollectionAndId);
    before = text;
  }
  throw new ExposureError(
    'STORE_UNAVAILABLE',
    `Incidents, notes or views changed during each of ${maxDocumentReads} reads. Try again when fewer of them are being saved.`,
  );
}

function toDocumentRecord([collection, id, version, json, importId, savedJson]: Row): DocumentRecord {
  return {
    type: 'document',
    collection: collection as BackupCollection,
    id: id as string,
    version: version as number,
    json: json as string,
    importId: importId as string | null,
    savedJson: savedJson as string | null,
  };
}

function byCollectionAndId(a: DocumentRecord, b: DocumentRecord): number {
  return compareCodePoints(a.collection, b.collection) || compareCodePoints(a.id, b.id);
}

interface ReadEvent {
  readonly seq: number;
  readonly record: WriteHead | UndoRecord;
}

async function readEvents(transaction: Transaction, after: number, writes: PublishedWrites): Promise<ReadEvent[]> {
  const rows = await transaction.run(
    `MATCH (event:ExposureWrite) WHERE event.seq > $after AND event.seq <= $last
     RETURN event.seq, event.revision, event.at, event.by, event.undoes, event.changed, event.isRaising,
       event.created, event.updated, event.unchanged, event.retracted, ${importColumns}
     ORDER BY event.seq LIMIT $limit`,
    { after: int(after), last: int(writes.lastEvent), limit: int(eventsAtOnce) },
  );
  return rows.map((row) => {
    const [seq, revision, at, by, undoes, changed, isRaising, created, updated, unchanged, retracted, ...from] = row as [
      number,
      number,
      number,
      string,
      number | null,
      number,
      boolean,
      number,
      number,
      number,
      number,
      ...unknown[],
    ];
    if (undoes === null) {
      return { seq, record: { type: 'write', revision, at, by, import: toImport(from), created, updated, unchanged, retracted } };
    }
    const importId = writes.get(undoes).importId as string;
    return { seq, record: { type: 'undo', importId, revision, at, by, changed, isRaising } };
  });
}

interface Head {
  readonly write: number;
  readonly kind: FactKind;
  readonly place: number;
}

/** The log chunks of the events after `after` and up to `last`, in order. */
async function readHeads(transaction: Transaction, after: number, last: number): Promise<Head[]> {
  const rows = await transaction.run(
    `MATCH (chunk:ExposureAssertions) USING INDEX chunk:ExposureAssertions(write, kind, place)
     WHERE chunk.write > $after AND chunk.write <= $last AND chunk.kind IS NOT NULL AND chunk.place IS NOT NULL
     RETURN chunk.write, chunk.kind, chunk.place`,
    { after: int(after), last: int(last) },
  );
  return rows
    .map(([write, kind, place]) => ({ write: write as number, kind: kind as FactKind, place: place as number }))
    .sort((a, b) => a.write - b.write || factKinds.indexOf(a.kind) - factKinds.indexOf(b.kind) || a.place - b.place);
}

async function* readBatches(
  read: (work: (transaction: Transaction) => Promise<Row[]>) => Promise<Row[]>,
  heads: readonly Head[],
): AsyncGenerator<{ readonly write: number; readonly batch: AssertionBatch }> {
  for (let start = 0; start < heads.length; start += chunksAtOnce) {
    const some = heads.slice(start, start + chunksAtOnce);
    const rows = await read((transaction) =>
      transaction.run(
        `UNWIND range(0, size($wanted) - 1) AS i
         MATCH (chunk:ExposureAssertions {write: $wanted[i].write, kind: $wanted[i].kind, place: $wanted[i].place}) RETURN i, chunk.packed`,
        { wanted: some.map(({ write, kind, place }) => ({ write: int(write), kind, place: int(place) })) },
      ),
    );
    const packed = new Map(rows as unknown as [number, Int8Array][]);
    for (const [i, { write, kind }] of some.entries()) {
      const logged = unpackChunk(kind, packed.get(i) ?? lost(write));
      const assertions = logged.map(({ assertion }) => assertion);
      yield { write, batch: { type: 'assertions', kind, assertions, effects: Uint8Array.from(logged, ({ effect }) => effect) } };
    }
  }
}

function lost(write: number): never {
  throw lostEvents(write);
}

function lostEvents(after: number): ExposureError {
  return new ExposureError(
    'STORE_DAMAGED',
    `Part of the history after write ${after} is missing from the database. Run \`exposure verify\` for details, and restore the store from a backup.`,
  );
}
