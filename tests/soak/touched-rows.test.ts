import fc from 'fast-check';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { countExposures } from '../../server/exposure/rankings/artifact-exposure.ts';
import { rankOrigins } from '../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { findTouchedArtifacts, findTouchedOrganizations } from '../../server/questions/batch/renewed-answers.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { cases } from '../support/worlds/arbitraries.ts';
import type { Stated, World } from '../support/worlds/world.ts';
import { factsOf, toRecordedFacts } from '../support/worlds/world.ts';
import { counting, limitMs, rounds } from './scale.ts';

const numRuns = Math.max(1000, rounds(20_000));
const pick = fc.nat({ max: 10_000 });
const changes = fc.array(fc.record({ fact: pick, other: pick, isGone: fc.boolean(), number: fc.constantFrom(0.25, 1, 10, 30) }), {
  minLength: 1,
  maxLength: 3,
});

type Change = typeof changes extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** The facts after a change: a fact is gone, or names another organization and has another figure. */
function changeOne(facts: readonly Stated[], { fact: at, other, isGone, number }: Change): Stated[] {
  const fact = facts[at % facts.length];
  if (fact === undefined) return [...facts];
  const others = facts.filter((one) => one !== fact);
  const organizations = factsOf({ facts }, 'ORGANIZATION');
  const organization = organizations[other % organizations.length]?.id as string;
  const isNamed = others.some((one) => one.kind === 'TRANSFER' && fact.kind === 'ENGAGEMENT' && one.engagement === fact.id);
  if (isGone && ['TRANSFER', 'ACCESS', 'REVEALS', 'ENGAGEMENT'].includes(fact.kind) && !isNamed) return others;
  const changed = changeFields(fact, organization, number);
  return facts.map((one) => (one === fact ? changed : one));
}

function changeFields(fact: Stated, organization: string, number: number): Stated {
  switch (fact.kind) {
    case 'TRANSFER':
      return { ...fact, sentAt: number, ...(organization === fact.sender ? {} : { recipient: organization }) };
    case 'ACCESS':
      return { ...fact, likelihood: Math.min(1, number), ...(organization === fact.grantee ? {} : { grantor: organization }) };
    case 'ENGAGEMENT':
      return { ...fact, startsAt: number, ...(organization === fact.client ? {} : { provider: organization }) };
    case 'REVEALS':
      return { ...fact, degree: Math.min(1, number) };
    case 'ARTIFACT':
      return number > 1 ? { ...fact, owner: organization } : { ...fact, valueLowUsd: 1000 * number, valueHighUsd: 2000 };
    default:
      return fact;
  }
}

/** The facts that differ, as they are in both. */
function listChanged(before: readonly RecordedFact[], after: readonly RecordedFact[]): Map<FactKind, RecordedFact[]> {
  const texts = (facts: readonly RecordedFact[]) => new Set(facts.map((fact) => JSON.stringify(fact)));
  const [was, is] = [texts(before), texts(after)];
  const changed = new Map<FactKind, RecordedFact[]>();
  for (const fact of [...before, ...after]) {
    const text = JSON.stringify(fact);
    if (was.has(text) && is.has(text)) continue;
    changed.set(fact.kind, [...(changed.get(fact.kind) ?? []), fact]);
  }
  return changed;
}

it(
  `[B990] a row of a ranking, or of exposures, that no changed fact touches is as it was (seed ${seed})`,
  () => {
    const countOne = counting('changed worlds', numRuns);
    let [count, touchedCount] = [0, 0];
    fc.assert(
      fc.property(cases, changes, fc.boolean(), ({ world, question }, drafts, isReversed) => {
        countOne();
        const { origins: _origins, suspected: _suspected, hasCore: _hasCore, scopes: _scopes, ...settings } = question;
        const changedWorld: World = { facts: drafts.reduce<readonly Stated[]>(changeOne, world.facts) };
        const worlds = isReversed ? [changedWorld, world] : [world, changedWorld];
        const [before, after] = worlds.map((one) => toRecordedFacts(one)) as [RecordedFact[], RecordedFact[]];
        const [was, is] = [buildProjection(before, 1), buildProjection(after, 2)];
        const changed = listChanged(before, after);
        const touched = new Set(findTouchedOrganizations(is, settings, changed, Infinity));
        const [ranked, rankedNow] = [rankOrigins(was, settings), rankOrigins(is, settings)];
        for (let now = 0; now < is.organizations.count; now++) {
          if (touched.has(now)) touchedCount++;
          else expect(rankedNow[now]).toEqual(ranked[was.organizations.id.find(is.organizations.id.get(now))]);
          count++;
        }
        const touchedArtifacts = new Set(findTouchedArtifacts(is, settings, changed, Infinity));
        const [counted, countedNow] = [countExposures(was, settings), countExposures(is, settings)];
        for (let now = 0; now < is.artifacts.count; now++) {
          if (touchedArtifacts.has(now)) continue;
          expect(countedNow[now]?.count).toBe(counted[was.artifacts.id.find(is.artifacts.id.get(now))]?.count);
        }
      }),
      { seed, numRuns },
    );
    // Most organizations of a small world are near everything that changes.
    expect(touchedCount).toBeLessThan(0.9 * count);
  },
  limitMs,
);
