import { int } from 'neo4j-driver';
import type { RecordedAssertion } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs, editTimeoutMs } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { recordOf } from '../graph/graph-record.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import type { Former } from '../graph/place-facts.ts';
import { deleteFormers, newPlacement, placeFacts, putFormers, readFormers, removeFacts } from '../graph/place-facts.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import { readAssertions } from '../read/read-assertions.ts';
import { Lease, lockHead } from '../write/head.ts';
import { readUndoEvents } from '../write/write-event.ts';
import { writeOnce } from '../write/write-once.ts';

const deletedAtOnce = 1_000;
const chunksAtOnce = 10;
const keysAtOnce = 5_000;

/**
 * Rolls back a staged write that will never be published:
 *
 * 1. Take over its lease.
 * 2. Recompute every fact that it states from the published log.
 * 3. Delete its rows from the log, and end the lease.
 *
 * A rollback that is interrupted at any point can be repeated. Does nothing if another process has rolled it back already.
 * Throws STORE_UNAVAILABLE, QUERY_TIMEOUT.
 *
 * @param nonce of the lease of the staged write
 */
export async function rollBackStaged(
  connection: Connection,
  ledger: Neo4jLedger,
  nonce: string,
  by: string,
  leaseMs: number,
): Promise<void> {
  const lease = new Lease(connection, leaseMs);
  const writes = await takeOver(connection, ledger, nonce, by, lease);
  if (writes === undefined) return;
  const facts = await FactRollback.begin(connection, lease, writes);
  for (const kind of factKinds) await facts.restore(kind);
  for (const kind of factKinds.toReversed()) await facts.removeUnpublished(kind);
  await deleteStaged(lease, writes.lastEvent);
}

/** Returns the published writes once this process has the lease; undefined if there is nothing to take over. */
async function takeOver(
  connection: Connection,
  ledger: Neo4jLedger,
  nonce: string,
  by: string,
  lease: Lease,
): Promise<PublishedWrites | undefined> {
  return await writeOnce(
    connection,
    async (transaction) => {
      const head = await lockHead(transaction);
      if (head.lease?.nonce !== nonce) return { isKept: false, result: undefined };
      const writes = await ledger.refresh(transaction);
      await lease.take(transaction, by);
      return { isKept: true, result: writes };
    },
    async (transaction) => (await lockHead(transaction)).lease?.nonce === lease.nonce,
    { timeoutMs: editTimeoutMs, writer: by },
  );
}

/**
 * Deletes the staged rows of the log and ends the lease. It counts the rollback first: a reader that saw staged facts looks for
 * them in the log, and the raised count tells it that they are gone.
 */
async function deleteStaged(lease: Lease, event: number): Promise<void> {
  await lease.write((transaction) => transaction.run('MATCH (m:ExposureStore {id: 1}) SET m.putBacks = coalesce(m.putBacks, 0) + 1'));
  for (let count = deletedAtOnce; count === deletedAtOnce; ) {
    const rows = await lease.write((transaction) =>
      transaction.run('MATCH (chunk:ExposureAssertions) WHERE chunk.write > $event WITH chunk LIMIT $limit DELETE chunk RETURN count(*)', {
        event: int(event),
        limit: int(deletedAtOnce),
      }),
    );
    count = rows[0]?.[0] as number;
  }
  await lease.end(
    (transaction) => transaction.run('MATCH (event:ExposureWrite) WHERE event.seq > $event DELETE event', { event: int(event) }),
    async () => true,
  );
}

/** Recomputes every fact that a staged event states, from the published log alone and not from the graph. */
class FactRollback {
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #writes: PublishedWrites;
  /** The event that undid each undone write. */
  readonly #undos: ReadonlyMap<number, number>;
  /** Published and staged writes that the staged events undo. */
  readonly #beingUndone: readonly number[];
  readonly #log = new LogReader();
  /** Graph keys of facts to remove from the graph, each with the former fact to keep instead, if any. */
  readonly #removed = new Map<FactKind, Map<string, Former | undefined>>();

  private constructor(
    connection: Connection,
    lease: Lease,
    writes: PublishedWrites,
    undos: ReadonlyMap<number, number>,
    beingUndone: readonly number[],
  ) {
    this.#connection = connection;
    this.#lease = lease;
    this.#writes = writes;
    this.#undos = undos;
    this.#beingUndone = beingUndone;
  }

  static async begin(connection: Connection, lease: Lease, writes: PublishedWrites): Promise<FactRollback> {
    const events = await connection.read(readUndoEvents, { fresh: true });
    const undos = events.filter(({ seq }) => seq <= writes.lastEvent);
    const staged = events.filter(({ seq }) => seq > writes.lastEvent);
    return new FactRollback(
      connection,
      lease,
      writes,
      new Map(undos.map(({ seq, undoes }) => [undoes, seq])),
      staged.map(({ undoes }) => undoes),
    );
  }

  /** Restores the facts of a kind. Call it in the order of `factKinds`, so that a fact follows the facts that it names. */
  async restore(kind: FactKind): Promise<void> {
    const heads = await this.#read((transaction) => this.#findHeads(transaction, kind));
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce);
      await this.#restoreSome(kind, some);
    }
  }

  /** Removes the facts of a kind that are not published. Call it in the opposite order, after all kinds are restored. */
  async removeUnpublished(kind: FactKind): Promise<void> {
    const removed = [...(this.#removed.get(kind) ?? [])];
    for (let start = 0; start < removed.length; start += keysAtOnce) {
      const some = removed.slice(start, start + keysAtOnce);
      const keys = some.map(([key]) => key);
      const formers = some.flatMap(([, former]) => former ?? []);
      await this.#lease.write(async (transaction) => {
        await Promise.all([
          removeFacts(transaction, kind, keys),
          deleteFormers(transaction, kind, keys),
          putFormers(transaction, kind, formers),
        ]);
      });
    }
  }

  async #findHeads(transaction: Transaction, kind: FactKind): Promise<ChunkHead[]> {
    const heads = await readHeadsAfter(transaction, kind, this.#writes.lastEvent);
    // An undone write that is itself staged is among these heads already.
    for (const write of this.#beingUndone) {
      if (write <= this.#writes.lastEvent) heads.push(...(await this.#log.readHeads(transaction, kind, write)));
    }
    return heads;
  }

  async #restoreSome(kind: FactKind, heads: readonly ChunkHead[]): Promise<void> {
    const { keys, all, present, formers } = await this.#read(async (transaction) => {
      const chunks = await this.#log.readChunks(transaction, kind, heads);
      const stated = [...new Set(chunks.flatMap((chunk) => chunk.map(({ assertion }) => assertion.key)))];
      const graphKeys = stated.map((key) => toGraphKey(kind, key));
      const rows = await transaction.run(graphKindOf(kind).readByKeys, { keys: graphKeys });
      return {
        keys: stated,
        all: await readAssertions(transaction, this.#log, kind, stated, this.#writes, this.#writes.findAll()),
        present: new Set(rows.map((row) => row[0] as string)),
        formers: await readFormers(transaction, kind, graphKeys),
      };
    });
    const live = this.#writes.findLive();
    const placement = newPlacement();
    const removed = this.#removed.get(kind) ?? new Map<string, Former | undefined>();
    this.#removed.set(kind, removed);
    for (const key of keys) {
      const graphKey = toGraphKey(kind, key);
      const assertions = all.get(key) ?? [];
      const touched = this.#findTouched(assertions);
      const record = recordOf(assertions, live, touched, this.#writes.fields);
      if (record === undefined) {
        const writes = assertions.map((assertion) => assertion.write);
        removed.set(graphKey, writes.length === 0 ? undefined : { key: graphKey, writes, touched });
      } else if (present.has(graphKey)) placement.relinked.push(record);
      else {
        placement.created.push(record);
        if (formers.has(graphKey)) placement.broughtBack.push(graphKey);
      }
    }
    await this.#lease.write((transaction) => placeFacts(transaction, kind, placement, this.#writes.lastEvent, []));
  }

  /** The last event that states a fact or undoes a statement of it. */
  #findTouched(assertions: readonly RecordedAssertion[]): number {
    return assertions.reduce((latest, { write }) => Math.max(latest, write, this.#undos.get(write) ?? 0), 0);
  }

  async #read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    await this.#lease.keep();
    return await this.#connection.read(work, { fresh: true, timeoutMs: batchTimeoutMs });
  }
}
