import fc from 'fast-check';
import { type ExploreState, exploreHref, parseExploreState, writeExploreState } from '../../web/shared/url/explore-url.ts';
import { describe, expect, it } from '../support/test.ts';
import { anyCharacter } from '../support/worlds/any-character.ts';

const id = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 30 });
const ids = fc.uniqueArray(id, { maxLength: 4 });
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const window = fc.tuple(instant, instant).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const someNodes = fc.record({ nodes: fc.uniqueArray(id, { minLength: 1, maxLength: 4 }), isAll: fc.constant(false) });
const noNodes = fc.record({ nodes: fc.constant<readonly string[]>([]), isAll: fc.boolean() });
const ends = fc.uniqueArray(id, { minLength: 2, maxLength: 2 }).map(([from, to]): [string, string] => [from ?? '', to ?? '']);
const canvas = fc.record({
  path: fc.option(ends),
  opened: ids,
  selection: fc.option(id),
  hidden: ids,
  kinds: ids,
  edges: ids,
  types: ids,
  color: fc.constantFrom('kind', 'country', 'sensitivity', 'value'),
  size: fc.constantFrom('equal', 'value', 'copies'),
  only: fc.subarray(['DE', '4', 'none']),
  layout: fc.constantFrom('rank', 'rings', 'free'),
  pins: fc.uniqueArray(fc.record({ key: id, x: fc.integer({ min: -9999, max: 9999 }), y: fc.integer({ min: -9999, max: 9999 }) }), {
    maxLength: 3,
    selector: (pin) => `${pin.key}@${pin.x},${pin.y}`,
  }),
  groups: fc
    .uniqueArray(id, { maxLength: 6 })
    .map((all) => [
      { members: all.slice(0, 2), isOpen: false },
      { members: all.slice(2, 4), isOpen: false },
      { members: all.slice(4), isOpen: true },
    ])
    .map((groups) => groups.filter(({ members }) => members.length > 1)),
  validIn: fc.option(window),
  knownAt: fc.option(instant),
  overlay: fc.option(
    fc
      .record({
        incident: fc.option(id),
        origins: ids,
        suspects: fc.option(
          fc.uniqueArray(fc.record({ id, likelihood: fc.constantFrom(0.25, 1) }), { maxLength: 2, selector: (suspect) => suspect.id }),
        ),
        hasCore: fc.option(fc.boolean()),
        core: fc.option(window),
        widest: fc.option(window),
        maxHops: fc.option(fc.integer({ min: 0, max: 10 })),
        transferLikelihood: fc.option(fc.constantFrom(0, 0.25, 1)),
        minDegree: fc.option(fc.constantFrom(0, 0.05, 1)),
        rest: fc.constantFrom('dim', 'hide', 'plain'),
      })
      .filter(({ incident, origins, suspects }) => incident !== null || origins.length > 0 || (suspects ?? []).length > 0),
  ),
});
/** Only a canvas without opened nodes can show all labs. */
const explore: fc.Arbitrary<ExploreState> = fc.tuple(fc.oneof(someNodes, noNodes), canvas).map(([nodes, rest]) => ({ ...nodes, ...rest }));

describe('the URL of Explore', () => {
  it('[W1] reads back as it was written', () => {
    fc.assert(
      fc.property(explore, (state) => {
        const query = writeExploreState(state).toString();
        expect(parseExploreState(new URLSearchParams(query))).toEqual(state);
      }),
    );
  });

  it('[W1] of one organization is short', () => {
    expect(exploreHref('organization:a&b')).toBe('/explore?n=organization%3Aa%26b&sel=organization%3Aa%26b');
  });

  it('[W2] opens whatever it holds', () => {
    const name = fc.constantFrom(
      'n',
      'x',
      'sel',
      'hide',
      'kinds',
      'edges',
      'types',
      'layout',
      'pin',
      'group',
      'openGroup',
      'valid',
      'knownAt',
      'overlay',
      'o',
      'core',
      'widest',
      'hops',
      'rest',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
        expect(() => parseExploreState(new URLSearchParams(pairs))).not.toThrow();
      }),
    );
  });
});
