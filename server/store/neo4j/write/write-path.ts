import type { Transaction } from '../connection/connection.ts';
import type { PublishedWrites } from '../log/ledger.ts';

/** How a write reaches the database: all of it in one transaction, or staged in several (staged-write.ts). */
export interface WritePath {
  /** What the write builds on: what is published and, where several events are staged, those before it. */
  readonly writes: PublishedWrites;
  /** The instant of the last event: epoch ms. */
  readonly lastAt: number;

  /** Reads as of all batches that were settled. */
  read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /**
   * Takes statements that belong together. The next batch can be made ready when this resolves: the database is then still
   * at work on this one. Batches are carried out in their order. Throws what an earlier one threw.
   */
  batch(run: (transaction: Transaction) => Promise<unknown>): Promise<void>;

  /** Waits for all batches. Throws what one of them threw. */
  settle(): Promise<void>;

  /** Notes what must not be seen before the write is: it is run last. */
  atLast(run: (transaction: Transaction) => Promise<unknown>): void;
}

/** So many batches are under way or ready: while the database works at one, the next is waiting for it. */
const inFlight = 2;

/** Batches under way. A failure is thrown to whoever adds the next, or waits for all. */
export class Batches {
  readonly #running: Promise<unknown>[] = [];

  /** Resolves when the batch after this one may be made ready. */
  async add(batch: Promise<unknown>): Promise<void> {
    // It is looked at later; until then nobody else is to complain about it.
    batch.catch(() => undefined);
    this.#running.push(batch);
    if (this.#running.length >= inFlight) await this.#running.shift();
  }

  async settle(): Promise<void> {
    while (this.#running.length > 0) await this.#running.shift();
  }
}

/** A write in one transaction that holds the marker. */
export class OneTransaction implements WritePath {
  readonly writes: PublishedWrites;
  readonly lastAt: number;
  readonly #transaction: Transaction;
  readonly #batches = new Batches();
  readonly #atLast: ((transaction: Transaction) => Promise<unknown>)[] = [];

  constructor(transaction: Transaction, writes: PublishedWrites, lastAt: number) {
    this.#transaction = transaction;
    this.writes = writes;
    this.lastAt = lastAt;
  }

  async read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return work(this.#transaction);
  }

  async batch(run: (transaction: Transaction) => Promise<unknown>): Promise<void> {
    await this.#batches.add(run(this.#transaction));
  }

  async settle(): Promise<void> {
    await this.#batches.settle();
  }

  atLast(run: (transaction: Transaction) => Promise<unknown>): void {
    this.#atLast.push(run);
  }

  /** Runs what was left for the end. */
  async finish(): Promise<void> {
    await this.settle();
    for (const run of this.#atLast) await run(this.#transaction);
  }
}
