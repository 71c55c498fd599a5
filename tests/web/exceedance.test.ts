import fc from 'fast-check';
import { axisEnd, chanceOf, curvePath } from '../../web/features/blast-radius/tabs/exceedance.ts';
import { describe, expect, it } from '../support/test.ts';

const points = [
  { lossUsd: 10, probability: 1 },
  { lossUsd: 20, probability: 0.5 },
  { lossUsd: 40, probability: 0.1 },
];

describe('[W171] the exceedance curve', () => {
  it.each([
    [0, 1],
    [5, 1],
    [10, 1],
    [11, 0.5],
    [20, 0.5],
    [40, 0.1],
    [41, 0],
  ])('a loss of at least %d is as likely as the next point says: %d', (loss, chance) => expect(chanceOf(points, loss)).toBe(chance));

  it('without runs nothing is lost', () => {
    expect(chanceOf([], 0)).toBe(1);
    expect(chanceOf([], 1)).toBe(0);
  });

  it('falls in steps from the first point to zero', () => {
    const path = curvePath(
      points,
      (loss) => loss,
      (share) => 1 - share,
    );
    expect(path).toBe('M0 0H10V0.5H20V0.9H40V1');
  });

  it('has an axis that reaches the amount and is at most twice as long', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }), (amount) => {
        expect(axisEnd(amount)).toBeGreaterThanOrEqual(amount * (1 - 1e-9));
        expect(axisEnd(amount)).toBeLessThanOrEqual(amount * 2);
      }),
    );
    expect([axisEnd(0), axisEnd(53_200_000)]).toEqual([1, 60_000_000]);
  });
});
