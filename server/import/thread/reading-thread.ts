import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { failureOf, giveWayToEventLoop } from '../../threads/start-thread.ts';
import { checkDocument } from '../documents/open-document.ts';
import type { KnownFacts } from '../mapping/mapped-file.ts';
import type { ReadImport } from '../read-import.ts';
import { readImport } from '../read-import.ts';
import { copyRows } from '../rows/copy-rows.ts';
import { FileFault } from '../rows/rejection.ts';
import type { HostMessage, ReadingOrder, ThreadMessage } from './import-threads.ts';
import { longLists, partLength } from './import-threads.ts';

/**
 * Runs inside a worker thread: reads the files of an import and sends the result in parts, checks workbooks, copies rows, and waits for the
 * next order.
 */
const port = parentPort;
if (port === null) throw new Error('reading-thread.ts runs in a worker thread.');
giveWayToEventLoop();
const progressBytes = 1 << 20;

const tell = (message: ThreadMessage) => port.postMessage(message);
const hear = () => new Promise<HostMessage>((resolve) => port.once('message', resolve));

async function askFor<T>(what: 'organizations' | 'artifacts'): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    tell({ type: 'needs', what, from: all.length });
    const answer = await hear();
    if (answer.type !== what) throw new Error(`The host sent ${answer.type} where ${what} were asked for.`);
    for (const item of answer.items) all.push(item as T);
    if (answer.isLast) return all;
  }
}

async function readKnown(): Promise<KnownFacts> {
  const organizations = await askFor<KnownFacts['organizations'][number]>('organizations');
  return { organizations, artifacts: new Map(await askFor<readonly [string, string]>('artifacts')) };
}

/** Ends when each item was handed over. */
async function handOver(read: ReadImport): Promise<void> {
  const empty = Object.fromEntries(longLists.map((list) => [list, []]));
  const lengths = Object.fromEntries(longLists.map((list) => [list, read[list].length]));
  const { assertions, ...rest } = read;
  tell({ type: 'read', read: { ...rest, ...empty }, assertions: assertions.share(), lengths } as ThreadMessage);
  for (let left = longLists.reduce((sum, list) => sum + read[list].length, 0); left > 0; ) {
    const asked = await hear();
    if (asked.type !== 'next') throw new Error(`The host sent ${asked.type} where a part was to be asked for.`);
    const items = read[asked.list].slice(asked.from, asked.from + partLength);
    tell({ type: 'part', items });
    left -= items.length;
  }
}

async function carryOut({ files, options }: ReadingOrder): Promise<void> {
  let reportedBytes = 0;
  const onProgress = (doneBytes: number) => {
    if (doneBytes - reportedBytes < progressBytes) return;
    reportedBytes = doneBytes;
    tell({ type: 'progress', doneBytes });
  };
  await handOver(await readImport(files, { ...options, onProgress, readKnown }));
}

async function obey(message: HostMessage): Promise<void> {
  switch (message.type) {
    case 'order':
      return carryOut(message);
    case 'check':
      return answer(() => checkDocument(message.file.name, message.file.path));
    case 'copy':
      return answer(() => copyRows(message.order));
    default:
      throw new Error(`The host sent ${message.type} where an order was expected.`);
  }
}

async function answer(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
    tell({ type: 'done', heapBytes: usedBytes() });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const { code, line, message } = error;
    tell({ type: 'fault', code, line, message, heapBytes: usedBytes() });
  }
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size;
}

try {
  for (;;) await obey(await hear());
} catch (error) {
  tell({ type: 'failed', ...failureOf(error) });
}
