import { highPortion, joinBounds, lowPortion, nothing, shareOfPieces } from '../../server/rules/portion.ts';
import { describe, expect, it } from '../support/test.ts';

describe('[R8] the portion that copies disclose together (semantics §4)', () => {
  it('fragments are a share of the count, and never exceed the whole', () => {
    expect(shareOfPieces(3, 4)).toBe(0.75);
    expect(shareOfPieces(5, 4)).toBe(1);
  });

  it('named pieces of 25% with copies of 50% and 30%: 50% to 100%', () => {
    expect(lowPortion(0.25, 0.5)).toBe(0.5);
    expect(highPortion(0.25, 0.5 + 0.3)).toBe(1);
    expect(highPortion(0.25, 0.5)).toBe(0.75);
  });

  it('an own copy of 10% to 20% with two artifacts that reveal half of what they disclose', () => {
    const leading = [
      { bounds: { low: 0.5, high: 0.5 }, product: 0.5 },
      { bounds: { low: 0.25, high: 1 }, product: 0.5 },
    ];
    expect(joinBounds({ low: 0.1, high: 0.2 }, leading)).toEqual({ low: 0.25, high: 0.95 });
    expect(joinBounds(nothing, leading)).toEqual({ low: 0.25, high: 0.75 });
    expect(joinBounds({ low: 0.1, high: 0.2 }, [])).toEqual({ low: 0.1, high: 0.2 });
  });
});
