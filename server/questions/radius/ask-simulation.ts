import { type RunTable, simulateRuns } from '../../exposure/simulation/simulate-runs.ts';
import type { Simulation } from '../../exposure/simulation/simulation.ts';
import { maxRuns, simulate } from '../../exposure/simulation/simulation.ts';
import type { SimulationPlan } from '../../exposure/simulation/simulation-plan.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import type { AnsweredRadius } from './ask-radius.ts';

/**
 * The losses of a radius over simulated runs.
 *
 * @param runs 1 to 100,000
 * @param seed a signed 32-bit integer; the same seed gives the same figures
 * Throws BAD_USER_INPUT, QUERY_TIMEOUT.
 */
export async function askSimulation(asker: Asker, { radius }: AnsweredRadius, runs = 10_000, seed = 1): Promise<Simulation> {
  const { limit, questions } = asker;
  return simulate(
    radius,
    checkCount('runs', runs, 1, maxRuns),
    seed,
    (plan, drawn, table) => simulateInThreads(questions.scheduler, plan, drawn, table, limit),
    (steps) => asker.run(steps),
  );
}

/** With fewer checks of steps, copies and leads than this, a simulation ends before a thread would have started. */
const fewLooks = 2_000_000;
/** Tasks for each thread. With this many, all threads end at about the same time, and other questions get a thread after the next task. */
const tasksPerThread = 8;

/**
 * Simulates all runs of a table. A short simulation runs on the event loop. A long one runs on worker threads, which share the
 * memory of plan and table. The division among threads changes no figure. Rejects as `limit.check`.
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
  if (isShort) return scheduler.turn(limit, () => simulateRuns(plan, seed, 0, runs, table));
  const step = Math.max(1, Math.ceil(runs / (scheduler.threadCount * tasksPerThread)));
  const tasks: Promise<void>[] = [];
  for (let from = 0; from < runs; from += step) {
    tasks.push(scheduler.runInThread(limit, null, 'simulation', { plan, seed, from, to: Math.min(runs, from + step), table }));
  }
  await Promise.all(tasks);
}
