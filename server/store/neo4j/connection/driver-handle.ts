import neo4j, { type BookmarkManager, type Driver, type Session } from 'neo4j-driver';
import type { Deadline } from './deadline.ts';

export interface OpenedDriver {
  readonly driver: Driver;
  /** Absent: the server's default for this user. */
  readonly database: string | undefined;
}

export type OpenDriver = () => OpenedDriver;

/** A transaction that begins with its first statement, or when it is awaited. */
export type BeginningTransaction = ReturnType<Session['beginTransaction']>;

export type AccessMode = 'READ' | 'WRITE';

/** A driver that can be retired: it takes no new request, and closes when its last running request has ended. */
export class DriverHandle {
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
