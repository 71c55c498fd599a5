import type { RunTable } from '../../exposure/simulation/simulate-runs.ts';
import { simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import type { Scheduler } from './scheduler.ts';
import type { TimeLimit } from './time-limit.ts';

/** Below this many looks at a step, copy or lead, a simulation ends before a thread has started. */
const fewLooks = 2_000_000;
/** Tasks for each thread: enough that all threads end at about the same time, and that other jobs get a thread in between. */
const tasksPerThread = 8;

/**
 * Simulates all runs of a table: a short simulation on the event loop, a long one on worker threads that share the memory of plan
 * and table. Which thread does what changes no figure. Rejects as `limit.check`.
 */
export async function simulateInThreads(
  scheduler: Scheduler,
  plan: SimulationPlan,
  seed: number,
  table: RunTable,
  limit: TimeLimit,
): Promise<void> {
  const { runs } = table;
  const isShort = runs * (plan.stepTo.length + plan.copyHolder.length + plan.leadSource.length) < fewLooks;
  if (isShort) return scheduler.run(limit, simulateRuns(plan, seed, 0, runs, table));
  const step = Math.max(1, Math.ceil(runs / (scheduler.threadCount * tasksPerThread)));
  const tasks: Promise<void>[] = [];
  for (let from = 0; from < runs; from += step) {
    tasks.push(scheduler.runInThread(limit, null, 'simulation', { plan, seed, from, to: Math.min(runs, from + step), table }));
  }
  await Promise.all(tasks);
}
