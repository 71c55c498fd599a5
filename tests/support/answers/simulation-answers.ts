import { fitLognormal } from '../../../server/domain/lognormal.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { drawUniform, randomKey } from '../../../server/exposure/simulation/counter-random.ts';
import { drawValue, simulateRuns } from '../../../server/exposure/simulation/simulate-runs.ts';
import type { Simulation } from '../../../server/exposure/simulation/simulation.ts';
import { simulate } from '../../../server/exposure/simulation/simulation.ts';
import { meanValue } from '../oracle/lognormal-mean.ts';
import type { OracleCascade } from '../oracle/simulation.ts';
import { oracleLoss, oraclePercentile } from '../oracle/simulation.ts';
import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';

/** The engine's answer, computed on this thread. */
export function simulateHere(radius: BlastRadius, runs: number, seed: number): Promise<Simulation> {
  return simulate(radius, runs, seed, async (plan, drawn, table) => simulateRuns(plan, drawn, 0, runs, table));
}

/** The oracle's answer for the same random numbers and the labs of the engine's radius. */
export function simulateByOracle(facts: World, cascade: OracleCascade, radius: BlastRadius, runs: number, seed: number): Simulation {
  const artifacts = new Map(factsOf(facts, 'ARTIFACT').map((artifact) => [artifact.id, artifact]));
  const mean = (id: string) => meanValue(artifacts.get(id) as Parameters<typeof meanValue>[0]);
  const shares = Array.from({ length: runs }, (_, run) =>
    cascade.disclose(({ key: [kind, ...ids], likelihood }) => drawUniform(seed, run, ...randomKey(kind as string, ...ids)) < likelihood),
  );
  const drawn = (run: number) => (id: string) => {
    const { valueLowUsd: low, valueHighUsd: high } = artifacts.get(id) as { valueLowUsd: number | null; valueHighUsd: number | null };
    if (low === null || high === null || low === high) return mean(id);
    const { mu, sigma } = fitLognormal(low, high);
    return drawValue(mu, sigma, drawUniform(seed, run, ...randomKey('value', id)));
  };
  const figures = (lab?: string) => {
    const losses = shares.map((each, run) => oracleLoss(facts, each, drawn(run), lab));
    const expected = shares.map((each) => oracleLoss(facts, each, mean, lab));
    const meanUsd = expected.reduce((sum, loss) => sum + loss, 0) / runs;
    const isOne = expected.every((loss) => loss === expected[0]);
    const variance = isOne ? 0 : expected.reduce((sum, loss) => sum + (loss - meanUsd) ** 2, 0) / (runs - 1);
    return {
      losses,
      summary: {
        meanUsd,
        standardErrorUsd: Math.sqrt(variance) / Math.sqrt(runs),
        p5Usd: oraclePercentile(losses, 5),
        p50Usd: oraclePercentile(losses, 50),
        p95Usd: oraclePercentile(losses, 95),
      },
    };
  };
  const { losses, summary } = figures();
  const points = [...new Set(Array.from({ length: 100 }, (_, i) => oraclePercentile(losses, i + 1)))];
  return {
    runs,
    seed,
    ...summary,
    exceedance: points.map((lossUsd) => ({ lossUsd, probability: losses.filter((loss) => loss >= lossUsd).length / runs })),
    labs: radius.labs.map(({ lab }) => ({ lab, ...figures(radius.projection.organizations.id.get(lab)).summary })),
  };
}
