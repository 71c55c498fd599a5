import fc from 'fast-check';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import type { ExposedArtifactFilter } from '../../../server/exposure/radius/list-exposed-artifacts.ts';
import { exposedArtifactOrders, listExposedArtifacts, worstCaseStepOf } from '../../../server/exposure/radius/list-exposed-artifacts.ts';
import { ProjectionBuilder } from '../../../server/projection/build/build-projection.ts';
import { generateWorld } from '../../bench/large-world.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

const builder = new ProjectionBuilder();
for (const fact of generateWorld({ organizations: 40, artifacts: 150, transfers: 1200 })) builder.add(fact.kind, [fact]);
const projection = builder.build(1);
const window = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 9, 1) };
const input = { origins: [9, 20], core: window, widest: window, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
const all = (filter: ExposedArtifactFilter) => {
  const list = listExposedArtifacts(findBlastRadius(projection, input), filter);
  return list.slice(0, list.length).map(({ artifact }) => artifact);
};

it('[P252] pages read in any order, with pages of other lists of the radius in between, are those of the whole lists', () => {
  const filters: ExposedArtifactFilter[] = [
    {},
    ...exposedArtifactOrders.map((orderBy) => ({ orderBy })),
    { tiers: ['POSSIBLE'], orderBy: 'NAME' },
    { text: '1' },
  ];
  const whole = filters.map(all);
  expect(whole[0]?.length).toBeGreaterThan(60);
  const page = fc.record({ list: fc.nat(filters.length - 1), from: fc.nat(80), size: fc.nat(30) });
  fc.assert(
    fc.property(fc.array(page, { maxLength: 20 }), (pages) => {
      const radius = findBlastRadius(projection, input);
      for (const { list, from, size } of pages) {
        const rows = listExposedArtifacts(radius, filters[list] as ExposedArtifactFilter).slice(from, from + size);
        expect(rows.map(({ artifact }) => artifact)).toEqual(whole[list]?.slice(from, from + size));
      }
    }),
    { numRuns: generatedRuns(60) },
  );
});

it('[S1041] the step of any number is found, also of the largest ones', () => {
  for (const usd of [1, 2.5, 999.999, 1e15, 1.7e306, 1e308, Number.MAX_VALUE]) {
    const step = worstCaseStepOf(usd);
    expect(step).toBeLessThanOrEqual(usd + 0.01);
    expect(step * 10).toBeGreaterThan(usd / 1.01);
  }
  expect(worstCaseStepOf(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});
