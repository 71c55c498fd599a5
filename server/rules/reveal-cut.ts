import { isAtLeast, tolerance } from '../domain/compare.ts';

/** Whether reveals with this product of degrees count (semantics §4): the cut at `minDegree`, 0 to 1. */
export function isRevealed(product: number, minDegree: number): boolean {
  return isAtLeast(product, minDegree);
}

/**
 * The cut for a search that may find too much, never too little: reads that narrow, and products multiplied in another order.
 * Products that differ by their rounding alone differ by far less than the extra tolerance.
 */
export function generousCut(minDegree: number): number {
  return minDegree - 2 * tolerance;
}
