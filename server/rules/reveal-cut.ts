import { isAtLeast, tolerance } from '../domain/compare.ts';

/** Whether a chain of reveals counts (semantics §4): its product of degrees is at least `minDegree`, 0 to 1. */
export function isRevealed(product: number, minDegree: number): boolean {
  return isAtLeast(product, minDegree);
}

/**
 * A slightly lower cut, for searches that may find too much but never too little. They may multiply degrees in another order. The difference from rounding is far smaller than the extra tolerance.
 */
export function generousCut(minDegree: number): number {
  return minDegree - 2 * tolerance;
}
