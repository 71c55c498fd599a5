/**
 * An import gives the event loop a turn after this many milliseconds. Questions hold the loop up to 10 ms at a time, so an import takes at
 * most a quarter of it while many people ask.
 */
export const turnMs = 3;
