import type { KnownAt } from '../../fact-store.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs, pollTimeoutMs, readTimeoutMs } from '../connection/connection.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { passGate } from './publication-gate.ts';
import { readStaging, Snapshot, type StagingState } from './snapshot.ts';

/** The published writes, and whether a write is staged above them. */
export interface PublishedState extends StagingState {
  readonly writes: PublishedWrites;
}

export async function readPublishedState(transaction: Transaction, ledger: Neo4jLedger): Promise<PublishedState> {
  const [writes, state] = await Promise.all([ledger.refresh(transaction), readStaging(transaction)]);
  return { writes, ...state };
}

/**
 * Opens snapshots of a store.
 *
 * A reader may see the head move before it sees all rows of the event. So the gate is passed once for each new event.
 */
export class Snapshots {
  readonly #connection: Connection;
  readonly #ledger: Neo4jLedger;
  /** The latest event whose rows are all visible. */
  #visible = 0;
  /** The first poll gets longer: a server that has just started has to plan it, and there is no older answer to fall back on. */
  #pollTimeoutMs = readTimeoutMs;

  constructor(connection: Connection, ledger: Neo4jLedger) {
    this.#connection = connection;
    this.#ledger = ledger;
  }

  /** The current revision. All rows of it are visible when this resolves. */
  async readRevision(): Promise<number> {
    const options = { fresh: true, timeoutMs: this.#pollTimeoutMs };
    const [row] = await this.#connection.read(
      (transaction) => transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.revision, store.seq'),
      options,
    );
    // The head is missing: the ledger throws the error that says so.
    if (row === undefined) return (await this.open()).revision;
    this.#pollTimeoutMs = pollTimeoutMs;
    await this.#awaitVisible(row[1] as number);
    return row[0] as number;
  }

  /** @param at default: now */
  async open(at?: KnownAt): Promise<Snapshot> {
    const { writes, rollbacks } = await this.readState();
    return new Snapshot(this.#connection, writes, at, rollbacks);
  }

  /** The published state. All rows of it are visible when this resolves. */
  async readState(): Promise<PublishedState> {
    const state = await this.#connection.read((transaction) => readPublishedState(transaction, this.#ledger), {
      timeoutMs: batchTimeoutMs,
    });
    await this.#awaitVisible(state.writes.lastEvent);
    return state;
  }

  async #awaitVisible(event: number): Promise<void> {
    if (event === this.#visible) return;
    await passGate(this.#connection);
    this.#visible = event;
  }
}
