import fc from 'fast-check';
import { aboveLine, amountAxisOf, layOutScatter, MOST_ASIDE } from '../../web/features/rankings/scatter-layout.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';

const size = { width: 430, height: 380, heightOf: (amount: number) => amount / 100 };
const dots = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6 }),
    name: fc.string({ minLength: 1, maxLength: 24 }),
    share: fc.integer({ min: 0, max: 4 }).map((part) => part / 4),
    amount: fc.integer({ min: 0, max: 100 }),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);

describe('the scatter', () => {
  it('[W102] moves dots a little aside that would cover each other, keeps their heights, and labels only where there is room', () => {
    fc.assert(
      fc.property(dots, (all) => {
        const placed = layOutScatter(all, size, null);
        expect(placed).toHaveLength(all.length);
        for (const [i, a] of placed.entries()) {
          expect(a.y).toBeCloseTo(380 * (1 - a.dot.amount / 100), 6);
          expect(Math.abs(a.x - 430 * a.dot.share)).toBeLessThanOrEqual(18 * MOST_ASIDE);
          for (const b of placed.slice(i + 1)) {
            // A dot that moved stands free; one that found no place stays where it belongs.
            if (a.x !== 430 * a.dot.share && b.x !== 430 * b.dot.share) {
              expect(Math.abs(a.x - b.x) > 17.9 || Math.abs(a.y - b.y) > 17.9).toBe(true);
            }
            if (a.label === null || b.label === null || Math.abs(a.y - b.y) >= 16) continue;
            const ends = [a, b].map(({ dot, label }) => {
              const length = dot.name.length * 6.6;
              const x = label?.x ?? 0;
              return label?.anchor === 'start' ? [x, x + length] : [x - length, x];
            }) as [[number, number], [number, number]];
            expect(ends[0][1] <= ends[1][0] + 1e-6 || ends[1][1] <= ends[0][0] + 1e-6).toBe(true);
          }
        }
      }),
      { numRuns: generatedRuns(60) },
    );
  });

  it('[W102] rounds its axis up to four round steps', () => {
    const maxOf = (amount: number) => amountAxisOf([amount]).max;
    expect([0, 7, 70_900_000, 80_000_000, 81_000_000].map(maxOf)).toEqual([4, 8, 80_000_000, 80_000_000, 100_000_000]);
    expect(aboveLine({ id: 'a', name: 'A', share: 0.25, amount: 50 }, 100)).toBe(0.25);
  });

  it('[W1169] has a log scale where more than half of its amounts above 0 would crowd the lowest tenth', () => {
    const linear = amountAxisOf([0, 80, 8000]);
    expect([linear.isLog, linear.ticks, linear.heightOf(2000)]).toEqual([false, [0, 2000, 4000, 6000, 8000], 0.25]);
    const log = amountAxisOf([0, 20, 30, 8000]);
    expect([log.isLog, log.max, log.ticks]).toEqual([true, 8000, [10, 100, 1000]]);
    expect([0, 5, 10, 8000].map(log.heightOf)).toEqual([0, 0, 0, 1]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1 }), (amounts) => {
        const { heightOf, ticks, max } = amountAxisOf(amounts);
        const heights = [...amounts].sort((a, b) => a - b).map(heightOf);
        expect(heights).toEqual([...heights].sort((a, b) => a - b));
        for (const height of [...heights, ...ticks.map(heightOf), heightOf(max)]) expect(height >= 0 && height <= 1 + 1e-9).toBe(true);
      }),
      { numRuns: generatedRuns(100) },
    );
  });
});
