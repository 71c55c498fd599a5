import { int } from 'neo4j-driver';
import type { Transaction } from '../connection/connection.ts';

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
export const lockNode = 'MATCH (m:ExposureStore {id: 1}) SET m.id = 1';

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
