import { hasEnded, hasStarted, isCurrent } from '../../server/rules/engagement-term.ts';
import { describe, expect, it } from '../support/test.ts';

const unknown = Number.NaN;

describe('[R10] whether an engagement counts in the window 10 to 20 (semantics §5)', () => {
  it.each<{ startsAt: number; endsAt: number; counts: boolean; isCurrentThen: boolean }>`
    startsAt   | endsAt     | counts   | isCurrentThen
    ${unknown} | ${unknown} | ${true}  | ${true}
    ${20}      | ${unknown} | ${true}  | ${true}
    ${21}      | ${unknown} | ${false} | ${false}
    ${5}       | ${11}      | ${true}  | ${true}
    ${5}       | ${10}      | ${true}  | ${false}
    ${unknown} | ${10}      | ${true}  | ${false}
  `('from $startsAt until $endsAt: counts $counts, current $isCurrentThen', ({ startsAt, endsAt, counts, isCurrentThen }) => {
    expect(hasStarted(startsAt, 20)).toBe(counts);
    expect(isCurrent(startsAt, endsAt, 10, 20)).toBe(isCurrentThen);
  });

  it('an engagement has ended at its end, which is exclusive', () => {
    expect(hasEnded(10, 10)).toBe(true);
    expect(hasEnded(11, 10)).toBe(false);
    expect(hasEnded(unknown, 10)).toBe(false);
  });
});
