/**
 * Dates as a person types them: `2026-09-24`, or `2026-09-24 08:30` with a time, in UTC. Text fields accept only this form, because a
 * browser's own date field looks different for each person.
 */

export const DATE_PLACEHOLDER = 'YYYY-MM-DD';
export const DATE_TIME_PLACEHOLDER = 'YYYY-MM-DD HH:MM';

/** Follows the field's name in an error: `Core start: enter …`. */
export const DATE_ADVICE = 'enter a date as YYYY-MM-DD, such as 2026-09-24.';
export const DATE_TIME_ADVICE = 'enter a date as YYYY-MM-DD, such as 2026-09-24, and add a time in UTC if needed: 2026-09-24 08:30.';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TYPED = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/;

/**
 * A date alone, as the start of a period, its end, or the exclusive end of a fact: the day's first millisecond, its last, or the first of the
 * next day (semantics §1).
 */
export type Edge = 'start' | 'end' | 'until';

/** @returns the instant as RFC 3339 text; null if the text is not a calendar date. 23:59 as an end covers its whole minute. */
export function parseTypedDate(text: string, edge: Edge): string | null {
  const [, day, time] = TYPED.exec(text.trim()) ?? [];
  if (day === undefined) return null;
  if (!isCalendarDay(day)) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (time === undefined) {
    if (edge === 'until') return new Date(midnight + DAY_MS).toISOString();
    return edge === 'start' ? new Date(midnight).toISOString() : lastOf(midnight, DAY_MS);
  }
  const at = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(at)) return null;
  return edge === 'end' && time === '23:59' ? lastOf(at, MINUTE_MS) : new Date(at).toISOString();
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // Date rolls February 30 over to March 2.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** The shortest text that `parseTypedDate` reads as the same instant, to the minute. */
export function formatTypedDate(instant: string, edge: Edge): string {
  const day = (edge === 'until' ? new Date(Date.parse(instant) - 1).toISOString() : instant).slice(0, 10);
  if (parseTypedDate(day, edge) === new Date(instant).toISOString()) return day;
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}

function lastOf(from: number, lengthMs: number): string {
  return new Date(from + lengthMs - 1).toISOString();
}
