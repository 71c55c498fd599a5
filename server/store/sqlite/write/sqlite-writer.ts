import type { Database } from 'better-sqlite3';
import { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import type { BackgroundWrite } from '../../fact-store.ts';
import type { FactWrite, OnVisible, WriteOutcome } from '../../fact-write.ts';
import type { PlanProgress } from '../../plan/plan-write.ts';
import { buildWriteOutcome } from '../../plan/write-outcome.ts';
import { openDatabase } from '../open-database.ts';
import { Ledger } from '../read/ledger.ts';
import { readAtLength } from '../read/snapshot.ts';
import { LastChangeFile } from '../seals/last-change.ts';
import { StoreFile } from '../store-file.ts';
import { translateError } from '../translate-error.ts';
import type { WriterPlace } from './background-writer.ts';
import { BackgroundWriter } from './background-writer.ts';
import { purgeOldBytes } from './purge.ts';
import { commitWrite, type PlannedWrite, previewWrite } from './write-facts.ts';
import { writeInThread } from './write-in-thread.ts';
import { WriteLock } from './write-lock.ts';

const manyAssertions = 50_000;

export interface SqliteWriterOptions {
  /** The maximum wait of a write for another process, in ms. Default 30,000. */
  readonly busyWaitMs?: number;
  /** Writes of this many assertions or more run in a thread. Default: none does. */
  readonly threadFrom?: number;
  /** Imports of this many rows or more are written in a thread while they are planned here. Blocks the event loop. Default: none is. */
  readonly planInBackgroundFrom?: number;
}

/**
 * Writes to an open store over a connection of its own, one write at a time. A large write has a thread with another connection, or is
 * inserted by a thread while it is planned here.
 */
export class SqliteWriter {
  readonly place: WriterPlace;
  readonly #path: string;
  readonly #busyWaitMs: number;
  readonly #threadFrom: number;
  readonly #planInBackgroundFrom: number;
  readonly #database: Database;
  readonly #file: StoreFile;
  readonly #lock: WriteLock;
  readonly #ledger: Ledger;
  readonly #lastChange: LastChangeFile;

  constructor(path: string, { busyWaitMs = 30_000, threadFrom = Infinity, planInBackgroundFrom = Infinity }: SqliteWriterOptions) {
    this.#path = path;
    this.#busyWaitMs = busyWaitMs;
    this.#threadFrom = threadFrom;
    this.#planInBackgroundFrom = planInBackgroundFrom;
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

  async commit(write: FactWrite, onVisible?: OnVisible, backgroundWrite?: BackgroundWriter): Promise<WriteOutcome> {
    const { plan, revision, at } = await (this.#isLarge(write)
      ? this.#acknowledge(() => this.#lock.runWhileLocked(() => this.#inThread('commit', write, onVisible)))
      : this.#commitHere(write, onVisible, backgroundWrite));
    if (write.assertions.length > manyAssertions) this.shrinkMemory();
    return buildWriteOutcome(write, plan, revision, at);
  }

  beginBackgroundWrite(): BackgroundWrite {
    const backgroundWrite = this.#openBackgroundWriter();
    return {
      take: (rows) => backgroundWrite.take(rows),
      abandon: () => backgroundWrite.abandon(),
      commit: async (write, onVisible) => {
        if (backgroundWrite.fits(write)) return this.commit(write, onVisible, backgroundWrite);
        await backgroundWrite.abandon();
        return this.commit(write, onVisible);
      },
    };
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

  async #commitHere(write: FactWrite, onVisible?: OnVisible, backgroundWrite?: BackgroundWriter): Promise<PlannedWrite> {
    const writer = backgroundWrite ?? (this.#isPlannedInBackground(write) ? this.#openBackgroundWriter() : undefined);
    const written = writer && (await this.#commitInBackground(write, writer));
    return written ?? this.run<PlannedWrite>((database, ledger) => commitWrite(database, ledger, write, onVisible));
  }

  /** Undefined: nothing was written, because the plan differs from what was inserted. */
  async #commitInBackground(write: FactWrite, backgroundWrite: BackgroundWriter): Promise<PlannedWrite | undefined> {
    const plan = (progress: PlanProgress) =>
      readAtLength(this.#path, ({ database, ledger }): Promise<PlannedWrite> => previewWrite(database, ledger, write, progress));
    try {
      this.#file.checkIsSame();
      return await this.#acknowledge(() => this.#lock.runWhileLocked(() => backgroundWrite.commit(write, plan)));
    } finally {
      await backgroundWrite.abandon();
    }
  }

  #openBackgroundWriter(): BackgroundWriter {
    return new BackgroundWriter(this.place, this.#busyWaitMs);
  }

  #isLarge({ assertions }: FactWrite): boolean {
    return assertions.length >= this.#threadFrom;
  }

  #isPlannedInBackground({ assertions, import: from }: FactWrite): boolean {
    return from !== undefined && assertions.length >= this.#planInBackgroundFrom && assertions instanceof PackedAssertions;
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
