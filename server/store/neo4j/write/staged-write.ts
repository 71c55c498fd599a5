import { randomUUID } from 'node:crypto';
import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs, editTimeoutMs } from '../connection/connection.ts';
import { CommitUncertain } from '../connection/translate-error.ts';
import type { EventRow, Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { closeGate } from '../read/publication-gate.ts';
import { isPublished } from './write-event.ts';
import type { Marker, Turn } from './write-lock.ts';
import { lockMarker } from './write-lock.ts';
import { writeOnce } from './write-once.ts';
import type { WritePath } from './write-path.ts';
import { Batches } from './write-path.ts';

/** So long others believe that a staging whose batches have stopped goes on. */
export const defaultLeaseMs = 20_000;

/** Locks first and looks then, so that what is looked at stays so. */
const lock = 'MATCH (m:ExposureStore {id: 1}) SET m.id = 1';
const renew =
  'MATCH (m:ExposureStore {id: 1}) WHERE m.staging = $nonce SET m.leaseAt = datetime.realtime().epochMillis + $leaseMs RETURN m.seq';
export const takeStaging =
  'MATCH (m:ExposureStore {id: 1}) SET m.staging = $nonce, m.stagingBy = $by, m.stagingSince = datetime.realtime().epochMillis, m.leaseAt = datetime.realtime().epochMillis + $leaseMs';
const isTaken = 'MATCH (m:ExposureStore {id: 1}) WHERE m.staging = $nonce RETURN 1';
export const endStaging = 'MATCH (m:ExposureStore {id: 1}) REMOVE m.staging, m.stagingBy, m.stagingSince, m.leaseAt';

/** Who may write in several transactions: the marker names it, and others keep away until its lease has run out. */
export class Lease {
  readonly nonce: string;
  readonly #connection: Connection;
  readonly #leaseMs: number;
  #renewedAt = performance.now();

  constructor(connection: Connection, leaseMs: number, nonce: string = randomUUID()) {
    this.#connection = connection;
    this.#leaseMs = leaseMs;
    this.nonce = nonce;
  }

  /** To be run with the marker locked. */
  async take(transaction: Transaction, by: string): Promise<void> {
    await transaction.run(takeStaging, { nonce: this.nonce, by, leaseMs: int(this.#leaseMs) });
    this.#renewedAt = performance.now();
  }

  /**
   * One transaction that is kept only where the lease still holds. `onLocked` is called when it has its turn: what is begun
   * after that comes after it.
   * Throws STORE_UNAVAILABLE where others have taken over, CommitUncertain, and what `run` throws.
   */
  async write<T>(run: (transaction: Transaction) => Promise<T>, onLocked: () => void = () => undefined): Promise<T> {
    return await this.#connection.write(this.#fenced(run, onLocked), { timeoutMs: batchTimeoutMs });
  }

  /** As `write`, for what ends the lease; whether it was written is found out where the acknowledgement is lost. */
  async end<T>(run: (transaction: Transaction) => Promise<T>, isWritten: (transaction: Transaction) => Promise<boolean>): Promise<T> {
    const ending = async (transaction: Transaction) => {
      const result = await run(transaction);
      await transaction.run(endStaging);
      return result;
    };
    return await writeOnce(this.#connection, this.#fenced(ending), isWritten, { timeoutMs: batchTimeoutMs });
  }

  #fenced<T>(run: (transaction: Transaction) => Promise<T>, onLocked: () => void = () => undefined) {
    const parameters = { nonce: this.nonce, leaseMs: int(this.#leaseMs) };
    return async (transaction: Transaction): Promise<{ isKept: boolean; result: T }> => {
      const holds = transaction.run(lock).then(onLocked);
      const before = transaction.run(renew, parameters);
      const work = run(transaction);
      const [rows, result] = await Promise.all([before, work, holds]);
      if (rows.length === 0) throw lostLease();
      // A batch may have taken long.
      await Promise.all([transaction.run(renew, parameters), closeGate(transaction)]);
      this.#renewedAt = performance.now();
      return { isKept: true, result };
    };
  }

  /** To be called now and then where no batches are written. Throws STORE_UNAVAILABLE where others have taken over. */
  async keep(): Promise<void> {
    if (performance.now() - this.#renewedAt > this.#leaseMs / 4) await this.write(async () => undefined);
  }
}

function lostLease(): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    'This write did nothing for so long that another took its turn. Nothing was written; try again.',
  );
}

/**
 * A write in several transactions, for what is more than the server's memory takes in one. It may be of several events.
 *
 * Its batches go into graph and log under numbers above the published one, where no reader looks; the last transaction, a
 * small one, publishes them all. What is left of it where it ends before that is put back by recover.ts.
 */
export class StagedWrite implements WritePath {
  readonly nonce: string;
  readonly #connection: Connection;
  readonly #lease: Lease;
  readonly #batches = new Batches();
  readonly #atLast: ((transaction: Transaction) => Promise<unknown>)[] = [];
  #writes: PublishedWrites;
  #lastAt: number;
  /** Resolves when the batch before has its turn. */
  #before: Promise<unknown> = Promise.resolve();

  private constructor(connection: Connection, lease: Lease, writes: PublishedWrites, marker: Marker) {
    this.nonce = lease.nonce;
    this.#connection = connection;
    this.#lease = lease;
    this.#writes = writes;
    this.#lastAt = marker.lastAt;
  }

  /** Throws CONFLICT where others write for too long. */
  static async begin(connection: Connection, turn: Turn, ledger: Neo4jLedger, lease: Lease): Promise<StagedWrite> {
    return await turn.transact({
      timeoutMs: editTimeoutMs,
      run: async (transaction, marker) => {
        const writes = await ledger.refresh(transaction);
        await lease.take(transaction, turn.by);
        return { isKept: true, result: new StagedWrite(connection, lease, writes, marker) };
      },
      isWritten: async (transaction) => (await transaction.run(isTaken, { nonce: lease.nonce })).length > 0,
    });
  }

  get writes(): PublishedWrites {
    return this.#writes;
  }

  get lastAt(): number {
    return this.#lastAt;
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

  atLast(run: (transaction: Transaction) => Promise<unknown>): void {
    this.#atLast.push(run);
  }

  /** Events are whole: those that follow build on them. */
  async add(events: readonly EventRow[]): Promise<void> {
    await this.settle();
    this.#writes = this.#writes.followedBy(events);
    this.#lastAt = events.at(-1)?.[3] ?? this.#lastAt;
  }

  /** Makes all of it seen at once. Throws STORE_UNAVAILABLE, which says so where it is not known whether that has come about. */
  async publish(): Promise<void> {
    await this.settle();
    await this.#lease.end(
      async (transaction) => {
        for (const run of this.#atLast) await run(transaction);
        await moveMarker(transaction, { seq: this.#writes.lastEvent, revision: this.#writes.findRevision(), at: this.#lastAt });
      },
      async (transaction) => {
        await lockMarker(transaction);
        return await isPublished(transaction, this.nonce);
      },
    );
  }

  /** Ends it where nothing was put into the database. */
  async cancel(): Promise<void> {
    await this.settle();
    await this.#lease.end(
      async () => undefined,
      async () => true,
    );
  }
}

/** A batch that may or may not be there was not published in any case. */
function refuseUncertain(error: unknown): never {
  if (!(error instanceof CommitUncertain)) throw error;
  throw new ExposureError(
    'STORE_UNAVAILABLE',
    'The connection to the database was lost in the middle of a large write. Nothing was written; try again.',
    { cause: error },
  );
}

/** What readers see from then on. The last statement of every write. */
export async function moveMarker(
  transaction: Transaction,
  to: { readonly seq: number; readonly revision: number; readonly at: number },
): Promise<void> {
  await transaction.run('MATCH (m:ExposureStore {id: 1}) SET m.seq = $seq, m.revision = $revision, m.lastAt = $at', {
    seq: int(to.seq),
    revision: int(to.revision),
    at: int(to.at),
  });
}
