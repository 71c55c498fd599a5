/*
 * When an engagement counts (semantics §5, §8, §9). Instants are epoch milliseconds. NaN is an unknown instant: an engagement
 * with an unknown start has always run, and one with an unknown end has not ended.
 */

/** Whether an engagement has started by the end of a window. If so, the client may have handed over copies under it. */
export function hasStarted(startsAt: number, windowTo: number): boolean {
  return !(startsAt > windowTo);
}

/**
 * Whether an engagement is current in a closed window: it starts by the end of the window and does not end before the window.
 *
 * @param windowFrom, windowTo to ask about one instant, pass it twice
 */
export function isCurrent(startsAt: number, endsAt: number, windowFrom: number, windowTo: number): boolean {
  return hasStarted(startsAt, windowTo) && !hasEnded(endsAt, windowFrom);
}

/** `endsAt` is exclusive: at that instant, the engagement, or any other fact with an end, has ended. NaN: the end is unknown, so it has not come. */
export function hasEnded(endsAt: number, instant: number): boolean {
  return endsAt <= instant;
}
