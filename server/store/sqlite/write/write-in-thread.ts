import { once } from 'node:events';
import type { SharedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { errorOf, startThread, type ThreadFailure } from '../../../threads/start-thread.ts';
import type { FactWrite, OnVisible, Violation, WriteOutcome } from '../../fact-write.ts';
import type { PackedChanges } from '../../plan/write-plan.ts';
import { UnpackedChanges } from '../../plan/write-plan.ts';
import type { FileIdentity } from '../store-file.ts';
import type { PlannedWrite } from './write-facts.ts';

export interface WriteOrder {
  readonly task: 'commit' | 'preview';
  /** The path must still lead to this file. */
  readonly path: string;
  readonly file: FileIdentity;
  readonly busyWaitMs: number;
  readonly write: Omit<FactWrite, 'assertions' | 'clock'>;
  /** In shared memory. */
  readonly assertions: SharedAssertions;
}

export type HostMessage =
  | { readonly type: 'order'; readonly order: WriteOrder }
  /** Asks for violations from one on. */
  | { readonly type: 'next'; readonly from: number }
  /** Answers the plan of a write that is kept. `endedAt` absent: the write keeps the instant of its order. */
  | { readonly type: 'commit'; readonly endedAt: number | undefined };

export type ThreadMessage =
  | {
      readonly type: 'planned';
      /** Whether the thread waits for `commit`. */
      readonly isKept: boolean;
      readonly isRaising: boolean;
      readonly revision: number;
      readonly at: number | null;
      readonly counts: WriteOutcome['counts'];
      readonly effects: Uint8Array;
      readonly changed: PackedChanges;
      readonly violationCount: number;
    }
  | { readonly type: 'violations'; readonly part: readonly Violation[] }
  | { readonly type: 'committed'; readonly at: number | null }
  | ({ readonly type: 'failed' } & ThreadFailure);

export const partLength = 500;

/**
 * Plans a write, or commits it, in a worker thread with a connection of its own. A COMMIT waits for the disk, longer the more pages the write
 * has changed, and SQLite then copies its log into the file: on the event loop, this would block every request.
 *
 * Assertions lie in shared memory. Violations travel in parts, so that the event loop turns between two.
 *
 * Throws as the write. If the thread ends too early, the write may be in the store or not.
 */
export async function writeInThread(
  order: Omit<WriteOrder, 'write' | 'assertions'>,
  { assertions, clock, ...write }: FactWrite,
  onVisible?: OnVisible,
): Promise<PlannedWrite> {
  const worker = startThread('store/sqlite/write/write-thread');
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that writes facts ended too early.')));
  });
  // The caller that waits for a message reports it.
  ended.catch(() => undefined);
  const tell = (message: HostMessage) => worker.postMessage(message);
  const hear = async (): Promise<ThreadMessage> => {
    const [message] = (await Promise.race([once(worker, 'message'), ended])) as [ThreadMessage];
    if (message.type === 'failed') throw errorOf(message);
    return message;
  };
  try {
    tell({ type: 'order', order: { ...order, write, assertions: assertions.share() } });
    const planned = await hear();
    if (planned.type !== 'planned') throw new Error(`The thread sent ${planned.type} before the plan.`);
    const { isKept, isRaising, revision, counts, effects, changed, violationCount } = planned;
    let { at } = planned;
    const violations: Violation[] = [];
    while (violations.length < violationCount) {
      tell({ type: 'next', from: violations.length });
      const answer = await hear();
      if (answer.type !== 'violations') throw new Error(`The thread sent ${answer.type} in place of violations.`);
      violations.push(...answer.part);
    }
    if (isKept) {
      if (isRaising) onVisible?.(revision);
      tell({ type: 'commit', endedAt: clock?.() });
      const answer = await hear();
      if (answer.type !== 'committed') throw new Error(`The thread sent ${answer.type} in place of the commit.`);
      at = answer.at;
    }
    return { revision, at, plan: { counts, effects, violations, changed: new UnpackedChanges(changed) } };
  } finally {
    void worker.terminate();
  }
}
