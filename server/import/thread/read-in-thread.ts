import type { Worker } from 'node:worker_threads';
import { ExposureError } from '../../domain/errors.ts';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { startThread } from '../../start-thread.ts';
import type { SourceFile } from '../csv/read-table.ts';
import type { KnownFacts } from '../mapping/mapped-file.ts';
import type { ReadImport } from '../read-import.ts';
import type { ReadOptions } from '../read-options.ts';
import type { HostMessage, LongList, ThreadMessage } from './thread-messages.ts';
import { longLists, partLength } from './thread-messages.ts';

type Mutable = { -readonly [List in LongList]: unknown[] };

/** A thread waits this long for the next reading: a list is read again after each answer to its questions. */
const idleMs = 10_000;
/** A thread that handed over more items than this ends at once, so that its memory is free. */
const keptItems = 20_000;
let idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

/**
 * `readImport` in a worker thread, so that the event loop stays free: a list is parsed three times, and its names are compared.
 *
 * The store's facts go to the thread and the result comes back in parts of 1,000. Each part is requested, so that the event loop
 * turns between two parts. A signal ends the thread at once. After a short list the thread stays for the next reading.
 *
 * Throws as `readImport`.
 */
export async function readInThread(files: readonly SourceFile[], options: ReadOptions): Promise<ReadImport> {
  const { signal, onProgress, readKnown, ahead: _, ...plain } = options;
  signal?.throwIfAborted();
  const worker = takeThread();
  let onAbort = () => {};
  try {
    const read = await new Promise<ReadImport>((resolve, reject) => {
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.on('error', reject);
      // A message that arrived before the end is handled first.
      worker.on('exit', () =>
        setImmediate(() => reject(new Error('The thread that reads an import ended before the reading was complete.'))),
      );
      const reading = new ThreadReading(worker, readKnown, onProgress, resolve);
      worker.on('message', (message: ThreadMessage) => void reading.take(message).catch(reject));
      worker.postMessage({ type: 'order', files, options: plain } satisfies HostMessage);
    });
    if (idle !== undefined || longLists.reduce((sum, list) => sum + read[list].length, read.assertions.length) > keptItems)
      await worker.terminate();
    else keepThread(worker);
    return read;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

function takeThread(): Worker {
  if (idle === undefined) return startThread('import/thread/reading-thread');
  const { worker, timer } = idle;
  forgetIdle(worker, timer);
  worker.ref();
  return worker;
}

/** The thread keeps no process alive. */
function keepThread(worker: Worker): void {
  const timer = setTimeout(() => {
    // The end of a thread takes a moment, in which no reading may take it.
    forgetIdle(worker, timer);
    void worker.terminate();
  }, idleMs).unref();
  removeListeners(worker);
  worker.once('exit', () => forgetIdle(worker, timer));
  worker.on('error', () => forgetIdle(worker, timer));
  worker.unref();
  idle = { worker, timer };
}

function forgetIdle(worker: Worker, timer: NodeJS.Timeout): void {
  clearTimeout(timer);
  removeListeners(worker);
  if (idle?.worker === worker) idle = undefined;
}

function removeListeners(worker: Worker): void {
  for (const event of ['error', 'exit', 'message']) worker.removeAllListeners(event);
}

/** The result of one reading, as it arrives from the thread. */
class ThreadReading {
  readonly #worker: Worker;
  readonly #readKnown: ReadOptions['readKnown'];
  readonly #onProgress: ReadOptions['onProgress'];
  readonly #resolve: (read: ReadImport) => void;
  #known: { readonly organizations: KnownFacts['organizations']; readonly artifacts: readonly (readonly [string, string])[] } | undefined;
  #read: (ReadImport & Mutable) | undefined;
  /** The lists that are not complete yet, with their lengths. */
  #missing: { readonly list: LongList; readonly length: number }[] = [];

  constructor(
    worker: Worker,
    readKnown: ReadOptions['readKnown'],
    onProgress: ReadOptions['onProgress'],
    resolve: (read: ReadImport) => void,
  ) {
    this.#worker = worker;
    this.#readKnown = readKnown;
    this.#onProgress = onProgress;
    this.#resolve = resolve;
  }

  async take(message: ThreadMessage): Promise<void> {
    switch (message.type) {
      case 'progress':
        return this.#onProgress?.(message.doneBytes);
      case 'needs':
        return this.#sendKnown(message.what, message.from);
      case 'read':
        this.#read = { ...message.read, assertions: PackedAssertions.from(message.assertions) } as unknown as ReadImport & Mutable;
        this.#missing = longLists.map((list) => ({ list, length: message.lengths[list] }));
        return this.#askNext();
      case 'part':
        this.#keep(message.items);
        return this.#askNext();
      case 'failed':
        throw message.code === null ? new Error(message.message) : new ExposureError(message.code, message.message);
    }
  }

  async #sendKnown(what: 'organizations' | 'artifacts', from: number): Promise<void> {
    if (this.#known === undefined) {
      const known = await this.#readKnown?.();
      this.#known = { organizations: known?.organizations ?? [], artifacts: [...(known?.artifacts ?? [])] };
    }
    const all = this.#known[what];
    const items = all.slice(from, from + partLength);
    this.#worker.postMessage({ type: what, items, isLast: from + items.length >= all.length } as HostMessage);
  }

  #askNext(): void {
    const read = this.#read as ReadImport & Mutable;
    const next = this.#missing.find(({ list, length }) => read[list].length < length);
    if (next === undefined) this.#resolve(read);
    else this.#worker.postMessage({ type: 'next', list: next.list, from: read[next.list].length } satisfies HostMessage);
  }

  #keep(items: readonly unknown[]): void {
    const read = this.#read as ReadImport & Mutable;
    const next = this.#missing.find(({ list, length }) => read[list].length < length);
    if (next === undefined) return;
    for (const item of items) read[next.list].push(item);
  }
}
