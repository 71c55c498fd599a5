/** The first and last instants that RFC 3339 can express: years 0001 to 9999. */
export const minInstant = Date.parse('0001-01-01T00:00:00Z');
export const maxInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const dayMs = 86_400_000;
const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:([Zz])|([+-])(\d{2}):(\d{2})))?$/;

export interface InstantOptions {
  /** Whether the instant is an end. As an end, a plain date includes the whole day: it means 00:00Z of the next day (semantics §1). */
  readonly isEnd?: boolean;
}

/**
 * Parses an RFC 3339 text or a plain date to epoch milliseconds. Returns undefined for any other text.
 *
 * A plain date means 00:00Z of its day. Offsets are converted. Digits finer than milliseconds are cut (semantics §1). Dates that do
 * not exist, such as 2023-02-29, are rejected. As an end, 9999-12-31 means the last instant.
 */
export function parseInstant(text: string, options: InstantOptions = {}): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHour, offsetMinute] = match;
  const midnight = toMidnight(Number(year), Number(month), Number(day));
  if (midnight === undefined) return undefined;
  if (hour === undefined) return options.isEnd === true ? Math.min(midnight + dayMs, maxInstant) : midnight;

  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  let instant = midnight + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
  if (fraction !== undefined) instant += Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (sign !== undefined) {
    if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined;
    const offset = Number(offsetHour) * 3_600_000 + Number(offsetMinute) * 60_000;
    instant += sign === '+' ? -offset : offset;
  }
  return isInstant(instant) ? instant : undefined;
}

/** Parses the `to` of a closed window. A plain date means the last millisecond of its day (semantics §1). Undefined as for `parseInstant`. */
export function parseWindowEnd(text: string): number | undefined {
  const instant = parseInstant(text);
  return instant !== undefined && text.length === 'YYYY-MM-DD'.length ? instant + dayMs - 1 : instant;
}

/** Whether a number is an instant that RFC 3339 can express. */
export function isInstant(value: number): boolean {
  return Number.isInteger(value) && value >= minInstant && value <= maxInstant;
}

/** RFC 3339 in UTC: `2026-03-24T08:30:00Z`. Milliseconds appear only if they are not 0. */
export function formatInstant(instant: number): string {
  const text = new Date(instant).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/** An instant for a sentence. Midnight is shown as a plain date. An end at midnight is shown as the last day that it includes. */
export function describeInstant(instant: number, options: InstantOptions = {}): string {
  if (instant % dayMs !== 0) return formatInstant(instant);
  const day = options.isEnd === true && instant > minInstant ? instant - dayMs : instant;
  return formatInstant(day).slice(0, 10);
}

function toMidnight(year: number, month: number, day: number): number | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  const date = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** A window to which both ends belong. Epoch milliseconds. */
export interface ClosedWindow {
  readonly from: number;
  readonly to: number;
}
