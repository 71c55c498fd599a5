import { MONTHS } from '../format/instant.ts';

export interface TimeScale {
  readonly from: number;
  readonly until: number;
  readonly width: number;
  readonly x: (at: number) => number;
  readonly at: (x: number) => number;
  readonly msPerPixel: number;
}

/** A linear scale from instants to pixels. An empty range becomes the day around its instant. */
export function timeScale(from: number, until: number, width: number): TimeScale {
  const start = until > from ? from : from - 43_200_000;
  const end = until > from ? until : from + 43_200_000;
  const span = end - start;
  const pixels = Math.max(1, width);
  return {
    from: start,
    until: end,
    width: pixels,
    x: (at) => ((at - start) / span) * pixels,
    at: (x) => start + (x / pixels) * span,
    msPerPixel: span / pixels,
  };
}

export interface TimeRange {
  readonly from: number;
  readonly until: number;
}

interface Bucket {
  readonly from: string;
  readonly until: string;
  readonly possibleCount: number;
}

/** The span of the strip: the times of the copies. If no copy is known, the widest window with as much time on each side, so that it is seen as a window. */
export function wholeRange(buckets: readonly Bucket[], widest: { readonly from: string; readonly to: string }): TimeRange {
  const range = { from: Date.parse(buckets[0]?.from ?? widest.from), until: Date.parse(buckets.at(-1)?.until ?? widest.to) };
  if (buckets.some(({ possibleCount }) => possibleCount > 0)) return range;
  const length = range.until - range.from;
  return { from: range.from - length, until: range.until + length };
}

/** The shortest range that the strip shows, in milliseconds. */
const LEAST_RANGE_MS = 2 * 3_600_000;

/**
 * Scales a range around an instant in it. Another instant moves to the middle. The range stays within the whole range and at least
 * two hours long.
 *
 * @returns null if it is the whole range
 */
export function zoomRange(range: TimeRange, whole: TimeRange, factor: number, around: number): TimeRange | null {
  const length = Math.max(LEAST_RANGE_MS, (range.until - range.from) * factor);
  if (length >= whole.until - whole.from) return null;
  const isInside = around >= range.from && around <= range.until;
  const share = isInside ? (around - range.from) / (range.until - range.from) : 0.5;
  const from = Math.min(whole.until - length, Math.max(whole.from, around - length * share));
  return { from, until: from + length };
}

/** Whether an instant lies on the scale. */
export function isInSight(scale: TimeScale, at: number): boolean {
  return at >= scale.from - scale.msPerPixel && at <= scale.until + scale.msPerPixel;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** The tick starts a year and is drawn bold. */
  readonly isYear: boolean;
}

const LEAST_GAP_PX = 46;
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120] as const;
const DAY_STEPS = [1, 2, 5, 10] as const;
const DAY_MS = 86_400_000;

/** Ticks at the start of days, months or years, as dense as their labels allow. Linear in the number of ticks. */
export function ticksOf(scale: TimeScale): readonly Tick[] {
  const pixelsPerDay = DAY_MS / scale.msPerPixel;
  const days = DAY_STEPS.find((step) => step * pixelsPerDay >= LEAST_GAP_PX);
  if (days !== undefined && pixelsPerDay * 31 > LEAST_GAP_PX * 3) return dayTicks(scale, days);
  const months = MONTH_STEPS.find((step) => step * 30.4 * pixelsPerDay >= LEAST_GAP_PX) ?? 240;
  return monthTicks(scale, months);
}

function monthTicks(scale: TimeScale, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  const first = new Date(scale.from);
  let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
  for (let at = startOfMonth(month); at <= scale.until; at = startOfMonth(month)) {
    if (at >= scale.from) {
      const isYear = month % 12 === 0;
      ticks.push({ at, label: isYear ? String(Math.floor(month / 12)) : (MONTHS[month % 12] ?? ''), isYear });
    }
    month += step;
  }
  return ticks;
}

function dayTicks(scale: TimeScale, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  for (let at = Math.ceil(scale.from / DAY_MS) * DAY_MS; at <= scale.until; at += DAY_MS) {
    const day = new Date(at);
    const date = day.getUTCDate();
    const daysInMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    // Ticks count from the first of the month. A tick too close to the next first is left out.
    if ((date - 1) % step !== 0 || date + step > daysInMonth + 1) continue;
    const isFirst = date === 1;
    ticks.push({ at, label: isFirst ? (MONTHS[day.getUTCMonth()] ?? '') : String(date), isYear: isFirst && day.getUTCMonth() === 0 });
  }
  return ticks;
}

function startOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}
