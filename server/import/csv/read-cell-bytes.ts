/**
 * Parses the most frequent forms of values from a cell's bytes, without making a string. Any other form gives NaN, and the
 * caller parses it as text.
 */

const powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Parses at most 15 digits with at most one point. Dividend and divisor are exact, so the quotient is rounded only once. */
export function readDecimal(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 16) return Number.NaN;
  let value = 0;
  let point = -1;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      digits++;
    } else if (byte === 0x2e && point < 0) point = at;
    else return Number.NaN;
  }
  if (digits === 0 || digits > 15) return Number.NaN;
  return point < 0 ? value : value / (powersOfTen[end - 1 - point] as number);
}

const dayMs = 86_400_000;

/** `2026-03-24`, `2026-03-24T08:30:00Z` or `2026-03-24T08:30:00.125Z`, if it is a date of the calendar; years 1000 to 9998. */
export function readInstant(bytes: Uint8Array, start: number, end: number, isEnd: boolean): number {
  const length = end - start;
  if (length !== 10 && length !== 20 && length !== 24) return Number.NaN;
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return Number.NaN;
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  if (!(year >= 1000 && year <= 9998 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return Number.NaN;
  const midnight = daysSinceEpoch(year, month, day) * dayMs;
  if (length === 10) return isEnd ? midnight + dayMs : midnight;

  if (bytes[start + 10] !== 0x54 || bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a || bytes[end - 1] !== 0x5a) return Number.NaN;
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const instant = midnight + hour * 3_600_000 + minute * 60_000 + second * 1000;
  if (length === 20) return instant;
  return bytes[start + 19] === 0x2e ? instant + digits(bytes, start + 20, 3) : Number.NaN;
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
