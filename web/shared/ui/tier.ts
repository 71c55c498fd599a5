import type { Tier } from '../generated/operations.ts';

/** A tier in words (design §8). */
export const TIER_WORDS: Readonly<Record<Tier, { readonly word: string; readonly meaning: string }>> = {
  EXPOSED: { word: 'Exposed', meaning: 'readable in core window' },
  POSSIBLE: { word: 'Possible', meaning: 'cannot be ruled out' },
  CONTAINED: { word: 'Contained', meaning: 'held, but not readable' },
};
