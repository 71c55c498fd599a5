import { describeMatch } from '../../server/software/describe-match.ts';
import {
  findAdvisoryMatches,
  findOrganizationMatches,
  findSoftwareMatches,
  type SoftwareMatches,
} from '../../server/software/find-matches.ts';
import { buildSoftwareIndex, type SoftwareIndex } from '../../server/software/software-index.ts';
import { judge, type NaiveAnswer, naiveGrades, naivePresence, nameOfRow, targetsOf } from '../software/oracle/naive-grades.ts';
import { makeRandomWorld, type RandomWorld } from '../software/oracle/random-world.ts';
import { seed } from '../support/seed.ts';
import { expect, it, setTestTimeout } from '../support/test.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

setTestTimeout(limitMs);
const numRuns = Math.max(150, rounds(2000));
const open = (instant: number): number | null => (Number.isFinite(instant) ? instant : null);

function build(world: RandomWorld): SoftwareIndex {
  const lasts = (facts: RandomWorld['providers'], organization: string, from: number): boolean =>
    facts.some((fact) => fact.organization === organization && (fact.until ?? Infinity) > from);
  return buildSoftwareIndex({
    lists: world.lists,
    advisories: [world.advisory],
    availabilities: world.claims,
    statements: [],
    accessFacts: world.accessFacts,
    organizations: world.organizations,
    standing: {
      isLab: (organization) => world.labs.includes(organization),
      holdsOthersCopy: (organization) => world.holders.includes(organization),
      providesEngagement: (organization, from) => lasts(world.providers, organization, from),
      isPartyToAccess: (organization, from) => lasts(world.parties, organization, from),
    },
  });
}

function answer({ question, matches, withoutPackageCount }: SoftwareMatches): NaiveAnswer {
  const grades = matches.map(({ organization, grade, basis }) => [
    organization,
    grade === 'NAME_ONLY' ? `NAME_ONLY ${basis?.reason?.grade}` : grade,
  ]);
  return {
    hull: { from: open(question.hull.from), to: open(question.hull.to) },
    agreed: question.agreed === undefined ? null : { from: open(question.agreed.from), to: open(question.agreed.to) },
    withoutPackage: withoutPackageCount,
    grades: Object.fromEntries(grades),
  };
}

/** One call of \`expect\` takes longer than a world, so it only reports. */
function expectEqual(context: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(sorted(actual)) !== JSON.stringify(sorted(expected))) expect([context, actual]).toEqual([context, expected]);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

it(`[S845] presence and grades of 2,000 histories match a plain reading of the text (seed ${seed})`, () => {
  const countOne = counting('histories', numRuns);
  const seen = new Map<string, number>();
  for (let run = 0; run < numRuns; run++) {
    countOne();
    const world = makeRandomWorld(randomFrom(seed + run));
    const index = build(world);
    const found = findAdvisoryMatches(index, world.advisory);
    const expected = naiveGrades(world);
    const context = `seed ${seed + run}`;
    expectEqual(context, answer(found), expected);
    const asked = { ...world.asked, during: world.asked.during ?? undefined };
    expectEqual(context, answer(findSoftwareMatches(index, asked)), naiveGrades(world, world.asked));
    for (const grade of Object.values(expected.grades)) seen.set(grade, (seen.get(grade) ?? 0) + 1);

    for (const match of found.matches) {
      const again = findOrganizationMatches(index, match.organization)[0]?.match;
      expectEqual(context, again?.grade, match.grade);
      const described = describeMatch(index, found.question, match, () => undefined);
      if (!/^[A-Z].*\.$/.test(described.because) || /undefined|null|NaN|Infinity| {2}|\.\./.test(described.because))
        expect(described.because).toBe('a sentence');
      for (const presence of described.presences) {
        if (world.accessFacts.some(({ id }) => id === presence.subject)) continue;
        const lists = world.lists.filter((list) => list.organization === match.organization && list.subject === presence.subject);
        const way = match.basis?.isByName === true ? 'BOTH' : 'PURL';
        const target = targetsOf(world.advisory).find((each) => each.package === presence.package);
        expectEqual(
          `${context}, ${presence.subject}, ${nameOfRow(presence)}`,
          {
            definite: presence.definite.map(({ from, to }): [number, number] => [from, to]),
            possible: presence.possible.map(({ from, until }): [number | null, number | null] => [open(from), open(until)]),
            verdict: presence.isAffected ? 'AFFECTED' : presence.isVersionUnknown ? 'UNKNOWN' : 'CLEAR',
          },
          {
            ...naivePresence(lists, presence.package, way, nameOfRow(presence)),
            verdict: target === undefined ? 'no target' : judge(presence, target),
          },
        );
      }
    }
  }
  // Every grade is met, so that none is compared in vain.
  expect([...seen.keys()].map((grade) => grade.split(' ')[0])).toEqual(
    expect.arrayContaining([
      'PRESENT',
      'PRESENT_UNDATED',
      'VERSION_UNKNOWN',
      'BETWEEN_LISTS',
      'NAME_ONLY',
      'RULED_OUT_BY_LISTS',
      'NO_LIST',
    ]),
  );
});
