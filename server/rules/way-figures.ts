import type { Tier } from './copy-tier.ts';

/*
 * Figures of one way in to an artifact, and of the artifact (semantics §4). Shares are 0 to 1, values US dollars.
 *
 * A floating-point product depends on the order of its factors. Every answer multiplies here, so that a radius, a ranking and a
 * best cut give the same digits.
 */

/** The probability that this way discloses something. */
export function chanceOf(likelihoodOfHolder: number, weight: number): number {
  return likelihoodOfHolder * weight;
}

/** How much of the artifact this way discloses. */
export function yieldOf(portionOfCopy: number, productOfDegrees: number): number {
  return portionOfCopy * productOfDegrees;
}

/** Chance x yield. An artifact's `weightedShare` is the largest among its ways. */
export function weightedShareOf(chance: number, yieldShare: number): number {
  return chance * yieldShare;
}

/** The loss if everything that may be disclosed is: 0 for an artifact that is only CONTAINED. */
export function worstCaseLossOf(tier: Tier, worstValueUsd: number, portionHigh: number): number {
  return tier === 'CONTAINED' ? 0 : worstValueUsd * portionHigh;
}

export function weightedLossOf(weightedShare: number, meanValueUsd: number): number {
  return weightedShare * meanValueUsd;
}
