import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ExploreState, exploreHref, parseExploreState, writeExploreState } from '../../web/shared/url/explore-url.ts';

const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
const ids = fc.uniqueArray(id, { maxLength: 4 });
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
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
    const name = fc.constantFrom('n', 'x', 'sel', 'hide', 'kinds', 'edges', 'types', 'layout', 'pin', 'knownAt');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
        expect(() => parseExploreState(new URLSearchParams(pairs))).not.toThrow();
      }),
    );
  });
});
