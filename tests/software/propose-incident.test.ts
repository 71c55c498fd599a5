import { type ProposalQuestion, proposeIncident } from '../../server/software/propose-incident.ts';
import { describe, expect, it } from '../support/test.ts';
import { at, buildIndex, claim, list, placeOf, poisoned, type WorldFacts } from './software-world.ts';

function propose(facts: WorldFacts, input: Partial<ProposalQuestion> = {}) {
  const { matches, question, ...proposal } = proposeIncident(buildIndex(facts), {
    advisory: poisoned,
    now: at('05-10'),
    earliestReceived: () => undefined,
    nameOf: (organization) => organization.toUpperCase(),
    placeOf,
    ...input,
  });
  return proposal;
}

const cleanBefore = (organization: string) => list(organization, '03-10', ['litellm 1.82.6']);
const poisonedAt = (organization: string, date: string) => list(organization, date, ['litellm 1.82.7']);
const cleanAfter = (organization: string) => list(organization, '04-20', ['litellm 1.83.0']);

describe('the core', () => {
  it('[S860] is when most origins certainly had an affected version; the others become suspected with likelihood 1', () => {
    const lists = [
      ...[cleanBefore('a'), poisonedAt('a', '03-24T10:00'), poisonedAt('a', '03-26'), cleanAfter('a')],
      ...[cleanBefore('b'), poisonedAt('b', '03-24T12:30'), poisonedAt('b', '03-28'), cleanAfter('b')],
      ...[poisonedAt('c', '04-02'), cleanAfter('c')],
    ];
    expect(propose({ lists })).toMatchObject({
      origins: ['a', 'b'],
      suspectedOrigins: [{ organization: 'c', likelihood: 1 }],
      notInCore: ['c'],
      hasCore: true,
      core: { from: at('03-24T12:30'), to: at('03-26') },
      widest: { from: at('03-24T08:30'), to: at('04-20') },
      bounds: [
        'The core begins on Mar 24, 2026, 12:30 UTC: then 2 of 3 origins with a list of it certainly had it. The list of B of that date names litellm ' +
          '1.82.7 (b/03-24T12:301.json, row 0). C does not share it and is suspected, with likelihood 1.',
        'The core ends on Mar 26, 2026. The list of A of that date names litellm 1.82.7 (a/03-261.json, row 0).',
        'The widest window begins on Mar 24, 2026, 08:30 UTC: the poisoned 1.82.7 or 1.82.8 of litellm could be installed from then on, according to readme.',
        'The widest window ends on Apr 20, 2026: the list of A of that date (a/04-201.json) does not name the poisoned 1.82.7 or 1.82.8 of litellm any more.',
      ],
    });
  });

  it('[S860] of several intervals is the one that meets H first, else the first; it may be one instant', () => {
    const gone = list('a', '03-15', ['litellm 1.82.6']);
    const lists = [poisonedAt('a', '03-12'), gone, poisonedAt('a', '03-24T10:00'), cleanAfter('a')];
    expect(propose({ lists }).core).toEqual({ from: at('03-24T10:00'), to: at('03-24T10:00') });
    expect(propose({ lists: [poisonedAt('a', '03-12'), gone, poisonedAt('a', '03-25')] }).core).toEqual({
      from: at('03-12'),
      to: at('03-12'),
    });
    // Spans that meet at one instant share it.
    const meeting = [poisonedAt('a', '03-24T10:00'), poisonedAt('a', '03-25'), poisonedAt('b', '03-25'), poisonedAt('b', '03-26')];
    expect(propose({ lists: meeting }).core).toEqual({ from: at('03-25'), to: at('03-25') });
  });

  it('[S861] is none without an origin; an origin without a definite presence stays one', () => {
    const suspected = { lists: [list('a', null, ['litellm 1.82.7'])] };
    expect(propose(suspected)).toMatchObject({
      origins: [],
      suspectedOrigins: [{ organization: 'a', likelihood: 1 }],
      hasCore: false,
      core: null,
      widest: { from: at('03-24T08:30'), to: at('05-10') },
    });
    expect(propose(suspected).bounds).toHaveLength(2);
    const between = { lists: [cleanBefore('a'), cleanAfter('a')] };
    expect(propose(between, { origins: ['a'] })).toMatchObject({ origins: ['a'], hasCore: false, core: null });
    expect(propose({ lists: [...between.lists, poisonedAt('b', '03-24T10:00')] }, { origins: ['a', 'b'] })).toMatchObject({
      origins: ['a', 'b'],
      hasCore: true,
      notInCore: [],
    });
  });
});

describe('ticks', () => {
  const lists = [poisonedAt('a', '03-24T10:00'), list('b', null, ['litellm 1.82.7']), cleanBefore('c'), cleanAfter('c')];

  it('[S862] each replace their half of what the grades tick, and an organization in both is an origin', () => {
    expect(propose({ lists })).toMatchObject({ origins: ['a'], suspectedOrigins: [{ organization: 'b', likelihood: 1 }] });
    const ticked = propose(
      { lists },
      {
        suspectedOrigins: [
          { organization: 'c', likelihood: 0.4 },
          { organization: 'a', likelihood: 0.2 },
        ],
      },
    );
    expect(ticked).toMatchObject({ origins: ['a'], suspectedOrigins: [{ organization: 'c', likelihood: 0.4 }] });
    expect(propose({ lists }, { origins: ['b'] })).toMatchObject({ origins: ['b'], suspectedOrigins: [], hasCore: false });
    const larger = [
      { organization: 'c', likelihood: 0.4 },
      { organization: 'c', likelihood: 0.6 },
    ];
    expect(propose({ lists }, { suspectedOrigins: larger }).suspectedOrigins).toEqual([{ organization: 'c', likelihood: 0.6 }]);
  });

  it('[S862] of nobody give no windows, as does an advisory that proposes nothing', () => {
    const none = { origins: [], suspectedOrigins: [], hasCore: false, core: null, widest: null, bounds: [] };
    expect(propose({ lists }, { origins: [], suspectedOrigins: [] })).toMatchObject(none);
    const vulnerability = { ...poisoned, kind: 'VULNERABILITY' as const };
    expect(propose({ lists, advisories: [vulnerability] }, { advisory: vulnerability })).toMatchObject(none);
    expect(propose({ lists, advisories: [vulnerability] }, { advisory: vulnerability, treatAsCompromise: true })).toMatchObject({
      origins: ['a'],
    });
  });

  it('[S862] see claims beside the recorded ones', () => {
    const more = propose({ lists }, { claims: [claim('03-24T06:00', null, 'a blog')] });
    expect(more).toMatchObject({ hull: { from: at('03-24T06:00'), to: at('03-24T11:58') }, widest: { from: at('03-24T06:00') } });
    expect(more.bounds[2]).toMatch(/according to a blog\.$/);
  });
});

describe('the widest window', () => {
  const open = { claims: [claim(null, '03-24T11:58')] };

  it('[S863] begins, where H is open, with the earliest possible presence of a ticked organization', () => {
    const lists = [cleanBefore('a'), poisonedAt('a', '03-24T10:00'), cleanAfter('a')];
    expect(propose({ ...open, lists })).toMatchObject({
      widest: { from: at('03-10'), to: at('04-20') },
      bounds: {
        2: 'The widest window begins on Mar 10, 2026: the list of A of that date (a/03-101.json) is the last before it that does not name the poisoned 1.82.7 or 1.82.8 of litellm.',
      },
    });
  });

  it('[S863] begins, where that is open too, with the earliest list or transfer received', () => {
    const lists = [poisonedAt('a', '03-24T10:00'), list('a', '01-05', ['x 1'], { subject: 'worker' })];
    expect(propose({ ...open, lists }).widest?.from).toBe(at('01-05'));
    expect(propose({ ...open, lists }, { earliestReceived: () => at('01-02') })).toMatchObject({
      widest: { from: at('01-02') },
      bounds: { 2: expect.stringMatching(/so the date at which it received its first transfer counts\.$/) },
    });
    expect(propose({ ...open, lists: [list('a', null, ['litellm 1.82.7'])] })).toMatchObject({
      widest: { from: at('05-10'), to: at('05-10') },
    });
  });

  it('[S863] ends with the latest possible presence; where one never ends, with the discovery, else now', () => {
    const lists = [poisonedAt('a', '03-24T10:00'), cleanAfter('a'), poisonedAt('b', '03-24T10:00')];
    expect(propose({ lists }).widest?.to).toBe(at('05-10'));
    expect(propose({ lists }, { discoveredAt: at('03-31') })).toMatchObject({ widest: { to: at('04-20') } });
    expect(propose({ lists: lists.slice(2) }, { discoveredAt: at('03-31') })).toMatchObject({
      widest: { to: at('03-31') },
      bounds: { 3: 'The widest window ends on Mar 31, 2026: no list ends what B may have had, so the discovery counts.' },
    });
  });

  it('[S863] encloses the core and never ends before it begins, and says that it was widened', () => {
    const early = propose({ lists: [poisonedAt('a', '02-01'), list('a', '02-10', [])] });
    expect(early).toMatchObject({ core: { from: at('02-01'), to: at('02-01') }, widest: { from: at('02-01'), to: at('02-10') } });
    expect(early.bounds[2]).toMatch(/It begins earlier, with the core, on Feb 1\.$/);
    const late = propose({ lists: [poisonedAt('a', '04-10')] }, { discoveredAt: at('04-01') });
    expect(late).toMatchObject({ core: { to: at('04-10') }, widest: { to: at('04-10') } });
    expect(late.bounds[3]).toMatch(/It ends later, so that it encloses the core, on Apr 10\.$/);
    const backward = propose({ lists: [list('a', null, ['litellm 1.82.7'])] }, { discoveredAt: at('03-01') });
    expect(backward).toMatchObject({ widest: { from: at('03-24T08:30'), to: at('03-24T08:30') } });
    expect(backward.bounds[1]).toMatch(/it ends where it begins, on Mar 24, 08:30 UTC\.$/);
  });
});
