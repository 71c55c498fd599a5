import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction, WriteOptions } from '../connection/connection.ts';
import { CommitUncertain } from '../connection/translate-error.ts';

/**
 * A write of which the caller is told for certain whether it was written, wherever that can be known.
 *
 * Where the acknowledgement of the commit was lost, the store is asked, with new connections. `work` and `isWritten` must lock
 * the same node first: what still waits to be committed somewhere holds that lock, so an answer is never too early.
 *
 * @param isWritten whether what `work` wrote is there; it writes nothing itself that is kept
 * Throws STORE_UNAVAILABLE, with a sentence that says whether nothing was written or that this is not known, and what
 * `Connection.write` throws otherwise.
 */
export async function writeOnce<T>(
  connection: Connection,
  work: (transaction: Transaction) => Promise<{ isKept: boolean; result: T }>,
  isWritten: (transaction: Transaction, result: T) => Promise<boolean>,
  options: WriteOptions = {},
): Promise<T> {
  let made: { readonly result: T } | undefined;
  try {
    return await connection.write(async (transaction) => {
      const kept = await work(transaction);
      made = { result: kept.result };
      return kept;
    }, options);
  } catch (error) {
    if (!(error instanceof CommitUncertain) || made === undefined) throw error;
    const { result } = made;
    if (await settle(connection, (transaction) => isWritten(transaction, result), error)) return result;
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The connection to the database at ${connection.address} was lost. Nothing was written; try again.`,
      { cause: error },
    );
  }
}

async function settle(
  connection: Connection,
  isWritten: (transaction: Transaction) => Promise<boolean>,
  lost: CommitUncertain,
): Promise<boolean> {
  try {
    return await connection.write(async (transaction) => ({ isKept: false, result: await isWritten(transaction) }), { isIdempotent: true });
  } catch (error) {
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The connection to the database at ${connection.address} was lost while it was told to write, and it is not known whether it did. Look at the history before you repeat this.`,
      { cause: new AggregateError([lost, error], 'The commit was not acknowledged, and could not be looked for.') },
    );
  }
}
