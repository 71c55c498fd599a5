import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';

const retryMs = 25;

/**
 * One writer at a time: in this process by a queue, between processes by SQLite's lock.
 *
 * SQLite waits by blocking the whole process, so it waits but shortly and is asked again.
 */
export class WriteLock {
  readonly #database: Database;
  readonly #waitMs: number;
  readonly #onFailure: () => void;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param waitMs how long another process may write before SQLITE_BUSY is thrown
   * @param onFailure called when a transaction failed, before the next one begins
   */
  constructor(database: Database, waitMs: number, onFailure: () => void) {
    this.#database = database;
    this.#waitMs = waitMs;
    this.#onFailure = onFailure;
  }

  /** Runs `work` in one transaction, which is rolled back where it throws or answers that nothing is to be kept. */
  run<T>(work: () => Promise<{ readonly isKept: boolean; readonly result: T }>): Promise<T> {
    const turn = this.#last.then(async () => {
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
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when nobody writes in this process. */
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
