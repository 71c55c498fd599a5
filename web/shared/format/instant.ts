import type { TimeWindow } from '../url/params.ts';

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY_MS = 86_400_000;

/** `Sep 24, 2026`. All times on the page are UTC, on a 24-hour clock. */
export function formatDay(instant: string): string {
  return dayOf(new Date(instant));
}

/** The last day before an exclusive end. An end at midnight belongs to the day before: a plain date as an end covers its whole day. */
export function formatLastDay(end: string): string {
  const at = new Date(end);
  return dayOf(isMidnight(at) ? new Date(at.getTime() - DAY_MS) : at);
}

/** `Sep 24, 2026, 08:30`. Midnight shows the day alone, because a plain date means midnight. */
export function formatInstant(instant: string): string {
  const at = new Date(instant);
  return isMidnight(at) ? dayOf(at) : `${dayOf(at)}, ${timeOf(at)}`;
}

/** `Sep 24, 2026, 08:30 UTC`; always with its time. */
export function formatInstantUtc(instant: string): string {
  const at = new Date(instant);
  return `${dayOf(at)}, ${timeOf(at)} UTC`;
}

/** `Sep 24, 2026, 08:30:05 UTC`, for records of single acts. */
export function formatSecondUtc(instant: string): string {
  const at = new Date(instant);
  return `${dayOf(at)}, ${timeOf(at)}:${String(at.getUTCSeconds()).padStart(2, '0')} UTC`;
}

/**
 * The shortest exact form of a closed window: `Sep 24, 2026, 08:30–11:25` within a day, `Sep 19 – Sep 30, 2026` over whole days (the end is
 * their last millisecond), `Sep 19 – Oct 1, 2026, 00:00` to a midnight, else both instants. A date range field reads each of them back as
 * the same window.
 *
 * @param knownYear a year that the text around the window names already; it is left out of the window's dates where both are in that year
 */
export function formatWindow(window: TimeWindow, knownYear: number | null = null): string {
  const from = new Date(window.from);
  const to = new Date(window.to);
  const isYearKnown = from.getUTCFullYear() === knownYear && to.getUTCFullYear() === knownYear;
  const day = isYearKnown ? dayAndMonth : dayOf;
  if (window.from === window.to) return `${day(from)}, ${timeOf(from)}`;
  const isWhole = isMidnight(from) && isLastOfDay(to);
  if (isWhole && isSameDay(from, to)) return day(from);
  if (isWhole || (isMidnight(from) && isMidnight(to))) {
    const start = from.getUTCFullYear() === to.getUTCFullYear() ? dayAndMonth(from) : dayOf(from);
    return `${start} – ${day(to)}${isWhole ? '' : `, ${timeOf(to)}`}`;
  }
  if (isSameDay(from, to)) return `${day(from)}, ${timeOf(from)}–${timeOf(to)}`;
  return `${day(from)}, ${timeOf(from)} – ${day(to)}, ${timeOf(to)}`;
}

/** The length of a window in at most two units: `2 h 55 min`, `12 days`. An end at the last millisecond of a day counts as the day's end. */
export function formatDuration(window: TimeWindow): string {
  const ms = Date.parse(window.to) - Date.parse(window.from);
  if (ms === 0) return 'one instant';
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes} min`;
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.round((ms / DAY_MS) * 10) / 10;
  return days === 1 ? '1 day' : `${Number.isInteger(days) ? days : days.toFixed(1)} days`;
}

function dayOf(at: Date): string {
  return `${dayAndMonth(at)}, ${at.getUTCFullYear()}`;
}

function dayAndMonth(at: Date): string {
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()}`;
}

function timeOf(at: Date): string {
  return `${String(at.getUTCHours()).padStart(2, '0')}:${String(at.getUTCMinutes()).padStart(2, '0')}`;
}

function isMidnight(at: Date): boolean {
  return at.getTime() % DAY_MS === 0;
}

function isLastOfDay(at: Date): boolean {
  return (at.getTime() + 1) % DAY_MS === 0;
}

function isSameDay(a: Date, b: Date): boolean {
  return Math.floor(a.getTime() / DAY_MS) === Math.floor(b.getTime() / DAY_MS);
}
