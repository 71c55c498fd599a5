import fc from 'fast-check';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { findDifference, toInput } from '../support/answers/engine-answers.ts';
import { simulateByOracle, simulateHere } from '../support/answers/simulation-answers.ts';
import { oracleRadius } from '../support/oracle/confidentiality.ts';
import { OracleCascade } from '../support/oracle/simulation.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { cases } from '../support/worlds/arbitraries.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = rounds(2_000);

it(`[P91] simulations of many worlds match the oracle, run for run (seed ${seed})`, async () => {
  const countOne = counting('worlds', numRuns);
  await fc.assert(
    fc.asyncProperty(cases, fc.integer({ min: 1, max: 20 }), fc.integer(), async ({ world, question }, runs, drawn) => {
      countOne();
      const projection = buildProjection(toRecordedFacts(world), 1);
      const radius = findBlastRadius(projection, toInput(projection, question));
      const cascade = new OracleCascade(world, question, oracleRadius(world, question));
      const simulation = await simulateHere(radius, runs, drawn);
      expect(findDifference(simulation, simulateByOracle(world, cascade, radius, runs, drawn))).toBeUndefined();
    }),
    { seed, numRuns },
  );
});
