import fc from 'fast-check';
import { organizationRoles } from '../../server/domain/facts.ts';
import { listRanking, rankingOrders, rankOrigins } from '../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { findDifference } from '../support/answers/engine-answers.ts';
import { oracleRanking } from '../support/oracle/ranking.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { cases } from '../support/worlds/arbitraries.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = Math.max(300, rounds(2000));
const orders = fc.constantFrom(...rankingOrders);
const roles = fc.option(fc.subarray([...organizationRoles]), { nil: null, freq: 2 });

it(`[P60] a ranking of all organizations matches a radius of each, in every order (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(cases, orders, roles, (generated, order, wanted) => {
      countOne();
      const { origins: _origins, suspected: _suspected, hasCore: _hasCore, scopes: _scopes, ...settings } = generated.question;
      const projection = buildProjection(toRecordedFacts(generated.world), 1);
      const ranked = listRanking(projection, rankOrigins(projection, settings), wanted, order).map(
        ({ organization, exposedCount, possibleCount, ...rest }) => ({
          ...rest,
          organization: projection.organizations.id.get(organization),
          exposedCount,
          possibleCount,
          artifactCount: exposedCount + possibleCount,
        }),
      );
      expect(findDifference(ranked, oracleRanking(generated.world, settings, order, wanted))).toBeUndefined();
    }),
    { seed, numRuns },
  );
});
