import { setTimeout as sleep } from 'node:timers/promises';
import type { BookmarkManager, Driver, Record as DriverRecord, Transaction as DriverTransaction, Session } from 'neo4j-driver';
import neo4j from 'neo4j-driver';
import type { DatabasePlace } from '../../fact-store.ts';
import {
  Abandoned,
  CommitUncertain,
  Deadline,
  isCertainlyRefused,
  isRetriable,
  isUnauthenticated,
  translateError,
} from './translate-error.ts';

/** Cells in the order of RETURN. */
export type Row = readonly unknown[];

export interface Transaction {
  /** All rows. Integers arrive as numbers. A number passed as a parameter is a float: wrap integers in `neo4j.int`. */
  run(query: string, parameters?: Record<string, unknown>): Promise<Row[]>;
  /** Decodes each row as it arrives, so that no row is kept. The array of a row is reused for the next one. */
  run<T>(query: string, parameters: Record<string, unknown>, decode: (row: Row) => T): Promise<T[]>;
}

export interface ReadOptions {
  /** Default 20,000. */
  readonly timeoutMs?: number;
  /** Reads from the leader of a cluster, which has every committed transaction. */
  readonly fresh?: boolean;
}

export interface WriteOptions {
  /** Default 20,000. */
  readonly timeoutMs?: number;
  /** Whether running the work twice has the same effect as once. If so, it is retried like a read, even after a lost acknowledgment. */
  readonly isIdempotent?: boolean;
  /** The writer, whom a CONFLICT names to waiting writers: `exposureWriter` in the metadata of the transaction. */
  readonly writer?: string;
}

/** A server that has just started plans each statement anew, which takes ten seconds and more on a busy machine. */
export const readTimeoutMs = 20_000;
export const editTimeoutMs = 20_000;
export const batchTimeoutMs = 60_000;
export const pollTimeoutMs = 2_000;

/** The longest time during which a failed request is retried. */
const maxRetryMs = 5_000;
/** How long a refused password is not tried again, because repeated wrong passwords lock the user out. */
const refusedMs = 30_000;
/** The server ends a transaction at its timeout and says so. Without that answer, the request is abandoned this much later. */
const graceMs = 1_000;

/**
 * How long a server may send neither a record nor the end of a statement before the network counts as lost. Reads allow the time
 * that a new server takes to plan a statement; writes more, because they wait for each other and a batch has one answer.
 */
const readSilenceMs = readTimeoutMs;
const writeSilenceMs = batchTimeoutMs;

/**
 * Transactions on one database of a Neo4j server or cluster, each with a timeout.
 *
 * The driver alone does not keep a timeout: a silent server holds a request until the network gives up. So every request has a
 * deadline here, and a shorter one since the last sign of the server. When either passes, the request and its network
 * connections are abandoned, and the next request opens new ones.
 *
 * These deadlines tell a database that is down from one that works. They are no limit of a question: questions/run/time-limit.ts ends a
 * question, whose reads may go on here for others.
 *
 * All transactions share bookmarks: each sees what earlier ones wrote or read, on any member of a cluster.
 */
export class Connection {
  /** The address for messages: without user and password. */
  readonly address: string;
  // Private, so that no message and no log shows the password.
  readonly #place: DatabasePlace;
  readonly #openDriver: OpenDriver;
  readonly #patience: number;
  #current: DriverHandle;
  #refusal: { readonly error: unknown; readonly until: number } | undefined;

  /**
   * @param place where the driver leads
   * @param openDriver opens a driver; called again when one is abandoned
   */
  constructor(address: string, place: DatabasePlace, openDriver: OpenDriver) {
    this.address = address;
    this.#place = place;
    this.#patience = place.patience;
    this.#openDriver = openDriver;
    this.#current = new DriverHandle(openDriver);
  }

  get place(): DatabasePlace {
    return this.#place;
  }

  /**
   * Runs `work` in a reading transaction and retries it on a transient failure, so `work` must have no side effects. Throws
   * STORE_UNAVAILABLE, QUERY_TIMEOUT, and what `work` throws.
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
   * Runs `work` once in a writing transaction. Commits if `isKept`; rolls back otherwise, and if `work` throws.
   *
   * Throws STORE_UNAVAILABLE, QUERY_TIMEOUT and what `work` throws: nothing was written. Throws CommitUncertain if the
   * acknowledgment of the commit never arrived: see write-once.ts.
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
              // The caller already has the error that says that nothing was written.
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

  /** Cuts off running requests. */
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
        // Jitter: not all servers retry at the same time.
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

interface OpenedDriver {
  readonly driver: Driver;
  /** Absent: the server's default for this user. */
  readonly database: string | undefined;
}

type OpenDriver = () => OpenedDriver;

/** A transaction that begins with its first statement, or when it is awaited. */
type BeginningTransaction = ReturnType<Session['beginTransaction']>;

type AccessMode = 'READ' | 'WRITE';

/** A driver that can be retired: it takes no new request, and closes when its last running request has ended. */
class DriverHandle {
  readonly #opened: OpenedDriver;
  readonly #bookmarks: BookmarkManager = neo4j.bookmarkManager();
  readonly #requests = new Set<symbol>();
  #isRetired = false;

  constructor(openDriver: OpenDriver) {
    this.#opened = openDriver();
  }

  /**
   * Runs `work` with a transaction, and rolls it back if `work` leaves it open. Throws what `work` throws, and Abandoned.
   */
  async use<T>(mode: AccessMode, deadline: Deadline, work: (transaction: BeginningTransaction) => Promise<T>, writer?: string): Promise<T> {
    const request = Symbol();
    this.#requests.add(request);
    try {
      return await deadline.bound(this.#run(mode, deadline.leftMs(), work, writer));
    } finally {
      this.#requests.delete(request);
      if (this.#isRetired) this.#closeWhenIdle();
    }
  }

  /** Closes the driver once it is idle. Its running requests may still succeed: a long write, say, that kept the server busy. */
  retire(): void {
    this.#isRetired = true;
    this.#closeWhenIdle();
  }

  /** Cuts off running requests. */
  async close(): Promise<void> {
    await this.#opened.driver.close();
  }

  #closeWhenIdle(): void {
    // Closing a dead connection may fail, which does not matter.
    if (this.#requests.size === 0) this.close().catch(() => undefined);
  }

  async #run<T>(
    mode: AccessMode,
    timeoutMs: number,
    work: (transaction: BeginningTransaction) => Promise<T>,
    writer: string | undefined,
  ): Promise<T> {
    const { driver, database } = this.#opened;
    const session = driver.session({
      defaultAccessMode: mode,
      ...(database !== undefined && { database }),
      bookmarkManager: this.#bookmarks,
      fetchSize: -1,
    });
    try {
      return await work(
        session.beginTransaction({ timeout: timeoutMs, ...(writer !== undefined && { metadata: { exposureWriter: writer } }) }),
      );
    } finally {
      await session.close();
    }
  }
}

/** All rows of a statement, cells in the order of RETURN. Each row is a sign of life to the deadline. */
function readRows(
  transaction: DriverTransaction,
  deadline: Deadline,
  query: string,
  parameters: Record<string, unknown> | undefined,
): Promise<Row[]> {
  return readEach(transaction, deadline, query, parameters, (record) => copyCells(record, new Array(record.length)));
}

/** Decodes each row of a statement as it arrives. The array of a row is reused for the next one. */
function decodeRows<T>(
  transaction: DriverTransaction,
  deadline: Deadline,
  query: string,
  parameters: Record<string, unknown> | undefined,
  decode: (row: Row) => T,
): Promise<T[]> {
  const row: unknown[] = [];
  return readEach(transaction, deadline, query, parameters, (record) => decode(copyCells(record, row)));
}

/** Copies the cells, so that the driver's record, which is several objects, is not kept. */
function copyCells(record: DriverRecord, row: unknown[]): Row {
  for (let column = 0; column < record.length; column++) row[column] = record.get(column);
  return row;
}

function readEach<T>(
  transaction: DriverTransaction,
  deadline: Deadline,
  query: string,
  parameters: Record<string, unknown> | undefined,
  decode: (record: DriverRecord) => T,
): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const decoded: T[] = [];
    let failure: { readonly error: unknown } | undefined;
    transaction.run(query, parameters).subscribe({
      onNext: (record) => {
        deadline.noteSign();
        if (failure !== undefined) return;
        try {
          decoded.push(decode(record));
        } catch (error) {
          // The driver would take an error thrown here for a fault of the connection.
          failure = { error };
        }
      },
      onCompleted: () => {
        deadline.noteSign();
        if (failure === undefined) resolve(decoded);
        else reject(failure.error);
      },
      onError: reject,
    });
  });
}
