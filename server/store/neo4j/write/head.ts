import { randomUUID } from 'node:crypto';
import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { inSeconds } from '../connection/translate-error.ts';
import { closeGate } from '../read/publication-gate.ts';
import { writeOnce } from './write-once.ts';

/*
 * One writer at a time. The node `ExposureStore {id: 1}` is both the lock and the head of the store:
 *
 *   - the head: the last published event. Readers look no further, so moving the head publishes a write;
 *   - the lock: every write locks the node for the length of a transaction;
 *   - the lease: a write in several transactions puts its nonce on the node, which keeps other writers away between them.
 */

/** The head, as a writer sees it that holds the lock. */
export interface Head extends HeadPosition {
  readonly lease: LeaseHolder | null;
}

export interface HeadPosition {
  /** The number of the last published event. */
  readonly seq: number;
  readonly revision: number;
  /** The instant of the last published event: epoch ms. */
  readonly at: number;
}

/** The writer that holds the lease. */
export interface LeaseHolder {
  readonly nonce: string;
  readonly by: string;
  /** Epoch ms. */
  readonly since: number;
  /** Time until the lease expires. At 0 or below, another writer may roll back and take over. */
  readonly leftMs: number;
}

/** Locks the node until the transaction ends. */
const lockNode = 'MATCH (m:ExposureStore {id: 1}) SET m.id = 1';

const read =
  'MATCH (m:ExposureStore {id: 1}) RETURN m.seq, m.revision, m.lastAt, m.staging, m.stagingBy, m.stagingSince, m.leaseAt - datetime.realtime().epochMillis';
const move = 'MATCH (m:ExposureStore {id: 1}) SET m.seq = $seq, m.revision = $revision, m.lastAt = $at';

/** Locks the head until the transaction ends. Waits for the writer that has it. */
export async function lockHead(transaction: Transaction): Promise<Head> {
  // A statement of its own reads the head, so that it reads nothing from before the lock.
  const [, head] = await Promise.all([transaction.run(lockNode), readHead(transaction)]);
  return head;
}

export async function readHead(transaction: Transaction): Promise<Head> {
  const rows = await transaction.run(read);
  const [seq, revision, at, nonce, by, since, leftMs] = rows[0] as [number, number, number, string | null, string, number, number];
  return { seq, revision, at, lease: nonce === null ? null : { nonce, by, since, leftMs } };
}

/** Publishes everything up to a position. It is the last statement of a write except for closing the gate. */
export async function moveHead(transaction: Transaction, { seq, revision, at }: HeadPosition): Promise<void> {
  await transaction.run(move, { seq: int(seq), revision: int(revision), at: int(at) });
}

const takeLease =
  'MATCH (m:ExposureStore {id: 1}) SET m.staging = $nonce, m.stagingBy = $by, m.stagingSince = datetime.realtime().epochMillis, m.leaseAt = datetime.realtime().epochMillis + $leaseMs';
const renewLease =
  'MATCH (m:ExposureStore {id: 1}) WHERE m.staging = $nonce SET m.leaseAt = datetime.realtime().epochMillis + $leaseMs RETURN m.seq';
const endLease = 'MATCH (m:ExposureStore {id: 1}) REMOVE m.staging, m.stagingBy, m.stagingSince, m.leaseAt';
const isHeld = 'MATCH (m:ExposureStore {id: 1}) WHERE m.staging = $nonce RETURN 1';

/** How long other writers wait for a lease that is not renewed. */
export const defaultLeaseMs = 20_000;

/** Keeps other writers away between the transactions of one write, as long as it is renewed in time. */
export class Lease {
  readonly nonce = randomUUID();
  readonly #connection: Connection;
  readonly #leaseMs: number;
  #renewedAt = performance.now();

  constructor(connection: Connection, leaseMs: number) {
    this.#connection = connection;
    this.#leaseMs = leaseMs;
  }

  /** Takes the lease in a transaction that has locked the head. */
  async take(transaction: Transaction, by: string): Promise<void> {
    await transaction.run(takeLease, { nonce: this.nonce, by, leaseMs: int(this.#leaseMs) });
    this.#renewedAt = performance.now();
  }

  async isHeld(transaction: Transaction): Promise<boolean> {
    return (await transaction.run(isHeld, { nonce: this.nonce })).length > 0;
  }

  /**
   * Runs one transaction and renews the lease. The transaction is rolled back if another writer has the lease by then.
   *
   * @param onLocked called once the transaction has locked the head: a transaction that begins now comes after it
   * Throws STORE_UNAVAILABLE if another writer took over, CommitUncertain, and what `run` throws.
   */
  async write<T>(run: (transaction: Transaction) => Promise<T>, onLocked: () => void = () => undefined): Promise<T> {
    return await this.#connection.write(this.#fenced(run, onLocked), { timeoutMs: batchTimeoutMs });
  }

  /** Runs the last transaction, which ends the lease. On a lost acknowledgment, `isWritten` finds out whether it was committed. */
  async end<T>(run: (transaction: Transaction) => Promise<T>, isWritten: (transaction: Transaction) => Promise<boolean>): Promise<T> {
    const ending = async (transaction: Transaction) => {
      const result = await run(transaction);
      await transaction.run(endLease);
      return result;
    };
    return await writeOnce(this.#connection, this.#fenced(ending), isWritten, { timeoutMs: batchTimeoutMs });
  }

  #fenced<T>(run: (transaction: Transaction) => Promise<T>, onLocked: () => void = () => undefined) {
    const parameters = { nonce: this.nonce, leaseMs: int(this.#leaseMs) };
    return async (transaction: Transaction): Promise<{ isKept: boolean; result: T }> => {
      const locked = transaction.run(lockNode).then(onLocked);
      const renewed = transaction.run(renewLease, parameters);
      const work = run(transaction);
      const [rows, result] = await Promise.all([renewed, work, locked]);
      if (rows.length === 0) throw lostLease(this.#leaseMs);
      // Renewed again at the end: the batch may have taken long.
      await Promise.all([transaction.run(renewLease, parameters), closeGate(transaction)]);
      this.#renewedAt = performance.now();
      return { isKept: true, result };
    };
  }

  /** Renews the lease if it is due. Reads between batches call it. Throws STORE_UNAVAILABLE if another writer took over. */
  async keep(): Promise<void> {
    if (performance.now() - this.#renewedAt > this.#leaseMs / 4) await this.write(async () => undefined);
  }
}

function lostLease(leaseMs: number): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `This write paused for more than ${inSeconds(leaseMs)}, so another writer rolled it back. Nothing was written; try again.`,
  );
}
