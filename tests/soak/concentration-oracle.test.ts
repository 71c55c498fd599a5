import fc from 'fast-check';
import { findSharedHolders, measureConcentration } from '../../server/exposure/rankings/concentration.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { findDifference } from '../support/answers/engine-answers.ts';
import { oracleConcentration, oracleSharedHolders } from '../support/oracle/concentration.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { worlds } from '../support/worlds/arbitraries.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = Math.max(300, rounds(2000));
const instants = fc.constantFrom(-5, 0, 10, 15, 20, 35, 50, 60);

it(`[P63] concentration and shared holders match the oracle (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(worlds, instants, (generated, instant) => {
      countOne();
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const id = (organization: number) => projection.organizations.id.get(organization);
      const concentration = measureConcentration(projection, instant).map(({ lab, herfindahlIndex, holders }) => ({
        lab: id(lab),
        herfindahlIndex,
        holders: holders.map(({ holder, share }) => ({ holder: id(holder), share })),
      }));
      expect(findDifference(concentration, oracleConcentration(generated, instant))).toBeUndefined();
      const shared = findSharedHolders(projection, instant).map(({ holder, labs, artifactCount }) => ({
        holder: id(holder),
        labs: labs.map(id),
        artifactCount,
      }));
      expect(findDifference(shared, oracleSharedHolders(generated, instant))).toBeUndefined();
    }),
    { seed, numRuns },
  );
});
