import { dotInWords, dotsOf, type StripMatch, saysOf, undatedCount } from '../../web/features/advisories/grade-words.ts';
import { stripScale } from '../../web/features/advisories/strip-scale.ts';
import { advisoryHref, isAdvisoryPath, parseAdvisoryState } from '../../web/shared/url/incidents-url.ts';
import { describe, expect, it } from '../support/test.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const hull = { from: at('2026-09-24T08:30'), until: at('2026-09-24T11:58') };

describe('the axis of the strips', () => {
  it('[W972] draws the days of the hull larger, keeps the order of time, and no two labels meet', () => {
    for (const width of [300, 500, 900]) {
      const scale = stripScale([at('2026-09-12T00:00'), at('2026-10-05T00:00')], hull, width);
      expect(scale.large).toEqual({ from: at('2026-09-24T00:00'), until: at('2026-09-25T00:00') });
      expect(scale.x(at('2026-09-25T00:00')) - scale.x(at('2026-09-24T00:00'))).toBeCloseTo(0.47);
      const days = Array.from({ length: 40 }, (_, day) => scale.x(at('2026-09-05T00:00') + day * 86_400_000));
      expect(days).toEqual([...days].sort((a, b) => a - b));
      expect([days[0], days.at(-1)]).toEqual([0, 1]);
      const places = scale.ticks.map(({ x }) => x * width);
      for (const [i, place] of places.slice(1).entries()) expect(place - (places[i] as number)).toBeGreaterThanOrEqual(47.9);
      expect(scale.ticks.filter(({ isMain }) => isMain).map(({ label }) => label)).toEqual(['Sep 24']);
    }
  });

  it('[W972] is even where nobody says when, where the hull is most of the time, and where nothing is dated', () => {
    const even = stripScale([at('2026-01-01T00:00'), at('2026-12-31T00:00')], { from: null, until: null }, 500);
    expect(even.large).toBeNull();
    expect(even.x((even.from + even.until) / 2)).toBeCloseTo(0.5);
    const long = stripScale([at('2026-09-01T00:00')], { from: at('2026-09-02T00:00'), until: at('2026-09-20T00:00') }, 500);
    expect(long.large).toBeNull();
    expect(stripScale([], { from: null, until: null }, 500).ticks.length).toBeGreaterThan(0);
    // One side is open: the day of the known one counts.
    expect(stripScale([at('2026-01-01T00:00'), at('2026-12-31T00:00')], { from: hull.from, until: null }, 500).large?.from).toBe(
      at('2026-09-24T00:00'),
    );
  });
});

const sighting = (id: string, describedAt: string | null, version: string | null, more: object = {}) => ({
  list: { id, describedAt, subject: 'gateway', format: 'CYCLONEDX' as const },
  ...{ package: 'pkg:pypi/litellm', version, constraint: null, isAffected: version === '1.82.7', isVersionUnknown: version === null },
  provenance: { file: 'a.json', line: 1 },
  ...more,
});
const match = (grade: StripMatch['grade'], sightings: StripMatch['sightings'], versions: readonly string[] = []): StripMatch => ({
  organization: { id: 'quill', name: 'Quill' },
  ...{ grade, proposedAs: 'OFFERED', because: '', versions: [...versions], statements: [], presences: [], sightings },
});
const span = { from: '2026-03-24T08:30:00Z', until: '2026-03-24T11:25:00Z' };

describe('a strip', () => {
  it('[W973] has a dot for each dated list: full where it names an affected version, ring for another, ring with point for none', () => {
    const lists = match('PRESENT', [
      sighting('2', '2026-03-24T12:30:00Z', '1.82.7'),
      sighting('2', '2026-03-24T12:30:00Z', '1.83.0'),
      sighting('1', '2026-03-10T00:00:00Z', '1.82.6'),
      sighting('3', '2026-04-10T00:00:00Z', null, { constraint: '>=1.80' }),
      sighting('0', null, '1.82.7'),
    ]);
    expect(dotsOf(lists).map(({ id, kind, names }) => [id, kind, names])).toEqual([
      ['1', 'other', ['1.82.6']],
      ['2', 'named', ['1.82.7', '1.83.0']],
      ['3', 'unknown', ['>=1.80']],
    ]);
    expect(undatedCount(lists)).toBe(1);
    expect(dotsOf(lists).map(dotInWords)).toEqual([
      'List of Mar 10, 2026, names 1.82.6.',
      'List of Mar 24, 2026, 12:30, names 1.82.7, 1.83.0.',
      'List of Apr 10, 2026, states >=1.80.',
    ]);
  });

  it('[W973] says in words what the lists say', () => {
    const says = (grade: StripMatch['grade'], sightings: StripMatch['sightings'], versions: readonly string[] = []) =>
      saysOf(match(grade, sightings, versions), span);
    const before = sighting('1', '2026-03-10T00:00:00Z', '1.82.6');
    const after = sighting('2', '2026-04-20T00:00:00Z', '1.83.0');
    expect(says('BETWEEN_LISTS', [before, after])).toBe('1.82.6, then 1.83.0');
    expect(says('BETWEEN_LISTS', [before])).toBe('1.82.6 before it; no list after it names the package');
    expect(says('BETWEEN_LISTS', [after])).toBe('1.83.0 after it; no list before it names the package');
    expect(says('RULED_OUT_BY_LISTS', [before, { ...before, list: { ...before.list, id: '3' } }])).toBe('1.82.6 on both sides');
    expect(says('PRESENT', [sighting('1', '2026-03-24T09:00:00Z', '1.82.7'), before], ['1.82.7'])).toBe('1.82.7 in 1 list');
    expect(says('PRESENT_UNDATED', [sighting('1', null, '1.82.7')], ['1.82.7'])).toBe('1.82.7, list without a date');
    expect(says('VERSION_UNKNOWN', [sighting('1', null, null, { constraint: '>=1.80' })])).toBe('states >=1.80, no version');
  });
});

describe('the address of the page', () => {
  it('[W974] keeps the advisory, each tick and the selection, and ignores what it cannot read', () => {
    const state = {
      advisory: 'MAL-2026-1',
      ticks: [
        { organization: 'a:b', as: 'origin' as const },
        { organization: 'kite', as: 0.3 },
        { organization: 'moss', as: 'no' as const },
      ],
      treatAsCompromise: true,
      selected: 'kite',
    };
    const href = new URL(advisoryHref(state), 'http://page');
    expect(isAdvisoryPath(href.pathname)).toBe(true);
    expect(parseAdvisoryState(href.searchParams)).toEqual(state);
    expect(advisoryHref()).toBe('/incidents/from-advisory');
    expect(parseAdvisoryState(new URLSearchParams('tick=2:kite&tick=0:kite&tick=maybe:kite&tick=kite&tick=0.5:')).ticks).toEqual([]);
    // The last of two ticks of one organization counts.
    expect(parseAdvisoryState(new URLSearchParams('tick=1:kite&tick=no:kite')).ticks).toEqual([{ organization: 'kite', as: 'no' }]);
  });
});
