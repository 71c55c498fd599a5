import { setPriority } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';

/** The file of a thread, relative to the folder of the server, without its extension. */
type ThreadFile =
  | 'batch/batch-thread'
  | 'import/thread/reading-thread'
  | 'questions/run/worker'
  | 'store/sqlite/verify-thread'
  | 'store/sqlite/write/write-thread';

/**
 * Starts a worker thread, from built code or from the source, whichever this program runs from.
 *
 * @param heapMb the most that its heap may hold; a thread that needs more ends with the error ERR_WORKER_OUT_OF_MEMORY. Default: as the program
 */
export function startThread(file: ThreadFile, heapMb?: number): Worker {
  const limits = heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } };
  // A thread from the source is a bundle elsewhere. The program that started it starts its threads, too.
  const [, starter = ''] = process.argv;
  if (!isMainThread && starter.endsWith('thread-from-source.mjs')) return new Worker(starter, { argv: [`${file}.ts`], ...limits });
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`../${file}.js`, import.meta.url), limits);
  return new Worker(new URL('./thread-from-source.mjs', import.meta.url), { argv: [`${file}.ts`], ...limits });
}

/** A nice value. The event loop has 0, and so gets nine tenths of a core that it shares with a thread. */
const threadPriority = 10;

/**
 * Call this in a thread: it then gives way to the event loop wherever both want the same core. Answers wait for the event loop, and few for a
 * thread. Only Linux has priorities of threads; elsewhere this would slow down the whole program.
 */
export function giveWayToEventLoop(): void {
  if (process.platform === 'linux') setPriority(threadPriority);
}
