import { setPriority } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import { type ErrorCode, ExposureError } from '../domain/errors.ts';

/** The file of a thread, relative to the folder of the server, without its extension. */
type ThreadFile =
  | 'batch/batch-thread'
  | 'import/thread/reading-thread'
  | 'questions/run/worker'
  | 'store/sqlite/verify-thread'
  | 'store/sqlite/write/write-thread';

/**
 * The young generation of a thread that reads files, in MB, as `--max-semi-space-size=32` gives it to the server. Parsed values live until their rows are made, and
 * with Node's default of 48 MB the collector copies most of them once more.
 */
const readingYoungMb = 96;

/**
 * Starts a worker thread, from built code or from the source, whichever this program runs from.
 *
 * @param heapMb the most that its heap may hold beside the young generation; a thread that needs more ends with the error ERR_WORKER_OUT_OF_MEMORY. Default: as the program
 */
export function startThread(file: ThreadFile, heapMb?: number): Worker {
  const limits = {
    resourceLimits: {
      ...(heapMb === undefined ? {} : { maxOldGenerationSizeMb: heapMb }),
      ...(file === 'import/thread/reading-thread' ? { maxYoungGenerationSizeMb: readingYoungMb } : {}),
    },
  };
  // A thread from the source is a bundle elsewhere. The program that started it starts its threads, too.
  const [, starter = ''] = process.argv;
  if (!isMainThread && starter.endsWith('thread-from-source.mjs')) return new Worker(starter, { argv: [`${file}.ts`], ...limits });
  // Built, this module stands in dist/server/chunks.
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

/** An error as a thread sends it. `code` null: an error of the system, such as ENOENT, or a bug of this program, with its stack as message. */
export interface ThreadFailure {
  readonly code: ErrorCode | null;
  readonly message: string;
}

export function failureOf(error: unknown): ThreadFailure {
  if (error instanceof ExposureError) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return { code: null, message: String(error) };
  return { code: null, message: 'syscall' in error ? error.message : (error.stack ?? error.message) };
}

export function errorOf({ code, message }: ThreadFailure): Error {
  return code === null ? new Error(message) : new ExposureError(code, message);
}
