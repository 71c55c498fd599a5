import { ExposureError } from '../../domain/errors.ts';
import type { RunTable } from '../../exposure/simulation/simulate-runs.ts';
import { simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import { runInSlices } from './run-in-slices.ts';
import type { JobLimits, WorkerPool } from './worker-pool.ts';

/** Below so many looks at a step, copy or lead, a simulation has ended before a thread has started. */
const fewLooks = 2_000_000;
/** Tasks for each thread: enough that all end at about the same time, and that others get their turn in between. */
const tasksAThread = 8;

/**
 * Simulates all runs of a table: a short simulation on this thread, in slices, others on the threads of a pool, over the memory of
 * plan and table. Which thread does what changes no figure.
 *
 * Throws QUERY_TIMEOUT, and the signal's reason where it is aborted.
 */
export async function simulateInThreads(
  pool: WorkerPool,
  plan: SimulationPlan,
  seed: number,
  table: RunTable,
  limits: JobLimits,
): Promise<void> {
  const { runs } = table;
  if (runs * (plan.stepTo.length + plan.copyHolder.length + plan.leadSource.length) < fewLooks) {
    const end = performance.now() + limits.timeoutMs;
    return runInSlices(simulateRuns(plan, seed, 0, runs, table), () => {
      limits.signal?.throwIfAborted();
      if (performance.now() > end) {
        const message = `The simulation took longer than ${limits.allowedMs ?? limits.timeoutMs} ms. Ask for fewer runs.`;
        throw new ExposureError('QUERY_TIMEOUT', message);
      }
    });
  }
  const step = Math.max(1, Math.ceil(runs / (pool.size * tasksAThread)));
  const tasks: Promise<void>[] = [];
  for (let from = 0; from < runs; from += step) {
    tasks.push(pool.run(null, 'simulation', { plan, seed, from, to: Math.min(runs, from + step), table }, limits));
  }
  await Promise.all(tasks);
}
