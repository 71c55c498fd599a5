import { expect } from '../test.ts';

/**
 * Fast forms of `expect` for properties that compare thousands of figures: one call of `expect` builds all its matchers and takes longer
 * than most of the questions. These compare first, and call `expect` only to report.
 */
export function expectSame<T>(actual: T, expected: T): void {
  if (!Object.is(actual, expected)) expect(actual).toBe(expected);
}

export function expectAtLeast(actual: number, least: number): void {
  if (!(actual >= least)) expect(actual).toBeGreaterThanOrEqual(least);
}

export function expectAtMost(actual: number, most: number): void {
  if (!(actual <= most)) expect(actual).toBeLessThanOrEqual(most);
}
