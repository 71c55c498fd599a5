import type { JobName, JobParameters, JobResult, JobSubject } from './jobs.ts';
import type { TimeLimit } from './time-limit.ts';
import { WorkerPool } from './worker-pool.ts';

/** Milliseconds that questions may hold the event loop before everything else gets its turn. */
const sliceMs = 10;

/** Questions that may wait for a slice or a thread at the same time. */
export const maxWaiting = 100;

/** Does a part of some work; returns whether the work has ended. */
type Part = () => boolean;

/**
 * Runs all work of all questions, in one of three ways: at once where it is short (`turn`), in slices on the event loop
 * (`run`), or in a worker thread (`runInThread`). Each way checks the question's time limit.
 *
 * Slices: questions together hold the event loop for at most `sliceMs`, plus one step. The rest of their work waits until the
 * loop has turned. Waiting questions are served in rotation, one part each, and the parts of one question in their order:
 * a query of 50 radii delays another client's search by one slice, not by 50 radii.
 */
export class Scheduler {
  readonly #threads: WorkerPool;
  readonly #now: () => number;
  /** Waiting parts by question; the question that is served next comes first. */
  readonly #waiting = new Map<TimeLimit, PartQueue>();
  /** When the current slice ends; undefined: the loop has turned since the last slice. */
  #sliceEnd: number | undefined;

  /** @param now a clock in milliseconds that never goes back */
  constructor(threads = new WorkerPool(), now: () => number = () => performance.now()) {
    this.#threads = threads;
    this.#now = now;
  }

  /** Threads that work at the same time. */
  get threadCount(): number {
    return this.#threads.size;
  }

  /** Whether so many questions wait for a slice or a thread that a new one would hardly be answered in time. */
  get isFull(): boolean {
    const inThreads = this.#threads.waitingOwners();
    let count = inThreads.size;
    for (const owner of this.#waiting.keys()) if (!inThreads.has(owner)) count++;
    return count >= maxWaiting;
  }

  /** Calls `act` at once while the slice lasts, else when the question's turn comes. Throws or rejects as `limit.check` and `act`. */
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

  /** Runs work that comes in steps of at most some milliseconds. Rejects as `limit.check` and the work. */
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
          } while (this.#hasTime());
          return false;
        } catch (error) {
          reject(error);
          return true;
        }
      };
      if (!this.#hasTime() || !advance()) this.#wait(limit, advance);
    });
  }

  /** Runs a job in a worker thread, waiting for one included. Rejects as `limit.check` and the job. */
  runInThread<J extends JobName>(limit: TimeLimit, projection: JobSubject<J>, job: J, parameters: JobParameters<J>): Promise<JobResult<J>> {
    return this.#threads.run(projection, job, parameters, limit);
  }

  close(): Promise<void> {
    return this.#threads.close();
  }

  /** Begins a slice where none is under way. */
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

  #serve(): void {
    while (this.#waiting.size > 0 && this.#hasTime()) {
      const [owner, queue] = this.#waiting.entries().next().value as [TimeLimit, PartQueue];
      queue.serve();
      this.#waiting.delete(owner);
      if (!queue.isEmpty) this.#waiting.set(owner, queue);
    }
  }
}

/** First in, first out. */
class PartQueue {
  #parts: Part[] = [];
  #first = 0;

  get isEmpty(): boolean {
    return this.#first === this.#parts.length;
  }

  add(part: Part): void {
    this.#parts.push(part);
  }

  /** Serves the first part, which stays the first until it has ended. */
  serve(): void {
    if (!(this.#parts[this.#first] as Part)()) return;
    this.#first++;
    // Half of the array is served: let go of it, at constant cost a part.
    if (this.#first * 2 < this.#parts.length) return;
    this.#parts = this.#parts.slice(this.#first);
    this.#first = 0;
  }
}
