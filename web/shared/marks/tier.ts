import type { Tier } from '../generated/operations.ts';

/** The word for each tier, and its meaning in a few words. */
export const TIER_WORDS: Readonly<Record<Tier, { readonly word: string; readonly meaning: string }>> = {
  EXPOSED: { word: 'Exposed', meaning: 'readable in the core window' },
  POSSIBLE: { word: 'Possible', meaning: 'cannot be ruled out' },
  CONTAINED: { word: 'Contained', meaning: 'held, but not readable' },
};
