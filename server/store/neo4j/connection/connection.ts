import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction as DriverTransaction } from 'neo4j-driver';
import { Abandoned, Deadline } from './deadline.ts';
import { DriverHandle, type OpenDriver } from './driver-handle.ts';
import { decodeRows, readRows } from './run-statement.ts';
import { CommitUncertain, isCertainlyRefused, isRetriable, isUnauthenticated, translateError } from './translate-error.ts';

/** Cells in the order of RETURN. */
export type Row = readonly unknown[];

export interface Transaction {
  /** All rows. Integers come as numbers; a number given as a parameter is a float: wrap whole ones in `neo4j.int`. */
  run(query: string, parameters?: Record<string, unknown>): Promise<Row[]>;
  /** What `decode` makes of each row as it comes, so that no row need be kept; the next one comes in the same array. */
  run<T>(query: string, parameters: Record<string, unknown>, decode: (row: Row) => T): Promise<T[]>;
}

export interface ReadOptions {
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** Asks the leader of a cluster, which has seen all that was committed. */
  readonly fresh?: boolean;
}

export interface WriteOptions {
  /** Default 10,000. */
  readonly timeoutMs?: number;
  /** Doing it twice is doing it once: it is repeated as reading is, also where a commit's acknowledgement was lost. */
  readonly isIdempotent?: boolean;
  /** Who writes: the server tells it to those who wait (`exposureWriter` in the metadata of its transactions). */
  readonly writer?: string;
}

/** A server that has just started plans each statement anew, which on a busy machine takes it up to ten seconds and more. */
export const readTimeoutMs = 20_000;
export const editTimeoutMs = 20_000;
export const batchTimeoutMs = 60_000;
export const pollTimeoutMs = 2_000;

/** A server that does not answer is asked again for this long at most; what it then refuses, it will refuse later too. */
const maxRetryMs = 5_000;
/** A password that was refused is not tried again for so long: wrong ones lock out the right one. */
const refusedMs = 30_000;
/** The server ends a transaction at its time-out and says so. One that says nothing for this much longer is given up. */
const graceMs = 1_000;

/**
 * So long a server may send neither a record nor the end of a statement before the network is believed to be gone: what one that
 * has just started takes to plan a statement. Writers wait for each other, and a batch has one answer.
 */
const readSilenceMs = readTimeoutMs;
const writeSilenceMs = batchTimeoutMs;

/**
 * Transactions on one database of a Neo4j server or cluster, each within a time of its own.
 *
 * The driver alone does not keep to a time: a server that went silent holds a request until the network gives up. So every
 * request has a deadline here, and a shorter one since the server was last heard of. Where either passes, what is under way is
 * abandoned, with its network connections, and the next request starts on new ones.
 *
 * All transactions share bookmarks: each sees what the ones before it wrote or saw, on whatever member of a cluster.
 */
export class Connection {
  /** The address, as messages name it. */
  readonly address: string;
  readonly #openDriver: OpenDriver;
  readonly #patience: number;
  #current: DriverHandle;
  #refusal: { readonly error: unknown; readonly until: number } | undefined;

  /**
   * @param openDriver makes a driver; called again where one is given up
   * @param patience all time-outs of requests are multiplied by this
   */
  constructor(address: string, openDriver: OpenDriver, patience = 1) {
    this.address = address;
    this.#openDriver = openDriver;
    this.#patience = patience;
    this.#current = new DriverHandle(openDriver);
  }

  /**
   * Runs `work` in a reading transaction, and again where what failed may pass, so it must change nothing but what it
   * returns. Throws STORE_UNAVAILABLE, QUERY_TIMEOUT, and what `work` throws.
   */
  async read<T>(work: (transaction: Transaction) => Promise<T>, options: ReadOptions = {}): Promise<T> {
    const { fresh = false } = options;
    const timeoutMs = (options.timeoutMs ?? readTimeoutMs) * this.#patience;
    const deadline = new Deadline({ timeoutMs, graceMs, silenceMs: readSilenceMs * this.#patience });
    try {
      return await this.#retrying(deadline, (handle) =>
        handle.use(fresh ? 'WRITE' : 'READ', deadline, async (transaction) => {
          const result = await work(over(transaction, deadline));
          await transaction.commit();
          return result;
        }),
      );
    } catch (error) {
      throw translateError(error, this.address, timeoutMs);
    }
  }

  /**
   * Runs `work` once in a writing transaction and commits it where `isKept`; else, and where it throws, nothing is written.
   *
   * Throws STORE_UNAVAILABLE and QUERY_TIMEOUT (nothing was written), what `work` throws (likewise), and CommitUncertain
   * where the server was told to commit and what it made of that never came: write-once.ts.
   */
  async write<T>(work: (transaction: Transaction) => Promise<{ isKept: boolean; result: T }>, options: WriteOptions = {}): Promise<T> {
    const { isIdempotent = false, writer } = options;
    const timeoutMs = (options.timeoutMs ?? editTimeoutMs) * this.#patience;
    const deadline = new Deadline({ timeoutMs, graceMs, silenceMs: writeSilenceMs * this.#patience });
    const phase: { now: 'beginning' | 'working' | 'committing' } = { now: 'beginning' };
    try {
      return await this.#retrying(
        deadline,
        (handle) =>
          handle.use(
            'WRITE',
            deadline,
            async (beginning) => {
              const transaction = await beginning;
              if (deadline.isOver) throw new Abandoned(timeoutMs);
              phase.now = 'working';
              const { isKept, result } = await work(over(transaction, deadline));
              // Whoever waited was told that nothing was written.
              if (deadline.isOver) return result;
              if (isKept) {
                phase.now = 'committing';
                deadline.allowSilence();
                await transaction.commit();
              }
              return result;
            },
            writer,
          ),
        () => isIdempotent || phase.now === 'beginning',
      );
    } catch (error) {
      if (!isIdempotent && phase.now === 'committing' && !isCertainlyRefused(error)) throw new CommitUncertain(undefined, { cause: error });
      throw translateError(error, this.address, timeoutMs);
    }
  }

  /** What is under way is cut off. */
  async close(): Promise<void> {
    await this.#current.close();
  }

  async #retrying<T>(deadline: Deadline, attempt: (handle: DriverHandle) => Promise<T>, mayRepeat = () => true): Promise<T> {
    if (this.#refusal !== undefined && performance.now() < this.#refusal.until) throw this.#refusal.error;
    for (let pauseMs = 50; ; pauseMs *= 2) {
      const handle = this.#current;
      try {
        return await attempt(handle);
      } catch (error) {
        if (error instanceof Abandoned) this.#replace(handle);
        if (isUnauthenticated(error)) this.#refusal = { error, until: performance.now() + refusedMs };
        if (!isRetriable(error) || !mayRepeat()) throw error;
        // Servers that come back are not met by all at once.
        const waitMs = pauseMs * (0.8 + 0.4 * Math.random());
        if (deadline.spentMs() + waitMs > Math.min(deadline.timeoutMs, maxRetryMs * this.#patience)) throw error;
        await sleep(waitMs);
      }
    }
  }

  #replace(handle: DriverHandle): void {
    if (this.#current !== handle) return;
    this.#current = new DriverHandle(this.#openDriver);
    handle.retire();
  }
}

function over(transaction: DriverTransaction, deadline: Deadline): Transaction {
  return {
    run: <T>(query: string, parameters?: Record<string, unknown>, decode?: (row: Row) => T) =>
      decode === undefined
        ? readRows(transaction, deadline, query, parameters)
        : decodeRows(transaction, deadline, query, parameters, decode),
  } as Transaction;
}
