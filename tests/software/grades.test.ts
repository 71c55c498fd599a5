import { describeMatch } from '../../server/software/describe-match.ts';
import { findAdvisoryMatches, findOrganizationMatches, findSoftwareMatches } from '../../server/software/find-matches.ts';
import type { Advisory, SoftwareList } from '../../server/software/software-facts.ts';
import type { SoftwareIndex } from '../../server/software/software-index.ts';
import { describe, expect, it } from '../support/test.ts';
import { at, buildIndex, claim, claims, list, litellm, placeOf, poisoned, type WorldFacts } from './software-world.ts';

/** The grade of `vendor`, by an advisory. */
function grade(lists: readonly SoftwareList[], facts: WorldFacts = {}, advisory: Advisory = poisoned) {
  const index = buildIndex({ ...facts, lists, advisories: [advisory] });
  const { question, matches } = findAdvisoryMatches(index, advisory);
  const match = matches.find(({ organization }) => organization === 'vendor');
  if (match === undefined) return undefined;
  return { ...match, ...describeMatch(index, question, match, placeOf) };
}

describe('grades', () => {
  it('[S846] PRESENT: a dated list names an affected version, at any date', () => {
    expect(grade([list('vendor', '03-24T12:30', ['litellm 1.82.7'])])).toMatchObject({
      grade: 'PRESENT',
      proposedAs: 'ORIGIN',
      versions: ['1.82.7'],
      packages: [litellm],
      because: 'Its list of Mar 24, 2026, 12:30 UTC names litellm 1.82.7 (vendor/03-24T12:301.json, row 0).',
    });
    expect(grade([list('vendor', '02-01', ['litellm 1.82.7'])])?.because).toBe(
      'Its list of Feb 1, 2026 names litellm 1.82.7 (vendor/02-011.json, row 0). That is before the poisoned 1.82.7 or 1.82.8 could be ' +
        'installed, from Mar 24 on: one of the two dates is wrong, and the date of the list counts.',
    );
    expect(grade([list('vendor', '02-01', ['x 1'], { subject: 'pkg:pypi/litellm', subjectVersion: '1.82.8' })])?.grade).toBe('PRESENT');
  });

  it('[S846] PRESENT_UNDATED: only lists of unknown date, or access facts, name an affected version', () => {
    expect(grade([list('vendor', null, ['litellm 1.82.8'])])).toMatchObject({ grade: 'PRESENT_UNDATED', proposedAs: 'SUSPECTED' });
    const access = { id: 'A-1', grantor: 'vendor', software: 'pkg:pypi/LiteLLM@1.82.7', validFrom: null, validUntil: at('01-01') };
    expect(grade([], { accessFacts: [access] })).toMatchObject({
      grade: 'PRESENT_UNDATED',
      because: 'Its access A-1 names litellm 1.82.7 (A-1.json, row 0). No list with a date says when it was there.',
      presences: [{ definite: [], possible: [{ from: -Infinity, until: at('01-01') }] }],
    });
    expect(grade([], { accessFacts: [{ ...access, software: 'LiteLLM 1.82.7' }] })).toBeUndefined();
  });

  it('[S846] VERSION_UNKNOWN: no version, or a constraint that admits an affected one, in H or later', () => {
    expect(grade([list('vendor', '03-01', ['litellm >=1.13'])])).toMatchObject({
      grade: 'VERSION_UNKNOWN',
      proposedAs: 'SUSPECTED',
      because: 'Its list of Mar 1, 2026 names litellm >=1.13 (vendor/03-011.json, row 0). >=1.13 admits the poisoned 1.82.7 or 1.82.8.',
    });
    expect(grade([list('vendor', '03-01', ['litellm'])])?.grade).toBe('VERSION_UNKNOWN');
    expect(grade([list('vendor', '03-01', ['litellm ==1.82.7'])])?.grade).toBe('PRESENT');
    // A later list before H shows that the row without a version was gone.
    expect(grade([list('vendor', '03-01', ['litellm']), list('vendor', '03-02', ['litellm 1.80.0'])])?.grade).toBe('BETWEEN_LISTS');
  });

  it('[S846] BETWEEN_LISTS: the lists around H differ, or one of them is missing', () => {
    const before = list('vendor', '03-10', ['litellm 1.82.6']);
    expect(grade([before, list('vendor', '04-20', ['litellm 1.83.0'])])).toMatchObject({
      grade: 'BETWEEN_LISTS',
      proposedAs: 'OFFERED',
      because:
        'Its list of Mar 10, 2026 names litellm 1.82.6 (vendor/03-101.json, row 0); its list of Apr 20 names 1.83.0 ' +
        '(vendor/04-201.json, row 0). The poisoned 1.82.7 or 1.82.8 could be installed on Mar 24, between them.',
    });
    expect(grade([before])?.because).toMatch(/No list with a date shows what it had after that time\.$/);
    expect(grade([before, list('vendor', '04-20', [])])?.because).toMatch(/; its list of Apr 20 omits it\. /);
    const open = { claims: [] };
    expect(grade([before, list('vendor', '04-20', ['litellm 1.82.6'])], open)?.because).toMatch(
      /When the poisoned 1\.82\.7 or 1\.82\.8 could be installed is not known\.$/,
    );
  });

  it('[S847] H is enclosed only by lists that show absence, strictly before and after it, with the same versions between', () => {
    const before = list('vendor', '03-10', ['litellm 1.82.6']);
    const after = list('vendor', '04-20', ['litellm 1.82.6']);
    expect(grade([before, after])).toMatchObject({
      grade: 'RULED_OUT_BY_LISTS',
      proposedAs: 'NOT_PROPOSED',
      because: expect.stringMatching(/between them\. Ruled out, unless it was installed and removed in between\.$/),
    });
    const gradeOf = (lists: readonly SoftwareList[]) => grade(lists)?.grade;
    // On the last instant of H is not after it.
    expect(gradeOf([before, { ...after, describedAt: at('03-24T11:58') }])).toBe('BETWEEN_LISTS');
    expect(gradeOf([before, { ...after, describedAt: at('03-24T11:58') + 1 }])).toBe('RULED_OUT_BY_LISTS');
    expect(gradeOf([{ ...before, describedAt: at('03-24T08:30') }, after])).toBe('BETWEEN_LISTS');
    // A list that shows no absence is passed over where it omits the package, and never encloses.
    const partial = (date: string, rows: string[]) => list('vendor', date, rows, { isComplete: false });
    expect(gradeOf([before, partial('03-20', []), after])).toBe('RULED_OUT_BY_LISTS');
    expect(gradeOf([before, partial('03-20', ['litellm 1.82.6']), after])).toBe('BETWEEN_LISTS');
    expect(gradeOf([before, partial('03-24T10:00', ['litellm 1.82.6']), after])).toBe('RULED_OUT_BY_LISTS');
    expect(gradeOf([before, partial('03-24T10:00', ['litellm 1.82.5']), after])).toBe('BETWEEN_LISTS');
    // A list of unknown date is never before or after another.
    expect(gradeOf([before, list('vendor', null, ['litellm 1.82.6'])])).toBe('BETWEEN_LISTS');
    // Lists of one date are one.
    expect(gradeOf([before, list('vendor', '03-10', ['litellm 1.80.0', 'x 1']), after])).toBe('BETWEEN_LISTS');
    // Of another subject, nothing is enclosed.
    expect(gradeOf([before, { ...after, subject: 'worker' }])).toBe('BETWEEN_LISTS');
  });

  it('[S848] NAME_ONLY: where purls decide, a list that names the package without a purl is silent', () => {
    expect(grade([list('vendor', '03-25', [':pip:LiteLLM 1.82.7'])])).toMatchObject({
      grade: 'NAME_ONLY',
      proposedAs: 'OFFERED',
      because:
        'By name alone, without a package URL, it would be present. Its list of Mar 25, 2026 names litellm 1.82.7 (vendor/03-251.json, row 0).',
    });
    // The list by name neither ends the run nor is a reason against it.
    const lists = [
      list('vendor', '03-10', ['litellm 1.82.6']),
      list('vendor', '04-01', [':litellm 1.90.0']),
      list('vendor', '04-20', ['litellm 1.82.6']),
    ];
    expect(grade(lists)).toMatchObject({
      grade: 'NAME_ONLY',
      because: expect.stringMatching(/^By name alone, .* it would be between lists\./),
    });
    expect(grade([list('vendor', '03-25', [':npm:litellm 1.82.7'])])).toBeUndefined();
    expect(grade([list('vendor', '03-25', [':litellm 1.82.7', 'pkg:npm/left-pad 1.0.0'])])).toBeUndefined();
  });

  it('[S849] NO_LIST: who has no list that shows absence in H or later is asked, unless it is a lab or holds nothing', () => {
    const asked = { organizations: ['vendor'], providers: ['vendor'] };
    expect(grade([], asked)).toMatchObject({
      grade: 'NO_LIST',
      proposedAs: 'TO_ASK',
      because: 'No list of its software is recorded. It provides an engagement that is current in that time or later.',
    });
    expect(grade([list('vendor', '01-01', ['x 1'])], asked)?.because).toMatch(
      /^Its last list .* is of Jan 1, 2026, before the time asked about\./,
    );
    expect(grade([list('vendor', '05-01', ['x 1'], { isComplete: false })], asked)?.grade).toBe('NO_LIST');
    expect(grade([], { ...asked, labs: ['vendor'] })).toBeUndefined();
    expect(grade([], { organizations: ['vendor'] })).toBeUndefined();
  });

  it('[S849] an organization whose later list omits the package is counted, and no match', () => {
    const index = buildIndex({ lists: [list('vendor', '03-24T08:30', ['x 1'])], organizations: ['vendor'], providers: ['vendor'] });
    expect(findAdvisoryMatches(index, poisoned)).toMatchObject({ matches: [], withoutPackageCount: 1 });
  });

  it('[S850] an organization has the strongest grade of its subjects and of the affected packages', () => {
    const lists = [list('vendor', '03-10', ['litellm 1.82.6']), list('vendor', '03-25', ['litellm 1.82.7'], { subject: 'worker' })];
    expect(grade(lists)).toMatchObject({ grade: 'PRESENT', because: expect.stringMatching(/^Its list of worker of Mar 25, 2026 names/) });
    const two = { ...poisoned, affected: [...poisoned.affected, { package: 'pkg:pypi/telnyx', versions: ['4.87.1'], ranges: [] }] };
    expect(grade([list('vendor', '03-25', ['litellm 1.80.0', 'telnyx 4.87.1'])], {}, two)).toMatchObject({
      grade: 'PRESENT',
      packages: [litellm, 'pkg:pypi/telnyx'],
      versions: ['4.87.1'],
    });
  });

  it('[S851] a withdrawn advisory, and a vulnerability that is not treated as a compromise, have grades and propose nothing', () => {
    const lists = [list('vendor', '03-25', ['litellm 1.82.7'])];
    expect(grade(lists, {}, { ...poisoned, withdrawnAt: 0 })).toMatchObject({ grade: 'PRESENT', proposedAs: 'NOT_PROPOSED' });
    const vulnerability: Advisory = { ...poisoned, kind: 'VULNERABILITY' };
    expect(grade(lists, {}, vulnerability)).toMatchObject({ grade: 'PRESENT', proposedAs: 'NOT_PROPOSED' });
    const index = buildIndex({ lists, advisories: [vulnerability] });
    expect(findAdvisoryMatches(index, vulnerability, { treatAsCompromise: true }).matches[0]?.proposedAs).toBe('ORIGIN');
  });

  it('[S851] a statement is shown beside the grade, also where it names the advisory by an alias, and lowers nothing', () => {
    const statement = {
      organization: 'vendor',
      advisory: 'GHSA-5mg7',
      state: 'NOT_AFFECTED' as const,
      justification: null,
      at: null,
      source: 'vendor.vex.json',
    };
    const index = buildIndex({ lists: [list('vendor', '03-25', ['litellm 1.82.7'])], statements: [statement] });
    const [found] = findOrganizationMatches(index, 'vendor');
    expect(found?.match.grade).toBe('PRESENT');
    expect(found && describeMatch(index, found.question, found.match, placeOf).statements).toEqual([statement]);
    expect(index.advisory('GHSA-5mg7')).toBe(poisoned);
  });
});

describe('who had a package in a window', () => {
  const lists = [
    list('vendor', '03-10', ['litellm 1.82.6']),
    list('vendor', '03-24T12:30', ['litellm 1.82.7']),
    list('vendor', '04-01', ['litellm 1.82.7']),
    list('vendor', '04-20', ['litellm 1.83.0']),
  ];
  const gradeIn = (from: string, to: string, versions: readonly string[] = ['1.82.7']) =>
    findSoftwareMatches(buildIndex({ lists }), { package: litellm, versions, during: { from: at(from), to: at(to) } }).matches[0];

  it('[S852] PRESENT needs a definite presence that meets the window; a possible one alone is BETWEEN_LISTS', () => {
    expect(gradeIn('03-25', '03-26')).toMatchObject({ grade: 'PRESENT', proposedAs: null });
    expect(gradeIn('04-01', '04-02')?.grade).toBe('PRESENT');
    expect(gradeIn('03-24T08:30', '03-24T12:00')?.grade).toBe('BETWEEN_LISTS');
    expect(gradeIn('04-02', '04-10')?.grade).toBe('BETWEEN_LISTS');
    expect(gradeIn('01-01', '03-01')?.grade).toBe('BETWEEN_LISTS');
  });

  it('[S852] without versions every version counts; without a window, ever', () => {
    expect(gradeIn('04-20', '04-20', [])?.grade).toBe('PRESENT');
    const index = buildIndex({ lists: [list('vendor', '03-10', ['litellm'])] });
    expect(findSoftwareMatches(index, { package: litellm, versions: [] }).matches[0]?.grade).toBe('PRESENT');
    expect(findSoftwareMatches(index, { package: litellm, versions: ['1.0'] }).matches[0]?.grade).toBe('VERSION_UNKNOWN');
  });

  it('[S852] an access fact counts while it is valid', () => {
    const access = { id: 'A-1', grantor: 'vendor', software: `${litellm}@1.82.7`, validFrom: at('03-01'), validUntil: at('04-01') };
    const index = buildIndex({ accessFacts: [access] });
    const gradeOn = (day: string) =>
      findSoftwareMatches(index, { package: litellm, versions: ['1.82.7'], during: { from: at(day), to: at(day) } }).matches[0]?.grade;
    expect(gradeOn('03-15')).toBe('PRESENT_UNDATED');
    expect(gradeOn('04-01')).toBe('RULED_OUT_BY_LISTS');
  });
});

describe('claims of availability', () => {
  it('[S853] the hull runs from the smallest to the largest instant that a claim names; what nobody names is open', () => {
    const hullOf = (...given: ReturnType<typeof claim>[]) => findAdvisoryMatches(buildIndex({ claims: given }), poisoned).question;
    expect(hullOf(...claims)).toMatchObject({ hull: { from: at('03-24T08:30'), to: at('03-24T11:58') }, agreed: undefined });
    expect(hullOf(claim('03-24T10:52', null))).toMatchObject({ hull: { from: at('03-24T10:52'), to: Infinity } });
    expect(hullOf(claim('03-24T10:52', '03-24T11:25'), claim('03-24T12:00', null)).hull.to).toBe(at('03-24T12:00'));
    expect(hullOf()).toMatchObject({ hull: { from: -Infinity, to: Infinity }, agreed: undefined });
    expect(hullOf(claim('03-24T08:30', '03-24T11:25'), claim('03-24T10:52', null))).toMatchObject({
      agreed: { from: at('03-24T10:52'), to: at('03-24T11:25') },
    });
  });
});

it('[S854] presence is definite between lists of one run, and possible up to the lists that show its absence', () => {
  const lists = [
    list('vendor', '01-01', []),
    list('vendor', '02-01', ['litellm 1.82.7']),
    list('vendor', '02-10', [], { isComplete: false }),
    list('vendor', '03-01', ['litellm 1.82.7.0']),
    list('vendor', '04-01', ['litellm 1.83.0']),
    list('vendor', '05-01', ['litellm 1.82.7']),
  ];
  expect(grade(lists)?.presences).toMatchObject([
    {
      version: '1.82.7',
      isAffected: true,
      definite: [
        { from: at('02-01'), to: at('03-01') },
        { from: at('05-01'), to: at('05-01') },
      ],
      possible: [
        { from: at('01-01'), until: at('04-01') },
        { from: at('04-01'), until: Infinity },
      ],
    },
    {
      version: '1.83.0',
      isAffected: false,
      definite: [{ from: at('04-01'), to: at('04-01') }],
      possible: [{ from: at('03-01'), until: at('05-01') }],
    },
  ]);
  expect(grade([...lists, list('vendor', null, ['litellm 1.82.7'])])?.presences[0]?.possible).toEqual([
    { from: -Infinity, until: Infinity },
  ]);
  // Without a subject, a list shows no absence.
  expect(grade(lists.map((each) => ({ ...each, subject: '' })))?.presences[0]).toMatchObject({
    definite: [{ from: at('02-01'), to: at('05-01') }],
    possible: [{ from: -Infinity, until: Infinity }],
  });
});

it('[S855] the order of facts changes nothing, and rows take at most 24 bytes', () => {
  const lists = [
    list('vendor', '03-10', ['litellm 1.82.6', ':litellm 1.82.7', 'x 1']),
    list('vendor', '04-20', ['litellm 1.83.0']),
    list('other', '03-25', ['litellm >=1.13', 'litellm 1.82.8']),
  ];
  const index = buildIndex({ lists, organizations: ['vendor', 'other', 'third'] });
  const turned = buildIndex({ lists: lists.toReversed(), organizations: ['third', 'other', 'vendor'] });
  const all = (each: typeof index) => {
    const { question, matches } = findAdvisoryMatches(each, poisoned);
    return matches.map((match) => [match.organization, match.grade, describeMatch(each, question, match, placeOf)]);
  };
  expect(all(turned)).toEqual(all(index));
  expect(index.rowBytes / 6).toBeLessThanOrEqual(24);
});

it('[S1090] the sentence of a grade does not depend on the lists of others, nor on who asks', () => {
  const own = [
    list('vendor', null, ['litellm 1.82.8', 'litellm 1.82.7']),
    list('unknown', '03-10', ['litellm >=1.82', 'litellm']),
    list('unknown', '03-24', ['litellm']),
  ];
  const named = ['litellm 1.82.8', 'litellm 1.82.7', 'litellm', 'litellm >=1.82'];
  const told = (index: SoftwareIndex, organization: string) => {
    const { question, matches } = findAdvisoryMatches(index, poisoned);
    return matches
      .filter((match) => match.organization === organization)
      .map((match) => describeMatch(index, question, match, placeOf).because);
  };
  for (const organization of ['vendor', 'unknown']) {
    const alone = told(buildIndex({ lists: own }), organization);
    expect(alone).toHaveLength(1);
    for (const rows of [named, named.toReversed()]) {
      const others = rows.map((row, i) => list(`a${i}`, '03-10', [row]));
      const index = buildIndex({ lists: [...others, ...own] });
      expect(told(index, organization)).toEqual(alone);
      const found = findOrganizationMatches(index, organization);
      expect(found.map(({ question, match }) => describeMatch(index, question, match, placeOf).because)).toEqual(alone);
    }
  }
});

it('[S858] versions that are equal are one, in the smallest spelling that the subject has', () => {
  const lists = [
    list('vendor', '03-10', ['litellm 1.82.7.0']),
    list('vendor', '03-12', ['litellm v1.82.7']),
    list('other', '03-12', ['litellm 1.82.7']),
  ];
  expect(grade(lists)).toMatchObject({
    versions: ['1.82.7.0'],
    presences: [{ version: '1.82.7.0', definite: [{ from: at('03-10'), to: at('03-12') }] }],
    because: expect.stringMatching(/names litellm 1\.82\.7\.0 /),
  });
});

it('[S859] hostile lists, versions, ranges and constraints take no more than a logarithm beyond linear time, and overflow no stack', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `litellm x${i}`);
  const ranged: Advisory = { ...poisoned, affected: [{ package: litellm, versions: [], ranges: ['vers:pypi/>=1|<2'] }] };
  const startedAt = process.cpuUsage();
  expect(grade([list('vendor', '03-10', many), list('vendor', '03-11', [])], {}, ranged)?.grade).toBe('BETWEEN_LISTS');
  const [long, maven] = ['1.'.repeat(200_000), 'pkg:maven/g/a'];
  const affected = { ...poisoned, affected: [{ package: maven, versions: [`${long}1`, `1${'-1'.repeat(100_000)}`], ranges: [] }] };
  expect(grade([list('vendor', '03-10', [`${maven} ${long}1`])], {}, affected)?.grade).toBe('PRESENT');
  const holes = Array.from({ length: 50_000 }, (_, i) => `!=1.${i}`);
  const hollow: Advisory = { ...poisoned, affected: [{ package: litellm, versions: [], ranges: [`vers:pypi/${holes.join('|')}`] }] };
  expect(grade([list('vendor', '03-10', [`litellm >=1,${holes.join(',')}`])], {}, hollow)?.grade).toBe('VERSION_UNKNOWN');
  const { user } = process.cpuUsage(startedAt);
  // The square of these numbers takes minutes.
  expect(user / 1e6).toBeLessThan(30);
});
