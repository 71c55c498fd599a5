import type { Simulation } from '../../exposure/simulation/simulation.ts';
import { maxRuns, simulate } from '../../exposure/simulation/simulation.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import { simulateInThreads } from '../run/simulate-in-threads.ts';
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
