import fc from 'fast-check';
import type { BlastRadius } from '../../../../server/exposure/radius/blast-radius.ts';
import { countUncertain, listFlows, sumByLabAndTier, sumExposedArtifacts } from '../../../../server/exposure/radius/charts/flows.ts';
import { findBlastRadius } from '../../../../server/exposure/radius/confidentiality.ts';
import type { ExposedArtifactFilter, ExposedArtifactOrder } from '../../../../server/exposure/radius/list-exposed-artifacts.ts';
import { listExposedArtifacts } from '../../../../server/exposure/radius/list-exposed-artifacts.ts';
import { buildProjection } from '../../../../server/projection/build/build-projection.ts';
import { tiers } from '../../../../server/rules/copy-tier.ts';
import { findDifference, toInput } from '../../../support/answers/engine-answers.ts';
import { oracleRadius } from '../../../support/oracle/confidentiality.ts';
import { oracleCertainty, oracleFlows } from '../../../support/oracle/flows.ts';
import type { Question } from '../../../support/oracle/question.ts';
import { expect, it } from '../../../support/test.ts';
import { cases } from '../../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../../support/worlds/generated-runs.ts';
import type { World } from '../../../support/worlds/world.ts';
import { toRecordedFacts, world } from '../../../support/worlds/world.ts';

const numRuns = generatedRuns(600);

function radiusOf(generated: World, question: Question): BlastRadius {
  const projection = buildProjection(toRecordedFacts(generated), 1);
  return findBlastRadius(projection, toInput(projection, question));
}

/** The flows, written as the oracle writes them. */
function shownFlows(radius: BlastRadius, filter: ExposedArtifactFilter) {
  const { organizations } = radius.projection;
  return listFlows(radius, filter).map(({ holder, lab, exposedCount, possibleCount, containedCount, ...losses }) => ({
    holder: holder === undefined ? null : organizations.id.get(holder.organization),
    lab: organizations.id.get(lab),
    counts: [exposedCount, possibleCount, containedCount],
    ...losses,
  }));
}

it('[P131] the flows and the certainty of a radius match the oracle', () => {
  fc.assert(
    fc.property(cases, ({ world: generated, question }) => {
      const radius = radiusOf(generated, question);
      const expected = oracleRadius(generated, question);
      expect(findDifference(shownFlows(radius, {}), oracleFlows(generated, expected))).toBeUndefined();
      expect(countUncertain(radius)).toEqual(oracleCertainty(expected));
    }),
    { numRuns },
  );
});

it('[P132] the totals of a filter are the sums of the rows that it lists', () => {
  const organizations = ['o1', 'o2', 'o3', 'o10', 'a', 'b'];
  const every = fc.record({
    tiers: fc.subarray([...tiers]),
    owners: fc.subarray(organizations, { minLength: 1 }),
    holders: fc.subarray(organizations, { minLength: 1 }),
    types: fc.subarray(['ANNOTATION_GUIDELINES', 'OTHER'] as const),
    minSensitivity: fc.integer({ min: 1, max: 5 }),
    countries: fc.subarray(['DE', 'US']),
    channels: fc.subarray(['sftp', 'portal']),
    text: fc.constantFrom('a', '1', 'zzz'),
  });
  // More than two filters at once leave almost nothing.
  const filters = fc
    .tuple(every, fc.uniqueArray(fc.nat(7), { maxLength: 2 }))
    .map(([all, places]): ExposedArtifactFilter => Object.fromEntries(Object.entries(all).filter((_, at) => places.includes(at))));
  fc.assert(
    fc.property(cases, filters, ({ world: generated, question }, filter) => {
      const radius = radiusOf(generated, question);
      const totals = sumExposedArtifacts(radius, filter);
      let worstCaseLossUsd = 0;
      const counts = { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 };
      const listed = (orderBy: ExposedArtifactOrder) =>
        listExposedArtifacts(radius, { ...filter, orderBy }).slice(0, radius.artifacts.length);
      for (const row of listed('NAME')) {
        counts[row.tier]++;
        worstCaseLossUsd += row.worstCaseLossUsd;
      }
      expect(totals).toMatchObject({
        exposedCount: counts.EXPOSED,
        possibleCount: counts.POSSIBLE,
        containedCount: counts.CONTAINED,
      });
      expect(findDifference(totals.worstCaseLossUsd, worstCaseLossUsd)).toBeUndefined();
      for (const unit of ['records', 'bytes'] as const) {
        const carried = listed('TIER').map((row) => row[unit]);
        const sumOf = (end: 'low' | 'high') => carried.reduce((sum, volume) => sum + volume[end], 0);
        const unknownCount = carried.filter(({ isUnknown }) => isUnknown).length;
        expect(findDifference({ ...totals[unit] }, { low: sumOf('low'), high: sumOf('high'), unknownCount })).toBeUndefined();
      }
      const { owner } = radius.projection.artifacts;
      const rows = listed('TIER');
      for (const { lab, tier, artifactCount, worstCaseLossUsd: loss } of sumByLabAndTier(radius, filter)) {
        const own = rows.filter((row) => owner[row.artifact] === lab && row.tier === tier);
        expect(artifactCount).toBe(own.length);
        expect(artifactCount).toBeGreaterThan(0);
        expect(
          findDifference(
            loss,
            own.reduce((sum, row) => sum + row.worstCaseLossUsd, 0),
          ),
        ).toBeUndefined();
      }
      const { id } = radius.projection.artifacts;
      const left = new Set(rows.map((row) => id.get(row.artifact)));
      const expected = oracleRadius(generated, question);
      const artifacts = expected.artifacts.filter(({ artifact }) => left.has(artifact));
      expect(findDifference(shownFlows(radius, filter), oracleFlows(generated, { ...expected, artifacts }))).toBeUndefined();
      expect(sumByLabAndTier(radius, filter).reduce((sum, { artifactCount }) => sum + artifactCount, 0)).toBe(rows.length);
    }),
    { numRuns: generatedRuns(200) },
  );
});

it('[P133] a flow counts a held artifact once at each holder, and an only revealed artifact without a holder', () => {
  const facts = world()
    .lab('lab')
    .vendor('v', 'w')
    .artifact('a', 'lab', { valueHighUsd: 100 })
    .artifact('b', 'lab', { valueHighUsd: 1000 })
    .transfer('t1', 'a', 'lab', 'v', { sentAt: 5 })
    .transfer('t2', 'a', 'lab', 'v', { sentAt: 6 })
    .transfer('t3', 'a', 'v', 'w', { portion: 0.5 })
    .reveals('a', 'b', 0.25)
    .access('x', 'v', 'w')
    .build();
  const radius = radiusOf(facts, {
    origins: ['v'],
    core: { from: 10, to: 20 },
    widest: { from: 0, to: 30 },
    scopes: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
  });
  const { organizations } = radius.projection;
  const flows = listFlows(radius, {}).map(({ holder, exposedCount, possibleCount, worstCaseLossUsd }) => [
    holder === undefined ? null : organizations.id.get(holder.organization),
    exposedCount,
    possibleCount,
    worstCaseLossUsd,
  ]);
  expect(flows).toEqual([
    ['v', 1, 0, 100],
    ['w', 0, 1, 50],
    [null, 1, 0, 250],
  ]);
  expect(countUncertain(radius)).toEqual({ undatedCount: 1, attestedCount: 0 });
});
