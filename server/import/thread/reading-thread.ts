import { parentPort } from 'node:worker_threads';
import { ExposureError } from '../../domain/errors.ts';
import type { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { giveWayToEventLoop } from '../../start-thread.ts';
import type { KnownFacts } from '../mapping/mapped-file.ts';
import type { ReadImport } from '../read-import.ts';
import { readImport } from '../read-import.ts';
import type { HostMessage, ReadingOrder, ThreadMessage } from './thread-messages.ts';
import { longLists, partLength } from './thread-messages.ts';

/** Runs inside a worker thread: reads the files of an import, sends the result in parts, and waits for the next import. */
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
  tell({ type: 'read', read: { ...rest, ...empty }, assertions: (assertions as PackedAssertions).share(), lengths } as ThreadMessage);
  for (let left = longLists.reduce((sum, list) => sum + read[list].length, 0); left > 0; ) {
    const asked = await hear();
    if (asked.type !== 'next') throw new Error(`The host sent ${asked.type} where a part was to be asked for.`);
    const items = read[asked.list].slice(asked.from, asked.from + partLength);
    tell({ type: 'part', items });
    left -= items.length;
  }
}

async function carryOut({ files, options }: ReadingOrder): Promise<void> {
  let told = 0;
  const onProgress = (doneBytes: number) => {
    if (doneBytes - told < progressBytes) return;
    told = doneBytes;
    tell({ type: 'progress', doneBytes });
  };
  await handOver(await readImport(files, { ...options, onProgress, readKnown }));
}

try {
  for (;;) {
    const order = await hear();
    if (order.type !== 'order') throw new Error(`The host sent ${order.type} where an import was to be ordered.`);
    await carryOut(order);
  }
} catch (error) {
  const code = error instanceof ExposureError ? error.code : null;
  const message = error instanceof Error ? (code === null ? (error.stack ?? error.message) : error.message) : String(error);
  tell({ type: 'failed', code, message });
}
