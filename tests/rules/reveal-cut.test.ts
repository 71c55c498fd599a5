import fc from 'fast-check';
import { generousCut, isRevealed } from '../../server/rules/reveal-cut.ts';
import { describe, expect, it } from '../support/test.ts';

describe('[R9] reveals count from minDegree on (semantics §4)', () => {
  it('a product at the cut counts, even if rounding takes it slightly below', () => {
    expect(isRevealed(0.05, 0.05)).toBe(true);
    expect(isRevealed(0.05 - 1e-10, 0.05)).toBe(true);
    expect(isRevealed(0.05 - 1e-8, 0.05)).toBe(false);
    expect(isRevealed(0, 0)).toBe(true);
  });

  it('a product that counts is above the generous cut, in any order of multiplication', () => {
    const degree = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(degree, { minLength: 1, maxLength: 6 }), (degrees) => {
        const forward = degrees.reduce((product, each) => product * each, 1);
        const backward = degrees.reduceRight((product, each) => product * each, 1);
        expect(isRevealed(forward, forward)).toBe(true);
        expect(backward).toBeGreaterThanOrEqual(generousCut(forward));
      }),
    );
  });
});
