import fc from 'fast-check';
import type { ArtifactType } from '../../../../server/domain/facts.ts';
import type { RadiusSumBy } from '../../../../server/exposure/radius/charts/radius-sums.ts';
import { sumRadiusBy } from '../../../../server/exposure/radius/charts/radius-sums.ts';
import { findBlastRadius } from '../../../../server/exposure/radius/confidentiality.ts';
import type { ExposedArtifactFilter } from '../../../../server/exposure/radius/list-exposed-artifacts.ts';
import { listExposedArtifacts } from '../../../../server/exposure/radius/list-exposed-artifacts.ts';
import { buildProjection } from '../../../../server/projection/build/build-projection.ts';
import { findDifference, toInput } from '../../../support/answers/engine-answers.ts';
import type { OracleExposed, OracleRadius } from '../../../support/oracle/confidentiality.ts';
import { oracleRadius } from '../../../support/oracle/confidentiality.ts';
import type { OracleCopy } from '../../../support/oracle/custody.ts';
import { highValue, meanValue } from '../../../support/oracle/lognormal-mean.ts';
import { boundsOfCopies } from '../../../support/oracle/portion.ts';
import { expect, it } from '../../../support/test.ts';
import { cases } from '../../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../../support/worlds/generated-runs.ts';
import type { World } from '../../../support/worlds/world.ts';
import { factsOf, toRecordedFacts } from '../../../support/worlds/world.ts';

const numRuns = generatedRuns(120);

/** Organizations get a country by turns, the third none; artifacts get one of two types. */
function withKeys(about: World): World {
  let organizations = 0;
  let artifacts = 0;
  const facts = about.facts.map((fact) => {
    if (fact.kind === 'ORGANIZATION') return { ...fact, country: ['DE', 'US', null][organizations++ % 3] ?? null };
    if (fact.kind === 'ARTIFACT') return { ...fact, type: artifacts++ % 2 === 0 ? ('OTHER' as const) : ('LABELED_DATASET' as const) };
    return fact;
  });
  return { ...about, facts };
}

/** Where the steps of the worst case begin. */
const scale = [0, ...Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))).flat()];

const order = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const;

interface Figures {
  readonly key: string | null;
  readonly tier: (typeof order)[number];
  readonly worst: number;
  readonly weighted: number;
  readonly records: { readonly low: number; readonly high: number; readonly isUnknown: boolean };
}

/** The figures that an artifact adds under each key, one key after another. */
function figuresOf(about: World, radius: OracleRadius, exposed: OracleExposed, by: RadiusSumBy): Figures[] {
  const artifact = factsOf(about, 'ARTIFACT').find(({ id }) => id === exposed.artifact);
  if (artifact === undefined) throw new Error('no such artifact');
  const whole = (key: string | null): Figures => ({
    key,
    tier: exposed.tier,
    worst: exposed.worstCaseLossUsd,
    weighted: exposed.weightedLossUsd,
    records: exposed.records,
  });
  if (by === 'TYPE') return [whole(artifact.type)];
  if (by === 'SENSITIVITY') return [whole(String(artifact.sensitivity))];
  if (by === 'WORST_CASE') return [whole(String(scale.findLast((usd) => usd <= Number(exposed.worstCaseLossUsd.toFixed(2))) ?? 0))];
  const countries = new Map(factsOf(about, 'ORGANIZATION').map(({ id, country }) => [id, country]));
  const keyOf = (copy: OracleCopy) => (by === 'COUNTRY' ? countries.get(copy.holder) : copy.transfer?.channel) ?? null;
  const own = radius.copies.filter(({ id, artifact: of }) => of === exposed.artifact && radius.tiers.has(id));
  if (own.length === 0) return [whole(null)];
  return [...new Set(own.map(keyOf))].map((key) => {
    const copies = own.filter((copy) => keyOf(copy) === key);
    const open = copies.filter(({ id }) => radius.tiers.get(id) !== 'CONTAINED');
    const ways = exposed.ways.filter(({ copy, through }) => through.length === 1 && copies.some(({ id }) => id === copy));
    const stated = open.filter(({ kind }) => kind === 'TRANSFERRED').map(({ transfer }) => transfer?.records ?? null);
    const numbers = stated.filter((number) => number !== null);
    return {
      key,
      tier: order.find((tier) => copies.some(({ id }) => radius.tiers.get(id) === tier)) ?? 'CONTAINED',
      worst: open.length === 0 ? 0 : highValue(artifact) * boundsOfCopies(open, artifact.fragmentCount).high,
      weighted: Math.max(0, ...ways.map(({ chance, yieldShare }) => chance * yieldShare)) * meanValue(artifact),
      records: {
        low: Math.max(0, ...numbers),
        high: numbers.reduce((sum, number) => sum + number, 0),
        isUnknown: numbers.length < stated.length,
      },
    };
  });
}

it.each(['TYPE', 'SENSITIVITY', 'WORST_CASE', 'COUNTRY', 'CHANNEL'] as const)('[P820] the sums by %s match the oracle', (by) => {
  const filters = fc.record({ tiers: fc.option(fc.subarray([...order])), countries: fc.option(fc.subarray(['DE', 'US'])) });
  fc.assert(
    fc.property(cases, filters, ({ world: generated, question }, filter) => {
      const about = withKeys(generated);
      const projection = buildProjection(toRecordedFacts(about), 1);
      const radius = findBlastRadius(projection, toInput(projection, question));
      const oracle = oracleRadius(about, question);
      const listed = new Set(
        listExposedArtifacts(radius, filter)
          .slice(0, radius.artifacts.length)
          .map(({ artifact }) => projection.artifacts.id.get(artifact)),
      );
      const figures = oracle.artifacts.filter(({ artifact }) => listed.has(artifact)).flatMap((row) => figuresOf(about, oracle, row, by));
      const sum = (of: readonly Figures[], value: (one: Figures) => number) => of.reduce((total, one) => total + value(one), 0);
      const expected = [...new Set(figures.map(({ key }) => key))].map((key) => {
        const own = figures.filter((one) => one.key === key);
        const count = (tier: string) => own.filter((one) => one.tier === tier).length;
        return {
          key,
          exposedCount: count('EXPOSED'),
          possibleCount: count('POSSIBLE'),
          containedCount: count('CONTAINED'),
          worstCaseLossUsd: sum(own, ({ worst }) => worst),
          weightedLossUsd: sum(own, ({ weighted }) => weighted),
          records: {
            low: sum(own, ({ records }) => records.low),
            high: sum(own, ({ records }) => records.high),
            unknownCount: own.filter(({ records }) => records.isUnknown).length,
          },
        };
      });
      const answered = sumRadiusBy(radius, by, filter).map(({ bytes: _, records: { low, high, unknownCount }, key, ...counts }) => ({
        key,
        exposedCount: counts.exposedCount,
        possibleCount: counts.possibleCount,
        containedCount: counts.containedCount,
        worstCaseLossUsd: counts.worstCaseLossUsd,
        weightedLossUsd: counts.weightedLossUsd,
        records: { low, high, unknownCount },
      }));
      const byKey = (sums: readonly { readonly key: string | null }[]) =>
        sums.toSorted((a, b) => ((a.key ?? '~') < (b.key ?? '~') ? -1 : 1));
      expect(findDifference(byKey(answered), byKey(expected))).toBeUndefined();
      // Largest first, to the cent: sums that differ in their last digit alone are ordered by key.
      const inCents = answered.map(({ worstCaseLossUsd }) => Number(worstCaseLossUsd.toFixed(2)));
      expect(inCents).toEqual(inCents.toSorted((a, b) => b - a));
    }),
    { numRuns },
  );
});

it('[P821] a filter by type, sensitivity, country or channel keeps exactly the artifacts that fit', () => {
  fc.assert(
    fc.property(cases, ({ world: generated, question }) => {
      const about = withKeys(generated);
      const projection = buildProjection(toRecordedFacts(about), 1);
      const radius = findBlastRadius(projection, toInput(projection, question));
      const oracle = oracleRadius(about, question);
      const artifacts = new Map(factsOf(about, 'ARTIFACT').map((artifact) => [artifact.id, artifact]));
      const countries = new Map(factsOf(about, 'ORGANIZATION').map(({ id, country }) => [id, country]));
      const hasCopy = (artifact: string, fits: (copy: OracleCopy) => boolean) =>
        oracle.copies.some((copy) => copy.artifact === artifact && oracle.tiers.has(copy.id) && fits(copy));
      const kept = (filter: Parameters<typeof listExposedArtifacts>[1]) =>
        listExposedArtifacts(radius, filter)
          .slice(0, radius.artifacts.length)
          .map(({ artifact }) => projection.artifacts.id.get(artifact))
          .sort();
      const fitting = (fits: (artifact: string) => boolean) =>
        oracle.artifacts
          .map(({ artifact }) => artifact)
          .filter(fits)
          .sort();
      expect(kept({ types: ['OTHER'] })).toEqual(fitting((id) => artifacts.get(id)?.type === 'OTHER'));
      expect(kept({ minSensitivity: 4 })).toEqual(fitting((id) => (artifacts.get(id)?.sensitivity ?? 0) >= 4));
      expect(kept({ sensitivities: [2, 5] })).toEqual(fitting((id) => [2, 5].includes(artifacts.get(id)?.sensitivity ?? 0)));
      expect(kept({ countries: ['DE'] })).toEqual(fitting((id) => hasCopy(id, ({ holder }) => countries.get(holder) === 'DE')));
      expect(kept({ channels: ['sftp'] })).toEqual(fitting((id) => hasCopy(id, ({ transfer }) => transfer?.channel === 'sftp')));
    }),
    { numRuns },
  );
});

it('[G981] each key of the sums is a filter that keeps exactly the artifacts that it counts', () => {
  const filters = (key: string): Readonly<Record<RadiusSumBy, ExposedArtifactFilter>> => ({
    TYPE: { types: [key as ArtifactType] },
    SENSITIVITY: { sensitivities: [Number(key)] },
    WORST_CASE: { worstCaseSteps: [Number(key)] },
    COUNTRY: { countries: [key] },
    CHANNEL: { channels: [key] },
  });
  fc.assert(
    fc.property(cases, ({ world: generated, question }) => {
      const projection = buildProjection(toRecordedFacts(withKeys(generated)), 1);
      const radius = findBlastRadius(projection, toInput(projection, question));
      for (const by of ['TYPE', 'SENSITIVITY', 'WORST_CASE', 'COUNTRY', 'CHANNEL'] as const) {
        for (const { key, exposedCount, possibleCount, containedCount } of sumRadiusBy(radius, by, {})) {
          if (key === null) continue;
          const kept = listExposedArtifacts(radius, filters(key)[by]).length;
          expect([by, key, kept]).toEqual([by, key, exposedCount + possibleCount + containedCount]);
        }
      }
    }),
    { numRuns },
  );
});
