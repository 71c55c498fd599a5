import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Volume } from '../rules/volume.ts';
import { type Piece, pieceOf } from './piece.ts';
import type { TextSink } from './text-sink.ts';
import { StringSink } from './text-sink.ts';

/* The formats of instants, shares and counts in explanations and findings: US formats, in UTC. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayMs = 86_400_000;

/** The parts of a date, each from a few texts: those of a whole day would lie too far apart in memory. */
const monthPieces = months.map((month) => pieceOf(`${month} `));
const dayPieces = Array.from({ length: 32 }, (_, day) => pieceOf(`${day}, `));
const hourPieces = Array.from({ length: 24 }, (_, hour) => pieceOf(`, ${twoDigits(hour)}:`));
const minutePieces = Array.from({ length: 60 }, (_, minute) => pieceOf(`${twoDigits(minute)} UTC`));
const yearPieces = new Map<number, Piece>();

/** `May 4, 2026` at midnight, otherwise `May 4, 2026, 08:30 UTC`. */
export function formatDay(instant: number): string {
  const sink = new StringSink();
  writeDay(instant, sink);
  return sink.text;
}

/** As `formatDay`, in pieces. */
export function writeDay(instant: number, out: TextSink): void {
  const days = Math.floor(instant / dayMs);
  const { year, month, day } = dateOf(days);
  out.addPiece(monthPieces[month] as Piece);
  out.addPiece(dayPieces[day] as Piece);
  out.addPiece(getOrInsert(yearPieces, year, () => pieceOf(`${year}`)));
  if (instant === days * dayMs) return;
  const minutes = Math.floor((instant - days * dayMs) / 60_000);
  const hour = Math.floor(minutes / 60);
  out.addPiece(hourPieces[hour] as Piece);
  out.addPiece(minutePieces[minutes - hour * 60] as Piece);
}

const yearsInEra = 400;
const daysInEra = 146_097;

/**
 * The date of a day in the proleptic Gregorian calendar. A `Date` takes several times as long. Years begin in March, so that the leap day is the last of one, and
 * repeat after 400. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), `civil_from_days`.
 *
 * @param days since 1970-01-01
 * @returns month: 0 to 11
 */
function dateOf(days: number) {
  const fromMarch = days + 719_468;
  const era = Math.floor(fromMarch / daysInEra);
  const dayOfEra = fromMarch - era * daysInEra;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 2 : monthFromMarch - 10;
  return { year: yearOfEra + era * yearsInEra + (month < 2 ? 1 : 0), month, day };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** An exclusive end, as `formatDay`. At midnight, the day that ends. */
export function formatLastDay(instant: number): string {
  return formatDay(instant % dayMs === 0 ? instant - dayMs : instant);
}

/** `40%`, with one decimal below 10%: `2.5%`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 10 && !Number.isInteger(percent) ? percent.toFixed(1) : Math.round(percent)}%`;
}

/** `1 copy`, `12 copies`. */
export function formatCopies(count: number): string {
  return count === 1 ? '1 copy' : `${count.toLocaleString('en-US')} copies`;
}

/**
 * The volume of copies, such as `2,500 to 6,000 items, at least 1,200,000 bytes`: if a copy states no number, only the low end is known.
 * Undefined if no copy states one.
 */
export function formatVolume(records: Volume, bytes: Volume): string | undefined {
  const parts = [
    ...(records.high > 0 ? [formatRange(records, 'item', 'items')] : []),
    ...(bytes.high > 0 ? [formatRange(bytes, 'byte', 'bytes')] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function formatRange({ low, high, isUnknown }: Volume, one: string, many: string): string {
  const [from, to] = [low.toLocaleString('en-US'), high.toLocaleString('en-US')];
  const noun = high === 1 ? one : many;
  if (isUnknown) return `at least ${from} ${noun}`;
  return `${from === to ? to : `${from} to ${to}`} ${noun}`;
}

const usd = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 1,
});

/** `$53.2M`, `$900K`. */
export function formatUsd(amount: number): string {
  return usd.format(amount);
}
