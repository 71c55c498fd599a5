import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../../domain/errors.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { Projection } from '../../projection/projection.ts';
import type { SharedProjection } from '../../projection/share-projection.ts';
import { shareProjection } from '../../projection/share-projection.ts';
import type { JobName, JobParameters, JobResult, JobSubject } from './jobs.ts';

export interface WorkerOrder {
  /** 0: it is about none. */
  readonly projectionId: number;
  /** Null where it is about none, or the thread has it already. */
  readonly shared: SharedProjection | null;
  readonly job: JobName;
  readonly parameters: unknown;
}

export type WorkerAnswer =
  | { readonly result: unknown }
  /** `code` null: a fault of ours. */
  | { readonly failure: { readonly code: ErrorCode | null; readonly message: string } };

export interface JobLimits {
  /** From now on, waiting for a thread included. */
  readonly timeoutMs: number;
  /** All the time that the answer may take, some of which may have passed. Default: `timeoutMs`. */
  readonly allowedMs?: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

interface Thread {
  readonly worker: Worker;
  /** The projection that it holds; 0: none. */
  projectionId: number;
}

interface Waiting {
  readonly take: (thread: Thread) => void;
}

const maxThreads = 4;

/**
 * Threads for what takes long, so that the event loop stays free.
 *
 * Threads are started when they are first needed, and read projections where they lie. Whatever runs over its time, or is waited
 * for by nobody, is ended with its thread: a pure function has no place at which it could be asked to stop, and a new thread takes
 * a tenth of a second.
 */
export class WorkerPool {
  readonly size: number;
  readonly #idle: Thread[] = [];
  readonly #busy = new Set<Thread>();
  readonly #waiting: Waiting[] = [];
  readonly #ids = new WeakMap<Projection, number>();
  #lastId = 0;
  #isClosed = false;

  constructor(size = Math.max(1, Math.min(maxThreads, availableParallelism()))) {
    this.size = size;
  }

  /** Throws QUERY_TIMEOUT, what the job throws, and the signal's reason where it is aborted. */
  async run<J extends JobName>(projection: JobSubject<J>, job: J, parameters: JobParameters<J>, limits: JobLimits): Promise<JobResult<J>> {
    const { timeoutMs, allowedMs = timeoutMs, signal } = limits;
    signal?.throwIfAborted();
    const end = new AbortController();
    const timer = setTimeout(() => {
      const message = `The answer took longer than ${allowedMs} ms. Ask for less: a narrower window, fewer hops or fewer runs.`;
      end.abort(new ExposureError('QUERY_TIMEOUT', message));
    }, timeoutMs);
    const leave = () => end.abort(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      const thread = await this.#take(end.signal);
      return (await this.#order(thread, projection, job, parameters, end.signal)) as JobResult<J>;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#idle, ...this.#busy].map((thread) => thread.worker.terminate()));
    this.#idle.length = 0;
  }

  #take(signal: AbortSignal): Promise<Thread> {
    const idle = this.#idle.pop();
    if (idle !== undefined || this.#busy.size < this.size) {
      const thread = idle ?? startThread();
      this.#busy.add(thread);
      return Promise.resolve(thread);
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        take: (thread) => {
          signal.removeEventListener('abort', giveUp);
          resolve(thread);
        },
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(waiting);
    });
  }

  #order(thread: Thread, projection: Projection | null, job: JobName, parameters: unknown, signal: AbortSignal): Promise<unknown> {
    const projectionId = projection === null ? 0 : this.#idOf(projection);
    const isHeld = projection === null || thread.projectionId === projectionId;
    const shared = isHeld ? null : shareProjection(projection);
    if (!isHeld) thread.projectionId = projectionId;
    const { worker } = thread;
    return new Promise((resolve, reject) => {
      const settle = (isUsable: boolean, act: () => void) => {
        signal.removeEventListener('abort', onAbort);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        this.#give(thread, isUsable);
        act();
      };
      const onAbort = () => settle(false, () => reject(signal.reason));
      const onError = (error: Error) => settle(false, () => reject(error));
      const onExit = () =>
        settle(false, () => reject(new ExposureError('QUERY_TIMEOUT', 'The server closed before the answer was there; ask again.')));
      const onMessage = (answer: WorkerAnswer) =>
        settle(true, () => ('result' in answer ? resolve(answer.result) : reject(toError(answer.failure))));
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else worker.postMessage({ projectionId, shared, job, parameters } satisfies WorkerOrder);
    });
  }

  /** Back to the pool, or to whoever waits; a thread that is of no more use is replaced. */
  #give(thread: Thread, isUsable: boolean): void {
    this.#busy.delete(thread);
    if (!isUsable) void thread.worker.terminate();
    if (this.#isClosed) return;
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (isUsable) this.#idle.push(thread);
      return;
    }
    const free = isUsable ? thread : startThread();
    this.#busy.add(free);
    next.take(free);
  }

  #idOf(projection: Projection): number {
    const id = this.#ids.get(projection) ?? ++this.#lastId;
    this.#ids.set(projection, id);
    return id;
  }
}

function startThread(): Thread {
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(new URL(isSource ? './from-source.mjs' : './worker.js', import.meta.url));
  worker.unref();
  return { worker, projectionId: 0 };
}

function toError({ code, message }: { readonly code: ErrorCode | null; readonly message: string }): Error {
  return code === null ? new Error(message) : new ExposureError(code, message);
}
