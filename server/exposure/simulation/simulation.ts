import { sharedFloat64 } from '../../projection/columns/shared-memory.ts';
import type { Steps } from '../../projection/turns.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { RunTable } from './simulate-runs.ts';
import type { SimulationPlan } from './simulation-plan.ts';
import { buildSimulationPlan } from './simulation-plan.ts';

/** Loss over simulated runs (semantics §7), in US dollars. */
export interface LossFigures {
  /** The mean over runs of the sum of mean value x disclosed share. */
  readonly meanUsd: number;
  readonly standardErrorUsd: number;
  /** Nearest-rank percentiles of the loss. */
  readonly p5Usd: number;
  readonly p50Usd: number;
  readonly p95Usd: number;
}

export interface Simulation extends LossFigures {
  readonly runs: number;
  readonly seed: number;
  /** The nearest-rank percentiles 1 to 100 of the loss, ascending. Equal losses appear once. */
  readonly exceedance: readonly ExceedancePoint[];
  /** In the order of the radius. */
  readonly labs: readonly LabSimulation[];
}

export interface LabSimulation extends LossFigures {
  readonly lab: number;
}

interface ExceedancePoint {
  readonly lossUsd: number;
  /** The share of runs with at least this loss. */
  readonly probability: number;
}

export const maxRuns = 100_000;
/** The most figures (columns x runs) in memory at once. */
const maxTableSize = 4_000_000;

/** Simulates the runs of a plan into a table, on this thread or others. */
export type RunSimulation = (plan: SimulationPlan, seed: number, table: RunTable) => Promise<void>;

/**
 * Simulates the losses of a radius. Yields to other work while it reads a large radius and while it summarizes many labs.
 *
 * @param runs 1 to 100,000
 * @param seed 32 bits, signed
 * @param runSimulation simulates the runs; the figures do not depend on the thread
 * @param run runs the steps before and after the simulation
 */
export async function simulate(
  radius: BlastRadius,
  runs: number,
  seed: number,
  runSimulation: RunSimulation,
  run: <T>(steps: Steps<T>) => Promise<T> = runInTurns,
): Promise<Simulation> {
  const plan = await run(buildSimulationPlan(radius));
  const columns = plan.labCount + 1;
  const perTable = Math.max(1, Math.min(columns, Math.floor(maxTableSize / runs)));
  const figures: LossFigures[] = [];
  let exceedance: ExceedancePoint[] = [];
  for (let firstColumn = 0; firstColumn < columns; firstColumn += perTable) {
    const columnCount = Math.min(perTable, columns - firstColumn);
    const size = columnCount * runs;
    const table = { runs, firstColumn, columnCount, losses: sharedFloat64(size), expected: sharedFloat64(size) };
    await runSimulation(plan, seed, table);
    figures.push(...(await run(summarizeColumns(table))));
    if (firstColumn === 0) exceedance = traceExceedance(table.losses.subarray(0, runs));
  }
  const [whole, ...labs] = figures;
  return {
    runs,
    seed,
    ...(whole as LossFigures),
    exceedance,
    labs: labs.map((lab, place) => ({ lab: (radius.labs[place] as { lab: number }).lab, ...lab })),
  };
}

/** The figures of each column, one column per step. Sorts the losses of each column in place. */
function* summarizeColumns({ runs, columnCount, losses, expected }: RunTable): Steps<LossFigures[]> {
  const figures: LossFigures[] = [];
  for (let start = 0; start < columnCount * runs; start += runs) {
    figures.push(summarize(expected.subarray(start, start + runs), losses.subarray(start, start + runs).sort()));
    yield;
  }
  return figures;
}

/**
 * Sums the differences from the first run. So equal runs give exactly their value as the mean, and a standard error of 0.
 *
 * @param sorted losses, ascending
 */
function summarize(expected: Float64Array, sorted: Float64Array): LossFigures {
  const runs = expected.length;
  const first = expected[0] as number;
  let sum = 0;
  for (const value of expected) sum += value - first;
  const mean = sum / runs;
  let squares = 0;
  for (const value of expected) squares += (value - first - mean) ** 2;
  return {
    meanUsd: first + mean,
    standardErrorUsd: runs === 1 ? 0 : Math.sqrt(squares / (runs - 1)) / Math.sqrt(runs),
    p5Usd: percentile(sorted, 5),
    p50Usd: percentile(sorted, 50),
    p95Usd: percentile(sorted, 95),
  };
}

/** Nearest rank: the ceil(p x runs / 100)-th smallest. */
function percentile(sorted: Float64Array, p: number): number {
  return sorted[Math.ceil((p * sorted.length) / 100) - 1] as number;
}

function traceExceedance(sorted: Float64Array): ExceedancePoint[] {
  const points: ExceedancePoint[] = [];
  let first = 0;
  for (let p = 1; p <= 100; p++) {
    const lossUsd = percentile(sorted, p);
    if (lossUsd === points[points.length - 1]?.lossUsd) continue;
    while ((sorted[first] as number) < lossUsd) first++;
    points.push({ lossUsd, probability: (sorted.length - first) / sorted.length });
  }
  return points;
}
