import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';

import { Lease, moveHead, readHead } from './head.ts';
import type { Turn } from './write-lock.ts';

const deletedAtOnce = 5_000;

/** The hubs come last: deleting one with all its relationships can exceed the memory of a transaction. */
const deletions = [
  ...['SoftwareList', 'Advisory', 'Availability', 'SoftwareStatement'],
  ...['Transfer', 'Access', 'Engagement', 'Control', 'Artifact', 'Organization', 'ExposureFormer', 'ExposureAssertions'],
].map((label) => `MATCH (n:${label}) WITH n LIMIT $limit DETACH DELETE n RETURN count(*)`);

/** The content of a store at one moment, to find out whether it changed since. */
export interface StoreVersion {
  readonly seq: number;
  /** Of all documents: collection, id, version. */
  readonly documents: string;
}

export async function readVersionOf(transaction: Transaction): Promise<StoreVersion> {
  const rows = await transaction.run('MATCH (d:ExposureDocument) RETURN d.collection, d.id, d.version ORDER BY d.collection, d.id');
  return { seq: (await readHead(transaction)).seq, documents: JSON.stringify(rows) };
}

/**
 * Deletes all events, facts and documents:
 *
 * 1. Take a lease, move the head to the start and delete the documents, in one transaction. For all readers the store is empty now.
 * 2. Delete facts and log in batches. They lie above the head, so that a rollback finishes the work of a process that ends here.
 * 3. Delete the events and end the lease.
 *
 * Throws CONFLICT if the store changed since `version`.
 */
export async function emptyStore(connection: Connection, turn: Turn, version: StoreVersion, leaseMs: number): Promise<void> {
  const lease = new Lease(connection, leaseMs);
  await turn.transact({
    timeoutMs: batchTimeoutMs,
    run: async (transaction) => {
      const now = await readVersionOf(transaction);
      if (now.seq !== version.seq || now.documents !== version.documents) throw changedMeanwhile();
      await lease.take(transaction, turn.by);
      await transaction.run('MATCH (d:ExposureDocument) DETACH DELETE d');
      await moveHead(transaction, { seq: 0, revision: 0, at: 0 });
      // Snapshots of the former content, kept by other programs, are foreign from now on.
      await transaction.run('MATCH (m:ExposureStore {id: 1}) SET m.identity = randomUUID()');
      return { isKept: true, result: undefined };
    },
    isWritten: (transaction) => lease.isHeld(transaction),
  });
  await lease.write((transaction) => transaction.run('MATCH (m:ExposureStore {id: 1}) SET m.putBacks = coalesce(m.putBacks, 0) + 1'));
  for (const statement of deletions) {
    for (let count = deletedAtOnce; count === deletedAtOnce; ) {
      const rows = await lease.write((transaction) => transaction.run(statement, { limit: int(deletedAtOnce) }));
      count = rows[0]?.[0] as number;
    }
  }
  await lease.end(
    (transaction) => transaction.run('MATCH (event:ExposureWrite) DELETE event'),
    async () => true,
  );
}

function changedMeanwhile(): ExposureError {
  return new ExposureError(
    'CONFLICT',
    'Others wrote to the store meanwhile, and their changes would be lost. Nothing was changed. Stop the servers, and try again.',
  );
}
