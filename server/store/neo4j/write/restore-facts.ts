import type { RecordedAssertion } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import type { Former } from '../graph/place-facts.ts';
import { deleteFormers, newPlacement, placeFacts, putFormers, readFormers, removeFacts } from '../graph/place-facts.ts';
import { recordOf } from '../graph/record-of.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import { readAssertions } from '../read/read-assertions.ts';
import type { Lease } from './staged-write.ts';
import { readUndoEvents } from './write-event.ts';

const chunksAtOnce = 10;
const keysAtOnce = 5_000;

/** Brings facts that events above the published one spoke of to what the log says up to that one, whatever stands in the graph. */
export class FactRestorer {
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #writes: PublishedWrites;
  /** The event that took a write back. */
  readonly #undos: ReadonlyMap<number, number>;
  /** Writes that were being taken back. */
  readonly #takenBack: readonly number[];
  readonly #log = new LogReader();
  /** Graph keys of facts that must go, and what is to be known of them after that. */
  readonly #others = new Map<FactKind, Map<string, Former | undefined>>();

  private constructor(
    connection: Connection,
    lease: Lease,
    writes: PublishedWrites,
    undos: ReadonlyMap<number, number>,
    takenBack: readonly number[],
  ) {
    this.#connection = connection;
    this.#lease = lease;
    this.#writes = writes;
    this.#undos = undos;
    this.#takenBack = takenBack;
  }

  static async begin(connection: Connection, lease: Lease, writes: PublishedWrites): Promise<FactRestorer> {
    const events = await connection.read(readUndoEvents, { fresh: true });
    const undos = events.filter(({ seq }) => seq <= writes.lastEvent);
    const staged = events.filter(({ seq }) => seq > writes.lastEvent);
    return new FactRestorer(
      connection,
      lease,
      writes,
      new Map(undos.map(({ seq, undoes }) => [undoes, seq])),
      staged.map(({ undoes }) => undoes),
    );
  }

  /** Facts that must be there; to be called in the order of `factKinds`. */
  async restore(kind: FactKind): Promise<void> {
    const heads = await this.#read((transaction) => this.#findHeads(transaction, kind));
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce);
      await this.#restoreSome(kind, some);
    }
  }

  /** Facts that must not be there; to be called in the opposite order, after all were restored. */
  async removeOthers(kind: FactKind): Promise<void> {
    const others = [...(this.#others.get(kind) ?? [])];
    for (let start = 0; start < others.length; start += keysAtOnce) {
      const some = others.slice(start, start + keysAtOnce);
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
    // What was being taken back may itself be above the published event, and then is among them.
    for (const write of this.#takenBack) {
      if (write <= this.#writes.lastEvent) heads.push(...(await this.#log.readHeads(transaction, kind, write)));
    }
    return heads;
  }

  async #restoreSome(kind: FactKind, heads: readonly ChunkHead[]): Promise<void> {
    const { keys, all, present, formers } = await this.#read(async (transaction) => {
      const chunks = await this.#log.readChunks(transaction, kind, heads);
      const spoken = [...new Set(chunks.flatMap((chunk) => chunk.map(({ assertion }) => assertion.key)))];
      const graphKeys = spoken.map((key) => toGraphKey(kind, key));
      const rows = await transaction.run(graphKindOf(kind).readByKeys, { keys: graphKeys });
      return {
        keys: spoken,
        all: await readAssertions(transaction, this.#log, kind, spoken, this.#writes, this.#writes.findAll()),
        present: new Set(rows.map((row) => row[0] as string)),
        formers: await readFormers(transaction, kind, graphKeys),
      };
    });
    const live = this.#writes.findLive();
    const placement = newPlacement();
    const others = this.#others.get(kind) ?? new Map<string, Former | undefined>();
    this.#others.set(kind, others);
    for (const key of keys) {
      const graphKey = toGraphKey(kind, key);
      const assertions = all.get(key) ?? [];
      const touched = this.#findTouched(assertions);
      const record = recordOf(assertions, live, touched);
      if (record === undefined) {
        const writes = assertions.map((assertion) => assertion.write);
        others.set(graphKey, writes.length === 0 ? undefined : { key: graphKey, writes, touched });
      } else if (present.has(graphKey)) placement.relinked.push(record);
      else {
        placement.created.push(record);
        if (formers.has(graphKey)) placement.broughtBack.push(graphKey);
      }
    }
    await this.#lease.write((transaction) => placeFacts(transaction, kind, placement, this.#writes.lastEvent, []));
  }

  /** The event that last spoke of a fact. */
  #findTouched(assertions: readonly RecordedAssertion[]): number {
    return assertions.reduce((latest, { write }) => Math.max(latest, write, this.#undos.get(write) ?? 0), 0);
  }

  async #read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    await this.#lease.keep();
    return await this.#connection.read(work, { fresh: true, timeoutMs: batchTimeoutMs });
  }
}
