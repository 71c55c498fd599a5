import type { TimeWindow } from '../../../shared/url/params.ts';

const dayMs = 86_400_000;
/** The time line without a window: three years back, one ahead. */
const yearsBack = 3;
const yearsAhead = 1;

/** First and last day, in days since 1970. */
export type DayRange = readonly [from: number, to: number];

const dayOf = (ms: number) => Math.floor(ms / dayMs);

/** The ends of the time line. They include the window. */
export function boundsOf(window: TimeWindow | null, now: number): DayRange {
  const today = dayOf(now);
  const [from, to] = [today - yearsBack * 365, today + yearsAhead * 365];
  return window === null ? [from, to] : [Math.min(from, dayOf(Date.parse(window.from))), Math.max(to, dayOf(Date.parse(window.to)))];
}

/** The days that a window touches; without a window, the whole time line. */
export function rangeOf(window: TimeWindow | null, bounds: DayRange): DayRange {
  return window === null ? bounds : [dayOf(Date.parse(window.from)), dayOf(Date.parse(window.to))];
}

/** The window of whole days. Null if both handles are at the ends of the time line: then links are shown whenever they are valid. */
export function windowOf([from, to]: DayRange, bounds: DayRange): TimeWindow | null {
  if (from === bounds[0] && to === bounds[1]) return null;
  return { from: new Date(from * dayMs).toISOString(), to: new Date((to + 1) * dayMs - 1).toISOString() };
}
