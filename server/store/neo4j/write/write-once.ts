import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction, WriteOptions } from '../connection/connection.ts';
import { CommitUncertain } from '../connection/translate-error.ts';

/**
 * Runs a write and tells the caller for certain whether it was committed, if that can be known.
 *
 * If the acknowledgment of the commit is lost, new connections ask the database. `work` and `isWritten` must lock the same node
 * first: a commit that is still under way holds that lock, so the answer is never too early.
 *
 * @param isWritten whether the effects of `work` are there; its own transaction is rolled back
 * Throws STORE_UNAVAILABLE, whose sentence says that nothing was written or that this is unknown; and what `Connection.write`
 * throws otherwise.
 */
export async function writeOnce<T>(
  connection: Connection,
  work: (transaction: Transaction) => Promise<{ isKept: boolean; result: T }>,
  isWritten: (transaction: Transaction, result: T) => Promise<boolean>,
  options: WriteOptions = {},
): Promise<T> {
  let done: { readonly result: T } | undefined;
  try {
    return await connection.write(async (transaction) => {
      const kept = await work(transaction);
      done = { result: kept.result };
      return kept;
    }, options);
  } catch (error) {
    if (!(error instanceof CommitUncertain) || done === undefined) throw error;
    const { result } = done;
    if (await confirm(connection, (transaction) => isWritten(transaction, result), error)) return result;
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The connection to the database at ${connection.address} was lost. Nothing was written; try again.`,
      { cause: error },
    );
  }
}

async function confirm(
  connection: Connection,
  isWritten: (transaction: Transaction) => Promise<boolean>,
  lost: CommitUncertain,
): Promise<boolean> {
  try {
    return await connection.write(async (transaction) => ({ isKept: false, result: await isWritten(transaction) }), { isIdempotent: true });
  } catch (error) {
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The connection to the database at ${connection.address} was lost during the commit, and it is unknown whether the write was committed. Look at the history before you repeat it.`,
      { cause: new AggregateError([lost, error], 'The commit was not acknowledged, and the database could not be asked about it.') },
    );
  }
}
