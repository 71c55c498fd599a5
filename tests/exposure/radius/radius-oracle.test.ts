import fc from 'fast-check';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import {
  copiesInIds,
  findDifference,
  integrityInIds,
  oracleCopiesInIds,
  oracleRadiusInIds,
  radiusInIds,
  toInput,
} from '../../support/answers/engine-answers.ts';
import { expectSame } from '../../support/answers/expect-same.ts';
import { oracleRadius } from '../../support/oracle/confidentiality.ts';
import { oracleCopies } from '../../support/oracle/custody.ts';
import { oracleIntegrity } from '../../support/oracle/integrity.ts';
import { meanValue } from '../../support/oracle/lognormal-mean.ts';
import type { Question } from '../../support/oracle/question.ts';
import { seed } from '../../support/seed.ts';
import { describe, expect, it } from '../../support/test.ts';
import { cases, worlds } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { World } from '../../support/worlds/world.ts';
import { factsOf, toRecordedFacts, world } from '../../support/worlds/world.ts';

const fixedSeed = 20_260_301;
const runsPerSeed = generatedRuns(1_200);

describe.each([
  ['the fixed seed', fixedSeed],
  ['the seed of this run', seed],
])('[P20] engine and oracle agree on generated worlds, with %s %d', (_, seed) => {
  it('on copies, intervals, ranks, chains and mean values', () => {
    fc.assert(
      fc.property(worlds, (generated) => {
        const projection = buildProjection(toRecordedFacts(generated), 1);
        expect(findDifference(copiesInIds(projection), oracleCopiesInIds(oracleCopies(generated)))).toBeUndefined();
        for (const artifact of factsOf(generated, 'ARTIFACT')) {
          const index = projection.artifacts.id.find(artifact.id);
          expectSame(findDifference(projection.artifacts.meanValueUsd[index], meanValue(artifact)), undefined);
        }
      }),
      { seed, numRuns: runsPerSeed },
    );
  });

  it('on every figure and every order of the two blast radii', () => {
    fc.assert(
      fc.property(cases, (generated) => expectSame(findRadiusDifference(generated.world, generated.question), undefined)),
      { seed, numRuns: runsPerSeed },
    );
  });
});

it('[P20] engine and oracle agree where a product is too small for a double', () => {
  const facts = world()
    .lab('lab')
    .vendor('v', 'w', 's')
    .artifact('x', 'lab', { valueHighUsd: 1 })
    .transfer('t', 'x', 'lab', 's', { sentAt: 1 })
    .access('a', 'v', 'w', { likelihood: 1e-200 })
    .access('b', 'w', 's', { likelihood: 1e-200 })
    .build();
  const window = { from: 0, to: 10 };
  const question = { origins: ['v'], core: window, widest: window, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
  expect(oracleRadius(facts, question).artifacts).toMatchObject([{ artifact: 'x', tier: 'POSSIBLE', likelihood: 0, worstCaseLossUsd: 1 }]);
  expect(findRadiusDifference(facts, question)).toBeUndefined();
});

it('[P49] the first way in, requested alone, is the first of all ways', () => {
  fc.assert(
    fc.property(cases, (generated) => {
      const projection = buildProjection(toRecordedFacts(generated.world), 1);
      for (const exposed of findBlastRadius(projection, toInput(projection, generated.question)).artifacts) {
        expect(exposed.ways(1)).toEqual(exposed.ways(exposed.wayCount + 1).slice(0, 1));
      }
    }),
    { numRuns: generatedRuns(300) },
  );
});

function findRadiusDifference(facts: World, question: Question): string | undefined {
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const input = toInput(projection, question);
  const oracle = oracleIntegrity(facts, question);
  return (
    findDifference(radiusInIds(findBlastRadius(projection, input)), oracleRadiusInIds(oracleRadius(facts, question))) ??
    findDifference(integrityInIds(projection, findIntegrityRadius(projection, input)), {
      ...oracle,
      lengths: oracle.tainted.map(({ chain }) => chain.length),
    })
  );
}
