import { on } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../../../domain/errors.ts';
import { ExposureError } from '../../../domain/errors.ts';
import type { SealedBlock, SharedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { startThread } from '../../../start-thread.ts';
import type { BackgroundRows } from '../../fact-store.ts';
import type { FactWrite, WriteOutcome } from '../../fact-write.ts';
import type { PlanProgress } from '../../plan/plan-write.ts';
import type { FileIdentity } from '../store-file.ts';
import type { BackgroundOutcome } from './background-transaction.ts';
import type { PlannedWrite } from './write-facts.ts';

export interface WriterPlace {
  readonly path: string;
  /** The path must still lead to this file. */
  readonly file: FileIdentity;
}

/** The plan of a write while it is made, in shared memory. */
export interface SharedProgress {
  readonly effects: Uint8Array;
  /** One number: the assertions planned so far, in the order of the plan. */
  readonly planned: Int32Array;
  /** One number: 1 once the plan has ended. */
  readonly isOver: Int32Array;
}

export type HostMessage =
  | { readonly type: 'open'; readonly place: WriterPlace }
  | { readonly type: 'rows'; readonly rows: BackgroundRows }
  /** Begins, if no row was taken. Waits for other writers. */
  | { readonly type: 'begin'; readonly busyWaitMs: number }
  | {
      readonly type: 'rest';
      readonly write: Omit<FactWrite, 'assertions' | 'clock'>;
      readonly assertions: SharedAssertions;
      readonly progress: SharedProgress;
    }
  /** The plan is complete and accepted, at this instant. */
  | { readonly type: 'finish'; readonly counts: WriteOutcome['counts']; readonly at: number };

export type ThreadMessage =
  /** Comes once, with the first row that was taken or with the commit. */
  | { readonly type: 'begun' }
  | { readonly type: 'inserted' }
  /** Null: the plan differs from what was inserted, and all is rolled back. */
  | { readonly type: 'finished'; readonly written: BackgroundOutcome | null }
  /** `code` null: a bug in this program. */
  | { readonly type: 'failed'; readonly code: ErrorCode | null; readonly message: string };

/**
 * Writes an import in a thread with a connection of its own, while this one reads and plans it: two cores share the work.
 *
 * A block of rows that are probably new facts is inserted as soon as it is full. The plan may refuse a row that was inserted, or find
 * that it repeats a fact. Then the thread rolls back, and the caller plans and writes in turn.
 */
export class BackgroundWriter {
  readonly #worker: Worker;
  readonly #messages: AsyncIterator<unknown>;
  readonly #taken: SealedBlock[] = [];
  readonly #busyWaitMs: number;
  #end: Promise<void> | undefined;

  constructor(place: WriterPlace, busyWaitMs: number) {
    this.#busyWaitMs = busyWaitMs;
    this.#worker = startThread('store/sqlite/write/background-write-thread');
    this.#messages = on(this.#worker, 'message', { close: ['exit'] });
    this.#tell({ type: 'open', place });
  }

  take(rows: BackgroundRows): void {
    if (this.#end !== undefined) return;
    this.#taken.push(rows);
    this.#tell({ type: 'rows', rows });
  }

  /** Whether the rows that were taken are among the write's assertions, and none of them was dropped afterwards. */
  fits({ assertions }: FactWrite): boolean {
    if (this.#end !== undefined || !(assertions instanceof PackedAssertions)) return false;
    if (this.#taken.length === 0) return true;
    return assertions.hasEveryRow && this.#taken.every(({ kind, block }) => assertions.rowsOf(kind)?.blocks.includes(block) === true);
  }

  /**
   * Plans and commits. Call it once, for a write that fits, and `abandon` afterwards. Throws as the store's `commit`.
   *
   * @param plan called once the transaction has begun, so that the plan and the transaction see the same facts
   * @returns undefined: the plan differs from what was inserted, and nothing is written
   */
  async commit(
    { assertions, clock, ...write }: FactWrite,
    plan: (progress: PlanProgress) => Promise<PlannedWrite>,
  ): Promise<PlannedWrite | undefined> {
    this.#tell({ type: 'begin', busyWaitMs: this.#busyWaitMs });
    await this.#hear('begun');
    const progress = shareProgress(assertions.length);
    this.#tell({ type: 'rest', write, assertions: (assertions as PackedAssertions).share(), progress });
    const onPlanned = (count: number) => void Atomics.store(progress.planned, 0, count);
    const planned = await plan({ effects: progress.effects, onPlanned }).finally(() => {
      Atomics.store(progress.isOver, 0, 1);
      Atomics.notify(progress.isOver, 0);
    });
    await this.#hear('inserted');
    if (planned.plan.violations.length > 0 && write.skipRefused !== true) return planned;
    this.#tell({ type: 'finish', counts: planned.plan.counts, at: clock?.() ?? write.at });
    const { written } = await this.#hear('finished');
    return written === null ? undefined : { plan: planned.plan, ...written };
  }

  /** Rolls back what was not committed, and ends the thread. Resolves once others can write, however often it is called. */
  abandon(): Promise<void> {
    this.#end ??= this.#endThread();
    return this.#end;
  }

  async #endThread(): Promise<void> {
    await this.#messages.return?.();
    this.#worker.on('error', () => undefined);
    await this.#worker.terminate();
  }

  #tell(message: HostMessage): void {
    this.#worker.postMessage(message);
  }

  async #hear<T extends ThreadMessage['type']>(type: T): Promise<Extract<ThreadMessage, { type: T }>> {
    const { done, value } = await this.#messages.next();
    if (done === true) throw new Error('The thread that writes an import ended too early.');
    const [message] = value as [ThreadMessage];
    if (message.type === 'failed')
      throw message.code === null ? new Error(message.message) : new ExposureError(message.code, message.message);
    if (message.type !== type) throw new Error(`The thread sent ${message.type} in place of ${type}.`);
    return message as Extract<ThreadMessage, { type: T }>;
  }
}

function shareProgress(count: number): SharedProgress {
  const numbers = new SharedArrayBuffer(8);
  return {
    effects: new Uint8Array(new SharedArrayBuffer(count)),
    planned: new Int32Array(numbers, 0, 1),
    isOver: new Int32Array(numbers, 4, 1),
  };
}
