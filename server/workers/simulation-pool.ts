import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RunTable } from '../exposure/simulate-runs.ts';
import { simulateRuns } from '../exposure/simulate-runs.ts';
import type { SimulationPlan } from '../exposure/simulation-plan.ts';
import { runInSlices } from '../run-in-slices.ts';
import type { SimulationTask } from './simulation-worker.ts';

/** Below so many looks at a step, copy or lead, a simulation has ended before a worker has started. */
const fewLooks = 2_000_000;
/** Tasks for each worker: enough that all end at about the same time, and that others get their turn in between. */
const tasksAWorker = 8;
const maxWorkers = 4;
const checkEveryMs = 20;

interface QueuedTask {
  readonly task: SimulationTask;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Worker threads that simulate, over the memory of the plan and of the table. Started when they are first needed; several
 * simulations share them, task by task. Which worker does what changes no figure.
 */
export class SimulationPool {
  readonly #size: number;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #queue: QueuedTask[] = [];

  constructor(size = Math.min(maxWorkers, availableParallelism())) {
    this.#size = size;
  }

  /**
   * Simulates all runs of a table: a short simulation on this thread, in slices, others on the workers.
   *
   * @param checkTime throws where the answer is not wanted any more; the workers then stop within a run
   */
  async run(plan: SimulationPlan, seed: number, table: RunTable, checkTime: () => void): Promise<void> {
    if (table.runs * (plan.stepTo.length + plan.copyHolder.length + plan.leadSource.length) < fewLooks) {
      return runInSlices(simulateRuns(plan, seed, 0, table.runs, table), checkTime);
    }
    const stop = new Int32Array(new SharedArrayBuffer(4));
    let failure: unknown;
    const timer = setInterval(() => {
      try {
        checkTime();
      } catch (error) {
        failure ??= error;
        Atomics.store(stop, 0, 1);
      }
    }, checkEveryMs);
    try {
      const step = Math.max(1, Math.ceil(table.runs / (this.#size * tasksAWorker)));
      const tasks: Promise<void>[] = [];
      for (let from = 0; from < table.runs; from += step) {
        tasks.push(this.#submit({ plan, seed, from, to: Math.min(table.runs, from + step), table, stop }));
      }
      await Promise.all(tasks);
    } finally {
      clearInterval(timer);
    }
    if (failure !== undefined) throw failure;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #submit(task: SimulationTask): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      if (this.#idle.length === 0 && this.#workers.size < this.#size) this.#idle.push(this.#start());
      this.#next();
    });
  }

  #next(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) this.#give(this.#idle.pop() as Worker, this.#queue.shift() as QueuedTask);
  }

  #give(worker: Worker, { task, resolve, reject }: QueuedTask): void {
    const settle = () => {
      worker.off('message', ended);
      worker.off('error', failed);
      worker.off('exit', left);
    };
    const ended = () => {
      settle();
      this.#idle.push(worker);
      resolve();
      this.#next();
    };
    const failed = (error: unknown) => {
      settle();
      this.#workers.delete(worker);
      reject(error);
    };
    const left = () => failed(new Error('a worker of the simulation ended before its task'));
    worker.on('message', ended);
    worker.on('error', failed);
    worker.on('exit', left);
    worker.postMessage(task);
  }

  #start(): Worker {
    const isBuilt = !import.meta.url.endsWith('.ts');
    const program = new URL(`./simulation-worker.${isBuilt ? 'js' : 'ts'}`, import.meta.url);
    const worker = isBuilt
      ? new Worker(program)
      : new Worker(new URL('./from-source.mjs', import.meta.url), { workerData: { program: program.href } });
    // A worker that waits keeps no process alive.
    worker.unref();
    this.#workers.add(worker);
    return worker;
  }
}
