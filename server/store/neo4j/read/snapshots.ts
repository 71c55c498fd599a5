import type { KnownAt } from '../../fact-store.ts';
import { batchTimeoutMs, type Connection, pollTimeoutMs, readTimeoutMs, type Transaction } from '../connection/connection.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { passGate } from './publication-gate.ts';
import { readStaging, Snapshot, type StagingState } from './snapshot.ts';

/** What is published, and who stages above it. */
export interface Look extends StagingState {
  readonly writes: PublishedWrites;
}

export async function readLook(transaction: Transaction, ledger: Neo4jLedger): Promise<Look> {
  const [writes, state] = await Promise.all([ledger.refresh(transaction), readStaging(transaction)]);
  return { writes, ...state };
}

/**
 * Looks at a store as of one moment.
 *
 * Who sees that an event is published may not see all of it yet; the gate is passed once for each event that is new here.
 */
export class Snapshots {
  readonly #connection: Connection;
  readonly #ledger: Neo4jLedger;
  /** The latest event of which all is seen. */
  #settled = 0;
  /** A server that has just started has to plan the first poll, and who opens a store has no older answer to go by. */
  #pollTimeoutMs = readTimeoutMs;

  constructor(connection: Connection, ledger: Neo4jLedger) {
    this.#connection = connection;
    this.#ledger = ledger;
  }

  /** The revision of now, all of which can be read from now on. */
  async readRevision(): Promise<number> {
    const options = { fresh: true, timeoutMs: this.#pollTimeoutMs };
    const [row] = await this.#connection.read(
      (transaction) => transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.revision, store.seq'),
      options,
    );
    // What it means that the node is gone, the ledger says.
    if (row === undefined) return (await this.open()).revision;
    this.#pollTimeoutMs = pollTimeoutMs;
    await this.#settle(row[1] as number);
    return row[0] as number;
  }

  /** @param at default: now */
  async open(at?: KnownAt): Promise<Snapshot> {
    const { writes, putBacks } = await this.look();
    return new Snapshot(this.#connection, writes, at, putBacks);
  }

  /** What is published, all of it in effect from then on, and who stages above it. */
  async look(): Promise<Look> {
    const look = await this.#connection.read((transaction) => readLook(transaction, this.#ledger), { timeoutMs: batchTimeoutMs });
    await this.#settle(look.writes.lastEvent);
    return look;
  }

  async #settle(event: number): Promise<void> {
    if (event === this.#settled) return;
    await passGate(this.#connection);
    this.#settled = event;
  }
}
