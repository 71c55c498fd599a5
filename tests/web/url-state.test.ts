import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BlastState, blastHref, parseBlastState, writeBlastState } from '../../web/shared/url/blast-state.ts';
import { type ExploreState, exploreHref, parseExploreState, writeExploreState } from '../../web/shared/url/explore-state.ts';

const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
const ids = fc.uniqueArray(id, { maxLength: 4 });
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const window = fc.tuple(instant, instant).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a }));
const fraction = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

const blast: fc.Arbitrary<BlastState> = fc.record({
  origins: ids,
  core: fc.option(window),
  widest: fc.option(window),
  maxHops: fc.option(fc.integer({ min: 0, max: 10 })),
  transferLikelihood: fc.option(fraction),
  minDegree: fc.option(fraction),
  incident: fc.option(id),
  knownAt: fc.option(instant),
  tiers: fc.subarray(['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const),
  labs: ids,
  sort: fc.constantFrom('WORST_CASE_LOSS', 'WEIGHTED_LOSS', 'TIER', 'PORTION', 'NAME', 'OWNER'),
  tab: fc.constantFrom('affected', 'labs', 'ask', 'copies', 'integrity'),
  view: fc.option(fc.constantFrom('lanes', 'table')),
  selection: fc.option(id),
  openGroups: ids,
});

const explore: fc.Arbitrary<ExploreState> = fc.record({
  nodes: ids,
  opened: ids,
  selection: fc.option(id),
  hidden: ids,
  kinds: ids,
  edges: ids,
  types: ids,
  layout: fc.constantFrom('rank', 'rings', 'free'),
  pins: fc.uniqueArray(fc.record({ key: id, x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) }), {
    maxLength: 3,
    selector: (pin) => `${pin.key}@${pin.x},${pin.y}`,
  }),
  knownAt: fc.option(instant),
});

describe('the address of a view', () => {
  it('[W1] gives back a blast radius as it was written', () => {
    fc.assert(
      fc.property(blast, (state) => {
        const address = writeBlastState(state).toString();
        expect(parseBlastState(new URLSearchParams(address))).toEqual(state);
        expect(writeBlastState(parseBlastState(new URLSearchParams(address))).toString()).toBe(address);
      }),
    );
  });

  it('[W1] gives back a view of Explore as it was written', () => {
    fc.assert(
      fc.property(explore, (state) => {
        const address = writeExploreState(state).toString();
        expect(parseExploreState(new URLSearchParams(address))).toEqual(state);
      }),
    );
  });

  it('[W1] of an organization alone is short', () => {
    expect(blastHref(['quillmark'])).toBe('/blast?o=quillmark');
    expect(exploreHref('organization:a&b')).toBe('/explore?n=organization%3Aa%26b&sel=organization%3Aa%26b');
  });

  it('[W2] opens whatever it says', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('o', 'core', 'widest', 'hops', 'tl', 'tier', 'tab', 'sort', 'view', 'pin', 'knownAt'), fc.string()),
        ),
        (pairs) => {
          const params = new URLSearchParams(pairs);
          expect(() => parseBlastState(params)).not.toThrow();
          expect(() => parseExploreState(params)).not.toThrow();
        },
      ),
    );
  });

  it.each([
    ['core=2026-09-24T11:25Z..2026-09-24T08:30Z', 'core'],
    ['core=yesterday..today', 'core'],
    ['core=2026-01-01', 'core'],
    ['hops=11', 'maxHops'],
    ['hops=2.5', 'maxHops'],
    ['tl=1.5', 'transferLikelihood'],
    ['tl=', 'transferLikelihood'],
    ['minDegree=NaN', 'minDegree'],
    ['view=sideways', 'view'],
  ] as const)('[W2] takes %s as not said', (query, field) => {
    expect(parseBlastState(new URLSearchParams(query))[field]).toBeNull();
  });

  it('[W3] has no place for text that somebody typed', () => {
    const names = [
      'o',
      'incident',
      'core',
      'widest',
      'hops',
      'tl',
      'minDegree',
      'knownAt',
      'tier',
      'lab',
      'sort',
      'tab',
      'view',
      'sel',
      'open',
    ];
    fc.assert(fc.property(blast, (state) => [...writeBlastState(state).keys()].every((key) => names.includes(key))));
  });
});
