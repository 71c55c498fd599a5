import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { ExposureError } from '../../../domain/errors.ts';
import type { FactWrite, OnVisible, WriteOutcome } from '../../fact-write.ts';
import { buildWriteOutcome } from '../../plan/write-plan.ts';
import { kindTables } from '../kind-table.ts';
import { openDatabase, readAtLength } from '../open-database.ts';
import { Ledger } from '../read/ledger.ts';
import { LastChangeFile } from '../seals.ts';
import type { FileIdentity } from '../store-file.ts';
import { StoreFile } from '../store-file.ts';
import { translateError } from '../translate-error.ts';
import type { PlannedWrite } from './write-facts.ts';
import { commitWrite, previewWrite } from './write-facts.ts';
import { writeInThread } from './write-in-thread.ts';

const manyAssertions = 50_000;

export interface SqliteWriterOptions {
  /** The maximum wait of a write for another process, in ms. Default 30,000. */
  readonly busyWaitMs?: number;
  /** Writes of this many assertions or more run in a thread. Default: none does. */
  readonly threadFrom?: number;
}

interface WriterPlace {
  readonly path: string;
  /** The path must still lead to this file. */
  readonly file: FileIdentity;
}

/** Writes to an open store over a connection of its own, one write at a time. A large write has a thread with another connection. */
export class SqliteWriter {
  readonly place: WriterPlace;
  readonly #path: string;
  readonly #busyWaitMs: number;
  readonly #threadFrom: number;
  readonly #database: Database;
  readonly #file: StoreFile;
  readonly #lock: WriteLock;
  readonly #ledger: Ledger;
  readonly #lastChange: LastChangeFile;

  constructor(path: string, { busyWaitMs = 30_000, threadFrom = Infinity }: SqliteWriterOptions) {
    this.#path = path;
    this.#busyWaitMs = busyWaitMs;
    this.#threadFrom = threadFrom;
    this.#database = openDatabase(path);
    try {
      this.#file = new StoreFile(path);
      this.place = { path, file: this.#file.identity };
      this.#lastChange = new LastChangeFile(path);
      this.#ledger = new Ledger(this.#database);
      this.#lock = new WriteLock(this.#database, busyWaitMs, () => this.#ledger.invalidate());
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Throws if the path no longer leads to this file. */
  checkIsSame(): void {
    this.#file.checkIsSame();
  }

  async preview(write: FactWrite): Promise<WriteOutcome> {
    const { plan, revision, at } = await (this.#isLarge(write)
      ? this.#inThread('preview', write)
      : readAtLength(this.#path, ({ database, ledger }) => previewWrite(database, ledger, write)));
    return buildWriteOutcome(write, plan, revision, at);
  }

  async commit(write: FactWrite, onVisible?: OnVisible): Promise<WriteOutcome> {
    const { plan, revision, at } = await (this.#isLarge(write)
      ? this.#acknowledge(() => this.#lock.runWhileLocked(() => this.#inThread('commit', write, onVisible)))
      : this.run<PlannedWrite>((database, ledger) => commitWrite(database, ledger, write, onVisible)));
    if (write.assertions.length > manyAssertions) this.shrinkMemory();
    return buildWriteOutcome(write, plan, revision, at);
  }

  /** Runs `work` in one transaction. Rolls back if `work` throws or returns `isKept: false`. */
  run<T>(work: (database: Database, ledger: Ledger) => Promise<{ isKept: boolean; result: T }>): Promise<T> {
    return this.#acknowledge(() =>
      this.#lock.run(() => {
        this.#file.checkIsSame();
        return work(this.#database, this.#ledger.refresh());
      }),
    );
  }

  /** Leaves no byte of deleted rows in the files. */
  async purgeOldBytes(): Promise<void> {
    try {
      await purgeOldBytes(this.#database, this.#path);
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }

  /** A large import fills the page cache; smaller writes do not need that memory. */
  shrinkMemory(): void {
    if (this.#database.open) this.#database.pragma('shrink_memory');
  }

  /** Resolves once no write is running. */
  async idle(): Promise<void> {
    await this.#lock.idle();
  }

  close(): void {
    this.#database.close();
  }

  #isLarge({ assertions }: FactWrite): boolean {
    return assertions.length >= this.#threadFrom;
  }

  #inThread(task: 'commit' | 'preview', write: FactWrite, onVisible?: OnVisible): Promise<PlannedWrite> {
    this.#file.checkIsSame();
    return writeInThread({ task, ...this.place, busyWaitMs: this.#busyWaitMs }, write, onVisible);
  }

  async #acknowledge<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      if (this.#database.open) this.#lastChange.tryNote(this.#database);
      return result;
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }
}

const retryMs = 25;

/**
 * Lets one writer write at a time: a queue in this process, SQLite's lock between processes.
 *
 * SQLite blocks the whole process while it waits for its lock, so each wait is short and is retried.
 */
class WriteLock {
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

const purgeWaitMs = 10_000;
const purgeRetryMs = 50;

/** Deletes all writes and documents, inside a writing transaction. Deleted content is overwritten with zeros. */
export function clearRecords(database: Database): void {
  database.pragma('secure_delete = ON');
  const tables = [...[...kindTables.values()].map(({ name }) => name), 'write_seal', 'write', 'document'];
  for (const table of [...tables, 'imported_incident', 'imported_file', 'import', 'phrase']) database.exec(`DELETE FROM "${table}"`);
}

/**
 * Rewrites the file without free space, and empties the log: SQLite may keep copies of deleted rows in both.
 * Throws CONFLICT if another process reads the store for longer than 10 seconds.
 */
async function purgeOldBytes(database: Database, path: string): Promise<void> {
  const deadline = performance.now() + purgeWaitMs;
  for (;;) {
    if (tryPurge(database)) return;
    if (performance.now() > deadline) {
      throw new ExposureError(
        'CONFLICT',
        `The change is made, but another program is reading the store ${path}, so its log still holds old bytes. They are gone when that program has ended.`,
      );
    }
    await sleep(purgeRetryMs);
  }
}

function tryPurge(database: Database): boolean {
  try {
    database.exec('VACUUM');
    const [{ busy } = { busy: 1 }] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return busy === 0;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
