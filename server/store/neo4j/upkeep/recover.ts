import { int } from 'neo4j-driver';
import { factKinds } from '../../../domain/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { editTimeoutMs } from '../connection/connection.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { FactRestorer } from '../write/restore-facts.ts';
import { Lease } from '../write/staged-write.ts';
import { lockMarker } from '../write/write-lock.ts';
import { writeOnce } from '../write/write-once.ts';

const deletedAtOnce = 1_000;

/**
 * Puts back what a staged write had begun that will never be published: every fact that it spoke of is brought to what the
 * log says up to the published event, and then what it put into the log is deleted. May be broken off at any point, and
 * done again.
 *
 * Nothing is done where somebody else has done so already. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT.
 *
 * @param nonce of the staging
 */
export async function recoverStaging(
  connection: Connection,
  ledger: Neo4jLedger,
  nonce: string,
  by: string,
  leaseMs: number,
): Promise<void> {
  const lease = new Lease(connection, leaseMs);
  const writes = await takeOver(connection, ledger, nonce, by, lease);
  if (writes === undefined) return;
  const facts = await FactRestorer.begin(connection, lease, writes);
  for (const kind of factKinds) await facts.restore(kind);
  for (const kind of factKinds.toReversed()) await facts.removeOthers(kind);
  await forget(lease, writes.lastEvent);
}

/** What is published, once the lease is ours; undefined where there is nothing to take over. */
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
      const marker = await lockMarker(transaction);
      if (marker.staging?.nonce !== nonce) return { isKept: false, result: undefined };
      const writes = await ledger.refresh(transaction);
      await lease.take(transaction, by);
      return { isKept: true, result: writes };
    },
    async (transaction) => (await lockMarker(transaction)).staging?.nonce === lease.nonce,
    { timeoutMs: editTimeoutMs, writer: by },
  );
}

/**
 * Deletes what is in the log above an event, and gives the marker back. Who has seen staged facts looks for them in the log: by
 * the number that is raised first they know that it is gone.
 */
async function forget(lease: Lease, event: number): Promise<void> {
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
