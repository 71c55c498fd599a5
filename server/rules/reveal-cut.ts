import { isAtLeast, tolerance } from '../domain/compare.ts';

/** Whether a chain of reveals with this product of degrees counts (semantics §4): it does from `minDegree`, 0 to 1, on. */
export function isRevealed(product: number, minDegree: number): boolean {
  return isAtLeast(product, minDegree);
}

/**
 * A slightly lower cut, for searches that may find too much but never too little, such as reads that preselect facts.
 * Such a search may multiply degrees in another order; the resulting rounding is far smaller than the extra tolerance.
 */
export function generousCut(minDegree: number): number {
  return minDegree - 2 * tolerance;
}
