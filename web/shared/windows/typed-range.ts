import { MONTHS } from '../format/instant.ts';
import { isCalendarDay, parseTypedDate } from '../format/typed-date.ts';
import type { TimeWindow } from '../url/params.ts';

/** Follows a field's name in an error. */
export const RANGE_ADVICE =
  'enter two dates, such as May 8 - Sep 24, or 2026-05-08 - 2026-09-24. Add times in UTC if needed: Sep 24 08:30 - 11:25.';

interface Parts {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly time: string | null;
}

const BETWEEN = /\s+(?:-|–|—|to|until|\.\.)\s+|\s*(?:\.\.|–|—)\s*|(?<!\d{4}-\d{2})(?<=[\d:])-(?=\d{1,2}(?::\d{2})?$)/i;

/**
 * Reads a date range as a person types it: `May 8 - Sep 24`, `May 8-12, 2026`, `2026-05-08 to 2026-09-24`, `Sep 24 08:30 - 11:25`, or one
 * day. An end without a year, month or day takes it from the other end. Without any year, the latest year that does not start after
 * `today`. A date alone means its whole day (semantics §1). Times are UTC.
 *
 * @param today RFC 3339; only its day counts
 * @returns null if the text is not a range, or ends before it starts
 */
export function parseTypedRange(text: string, today: string): TimeWindow | null {
  const ends = text
    .trim()
    .split(BETWEEN)
    .filter((part) => part.trim() !== '');
  const [first, second = first, rest] = ends;
  if (first === undefined || second === undefined || rest !== undefined) return null;
  const a = partsOf(first);
  const b = partsOf(second);
  if (a === null || b === null) return null;
  const start = { month: a.month ?? b.month, day: a.day };
  const end = { month: b.month ?? a.month, day: b.day ?? (b.month === null ? a.day : null) };
  if (start.month === null || start.day === null || end.month === null || end.day === null) return null;
  // "Nov 20 - Jan 5" ends in the year after its start.
  const across = start.month > end.month ? 1 : 0;
  const thisYear = Number(today.slice(0, 4));
  const latest = dayText(thisYear, start.month, start.day) > today.slice(0, 10) ? thisYear - 1 : thisYear;
  const startYear = a.year ?? (b.year === null ? latest : b.year - across);
  const lastYear = b.year ?? startYear + across;
  const from = instantOf(startYear, start.month, start.day, a.time, 'start');
  const to = instantOf(lastYear, end.month, end.day, b.time, 'end');
  return from === null || to === null || to < from ? null : { from, to };
}

/** Null if the text is neither a date nor a time. */
function partsOf(text: string): Parts | null {
  const timed = /^(.*?)[\s,T]*(?:at\s+)?(\d{1,2}:\d{2})$/.exec(text.trim());
  const date = (timed?.[1] ?? text).trim().replace(/,$/, '');
  const time = timed?.[2]?.padStart(5, '0') ?? null;
  if (date === '') return time === null ? null : { year: null, month: null, day: null, time };
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), time };
  const named = /^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:\s*,?\s+(\d{4}))?$/.exec(date);
  const turned = /^(\d{1,2})\s+([A-Za-z]{3,9})\.?(?:\s*,?\s+(\d{4}))?$/.exec(date);
  const alone = /^(\d{1,2})(?:\s*,\s*(\d{4}))?$/.exec(date);
  if (alone !== null) return { year: alone[2] === undefined ? null : Number(alone[2]), month: null, day: Number(alone[1]), time };
  const [word, day, year] = named !== null ? [named[1], named[2], named[3]] : [turned?.[2], turned?.[1], turned?.[3]];
  const month = MONTHS.findIndex((name) => word?.toLowerCase().startsWith(name.toLowerCase())) + 1;
  if (word === undefined || month === 0 || !isMonthWord(word, month)) return null;
  return { year: year === undefined ? null : Number(year), month, day: Number(day), time };
}

const LONG_MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** Accepts `Sep`, `Sept` and `September`, but not `Septum`. */
function isMonthWord(word: string, month: number): boolean {
  return LONG_MONTHS[month - 1]?.startsWith(word.toLowerCase()) === true;
}

function instantOf(year: number, month: number, day: number, time: string | null, edge: 'start' | 'end'): string | null {
  const date = dayText(year, month, day);
  return isCalendarDay(date) ? parseTypedDate(time === null ? date : `${date} ${time}`, edge) : null;
}

function dayText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
