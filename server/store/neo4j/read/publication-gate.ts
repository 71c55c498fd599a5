import type { Connection, Transaction } from '../connection/connection.ts';
import { isReadOnly } from '../connection/translate-error.ts';

/**
 * Neo4j applies a committed transaction piece by piece, and readers see the pieces: new values before the index has the new
 * nodes, the moved head before the rows below it. It holds the locks of the transaction until all pieces are applied.
 *
 * So every transaction that changes facts locks the gate last, just before it commits. A reader that passes the gate sees all
 * of every transaction of which it saw any piece before. It waits for at most one commit.
 */
const gate = '(gate:ExposureStore {id: 2})';

/** Locks the gate. The last statement of every transaction that changes facts, log or head. */
export async function closeGate(transaction: Transaction): Promise<void> {
  await transaction.run(`MERGE ${gate} SET gate.isPassed = true`);
}

/** Waits until every transaction of which a piece was visible is fully applied. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT. */
export async function passGate(connection: Connection): Promise<void> {
  await readAtGate(connection, (_, pass) => pass());
}

/** Runs `work` in one transaction and lets it pass the gate in the middle. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT. */
export async function readAtGate<T>(
  connection: Connection,
  work: (transaction: Transaction, pass: () => Promise<unknown>) => Promise<T>,
): Promise<T> {
  try {
    // Committed though nothing changed: its bookmark makes a follower of a cluster wait for the leader's state.
    return await connection.write(
      async (transaction) => ({
        isKept: true,
        result: await work(transaction, () => transaction.run(`MATCH ${gate} SET gate.isPassed = true`)),
      }),
      { isIdempotent: true },
    );
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    // A read-only database has no commit under way.
    return await connection.read((transaction) => work(transaction, async () => undefined));
  }
}
