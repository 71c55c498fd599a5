import { type Piece, pieceOf } from './piece.ts';
import type { TextSink } from './text-sink.ts';
import { StringSink } from './text-sink.ts';

/* The formats of instants, shares and counts in explanations and findings: US formats, in UTC. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayMs = 86_400_000;

/** A cache of recent days. Facts repeat them, and calendar arithmetic is slow. */
const days = new Map<number, Piece>();
const mostDays = 4096;

/** By minute of a day. */
const times = new Array<Piece | undefined>(24 * 60).fill(undefined);

/** `May 4, 2026` at midnight, otherwise `May 4, 2026, 08:30 UTC`. */
export function formatDay(instant: number): string {
  const sink = new StringSink();
  writeDay(instant, sink);
  return sink.text;
}

/** As `formatDay`, in pieces. */
export function writeDay(instant: number, out: TextSink): void {
  const day = Math.floor(instant / dayMs);
  let piece = days.get(day);
  if (piece === undefined) {
    const date = new Date(instant);
    piece = pieceOf(`${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`);
    if (days.size >= mostDays) days.clear();
    days.set(day, piece);
  }
  out.addPiece(piece);
  if (instant === day * dayMs) return;
  const minute = Math.floor((instant - day * dayMs) / 60_000);
  times[minute] ??= pieceOf(`, ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)} UTC`);
  out.addPiece(times[minute]);
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
