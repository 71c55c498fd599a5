import fc from 'fast-check';
import { deletionStates } from '../../server/domain/facts.ts';
import { definiteFrom, definiteUntil, fitsInside, holdsAt, meets, possibleFrom, possibleUntil } from '../../server/rules/copy-interval.ts';
import { describe, expect, it } from '../support/test.ts';

const unknown = Number.NaN;
const assertedAt = 100;

/** [d0, d1) and [p0, p1) of a transfer's copy. */
function intervals(sentAt: number, state: (typeof deletionStates)[number], deletedAt: number): [[number, number], [number, number]] {
  const code = deletionStates.indexOf(state);
  return [
    [definiteFrom(sentAt, assertedAt), definiteUntil(code, deletedAt)],
    [possibleFrom(sentAt), possibleUntil(code, deletedAt)],
  ];
}

describe('[R1] copy intervals (semantics §2)', () => {
  it.each<{
    sentAt: number;
    state: (typeof deletionStates)[number];
    deletedAt: number;
    definite: [number, number];
    possible: [number, number];
  }>`
    sentAt     | state          | deletedAt  | definite           | possible
    ${10}      | ${'NONE'}      | ${unknown} | ${[10, Infinity]}  | ${[10, Infinity]}
    ${10}      | ${'NONE'}      | ${20}      | ${[10, Infinity]}  | ${[10, Infinity]}
    ${10}      | ${'REQUESTED'} | ${20}      | ${[10, Infinity]}  | ${[10, Infinity]}
    ${10}      | ${'ATTESTED'}  | ${20}      | ${[10, 20]}        | ${[10, Infinity]}
    ${10}      | ${'ATTESTED'}  | ${unknown} | ${[10, Infinity]}  | ${[10, Infinity]}
    ${10}      | ${'VERIFIED'}  | ${20}      | ${[10, 20]}        | ${[10, 20]}
    ${10}      | ${'VERIFIED'}  | ${unknown} | ${[10, Infinity]}  | ${[10, Infinity]}
    ${unknown} | ${'NONE'}      | ${unknown} | ${[100, Infinity]} | ${[-Infinity, Infinity]}
    ${unknown} | ${'ATTESTED'}  | ${200}     | ${[100, 200]}      | ${[-Infinity, Infinity]}
    ${unknown} | ${'VERIFIED'}  | ${200}     | ${[100, 200]}      | ${[-Infinity, 200]}
  `('sent at $sentAt, $state at $deletedAt: certain $definite, possible $possible', ({ sentAt, state, deletedAt, definite, possible }) => {
    expect(intervals(sentAt, state, deletedAt)).toEqual([definite, possible]);
  });

  it('the definite interval lies within the possible one', () => {
    const instant = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(unknown));
    fc.assert(
      fc.property(instant, fc.constantFrom(...deletionStates), instant, (sentAt, state, deletedAt) => {
        const [[d0, d1], [p0, p1]] = intervals(sentAt, state, deletedAt);
        expect(p0).toBeLessThanOrEqual(d0);
        expect(d1).toBeLessThanOrEqual(p1);
      }),
    );
  });
});

describe('[R2] an interval [10, 20) meets a closed window', () => {
  it.each<{ window: [number, number]; meets: boolean }>`
    window      | meets
    ${[0, 9]}   | ${false}
    ${[0, 10]}  | ${true}
    ${[12, 13]} | ${true}
    ${[19, 19]} | ${true}
    ${[20, 30]} | ${false}
    ${[0, 30]}  | ${true}
  `('$window: $meets', ({ window: [from, to], meets: expected }) => {
    expect(meets(10, 20, from, to)).toBe(expected);
  });

  it('an empty interval meets no window', () => {
    expect(meets(10, 10, 0, 30)).toBe(false);
    expect(meets(20, 10, 0, 30)).toBe(false);
  });

  it('an interval contains an instant if it meets the window of that instant alone', () => {
    const instant = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(instant, instant, instant, (from, until, at) => {
        expect(holdsAt(from, until, at)).toBe(meets(from, until, at, at));
      }),
    );
  });

  it('a transfer sent at an unknown instant fits every copy, even one with an empty interval', () => {
    expect(fitsInside(unknown, 20, 10)).toBe(true);
    expect(fitsInside(10, 10, 20)).toBe(true);
    expect(fitsInside(20, 10, 20)).toBe(false);
    expect(fitsInside(9, 10, 20)).toBe(false);
  });
});
