import fc from 'fast-check';
import { countExposures, findExposing } from '../../server/exposure/rankings/artifact-exposure.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { findDifference } from '../support/answers/engine-answers.ts';
import { oracleExposures } from '../support/oracle/ranking.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { cases } from '../support/worlds/arbitraries.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = Math.max(300, rounds(2000));

it(`[P62] the exposure of every artifact matches a radius of each organization (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(cases, (generated) => {
      countOne();
      const { origins: _origins, suspected: _suspected, hasCore: _hasCore, scopes: _scopes, ...settings } = generated.question;
      const projection = buildProjection(toRecordedFacts(generated.world), 1);
      const exposures = countExposures(projection, settings).map(({ artifact, count, share }) => ({
        artifact: projection.artifacts.id.get(artifact),
        count,
        share,
        organizations: findExposing(projection, settings, artifact).map(({ organization, ...rest }) => ({
          organization: projection.organizations.id.get(organization),
          ...rest,
        })),
      }));
      // Grouped by artifact here; the oracle keeps the order of the list.
      const byCount = exposures
        .map((exposure, index) => ({ exposure, index }))
        .sort((a, b) => b.exposure.count - a.exposure.count || a.index - b.index);
      expect(
        findDifference(
          byCount.map(({ exposure }) => exposure),
          oracleExposures(generated.world, settings),
        ),
      ).toBeUndefined();
    }),
    { seed, numRuns },
  );
});
