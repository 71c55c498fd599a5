import { on } from 'node:events';
import type { PackedAssertions, SharedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { startThread } from '../../../threads/start-thread.ts';
import { errorOf, type ThreadFailure } from '../../../threads/thread-failure.ts';
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

/** An import to insert as its plan goes on. */
export interface InsertOrder {
  readonly place: WriterPlace;
  /** The maximum wait for other writers. */
  readonly busyWaitMs: number;
  readonly write: Omit<FactWrite, 'assertions' | 'clock'>;
  readonly assertions: SharedAssertions;
  readonly progress: SharedProgress;
}

export type HostMessage =
  | { readonly type: 'insert'; readonly order: InsertOrder }
  /** The plan is complete and accepted, at this instant. */
  | { readonly type: 'finish'; readonly counts: WriteOutcome['counts']; readonly at: number };

export type ThreadMessage =
  /** The transaction has begun. */
  | { readonly type: 'begun' }
  | { readonly type: 'inserted' }
  /** Null: the plan differs from what was inserted, and all is rolled back. */
  | { readonly type: 'finished'; readonly written: BackgroundOutcome | null }
  | ({ readonly type: 'failed' } & ThreadFailure);

/**
 * Inserts an import in a thread with a connection of its own, while this one plans it: two cores share the work.
 *
 * The thread inserts rows with the effects that the plan has found so far. Later the plan may find another effect for such a row. Then the
 * thread rolls back.
 *
 * Throws as the store's `commit`.
 *
 * @param plan called once the transaction has begun, so that the plan and the transaction see the same facts
 * @returns undefined: the plan differs from what was inserted, and nothing is written
 */
export async function writeInBackground(
  place: WriterPlace,
  busyWaitMs: number,
  { assertions, clock, ...write }: FactWrite & { readonly assertions: PackedAssertions },
  plan: (progress: PlanProgress) => Promise<PlannedWrite>,
): Promise<PlannedWrite | undefined> {
  const worker = startThread('store/sqlite/write/background-write-thread');
  const messages: AsyncIterator<unknown> = on(worker, 'message', { close: ['exit'] });
  const tell = (message: HostMessage) => worker.postMessage(message);
  const progress = shareProgress(assertions.length);
  try {
    tell({ type: 'insert', order: { place, busyWaitMs, write, assertions: assertions.share(), progress } });
    await hear(messages, 'begun');
    const onPlanned = (count: number) => void Atomics.store(progress.planned, 0, count);
    const planned = await plan({ effects: progress.effects, onPlanned }).finally(() => {
      Atomics.store(progress.isOver, 0, 1);
      Atomics.notify(progress.isOver, 0);
    });
    await hear(messages, 'inserted');
    if (planned.plan.violations.length > 0 && write.skipRefused !== true) return planned;
    tell({ type: 'finish', counts: planned.plan.counts, at: clock?.() ?? write.at });
    const { written } = await hear(messages, 'finished');
    return written === null ? undefined : { plan: planned.plan, ...written };
  } finally {
    await messages.return?.();
    worker.on('error', () => undefined);
    await worker.terminate();
  }
}

async function hear<T extends ThreadMessage['type']>(
  messages: AsyncIterator<unknown>,
  type: T,
): Promise<Extract<ThreadMessage, { type: T }>> {
  const { done, value } = await messages.next();
  if (done === true) throw new Error('The thread that writes an import ended too early.');
  const [message] = value as [ThreadMessage];
  if (message.type === 'failed') throw errorOf(message);
  if (message.type !== type) throw new Error(`The thread sent ${message.type} in place of ${type}.`);
  return message as Extract<ThreadMessage, { type: T }>;
}

function shareProgress(count: number): SharedProgress {
  const numbers = new SharedArrayBuffer(8);
  return {
    effects: new Uint8Array(new SharedArrayBuffer(count)),
    planned: new Int32Array(numbers, 0, 1),
    isOver: new Int32Array(numbers, 4, 1),
  };
}
