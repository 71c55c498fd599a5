import { parentPort } from 'node:worker_threads';
import type { RunTable } from '../exposure/simulate-runs.ts';
import { simulateRuns } from '../exposure/simulate-runs.ts';
import type { SimulationPlan } from '../exposure/simulation-plan.ts';

/** Some runs of a simulation: what is read and written lies in memory that both threads share. */
export interface SimulationTask {
  readonly plan: SimulationPlan;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly table: RunTable;
  /** One element; not 0 once nobody wants the answer. */
  readonly stop: Int32Array;
}

/* The program of a worker thread: takes tasks one after the other and says when each has ended. */
parentPort?.on('message', ({ plan, seed, from, to, table, stop }: SimulationTask) => {
  for (const _ of simulateRuns(plan, seed, from, to, table)) if (Atomics.load(stop, 0) !== 0) break;
  parentPort?.postMessage('ended');
});
