import { fromVocabulary, toPattern, vocabularyRows } from '../../vocabulary/vocabulary-rows.ts';
import type { DateOrder } from '../mapping-types.ts';
import { cacheReadings } from './cache-readings.ts';

/** A date. */
export interface DateRead {
  /** Epoch ms. */
  readonly at: number;
  /** The text names a month and no day, or a year and no month. */
  readonly isMonth?: true;
  readonly isYear?: true;
}

/** The reading of a cell of a date column. */
export type DateReading =
  | DateRead
  /** 03/04/2025: two dates, depending on the order of day and month. */
  | 'OPEN_ORDER'
  /** "unknown", "n/a": the cell states nothing. */
  | 'UNKNOWN'
  /** "ongoing", 9999-12-31: there is no end. */
  | 'NO_END'
  | 'UNREADABLE';

/** Words of cells with dates, compared without case and accents. */
const words = fromVocabulary(() => {
  const of = (meaning: string) => vocabularyRows('dates').flatMap((row) => (row.meaning === meaning ? [toDateText(row.words)] : []));
  return {
    /** 0 to 11. */
    months: new Map(Array.from({ length: 12 }, (_, month) => of(String(month + 1)).map((name) => [name, month] as const)).flat()),
    noEnd: new Set(of('NO_END')),
    unknown: new Set(['', ...vocabularyRows('dates').flatMap((row) => (row.meaning === 'UNKNOWN' ? [plain(row.words)] : []))]),
    /** Words that a date may have beside its month. */
    skipped: new RegExp(`\\b(?:${toPattern(of('SKIP'))})\\b`, 'g'),
  };
});

const excelEpoch = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;

/** Whether a cell states nothing, in any of the four languages. "No" is an answer, so it is not such a cell. */
export function isUnknown(text: string): boolean {
  return unknownReader()(text);
}

const unknownReader = fromVocabulary(() => cacheReadings((text) => isNoStatement(plain(text))));

/** A column too narrow for its dates is saved as #####. */
function isNoStatement(text: string): boolean {
  return words().unknown.has(text) || /^#{2,}$/.test(text);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .trim()
    .toLowerCase();
}

/** Plain, with one kind of blank and of dash. */
export function toDateText(text: string): string {
  return plain(text)
    .replace(/\s+/g, ' ')
    .replace(/[‐-―−]/g, '-');
}

/**
 * Reads a date as lists write it.
 *
 * @param order null: undecided; an ambiguous date is OPEN_ORDER then, never a guess
 * Complexity: O(length).
 */
export function readDate(raw: string, order: DateOrder | null): DateReading {
  return readers()[order ?? 'OPEN'](raw);
}

const readers = fromVocabulary(() => ({
  OPEN: cacheReadings((raw) => read(raw, null)),
  DAY_FIRST: cacheReadings((raw) => read(raw, 'DAY_FIRST')),
  MONTH_FIRST: cacheReadings((raw) => read(raw, 'MONTH_FIRST')),
}));

function read(raw: string, order: DateOrder | null): DateReading {
  const text = toDateText(raw);
  if (isNoStatement(text)) return 'UNKNOWN';
  if (words().noEnd.has(text)) return 'NO_END';
  const numbers =
    /^(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?:[t ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(z|utc|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    );
  if (numbers !== null) return readNumbers(numbers, order);
  if (/^\d{5}$/.test(text)) {
    const serial = Number(text);
    return serial >= 20_000 && serial <= 80_000 ? { at: excelEpoch + serial * dayMs } : 'UNREADABLE';
  }
  if (/^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(text))
    return toDate(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6));
  const isoMonth = /^(\d{4})[-/](\d{1,2})$/.exec(text) ?? undefined;
  if (isoMonth !== undefined) return toMonth(+(isoMonth[1] as string), +(isoMonth[2] as string) - 1);
  const monthYear = /^(\d{1,2})[-/](\d{4})$|^(\d{2})\.(\d{4})$/.exec(text);
  if (monthYear !== null) return toMonth(+(monthYear[2] ?? monthYear[4] ?? ''), +(monthYear[1] ?? monthYear[3] ?? '') - 1);
  const eastAsian = /^(令和|平成)?(\d{1,4}|元)年(\d{1,2})月(?:(\d{1,2})日)?$/.exec(text);
  if (eastAsian !== null) {
    const [, era, count, ofYear, day] = eastAsian as unknown as [string, ...(string | undefined)[]];
    // A year without an era has four digits, and one of an era fewer.
    if ((era === undefined) !== (count?.length === 4)) return 'UNREADABLE';
    const year = (era === undefined ? 0 : era === '令和' ? 2018 : 1988) + (count === '元' ? 1 : Number(count));
    const month = Number(ofYear) - 1;
    return day === undefined ? toMonth(year, month) : toDate(year, month, Number(day));
  }
  return readWords(text);
}

function readNumbers(found: RegExpExecArray, order: DateOrder | null): DateReading {
  const [first, separator, second, third] = [found[1] as string, found[2] as string, found[3] as string, found[4] as string];
  const offset = timeOfDay(found);
  const shifted = (reading: DateReading): DateReading => (typeof reading === 'object' ? { ...reading, at: reading.at + offset } : reading);
  if (Number.isNaN(offset)) return 'UNREADABLE';
  if (first.length === 4) return shifted(toDate(+first, +second - 1, +third));
  if (third.length !== 4 && third.length !== 2) return 'UNREADABLE';
  const year = toYear(third);
  const dayFirst = toDate(year, +second - 1, +first);
  const monthFirst = toDate(year, +first - 1, +second);
  // Languages that separate day and month with points all write the day first.
  if (separator === '.') return shifted(dayFirst);
  if (dayFirst === 'UNREADABLE') return shifted(monthFirst);
  if (monthFirst === 'UNREADABLE' || dayFirst === 'NO_END' || first === second) return shifted(dayFirst);
  if (order === null) return 'OPEN_ORDER';
  return shifted(order === 'DAY_FIRST' ? dayFirst : monthFirst);
}

/** The time of day in ms, with the offset from UTC applied; NaN for an invalid time. */
function timeOfDay(found: RegExpExecArray): number {
  if (found[5] === undefined) return 0;
  let hour = +found[5];
  const [minute, second] = [+(found[6] as string), +(found[7] ?? 0)];
  if (found[8] !== undefined) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + (found[8] === 'pm' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(found[9] ?? '');
  const shift = zone === null ? 0 : (zone[1] === '-' ? -1 : 1) * (+(zone[2] as string) * 60 + +(zone[3] as string));
  return (hour * 60 + minute - shift) * 60_000 + second * 1000;
}

/** "March 3, 2025", "3. März 2025", "3 de marzo de 2025", "03-Mar-25", "Mar 2025". */
function readWords(text: string): DateReading {
  const { months, skipped } = words();
  const parts = text
    .replace(/(\d)(st|nd|rd|th|er)\b/g, '$1')
    .replace(skipped, ' ')
    .replace(/[.,/_-]+/g, ' ')
    .trim()
    .split(/\s+/);
  if (parts.length < 2 || parts.length > 3) return 'UNREADABLE';
  const at = parts.findIndex((part) => months.has(part));
  if (at < 0 || parts.some((part, place) => place !== at && !/^\d{1,4}$/.test(part))) return 'UNREADABLE';
  const month = months.get(parts[at] as string) as number;
  const [first, second] = parts.filter((_, place) => place !== at) as [string, string | undefined];
  if (second === undefined) return first.length === 4 || (at === 0 && first.length === 2) ? toMonth(toYear(first), month) : 'UNREADABLE';
  if (first.length === 4) return toDate(+first, month, +second);
  return second.length === 4 || second.length === 2 ? toDate(toYear(second), month, +first) : 'UNREADABLE';
}

/** 99 may be 1999, or an open end in 2099: such a year is no year, so that its date is unknown. */
function toYear(text: string): number {
  if (text.length !== 2) return +text;
  return +text < 50 ? 2000 + +text : Number.NaN;
}

function toMonth(year: number, month: number): DateReading {
  const first = toDate(year, month, 1);
  return typeof first === 'object' ? { ...first, isMonth: true } : first;
}

function toDate(year: number, month: number, day: number): DateReading {
  if (year >= 9000 && year <= 9999) return 'NO_END';
  if (!(year >= 1900 && year <= 2200)) return 'UNREADABLE';
  const at = Date.UTC(year, month, day);
  const date = new Date(at);
  return date.getUTCMonth() === month && date.getUTCDate() === day ? { at } : 'UNREADABLE';
}

/** As `readDate`, and a year alone, such as 2024. Only where a date is meant, because a number of four digits may be anything. */
export function readDateOrYear(text: string, order: DateOrder | null): DateReading {
  if (!/^(?:19|20)\d{2}$/.test(text.trim())) return readDate(text, order);
  return { at: Date.UTC(Number(text), 0, 1), isYear: true };
}

/** The instant at which an end takes effect: the whole of a plain date, month or year is included (semantics §1). */
export function toEnd({ at, isMonth, isYear }: DateRead): number {
  if (at % dayMs !== 0) return at;
  const date = new Date(at);
  if (isYear) return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  if (!isMonth) return at + dayMs;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
