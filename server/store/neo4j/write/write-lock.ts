import { setTimeout as sleep } from 'node:timers/promises';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { pollTimeoutMs } from '../connection/connection.ts';
import { codeOf } from '../connection/translate-error.ts';
import { writeOnce } from './write-once.ts';

/** The one node that says what is published, as a writer that has locked it sees it. */
export interface Marker {
  readonly revision: number;
  /** The number of the last published event. */
  readonly seq: number;
  /** The instant of the last published event: epoch ms. */
  readonly lastAt: number;
  readonly staging: Staging | null;
}

/** Somebody who writes in several transactions. */
export interface Staging {
  readonly nonce: string;
  readonly by: string;
  /** Epoch ms. */
  readonly since: number;
  /** Until others may take the writing over; not above 0: they may. */
  readonly leaseLeftMs: number;
}

/** One transaction of a turn: it holds the marker, and nobody stages. */
export interface MarkedWork<T> {
  readonly timeoutMs: number;
  run(transaction: Transaction, marker: Marker): Promise<{ readonly isKept: boolean; readonly result: T }>;
  /** Whether what it wrote is there, should the acknowledgement get lost. The marker is locked. */
  isWritten(transaction: Transaction): Promise<boolean>;
}

/** What a writer may do while it is its turn. */
export interface Turn {
  readonly by: string;
  /** Runs `work` in one transaction that holds the marker, once nobody else writes. Throws CONFLICT. */
  transact<T>(work: MarkedWork<T>): Promise<T>;
}

type Attempt<T> = { readonly result: T } | { readonly staging: Staging | undefined };

/** Puts right what a writer that is gone had begun. */
export type Recover = (abandoned: Staging, by: string) => Promise<void>;

const retryMs = 50;
const lock = 'MATCH (m:ExposureStore {id: 1}) SET m.id = 1';
const read =
  'MATCH (m:ExposureStore {id: 1}) RETURN m.revision, m.seq, m.lastAt, m.staging, m.stagingBy, m.stagingSince, m.leaseAt - datetime.realtime().epochMillis';
const findHolder =
  "SHOW TRANSACTIONS YIELD metaData, startTime, status WHERE metaData.exposureWriter IS NOT NULL AND NOT status STARTS WITH 'Blocked' RETURN metaData.exposureWriter, datetime(startTime).epochMillis ORDER BY 2 LIMIT 1";

/** Locks the marker, waiting for whoever has it, until the transaction ends. */
export async function lockMarker(transaction: Transaction): Promise<Marker> {
  // The marker is read by a statement of its own, so that nothing of it was read before it was locked.
  const [, marker] = await Promise.all([transaction.run(lock), readMarker(transaction)]);
  return marker;
}

export async function readMarker(transaction: Transaction): Promise<Marker> {
  const rows = await transaction.run(read);
  const [revision, seq, lastAt, nonce, stagingBy, since, leaseLeftMs] = rows[0] as [
    number,
    number,
    number,
    string | null,
    string,
    number,
    number,
  ];
  return { revision, seq, lastAt, staging: nonce === null ? null : { nonce, by: stagingBy, since, leaseLeftMs } };
}

/**
 * One writer at a time: in this process by a queue, between processes by the marker, which every write locks first.
 *
 * Who has waited too long is told for whom, and has written nothing.
 */
export class WriteLock {
  /** Stagings of this process that failed and could not be put right: nobody needs to wait for their leases. */
  readonly abandoned = new Set<string>();
  readonly #connection: Connection;
  readonly #waitMs: number;
  readonly #recover: Recover;
  #last: Promise<void> = Promise.resolve();
  #holder: { readonly by: string; readonly since: number } | undefined;

  /** @param waitMs how long others may write before a write of ours is given up */
  constructor(connection: Connection, waitMs: number, recover: Recover) {
    this.#connection = connection;
    this.#waitMs = waitMs;
    this.#recover = recover;
  }

  /** Runs `work` when it is its turn. Throws CONFLICT where others write for too long, and what `work` throws. */
  async inTurn<T>(by: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#waitMs;
    const before = this.#last;
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => left);
    try {
      if (!(await isInTime(before, deadline))) throw this.#describeWait(this.#holder);
      this.#holder = { by, since: Date.now() };
      return await work({ by, transact: (of) => this.#transact(by, deadline, of) });
    } finally {
      leave();
    }
  }

  /** Puts right what a writer that is gone had begun, if its lease has run out. */
  async recoverExpired(by: string): Promise<void> {
    const { staging } = await this.#connection.read(readMarker, { fresh: true });
    if (staging !== null && staging.leaseLeftMs <= 0) await this.inTurn(by, () => this.#recover(staging, by));
  }

  /** Resolves when nobody writes in this process. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #transact<T>(by: string, until: number, work: MarkedWork<T>): Promise<T> {
    for (let deadline = until; ; ) {
      const attempt = await this.#attempt(by, deadline, work);
      if ('result' in attempt) return attempt.result;
      const { staging } = attempt;
      if (staging !== undefined && (staging.leaseLeftMs <= 0 || this.abandoned.has(staging.nonce))) {
        const start = performance.now();
        await this.#recover(staging, by);
        this.abandoned.delete(staging.nonce);
        // That was work, and no waiting for others.
        deadline += performance.now() - start;
      } else if (performance.now() >= deadline) throw this.#describeWait(staging ?? (await this.#findHolder()));
      else await sleep(retryMs);
    }
  }

  /** @returns the result, or who stages; neither where the marker could not be locked in time */
  async #attempt<T>(by: string, deadline: number, work: MarkedWork<T>): Promise<Attempt<T>> {
    let phase: 'waiting' | 'locked' | 'given up' = 'waiting';
    let lockedNow: () => void = () => undefined;
    const locked = new Promise<void>((resolve) => {
      lockedNow = resolve;
    });
    const written = writeOnce<Attempt<T>>(
      this.#connection,
      async (transaction) => {
        const marker = await lockMarker(transaction);
        if (phase === 'given up') return { isKept: false, result: { staging: undefined } };
        phase = 'locked';
        lockedNow();
        if (marker.staging !== null) return { isKept: false, result: { staging: marker.staging } };
        const { isKept, result } = await work.run(transaction, marker);
        return { isKept, result: { result } };
      },
      async (transaction) => {
        await lockMarker(transaction);
        return await work.isWritten(transaction);
      },
      { timeoutMs: work.timeoutMs, writer: by },
    ).catch((error: unknown) => {
      // The time of the transaction was spent on waiting: that is no fault of it.
      if (phase !== 'locked' && isWaitOver(error)) return { staging: undefined };
      throw error;
    });
    const either = Promise.race([locked, written]);
    if (!(await isInTime(either, deadline))) {
      // What still waits for the lock gives it back at once, or ends with its own time.
      phase = 'given up';
      written.catch(() => undefined);
      return { staging: undefined };
    }
    return await written;
  }

  /** Who stages or holds the lock, as far as the server tells. Throws STORE_UNAVAILABLE where it says nothing at all. */
  async #findHolder(): Promise<{ by: string; since: number } | undefined> {
    const options = { timeoutMs: pollTimeoutMs, fresh: true };
    const { staging } = await this.#connection.read(readMarker, options);
    if (staging !== null) return staging;
    try {
      const [row] = await this.#connection.read((transaction) => transaction.run(findHolder), options);
      return row === undefined ? undefined : { by: row[0] as string, since: row[1] as number };
    } catch (error) {
      if (error instanceof ExposureError && error.code === 'STORE_UNAVAILABLE') throw error;
      // Not everybody may see the transactions of others.
      return undefined;
    }
  }

  #describeWait(holder: { readonly by: string; readonly since: number } | undefined): ExposureError {
    const who = holder === undefined ? 'Somebody else' : `${holder.by}, since ${new Date(holder.since).toISOString()},`;
    return new ExposureError(
      'CONFLICT',
      `${who} is writing to the store, and was waited for ${this.#waitMs / 1000} s. Nothing was written; try again when that is done.`,
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
