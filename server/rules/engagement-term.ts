/*
 * When an engagement counts (semantics §5, §8, §9). Instants are epoch milliseconds; NaN is an unknown instant, which is
 * neither a start nor an end.
 */

/** Whether an engagement has started by the end of a window, so that copies may have been handed over under it. */
export function hasStarted(startsAt: number, windowTo: number): boolean {
  return !(startsAt > windowTo);
}

/**
 * Whether an engagement is current in a closed window: it has started, and has not ended before.
 *
 * @param windowFrom, windowTo for "current at an instant" that instant twice
 */
export function isCurrent(startsAt: number, endsAt: number, windowFrom: number, windowTo: number): boolean {
  return hasStarted(startsAt, windowTo) && !hasEnded(endsAt, windowFrom);
}

/** `endsAt` is exclusive: an engagement has ended at that instant. */
export function hasEnded(endsAt: number, instant: number): boolean {
  return endsAt <= instant;
}
