import fc from 'fast-check';
import { compareLargestFirst, toCents } from '../../server/domain/compare.ts';
import { expect, it } from '../support/test.ts';

const figure = fc.double({ min: 0, max: 1e13, noNaN: true });
/** A figure, and one that differs from it by up to 2e-9 of it. */
const near = fc.tuple(figure, fc.double({ min: -2e-9, max: 2e-9, noNaN: true })).map(([a, part]) => [a, a + a * part] as const);

it('[G370] figures are ordered by value, the largest first, if they differ by more than a billionth, and are a total order', () => {
  fc.assert(
    fc.property(near, ([a, b]) => {
      const order = compareLargestFirst(a, b);
      if (Math.abs(a - b) > 1e-9 * Math.max(a, b)) expect(Math.sign(order)).toBe(Math.sign(b - a));
      else expect([0, Math.sign(b - a)]).toContain(Math.sign(order));
    }),
  );
  fc.assert(
    fc.property(near, figure, ([a, b], c) => {
      for (const [x, y, z] of [
        [a, b, c],
        [b, a, c],
        [a, c, b],
      ] as const)
        if (compareLargestFirst(x, y) <= 0 && compareLargestFirst(y, z) <= 0) expect(compareLargestFirst(x, z)).toBeLessThanOrEqual(0);
    }),
  );
  expect(compareLargestFirst(0, 0)).toBe(0);
  expect(compareLargestFirst(0, -1)).toBeLessThan(0);
  expect(compareLargestFirst(0.1 + 0.2, 0.3)).toBe(0);
});

it('[G370] half a cent counts as half, also where a sum falls short of it by a rounding error', () => {
  expect([0.004, 0.005, 0.1 + 0.3 + 0.035, 0.035 + 0.3 + 0.1, 1.005, 0.014999].map(toCents)).toEqual([0, 1, 44, 44, 101, 1]);
});
