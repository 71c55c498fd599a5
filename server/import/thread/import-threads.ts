import type { Worker } from 'node:worker_threads';
import type { SharedAssertions } from '../../domain/packed/packed-assertions.ts';
import type { ThreadFailure } from '../../threads/start-thread.ts';
import { errorOf, startThread } from '../../threads/start-thread.ts';
import type { SourceFile } from '../csv/read-table.ts';
import type { KnownOrganization } from '../matching/matching-types.ts';
import type { ReadImport } from '../read-import.ts';
import type { ReadOptions } from '../read-options.ts';
import type { CopyOrder } from '../rows/copy-rows.ts';
import type { RejectionCode } from '../rows/rejection.ts';
import { FileFault } from '../rows/rejection.ts';

/** LISTS: a thread with a heap limit of its own, for lists and workbooks. ROWS: one with the program's, for many rows of canonical files. */
export type ThreadKind = 'LISTS' | 'ROWS';

/** The heap of a thread for lists, in MB. Budgets refuse lists before (mapping/list-budget.ts); this limit is for what they miss. */
const listsHeapMb = 768;
/** Threads for lists that run at once, so that their memory has a limit too. */
const mostAtOnce = 2;
/** A thread waits this long for the next order: a list is read again after each answer to its questions. */
const idleMs = 10_000;

/** An order to a thread, and the reading of its messages. */
export interface Conversation<T> {
  readonly first: HostMessage;
  /** Takes a message other than a failure. `end` takes the result. Whatever it throws ends the conversation. */
  take(message: ThreadMessage, worker: Worker, end: (result: T) => void): Promise<void> | void;
  /** Whether the thread holds so much memory that it ends now. */
  isHeavy(result: T): boolean;
}

let idle: { readonly kind: ThreadKind; readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

/**
 * Holds one conversation with a thread. A signal ends the thread at once. After a light order the thread stays for the next one.
 *
 * Throws the signal's reason, the thread's errors, and FileFault LIST_TOO_LARGE if the thread needs more heap than it may.
 *
 * @param heapMb for tests: another limit of the heap; the thread ends with the conversation
 */
export async function withThread<T>(
  kind: ThreadKind,
  signal: AbortSignal | undefined,
  conversation: Conversation<T>,
  heapMb?: number,
): Promise<T> {
  signal?.throwIfAborted();
  if (kind === 'LISTS') await takePlace(signal);
  const worker = heapMb === undefined ? takeThread(kind) : startThread('import/thread/reading-thread', heapMb);
  let onAbort = () => {};
  try {
    const outcome = await new Promise<Outcome<T>>((resolve, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : error));
      // A message that arrived before the end is handled first.
      worker.on('exit', () =>
        setImmediate(() => reject(new Error('The thread that reads an import ended before the reading was complete.'))),
      );
      worker.on('message', (message: ThreadMessage) => void takeMessage(message, worker, conversation, resolve).catch(reject));
      worker.postMessage(conversation.first);
      if (signal?.aborted === true) onAbort();
    });
    if (idle !== undefined || heapMb !== undefined || outcome.isHeavy) await worker.terminate();
    else keepThread(kind, worker);
    if ('fault' in outcome) throw outcome.fault;
    return outcome.result;
  } catch (error) {
    if (idle?.worker !== worker) await worker.terminate();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    if (kind === 'LISTS') leavePlace();
  }
}

/** A fault of the file leaves the thread as it is. */
type Outcome<T> = { readonly isHeavy: boolean } & ({ readonly result: T } | { readonly fault: FileFault });

async function takeMessage<T>(
  message: ThreadMessage,
  worker: Worker,
  conversation: Conversation<T>,
  resolve: (outcome: Outcome<T>) => void,
): Promise<void> {
  if (message.type === 'fault') {
    const { code, line, message: sentence, heapBytes } = message;
    resolve({ fault: new FileFault(code, line, sentence), isHeavy: isHeavyHeap(heapBytes) });
  } else if (message.type === 'failed') {
    throw errorOf(message);
  } else await conversation.take(message, worker, (result) => resolve({ result, isHeavy: conversation.isHeavy(result) }));
}

/** A thread with more in its heap ends, so that its memory is free. */
const keptBytes = 64 << 20;

function isHeavyHeap(heapBytes: number): boolean {
  return heapBytes > keptBytes;
}

function outOfMemory(): FileFault {
  return new FileFault(
    'LIST_TOO_LARGE',
    1,
    'Reading this takes more memory than an import may use. Import the rows in several files; save the sheets of a workbook as CSV.',
  );
}

let running = 0;
const waiting = new Set<() => void>();

/** Waits until fewer than `mostAtOnce` threads for lists run. */
async function takePlace(signal: AbortSignal | undefined): Promise<void> {
  if (running < mostAtOnce) {
    running++;
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      waiting.delete(onPlace);
      reject(signal?.reason);
    };
    const onPlace = () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    waiting.add(onPlace);
  });
}

/** Gives the place to the caller that has waited longest. */
function leavePlace(): void {
  const [next] = waiting;
  if (next === undefined) {
    running--;
    return;
  }
  waiting.delete(next);
  next();
}

function takeThread(kind: ThreadKind): Worker {
  if (idle?.kind !== kind) return startThread('import/thread/reading-thread', kind === 'LISTS' ? listsHeapMb : undefined);
  const { worker, timer } = idle;
  forgetIdle(worker, timer);
  worker.ref();
  return worker;
}

/** The thread keeps no process alive. */
function keepThread(kind: ThreadKind, worker: Worker): void {
  const timer = setTimeout(() => {
    // The end of a thread takes a moment, in which no order may take it.
    forgetIdle(worker, timer);
    void worker.terminate();
  }, idleMs).unref();
  removeListeners(worker);
  worker.once('exit', () => forgetIdle(worker, timer));
  worker.on('error', () => forgetIdle(worker, timer));
  worker.unref();
  idle = { kind, worker, timer };
}

function forgetIdle(worker: Worker, timer: NodeJS.Timeout): void {
  clearTimeout(timer);
  removeListeners(worker);
  if (idle?.worker === worker) idle = undefined;
}

function removeListeners(worker: Worker): void {
  for (const event of ['error', 'exit', 'message']) worker.removeAllListeners(event);
}

/** Opens a workbook in a thread, to find out whether it can be read. Throws FileFault as `openWorkbook`, and the signal's reason. */
export async function checkWorkbook(file: SourceFile, signal: AbortSignal | undefined): Promise<void> {
  await obey({ type: 'check', file }, signal);
}

/** `copyRows` in a thread. */
export async function copyRowsInThread(order: CopyOrder): Promise<void> {
  await obey({ type: 'copy', order }, undefined);
}

async function obey(first: HostMessage, signal: AbortSignal | undefined): Promise<void> {
  await withThread<number>('LISTS', signal, {
    first,
    take: (message: ThreadMessage, _worker, end) => {
      if (message.type === 'done') end(message.heapBytes);
    },
    isHeavy: isHeavyHeap,
  });
}

/** The files and options of one reading, without functions. */
export interface ReadingOrder {
  readonly type: 'order';
  readonly files: readonly SourceFile[];
  readonly options: Omit<ReadOptions, 'signal' | 'onProgress' | 'readKnown'>;
}

/** The lists of a reading that may be long. They travel in parts, so that no message blocks the event loop. */
export const longLists = ['incidents', 'rejections', 'values', 'matches'] as const;
export type LongList = (typeof longLists)[number];
export const partLength = 1000;

export type ThreadMessage =
  | { readonly type: 'progress'; readonly doneBytes: number }
  /** Asks for a part of the store's organizations or artifacts. */
  | { readonly type: 'needs'; readonly what: 'organizations' | 'artifacts'; readonly from: number }
  /** The reading, with its long lists empty. The assertions lie in shared memory. */
  | {
      readonly type: 'read';
      readonly read: Omit<ReadImport, 'assertions'>;
      readonly assertions: SharedAssertions;
      readonly lengths: Readonly<Record<LongList, number>>;
    }
  | { readonly type: 'part'; readonly items: readonly unknown[] }
  /** A check or a copy is complete. */
  | { readonly type: 'done'; readonly heapBytes: number }
  /** A FileFault, in place of `done`. */
  | {
      readonly type: 'fault';
      readonly code: RejectionCode;
      readonly line: number | null;
      readonly message: string;
      readonly heapBytes: number;
    }
  | ({ readonly type: 'failed' } & ThreadFailure);

export type HostMessage =
  | ReadingOrder
  /** Opens a workbook, to find out whether it can be read. */
  | { readonly type: 'check'; readonly file: SourceFile }
  /** Copies rows of a list into a file. */
  | { readonly type: 'copy'; readonly order: CopyOrder }
  | { readonly type: 'organizations'; readonly items: readonly KnownOrganization[]; readonly isLast: boolean }
  | { readonly type: 'artifacts'; readonly items: readonly (readonly [string, string])[]; readonly isLast: boolean }
  | { readonly type: 'next'; readonly list: LongList; readonly from: number };
