import { randomUUID } from 'node:crypto';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection } from '../connection/connection.ts';
import { batchTimeoutMs, editTimeoutMs } from '../connection/connection.ts';
import { codeOf } from '../connection/translate-error.ts';
import type { Neo4jLedger } from '../log/ledger.ts';
import { closeGate } from '../read/publication-gate.ts';
import { recoverStaging } from '../upkeep/recover.ts';
import { Lease, moveMarker, StagedWrite } from './staged-write.ts';
import { readTransactionSize } from './transaction-size.ts';
import type { WriteEvent } from './write-event.ts';
import { isPublished, toEventRow } from './write-event.ts';
import type { Turn } from './write-lock.ts';
import { WriteLock } from './write-lock.ts';
import type { WritePath } from './write-path.ts';
import { OneTransaction } from './write-path.ts';

export interface EventWriterOptions {
  /** How long others may write before a write of ours is given up. */
  readonly waitMs: number;
  /** Writes of so many assertions or more are staged; undefined: of more than the server's memory takes. */
  readonly stageFrom: number | undefined;
  readonly leaseMs: number;
}

/** What is done on a path; without an event nothing is kept of it. */
export type CarryOut<T> = (path: WritePath, nonce: string) => Promise<{ readonly event: WriteEvent | undefined; readonly result: T }>;

/** The most that an edit may be, so that nobody waits for long: its time is that of an edit. */
const smallSize = 100;

/** Brings events into the store one at a time, each in one transaction or, where it is too large for that, staged. */
export class EventWriter {
  readonly #connection: Connection;
  readonly #ledger: Neo4jLedger;
  readonly #lock: WriteLock;
  readonly #options: EventWriterOptions;
  #transactionSize: number | undefined;

  constructor(connection: Connection, ledger: Neo4jLedger, options: EventWriterOptions) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#options = options;
    this.#lock = new WriteLock(connection, options.waitMs, (abandoned, by) =>
      recoverStaging(connection, ledger, abandoned.nonce, by, options.leaseMs),
    );
  }

  /**
   * @param size about how many assertions it writes, or takes back
   * Throws CONFLICT where others write for too long, STORE_UNAVAILABLE, QUERY_TIMEOUT, and what `carryOut` throws.
   */
  async write<T>(by: string, size: number, carryOut: CarryOut<T>): Promise<T> {
    return await this.#lock.inTurn(by, async (turn) => {
      if (!(await this.#mustStage(size))) {
        try {
          return await this.#writeAtOnce(turn, size, carryOut);
        } catch (error) {
          if (!isOutOfMemory(error)) throw error;
        }
      }
      return await this.#stage(turn, async (staged) => {
        const { event, result } = await carryOut(staged, staged.nonce);
        if (event !== undefined) await staged.add([toEventRow(event)]);
        return { isKept: event !== undefined, result };
      });
    });
  }

  /** Several events that are seen together or not at all. */
  async writeStaged<T>(by: string, work: (staged: StagedWrite) => Promise<T>): Promise<T> {
    return await this.#lock.inTurn(by, (turn) => this.#stage(turn, async (staged) => ({ isKept: true, result: await work(staged) })));
  }

  /** Puts right what a writer that is gone had begun, if its lease has run out. */
  async recover(by: string): Promise<void> {
    await this.#lock.recoverExpired(by);
  }

  /** Resolves when nobody writes in this process. */
  async idle(): Promise<void> {
    await this.#lock.idle();
  }

  async #mustStage(size: number): Promise<boolean> {
    const { stageFrom } = this.#options;
    if (stageFrom !== undefined) return size >= stageFrom;
    if (size <= smallSize) return false;
    this.#transactionSize ??= await readTransactionSize(this.#connection);
    return size > this.#transactionSize;
  }

  async #writeAtOnce<T>(turn: Turn, size: number, carryOut: CarryOut<T>): Promise<T> {
    const nonce = randomUUID();
    return await turn.transact({
      timeoutMs: size <= smallSize ? editTimeoutMs : batchTimeoutMs + size,
      run: async (transaction, marker) => {
        const path = new OneTransaction(transaction, await this.#ledger.refresh(transaction), marker.lastAt);
        const { event, result } = await carryOut(path, nonce);
        if (event === undefined) return { isKept: false, result };
        await path.finish();
        await moveMarker(transaction, event);
        await closeGate(transaction);
        return { isKept: true, result };
      },
      isWritten: (transaction) => isPublished(transaction, nonce),
    });
  }

  async #stage<T>(turn: Turn, work: (staged: StagedWrite) => Promise<{ readonly isKept: boolean; readonly result: T }>): Promise<T> {
    const { leaseMs } = this.#options;
    const lease = new Lease(this.#connection, leaseMs);
    try {
      const staged = await StagedWrite.begin(this.#connection, turn, this.#ledger, lease);
      const { isKept, result } = await work(staged);
      await (isKept ? staged.publish() : staged.cancel());
      return result;
    } catch (error) {
      await this.#giveUp(turn, lease.nonce);
      throw error;
    }
  }

  /** What was staged is put back at once, if the database answers; else by the next writer. */
  async #giveUp(turn: Turn, nonce: string): Promise<void> {
    try {
      await recoverStaging(this.#connection, this.#ledger, nonce, turn.by, this.#options.leaseMs);
    } catch {
      this.#lock.abandoned.add(nonce);
    }
  }
}

function isOutOfMemory(error: unknown): boolean {
  const cause = error instanceof ExposureError ? error.cause : error;
  return codeOf(cause)?.endsWith('OutOfMemoryError') === true;
}
