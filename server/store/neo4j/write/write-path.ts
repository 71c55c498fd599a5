import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { CommitUncertain } from '../connection/translate-error.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import { closeGate } from '../read/publication-gate.ts';
import type { HeadPosition, Lease } from './head.ts';
import { lockHead, moveHead } from './head.ts';
import type { WriteEvent } from './write-event.ts';
import { isPublished } from './write-event.ts';

/** The way of one write into the database: one transaction, or many under a lease. The write itself is the same for both. */
export interface WritePath {
  /** Identifies the write if the acknowledgment of its commit gets lost. */
  readonly nonce: string;
  /** The published writes, which the write builds on. */
  readonly writes: PublishedWrites;
  /** The instant of the last published event: epoch ms. */
  readonly lastAt: number;

  /** Reads what is published and what earlier settled batches staged. */
  read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /**
   * Stages a batch of statements that belong together. Resolves when the caller may prepare the next batch, while the database
   * still works on this one. Batches run in order. Throws what an earlier batch threw.
   */
  batch(run: (transaction: Transaction) => Promise<unknown>): Promise<void>;

  /** Waits for all batches. Throws what one of them threw. */
  settle(): Promise<void>;

  /** Adds statements to the publishing transaction: for documents, which readers see as soon as they are committed. */
  atPublish(run: (transaction: Transaction) => Promise<unknown>): void;
}

/** How many batches may be running or ready: one runs while the next one waits. */
const maxBatches = 2;

/** The running batches. The next `add`, or `settle`, throws what one of them threw. */
class Batches {
  readonly #running: Promise<unknown>[] = [];

  /** Resolves when the caller may prepare the next batch. */
  async add(batch: Promise<unknown>): Promise<void> {
    // The failure is thrown later; until then it must not count as unhandled.
    batch.catch(() => undefined);
    this.#running.push(batch);
    if (this.#running.length >= maxBatches) await this.#running.shift();
  }

  async settle(): Promise<void> {
    while (this.#running.length > 0) await this.#running.shift();
  }
}

/** A write in one transaction, which has locked the head. Committing the transaction publishes the write. */
export class OneTransaction implements WritePath {
  readonly nonce: string;
  readonly writes: PublishedWrites;
  readonly lastAt: number;
  readonly #transaction: Transaction;
  readonly #batches = new Batches();
  readonly #atPublish: ((transaction: Transaction) => Promise<unknown>)[] = [];

  constructor(transaction: Transaction, nonce: string, writes: PublishedWrites, lastAt: number) {
    this.#transaction = transaction;
    this.nonce = nonce;
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

  atPublish(run: (transaction: Transaction) => Promise<unknown>): void {
    this.#atPublish.push(run);
  }

  async publish(to: HeadPosition): Promise<void> {
    await this.settle();
    for (const run of this.#atPublish) await run(this.#transaction);
    await moveHead(this.#transaction, to);
    await closeGate(this.#transaction);
  }
}

/**
 * A write in many transactions under a lease, for writes that exceed the server's memory for one.
 *
 * Its rows are staged: they are numbered above the head, where no reader looks. The last transaction, a small one, moves the
 * head and so publishes all of them. upkeep/roll-back.ts removes the staged rows of a write that ends before that.
 */
export class StagedTransactions implements WritePath {
  readonly nonce: string;
  readonly writes: PublishedWrites;
  readonly lastAt: number;
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #batches = new Batches();
  readonly #atPublish: ((transaction: Transaction) => Promise<unknown>)[] = [];
  /** Resolves when the batch before has locked the head. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection, lease: Lease, writes: PublishedWrites, lastAt: number) {
    this.#connection = connection;
    this.#lease = lease;
    this.nonce = lease.nonce;
    this.writes = writes;
    this.lastAt = lastAt;
  }

  async read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    await this.#lease.keep().catch(refuseUncertain);
    return await this.#connection.read(work, { fresh: true, timeoutMs: batchTimeoutMs });
  }

  async batch(run: (transaction: Transaction) => Promise<unknown>): Promise<void> {
    const before = this.#before;
    let locked: () => void = () => undefined;
    const batch = before.then(() => this.#lease.write(run, () => locked())).catch(refuseUncertain);
    this.#before = Promise.race([
      new Promise<void>((resolve) => {
        locked = resolve;
      }),
      batch,
    ]);
    this.#before.catch(() => undefined);
    await this.#batches.add(batch);
  }

  async settle(): Promise<void> {
    await this.#batches.settle();
  }

  atPublish(run: (transaction: Transaction) => Promise<unknown>): void {
    this.#atPublish.push(run);
  }

  /** Throws STORE_UNAVAILABLE. Its message says whether the write was published, or that this is unknown. */
  async publish(to: HeadPosition): Promise<void> {
    await this.settle();
    await this.#lease.end(
      async (transaction) => {
        for (const run of this.#atPublish) await run(transaction);
        await moveHead(transaction, to);
      },
      async (transaction) => {
        await lockHead(transaction);
        return await isPublished(transaction, this.nonce);
      },
    );
  }

  /** Ends the lease of a write that staged nothing. */
  async cancel(): Promise<void> {
    await this.settle();
    await this.#lease.end(
      async () => undefined,
      async () => true,
    );
  }
}

/** A batch may or may not be committed; either way it is not published, so the write can be rolled back. */
function refuseUncertain(error: unknown): never {
  if (!(error instanceof CommitUncertain)) throw error;
  throw new ExposureError(
    'STORE_UNAVAILABLE',
    'The connection to the database was lost in the middle of a large write. Nothing was written; try again.',
    { cause: error },
  );
}

/** Moves a staged event to the instant of its end, for a write with a clock. @returns the head that publishes the event */
export function endEvent(path: Pick<WritePath, 'atPublish'>, event: WriteEvent, clock: (() => number) | undefined): HeadPosition {
  if (clock === undefined) return event;
  const { seq, revision } = event;
  const at = Math.max(event.at, Math.trunc(clock()));
  path.atPublish((transaction) =>
    transaction.run('MATCH (event:ExposureWrite {seq: $seq}) SET event.at = $at', { seq: int(seq), at: int(at) }),
  );
  return { seq, revision, at };
}
