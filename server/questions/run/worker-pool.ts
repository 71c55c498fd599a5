import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { ExposureError } from '../../domain/errors.ts';
import type { Projection } from '../../projection/projection.ts';
import type { SharedProjection } from '../../projection/share-projection.ts';
import { shareProjection } from '../../projection/share-projection.ts';
import { errorOf, startThread, type ThreadFailure } from '../../threads/start-thread.ts';
import type { JobName, JobParameters, JobResult, JobSubject } from './jobs.ts';
import { TimeLimit } from './time-limit.ts';
import type { WorkProgress } from './work-progress.ts';

export interface WorkerOrder {
  /** 0: the job needs no projection. */
  readonly projectionId: number;
  /** Null if the job needs no projection or the thread already holds it. */
  readonly shared: SharedProjection | null;
  /** The projection that the thread holds, of which `shared` leaves out what is the same; 0: `shared` is whole. */
  readonly formerId: number;
  readonly job: JobName;
  readonly parameters: unknown;
  /** The memory of a `WorkProgress`; null: without progress. */
  readonly progress: SharedArrayBuffer | null;
}

export type WorkerAnswer = { readonly result: unknown } | { readonly failure: ThreadFailure };

interface Thread {
  readonly worker: Worker;
  /** The projection that the thread holds. */
  projection: Projection | undefined;
}

interface Waiting {
  /** The question that waits. */
  readonly owner: TimeLimit;
  readonly take: (thread: Thread) => void;
}

const maxThreads = 4;

/**
 * Worker threads for long work, so that the event loop stays free.
 *
 * A thread starts when it is first needed, and reads projections in shared memory. To stop work that has run out of time or
 * clients, the pool ends its thread: a pure function checks no flag, and a new thread starts in 100 ms. Waiting questions take turns, so that
 * one of many jobs delays another by one job, not by all.
 */
export class WorkerPool {
  readonly size: number;
  readonly #idle: Thread[] = [];
  readonly #busy = new Set<Thread>();
  readonly #waiting: Waiting[] = [];
  readonly #onCrowded = new Set<() => void>();
  /**
   * When each question last got a thread: the number of threads that were given out by then. A new question counts as if it had
   * got one just before the last: it passes only the question that got the last.
   */
  readonly #served = new WeakMap<TimeLimit, number>();
  #servedCount = 0;
  readonly #ids = new WeakMap<Projection, number>();
  #lastId = 0;
  #isClosed = false;

  constructor(size = Math.max(1, Math.min(maxThreads, availableParallelism()))) {
    this.size = size;
  }

  /** Runs a job. The time limit includes the wait for a thread. Rejects as `limit.check` and the job. */
  async run<J extends JobName>(
    projection: JobSubject<J>,
    job: J,
    parameters: JobParameters<J>,
    limit: TimeLimit,
    progress?: WorkProgress,
  ): Promise<JobResult<J>> {
    limit.check();
    const end = new AbortController();
    const stopWatching = limit.watch((reason) => end.abort(reason));
    try {
      const thread = await this.#take(limit.owner, end.signal);
      const work = { job, parameters, progress: progress?.memory ?? null };
      return (await this.#order(thread, projection, work, end.signal)) as JobResult<J>;
    } finally {
      stopWatching();
    }
  }

  /** The number of threads that do not work. */
  get idleCount(): number {
    return this.size - this.#busy.size;
  }

  /**
   * Calls `act` whenever a job has to wait for a thread.
   *
   * @returns a function that stops this
   */
  onCrowded(act: () => void): () => void {
    this.#onCrowded.add(act);
    return () => this.#onCrowded.delete(act);
  }

  /** The questions that wait for a thread. */
  waitingOwners(): ReadonlySet<TimeLimit> {
    return new Set(this.#waiting.map(({ owner }) => owner));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#idle, ...this.#busy].map((thread) => thread.worker.terminate()));
    this.#idle.length = 0;
  }

  #take(owner: TimeLimit, signal: AbortSignal): Promise<Thread> {
    const idle = this.#idle.pop();
    if (idle !== undefined || this.#busy.size < this.size) {
      const thread = idle ?? makeThread();
      this.#busy.add(thread);
      this.#served.set(owner, ++this.#servedCount);
      return Promise.resolve(thread);
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        owner,
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
      if (!this.#served.has(owner)) this.#served.set(owner, this.#servedCount - 0.5);
      this.#waiting.push(waiting);
      for (const act of this.#onCrowded) act();
    });
  }

  #order(
    thread: Thread,
    projection: Projection | null,
    work: Pick<WorkerOrder, 'job' | 'parameters' | 'progress'>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const projectionId = projection === null ? 0 : this.#idOf(projection);
    const former = thread.projection;
    const isHeld = projection === null || projection === former;
    // The thread shares most parts of the projection that it holds with the next one.
    const shared = isHeld ? null : shareProjection(projection, former);
    const formerId = isHeld || former === undefined ? 0 : this.#idOf(former);
    if (!isHeld) thread.projection = projection;
    const { worker } = thread;
    return new Promise((resolve, reject) => {
      const settle = (isUsable: boolean, act: () => void) => {
        signal.removeEventListener('abort', onAbort);
        worker.off('message', onMessage).off('messageerror', onError).off('error', onError).off('exit', onExit);
        this.#give(thread, isUsable);
        act();
      };
      const onAbort = () => settle(false, () => reject(signal.reason));
      const onError = (error: Error) => settle(false, () => reject(error));
      const onExit = () =>
        settle(false, () => reject(new ExposureError('QUERY_TIMEOUT', 'The server shut down before the answer was ready. Ask again.')));
      const onMessage = (answer: WorkerAnswer) =>
        settle(true, () => ('result' in answer ? resolve(answer.result) : reject(errorOf(answer.failure))));
      worker.on('message', onMessage).on('messageerror', onError).on('error', onError).on('exit', onExit);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else worker.postMessage({ projectionId, shared, formerId, ...work } satisfies WorkerOrder);
    });
  }

  /** Hands the thread to the next job, or back to the pool. An unusable thread is replaced. */
  #give(thread: Thread, isUsable: boolean): void {
    this.#busy.delete(thread);
    if (!isUsable) void thread.worker.terminate();
    if (this.#isClosed) return;
    const next = this.#takeNext();
    if (next === undefined) {
      if (isUsable) this.#idle.push(thread);
      return;
    }
    const free = isUsable ? thread : makeThread();
    this.#busy.add(free);
    this.#served.set(next.owner, ++this.#servedCount);
    next.take(free);
  }

  /** The first job of the question that got no thread for longest. */
  #takeNext(): Waiting | undefined {
    let first = 0;
    const servedAt = (i: number) => this.#served.get((this.#waiting[i] as Waiting).owner) as number;
    for (let i = 1; i < this.#waiting.length; i++) if (servedAt(i) < servedAt(first)) first = i;
    return this.#waiting.splice(first, 1)[0];
  }

  #idOf(projection: Projection): number {
    const id = this.#ids.get(projection) ?? ++this.#lastId;
    this.#ids.set(projection, id);
    return id;
  }
}

function makeThread(): Thread {
  const worker = startThread('questions/run/worker');
  worker.unref();
  return { worker, projection: undefined };
}

/**
 * Runs seldom, heavy jobs, each in a thread of its own: no question waits for them, and they for none. The thread ends with its job. An idle
 * thread collects no garbage, and would hold what the job has read.
 */
export class OwnThreads {
  readonly #pools = new Set<WorkerPool>();

  /** Rejects as the job, and with QUERY_TIMEOUT once closed. */
  async run<J extends JobName>(subject: JobSubject<J>, job: J, parameters: JobParameters<J>): Promise<JobResult<J>> {
    const pool = new WorkerPool(1);
    this.#pools.add(pool);
    try {
      return await pool.run(subject, job, parameters, new TimeLimit(Infinity));
    } finally {
      this.#pools.delete(pool);
      void pool.close();
    }
  }

  /** Ends all jobs. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools].map((pool) => pool.close()));
  }
}
