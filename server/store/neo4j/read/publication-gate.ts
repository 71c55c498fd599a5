import type { Connection, Transaction } from '../connection/connection.ts';
import { isReadOnly } from '../connection/translate-error.ts';

/**
 * Neo4j puts a committed transaction into effect piece by piece, and readers see the pieces: new values before the index knows
 * new nodes, the marker before what it speaks of. Locks are held until all of it is in effect.
 *
 * So whatever changes facts locks the gate last, just before it commits; who passes the gate knows that of every
 * transaction of which it saw anything before, it sees everything from then on. Nobody waits longer than one commit takes.
 */
const gate = '(gate:ExposureStore {id: 2})';

/** To be the last statement of every transaction that changes facts, log or marker. */
export async function closeGate(transaction: Transaction): Promise<void> {
  await transaction.run(`MERGE ${gate} SET gate.isPassed = true`);
}

/** Waits until all is in effect of every transaction of which anything could be seen. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT. */
export async function passGate(connection: Connection): Promise<void> {
  await readAtGate(connection, (_, pass) => pass());
}

/** Reads before and after the gate is passed, in one transaction. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT. */
export async function readAtGate<T>(
  connection: Connection,
  work: (transaction: Transaction, pass: () => Promise<unknown>) => Promise<T>,
): Promise<T> {
  try {
    // It is committed, though nothing is changed: the bookmark of that makes a follower wait for what its leader has.
    return await connection.write(
      async (transaction) => ({
        isKept: true,
        result: await work(transaction, () => transaction.run(`MATCH ${gate} SET gate.isPassed = true`)),
      }),
      { isIdempotent: true },
    );
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    // Where nobody can write, all is in effect.
    return await connection.read((transaction) => work(transaction, async () => undefined));
  }
}
