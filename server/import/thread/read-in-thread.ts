import { stat } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { isCanonical } from '../csv/detect-file.ts';
import { digestFile } from '../csv/read-bytes.ts';
import type { SourceFile } from '../csv/read-table.ts';
import { holdsTables } from '../documents/file-names.ts';
import type { KnownFacts } from '../mapping/mapped-file.ts';
import { noCells } from '../mapping/rows/cell-ledger.ts';
import type { ReadImport } from '../read-import.ts';
import { blankFile, type ReadFile, type ReadOptions } from '../read-options.ts';
import { FileFault, rejectFile } from '../rows/rejection.ts';
import type { Conversation, HostMessage, LongList, ThreadKind, ThreadMessage } from './import-threads.ts';
import { longLists, partLength, withThread } from './import-threads.ts';

type Mutable = { -readonly [List in LongList]: unknown[] };

/** A thread that handed over more items than this ends at once, so that its memory is free. */
const keptItems = 20_000;
/** Canonical files of this size together need more heap than a thread for lists has. */
const manyRowsBytes = 8 << 20;

/**
 * `readImport` in a worker thread, so that the event loop stays free: a list is parsed three times, and its names are compared.
 *
 * The store's facts go to the thread and the result comes back in parts of 1,000. Each part is requested, so that the event loop
 * turns between two parts. A signal ends the thread at once.
 *
 * Throws as `readImport`. An import that needs more memory than its thread may use is refused as a whole, as a value.
 *
 * @param heapMb for tests: the limit of the thread's heap
 */
export async function readInThread(files: readonly SourceFile[], options: ReadOptions, heapMb?: number): Promise<ReadImport> {
  const { signal, onProgress, readKnown, ...plain } = options;
  const first: HostMessage = { type: 'order', files, options: plain };
  try {
    return await withThread(await kindOf(files, options), signal, new ThreadReading(first, readKnown, onProgress), heapMb);
  } catch (error) {
    if (error instanceof FileFault) return refuseImport(files, error);
    throw error;
  }
}

async function kindOf(files: readonly SourceFile[], { kind, delimiter }: ReadOptions): Promise<ThreadKind> {
  let bytes = 0;
  for (const { name, path } of files)
    if (!holdsTables(name) && (await isCanonical(name, path, kind, delimiter))) bytes += (await stat(path)).size;
  return bytes < manyRowsBytes ? 'LISTS' : 'ROWS';
}

/** The result of one reading, as it arrives from the thread. */
class ThreadReading implements Conversation<ReadImport> {
  readonly first: HostMessage;
  readonly #readKnown: ReadOptions['readKnown'];
  readonly #onProgress: ReadOptions['onProgress'];
  #known: { readonly organizations: KnownFacts['organizations']; readonly artifacts: readonly (readonly [string, string])[] } | undefined;
  #read: (ReadImport & Mutable) | undefined;
  /** The lists that are not complete yet, with their lengths. */
  #missing: { readonly list: LongList; readonly length: number }[] = [];

  constructor(first: HostMessage, readKnown: ReadOptions['readKnown'], onProgress: ReadOptions['onProgress']) {
    this.first = first;
    this.#readKnown = readKnown;
    this.#onProgress = onProgress;
  }

  async take(message: ThreadMessage, worker: Worker, end: (read: ReadImport) => void): Promise<void> {
    switch (message.type) {
      case 'progress':
        return this.#onProgress?.(message.doneBytes);
      case 'needs':
        return this.#sendKnown(worker, message.what, message.from);
      case 'read':
        this.#read = { ...message.read, assertions: PackedAssertions.from(message.assertions) } as unknown as ReadImport & Mutable;
        this.#missing = longLists.map((list) => ({ list, length: message.lengths[list] }));
        return this.#askNext(worker, end);
      case 'part':
        this.#keep(message.items);
        return this.#askNext(worker, end);
    }
  }

  isHeavy(read: ReadImport): boolean {
    return longLists.reduce((sum, list) => sum + read[list].length, read.assertions.length) > keptItems;
  }

  async #sendKnown(worker: Worker, what: 'organizations' | 'artifacts', from: number): Promise<void> {
    if (this.#known === undefined) {
      const known = await this.#readKnown?.();
      this.#known = { organizations: known?.organizations ?? [], artifacts: [...(known?.artifacts ?? [])] };
    }
    const all = this.#known[what];
    const items = all.slice(from, from + partLength);
    worker.postMessage({ type: what, items, isLast: from + items.length >= all.length } as HostMessage);
  }

  #askNext(worker: Worker, end: (read: ReadImport) => void): void {
    const read = this.#read as ReadImport & Mutable;
    const next = this.#missing.find(({ list, length }) => read[list].length < length);
    if (next === undefined) end(read);
    else worker.postMessage({ type: 'next', list: next.list, from: read[next.list].length } satisfies HostMessage);
  }

  #keep(items: readonly unknown[]): void {
    const read = this.#read as ReadImport & Mutable;
    const next = this.#missing.find(({ list, length }) => read[list].length < length);
    if (next === undefined) return;
    for (const item of items) read[next.list].push(item);
  }
}

/** An import of which no file was read, for one reason. */
async function refuseImport(files: readonly SourceFile[], fault: FileFault): Promise<ReadImport> {
  const refused: ReadFile[] = [];
  for (const { name, path } of files) refused.push({ ...blankFile(name, await digestFile(path)), isFaulty: true });
  return {
    files: refused,
    assertions: PackedAssertions.of([]),
    rejectedKeys: new Map(),
    incidents: [],
    rejections: files.map(({ name }) => rejectFile(name, fault)),
    warnings: [],
    mappedCount: 0,
    repeatedCount: 0,
    leftOutCount: 0,
    questions: [],
    values: [],
    matches: [],
    mappingDocument: null,
    described: new Set(),
    unlisted: [],
    retractable: [],
    waiting: [],
    closingCount: 0,
    cells: noCells,
  };
}
