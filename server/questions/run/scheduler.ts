import type { JobName, JobParameters, JobResult, JobSubject } from './jobs.ts';
import type { TimeLimit } from './time-limit.ts';
import type { WorkProgress } from './work-progress.ts';
import { WorkerPool } from './worker-pool.ts';

/** The most milliseconds that questions hold the event loop before other work gets its turn. */
const sliceMs = 10;

/** While others wait, a question is served for this many milliseconds in a row. Hundreds of short parts would else wait for as many slices of long work. */
const roundMs = 2;

/** The most questions that wait for a slice or a thread at the same time. */
export const maxWaiting = 100;

/** Does one part of some work. Returns whether the work has ended. */
type Part = () => boolean;

/**
 * Runs the work of all questions in one of three ways: short work at once (`turn`), longer work in slices on the event loop
 * (`run`), and the longest in a worker thread (`runInThread`). Each way checks the question's time limit.
 *
 * Slices: all questions together hold the event loop for at most `sliceMs`, plus one step. The rest of their work waits until the
 * loop has turned. Waiting questions take turns of `roundMs`. The parts of one question keep their order. So a query of 50 radii delays another client's search by one slice, not by 50 radii.
 */
export class Scheduler {
  readonly #threads: WorkerPool;
  readonly #now: () => number;
  /** The waiting parts of each question. The next question comes first. */
  readonly #waiting = new Map<TimeLimit, PartQueue>();
  /** When the current slice ends. Undefined if the loop has turned since the last slice. */
  #sliceEnd: number | undefined;
  /** The question that is served, and since when. */
  #round: { readonly owner: TimeLimit; readonly since: number } | undefined;

  /** @param now a clock in milliseconds that never goes back */
  constructor(threads = new WorkerPool(), now: () => number = () => performance.now()) {
    this.#threads = threads;
    this.#now = now;
  }

  /** The most threads that work at the same time. */
  get threadCount(): number {
    return this.#threads.size;
  }

  /** The number of threads that do not work. */
  get idleThreadCount(): number {
    return this.#threads.idleCount;
  }

  /** Whether too many questions wait for a slice or a thread, so that a new one would likely time out. */
  get isFull(): boolean {
    const inThreads = this.#threads.waitingOwners();
    let count = inThreads.size;
    for (const owner of this.#waiting.keys()) if (!inThreads.has(owner)) count++;
    return count >= maxWaiting;
  }

  /** Whether no question waits and no thread works. */
  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.idleThreadCount === this.threadCount;
  }

  /** As `WorkerPool.onCrowded`. */
  onCrowded(act: () => void): () => void {
    return this.#threads.onCrowded(act);
  }

  /** Calls `act` at once while the slice lasts, otherwise on the question's turn. Throws or rejects as `limit.check` and `act`. */
  turn<T>(limit: TimeLimit, act: () => T): T | Promise<Awaited<T>> {
    limit.check();
    if (this.#hasTime()) return act();
    return new Promise<Awaited<T>>((resolve, reject) => {
      this.#wait(limit, () => {
        try {
          limit.check();
          resolve(act() as Awaited<T>);
        } catch (error) {
          reject(error);
        }
        return true;
      });
    });
  }

  /** Runs work in steps of a few milliseconds each. Rejects as `limit.check` and the work. */
  run<T>(limit: TimeLimit, steps: Generator<void, T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const advance = () => {
        try {
          limit.check();
          do {
            const step = steps.next();
            if (step.done === true) {
              resolve(step.value);
              return true;
            }
          } while (this.#hasTime() && !this.#isRoundOver(limit.owner));
          return false;
        } catch (error) {
          reject(error);
          return true;
        }
      };
      if (!this.#hasTime() || !advance()) this.#wait(limit, advance);
    });
  }

  /** Waits for a worker thread, then runs a job in it. Rejects as `limit.check` and the job. */
  runInThread<J extends JobName>(
    limit: TimeLimit,
    projection: JobSubject<J>,
    job: J,
    parameters: JobParameters<J>,
    progress?: WorkProgress,
  ): Promise<JobResult<J>> {
    return this.#threads.run(projection, job, parameters, limit, progress);
  }

  close(): Promise<void> {
    return this.#threads.close();
  }

  /** Begins a slice unless one is under way. */
  #hasTime(): boolean {
    const now = this.#now();
    if (this.#sliceEnd === undefined) {
      this.#sliceEnd = now + sliceMs;
      setImmediate(() => {
        this.#sliceEnd = undefined;
        this.#serve();
      });
    }
    return now < this.#sliceEnd;
  }

  #wait({ owner }: TimeLimit, part: Part): void {
    let queue = this.#waiting.get(owner);
    if (queue === undefined) {
      queue = new PartQueue();
      this.#waiting.set(owner, queue);
    }
    queue.add(part);
  }

  /** Serves one part, then what follows from it (a resolved promise goes on as a microtask), then the next part while the slice lasts. */
  #serve(): void {
    if (this.#waiting.size === 0 || !this.#hasTime()) return;
    const [owner, queue] = this.#waiting.entries().next().value as [TimeLimit, PartQueue];
    if (this.#round?.owner !== owner) this.#round = { owner, since: this.#now() };
    queue.serve();
    if (queue.isEmpty) this.#waiting.delete(owner);
    else if (this.#isRoundOver(owner)) {
      this.#waiting.delete(owner);
      this.#waiting.set(owner, queue);
      this.#round = undefined;
    }
    queueMicrotask(() => this.#serve());
  }

  #isRoundOver(owner: TimeLimit): boolean {
    return this.#waiting.size > 1 && this.#round?.owner === owner && this.#now() - this.#round.since >= roundMs;
  }
}

/** A queue: first in, first out. */
class PartQueue {
  #parts: Part[] = [];
  #first = 0;

  get isEmpty(): boolean {
    return this.#first === this.#parts.length;
  }

  add(part: Part): void {
    this.#parts.push(part);
  }

  /** Runs the first part. It stays the first until it has ended. */
  serve(): void {
    if (!(this.#parts[this.#first] as Part)()) return;
    this.#first++;
    // Half of the array has been served. Drop it here, at a constant cost for each part.
    if (this.#first * 2 < this.#parts.length) return;
    this.#parts = this.#parts.slice(this.#first);
    this.#first = 0;
  }
}
