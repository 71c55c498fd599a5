import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const input = { origins: ['tool'], core: summer2025, widest: summer2025 };
const simulation = `query ($input: BlastRadiusInput!, $runs: Int, $seed: Int) {
  blastRadius(input: $input) {
    summary { weightedLossUsd worstCaseLossUsd }
    labs { edges { node { lab { id } } } }
    simulation(runs: $runs, seed: $seed) {
      runs seed meanUsd standardErrorUsd p5Usd p50Usd p95Usd exceedance { lossUsd probability }
      labs { lab { id } meanUsd standardErrorUsd p5Usd p50Usd p95Usd }
    }
  }
}`;

describe('[G120] a radius is simulated', () => {
  it('with its labs in order, an exceedance curve, and the same figures for the same seed', async () => {
    const variables = { input, runs: 5000, seed: -7 };
    const { blastRadius } = await serving.get(simulation, variables);
    const { meanUsd, standardErrorUsd, exceedance, labs, ...rest } = blastRadius.simulation;
    expect(rest).toMatchObject({ runs: 5000, seed: -7, p5Usd: 0, p50Usd: 0 });
    expect(meanUsd + 4 * standardErrorUsd).toBeGreaterThan(blastRadius.summary.weightedLossUsd);
    expect(meanUsd).toBeLessThan(blastRadius.summary.worstCaseLossUsd);
    expect(labs.map(({ lab }: { lab: object }) => lab)).toEqual(
      blastRadius.labs.edges.map(({ node }: { node: { lab: object } }) => node.lab),
    );
    expect(exceedance[0]).toEqual({ lossUsd: 0, probability: 1 });
    // The tool is the only way in. It compromises the vendor in three of ten runs.
    expect(exceedance[1].probability).toBeCloseTo(0.3, 1);
    expect((await serving.get(simulation, variables)).blastRadius.simulation).toEqual(blastRadius.simulation);
    expect((await serving.get(simulation, { ...variables, seed: 8 })).blastRadius.simulation.meanUsd).not.toBe(meanUsd);
  });

  it('10,000 times by default', async () => {
    const { blastRadius } = await serving.get(
      'query ($input: BlastRadiusInput!) { blastRadius(input: $input) { simulation { runs seed } } }',
      {
        input,
      },
    );
    expect(blastRadius.simulation).toEqual({ runs: 10_000, seed: 1 });
  });

  it.each([0, -1, 100_001])('but cannot be run %d times', async (runs) => {
    const { data, errors } = await serving.ask(simulation, { input, runs });
    expect(data.blastRadius.simulation).toBeNull();
    expect(errors?.[0]).toMatchObject({
      message: `runs is ${runs}; expected a whole number from 1 to 100,000.`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

it('[G121] a simulation that exceeds its time limit is ended', async () => {
  const hasty = await new Serving().start({ environment: { EXPOSURE_QUERY_TIMEOUT_MS: '100' } });
  try {
    await hasty.put(smallWorld);
    const many = Array.from({ length: 50 }, (_, seed) => `s${seed}: simulation(runs: 100000, seed: ${seed}) { meanUsd }`).join(' ');
    const { errors } = await hasty.ask(`query ($input: BlastRadiusInput!) { blastRadius(input: $input) { ${many} } }`, { input });
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['QUERY_TIMEOUT']));
    expect(errors?.map(({ message }) => message).filter((message) => !message.includes('longer than 100 milliseconds'))).toEqual([]);
  } finally {
    await hasty.stopAndDelete();
  }
});
