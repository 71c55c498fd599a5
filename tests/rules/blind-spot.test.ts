import { hasProvidersWithoutTransfers, isBlindSpot } from '../../server/rules/blind-spot.ts';
import { describe, expect, it } from '../support/test.ts';

describe('[R11] a dependent becomes a blind spot (semantics §5)', () => {
  it.each<{ isLab: boolean; isDependent: boolean; isInRadius: boolean; expected: boolean }>`
    isLab    | isDependent | isInRadius | expected
    ${true}  | ${true}     | ${false}   | ${true}
    ${true}  | ${true}     | ${true}    | ${false}
    ${false} | ${true}     | ${false}   | ${false}
    ${true}  | ${false}    | ${false}   | ${false}
  `('lab $isLab, dependent $isDependent, in the radius $isInRadius: $expected', ({ isLab, isDependent, isInRadius, expected }) => {
    expect(isBlindSpot(isLab, isDependent, isInRadius)).toBe(expected);
  });
});

describe('[R12] a lab with providers or none (semantics §9)', () => {
  const lab = 0;
  /** 0 -> 1 -> 2 -> 0, and 3 alone. */
  const providers: readonly (readonly number[])[] = [[1], [2], [0], []];
  const ask = (start: number, received: readonly number[]) =>
    hasProvidersWithoutTransfers(
      start,
      (client) => providers[client] as readonly number[],
      (organization) => received.includes(organization),
    );

  it('is a blind spot if no provider received anything, even in a circle of engagements', () => {
    expect(ask(lab, [])).toBe(true);
  });

  it('is not a blind spot if any provider at any depth received an artifact', () => {
    expect(ask(lab, [1])).toBe(false);
    expect(ask(lab, [2])).toBe(false);
  });

  it('stays a blind spot if only the lab or an unrelated organization received something', () => {
    expect(ask(lab, [0, 3])).toBe(true);
  });

  it('is not a blind spot without providers', () => {
    expect(ask(3, [])).toBe(false);
  });
});
