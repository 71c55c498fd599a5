import type { TimeWindow } from '../url/params.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY_MS = 86_400_000;

/** `24 Sep 2026`. All times on the page are UTC. */
export function formatDay(instant: string): string {
  const at = new Date(instant);
  return `${dayAndMonth(at)} ${at.getUTCFullYear()}`;
}

/**
 * The last day before an exclusive end: what ends at midnight ended the day before, which is how a plain date was read.
 */
export function formatLastDay(end: string): string {
  const at = new Date(end);
  return formatDay(isMidnight(at) ? new Date(at.getTime() - DAY_MS).toISOString() : end);
}

/** `24 Sep 2026, 08:30`; the time is left out at midnight, which is how a plain date reads. */
export function formatInstant(instant: string): string {
  const at = new Date(instant);
  return isMidnight(at) ? formatDay(instant) : `${formatDay(instant)}, ${timeOf(at)}`;
}

/** `24 Sep 2026, 08:30 UTC`, the time always. */
export function formatMoment(instant: string): string {
  return `${formatDay(instant)}, ${timeOf(new Date(instant))} UTC`;
}

/**
 * A closed window in its shortest true form: `24 Sep 2026, 08:30–11:25` within a day, `19 Sep – 1 Oct 2026` over whole days (the last
 * one ends at its last millisecond), else both instants.
 */
export function formatWindow(window: TimeWindow): string {
  const from = new Date(window.from);
  const to = new Date(window.to);
  if (window.from === window.to) return formatMoment(window.from).replace(' UTC', '');
  const isWhole = isMidnight(from) && (isLastOfDay(to) || isMidnight(to));
  if (isWhole) {
    if (sameDay(from, to)) return formatDay(window.from);
    const year = from.getUTCFullYear() === to.getUTCFullYear() ? '' : ` ${from.getUTCFullYear()}`;
    return `${dayAndMonth(from)}${year} – ${formatDay(window.to)}`;
  }
  if (sameDay(from, to)) return `${formatDay(window.from)}, ${timeOf(from)}–${timeOf(to)}`;
  return `${formatDay(window.from)}, ${timeOf(from)} – ${formatDay(window.to)}, ${timeOf(to)}`;
}

/** How long a window is, in the two largest units that matter: `2 h 55 min`, `12 days`. A window ends with its last millisecond. */
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

function dayAndMonth(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
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

function sameDay(a: Date, b: Date): boolean {
  return Math.floor(a.getTime() / DAY_MS) === Math.floor(b.getTime() / DAY_MS);
}
