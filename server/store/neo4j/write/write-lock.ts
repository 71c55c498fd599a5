import { setTimeout as sleep } from 'node:timers/promises';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { pollTimeoutMs } from '../connection/connection.ts';
import { codeOf, inSeconds } from '../connection/translate-error.ts';
import type { Head, Lease, LeaseHolder } from './head.ts';
import { lockHead, readHead } from './head.ts';
import { writeOnce } from './write-once.ts';

/** One transaction of a turn, which has locked the head while no writer holds the lease. */
export interface LockedWork<T> {
  readonly timeoutMs: number;
  run(transaction: Transaction, head: Head): Promise<{ readonly isKept: boolean; readonly result: T }>;
  /** Asked if the acknowledgment of the commit is lost: whether the transaction was committed. The head is locked. */
  isWritten(transaction: Transaction): Promise<boolean>;
}

/** The turn of one writer. */
export interface Turn {
  readonly by: string;
  /** Runs one transaction with the head locked, once no other writer holds lock or lease. Throws CONFLICT on timeout. */
  transact<T>(work: LockedWork<T>): Promise<T>;
  /** Rolls back what this turn staged under a lease; if the database does not answer, the next writer does. */
  rollBack(lease: Lease): Promise<void>;
}

/** Rolls back what the holder of a lease has staged, and ends the lease. */
export type RollBack = (nonce: string, by: string) => Promise<void>;

type Attempt<T> = { readonly result: T } | { readonly holder: LeaseHolder | undefined };

const retryMs = 50;
const findLockHolder =
  "SHOW TRANSACTIONS YIELD metaData, startTime, status WHERE metaData.exposureWriter IS NOT NULL AND NOT status STARTS WITH 'Blocked' RETURN metaData.exposureWriter, datetime(startTime).epochMillis ORDER BY 2 LIMIT 1";

/** Gives writers their turns: a queue in this process, the lock and the lease on the head between processes. */
export class WriteLock {
  readonly #connection: Connection;
  readonly #waitMs: number;
  readonly #rollBack: RollBack;
  /** Leases of failed writes of this process that could not be rolled back yet. No writer needs to wait until they expire. */
  readonly #abandoned = new Set<string>();
  #last: Promise<void> = Promise.resolve();
  #current: { readonly by: string; readonly since: number } | undefined;

  /** @param waitMs how long a write waits for other writers */
  constructor(connection: Connection, waitMs: number, rollBack: RollBack) {
    this.#connection = connection;
    this.#waitMs = waitMs;
    this.#rollBack = rollBack;
  }

  /** Runs `work` in its turn. On timeout, CONFLICT names the current writer. Throws what `work` throws. */
  async inTurn<T>(by: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#waitMs;
    const before = this.#last;
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => left);
    try {
      if (!(await isInTime(before, deadline))) throw this.#describeTimeout(this.#current);
      this.#current = { by, since: Date.now() };
      return await work({
        by,
        transact: (of) => this.#transact(by, deadline, of),
        rollBack: (lease) => this.#rollBackOwn(lease, by),
      });
    } finally {
      leave();
    }
  }

  /** Rolls back a staged write whose lease has expired, if there is one. */
  async rollBackExpired(by: string): Promise<void> {
    const { lease } = await this.#connection.read(readHead, { fresh: true });
    if (lease !== null && lease.leftMs <= 0) await this.inTurn(by, () => this.#rollBack(lease.nonce, by));
  }

  /** Resolves once no write of this process is running. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #transact<T>(by: string, until: number, work: LockedWork<T>): Promise<T> {
    for (let deadline = until; ; ) {
      const attempt = await this.#attempt(by, deadline, work);
      if ('result' in attempt) return attempt.result;
      const { holder } = attempt;
      if (holder !== undefined && (holder.leftMs <= 0 || this.#abandoned.has(holder.nonce))) {
        const start = performance.now();
        await this.#rollBack(holder.nonce, by);
        this.#abandoned.delete(holder.nonce);
        // The rollback was work, not waiting.
        deadline += performance.now() - start;
      } else if (performance.now() >= deadline) throw this.#describeTimeout(holder ?? (await this.#findHolder()));
      else await sleep(retryMs);
    }
  }

  /** Returns the result, or the holder of the lease; without either, the lock was not free in time. */
  async #attempt<T>(by: string, deadline: number, work: LockedWork<T>): Promise<Attempt<T>> {
    let phase: 'waiting' | 'locked' | 'given up' = 'waiting';
    let lockedNow: () => void = () => undefined;
    const locked = new Promise<void>((resolve) => {
      lockedNow = resolve;
    });
    const written = writeOnce<Attempt<T>>(
      this.#connection,
      async (transaction) => {
        const head = await lockHead(transaction);
        if (phase === 'given up') return { isKept: false, result: { holder: undefined } };
        phase = 'locked';
        lockedNow();
        if (head.lease !== null) return { isKept: false, result: { holder: head.lease } };
        const { isKept, result } = await work.run(transaction, head);
        return { isKept, result: { result } };
      },
      async (transaction) => {
        await lockHead(transaction);
        return await work.isWritten(transaction);
      },
      { timeoutMs: work.timeoutMs, writer: by },
    ).catch((error: unknown) => {
      // The transaction spent its time waiting for the lock, which is no error of the write.
      if (phase !== 'locked' && isWaitOver(error)) return { holder: undefined };
      throw error;
    });
    const either = Promise.race([locked, written]);
    if (!(await isInTime(either, deadline))) {
      // The transaction that still waits releases the lock as soon as it gets it, or times out.
      phase = 'given up';
      written.catch(() => undefined);
      return { holder: undefined };
    }
    return await written;
  }

  async #rollBackOwn({ nonce }: Lease, by: string): Promise<void> {
    try {
      await this.#rollBack(nonce, by);
    } catch {
      this.#abandoned.add(nonce);
    }
  }

  /** The writer that holds the lease or the lock, if the server reports it. Throws STORE_UNAVAILABLE if it does not answer. */
  async #findHolder(): Promise<{ by: string; since: number } | undefined> {
    const options = { timeoutMs: pollTimeoutMs, fresh: true };
    const { lease } = await this.#connection.read(readHead, options);
    if (lease !== null) return lease;
    try {
      const [row] = await this.#connection.read((transaction) => transaction.run(findLockHolder), options);
      return row === undefined ? undefined : { by: row[0] as string, since: row[1] as number };
    } catch (error) {
      if (error instanceof ExposureError && error.code === 'STORE_UNAVAILABLE') throw error;
      // Not every user may list the transactions of others.
      return undefined;
    }
  }

  #describeTimeout(holder: { readonly by: string; readonly since: number } | undefined): ExposureError {
    const who = holder === undefined ? 'Another writer is' : `${holder.by} has been`;
    const since = holder === undefined ? '' : ` since ${new Date(holder.since).toISOString()}`;
    return new ExposureError(
      'CONFLICT',
      `${who} writing to the store${since}, and this write waited the full ${inSeconds(this.#waitMs)}. Nothing was written; try again when that write has ended.`,
    );
  }
}

/** Whether `work` ends before the deadline, on the clock of `performance`. Throws what it throws. */
async function isInTime(work: Promise<unknown>, deadline: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, deadline - performance.now()));
  });
  try {
    return await Promise.race([work.then(() => true), over]);
  } finally {
    clearTimeout(timer);
  }
}

function isWaitOver(error: unknown): boolean {
  if (error instanceof ExposureError) return error.code === 'QUERY_TIMEOUT';
  return codeOf(error) === 'Neo.ClientError.Transaction.LockClientStopped';
}
