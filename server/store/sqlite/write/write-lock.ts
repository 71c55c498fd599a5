import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';

const retryMs = 25;

/**
 * Lets one writer write at a time: a queue in this process, SQLite's lock between processes.
 *
 * SQLite blocks the whole process while it waits for its lock, so each wait is short and is retried.
 */
export class WriteLock {
  readonly #database: Database;
  readonly #waitMs: number;
  readonly #onFailure: () => void;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param waitMs how long to wait for another process before SQLITE_BUSY is thrown
   * @param onFailure called after a failed transaction, before the next one begins
   */
  constructor(database: Database, waitMs: number, onFailure: () => void) {
    this.#database = database;
    this.#waitMs = waitMs;
    this.#onFailure = onFailure;
  }

  /** Runs `work` in one transaction. Rolls back if `work` throws or returns `isKept: false`. */
  run<T>(work: () => Promise<{ readonly isKept: boolean; readonly result: T }>): Promise<T> {
    return this.runWhileLocked(async () => {
      await this.#begin();
      try {
        const { isKept, result } = await work();
        this.#database.exec(isKept ? 'COMMIT' : 'ROLLBACK');
        return result;
      } catch (error) {
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
        this.#onFailure();
        throw error;
      }
    });
  }

  /** Runs `work` while no other write of this process runs, for a write over another connection. */
  runWhileLocked<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once no write of this process is running. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #begin(): Promise<void> {
    const deadline = performance.now() + this.#waitMs;
    for (;;) {
      try {
        this.#database.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        const isBusy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
        if (!isBusy || performance.now() > deadline) throw error;
      }
      await sleep(retryMs);
    }
  }
}
