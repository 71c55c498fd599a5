import { MONTHS } from '../../shared/format/instant.ts';

/**
 * The axis that the strips of all organizations share. The days on which an affected version could be installed are drawn larger, because
 * hours decide there and months elsewhere.
 */
export interface StripScale {
  readonly from: number;
  readonly until: number;
  /** The days that are drawn larger; null: none are. */
  readonly large: Range | null;
  /** The place of an instant, from 0 to 1. Instants outside the axis lie at its ends. */
  readonly x: (at: number) => number;
  readonly ticks: readonly StripTick[];
}

interface Range {
  readonly from: number;
  readonly until: number;
}

interface StripTick {
  readonly x: number;
  readonly label: string;
  /** The beginning of the days that are drawn larger. */
  readonly isMain: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The share of the width that the larger days have, and the widest share of the time that they may be of. */
const LARGE_SHARE = 0.47;
const MOST_OF_TIME = 0.3;

/**
 * @param instants those that must be seen: of lists and of bounds
 * @param hull when an affected version could be installed; null: open on that side
 * @param width in px: how many labels have room
 */
export function stripScale(
  instants: readonly number[],
  hull: { readonly from: number | null; readonly until: number | null },
  width: number,
): StripScale {
  const gap = leastGapPx / Math.max(1, width);
  const known = [...instants, hull.from, hull.until].filter((at): at is number => at !== null && Number.isFinite(at));
  const first = known.length === 0 ? Date.now() - 30 * DAY_MS : known.reduce((a, b) => Math.min(a, b));
  const last = known.length === 0 ? Date.now() : known.reduce((a, b) => Math.max(a, b));
  const edge = Math.max(DAY_MS, (last - first) * 0.06);
  const [from, until] = [first - edge, last + edge];
  const start = hull.from ?? hull.until;
  const end = hull.until ?? hull.from;
  const large =
    start === null || end === null ? null : { from: Math.floor(start / DAY_MS) * DAY_MS, until: (Math.floor(end / DAY_MS) + 1) * DAY_MS };
  if (large === null || large.until - large.from > MOST_OF_TIME * (until - from))
    return withTicks(from, until, null, gap, (at) => (at - from) / (until - from));
  const [begins, ends] = [Math.min(from, large.from - DAY_MS), Math.max(until, large.until + DAY_MS)];
  const rest = large.from - begins + (ends - large.until);
  // A side has room for its own ticks even where it is short.
  const before = Math.min(0.85, Math.max(0.15, (large.from - begins) / rest)) * (1 - LARGE_SHARE);
  return withTicks(begins, ends, large, gap, (at) => {
    if (at < large.from) return (before * (at - begins)) / (large.from - begins);
    if (at <= large.until) return before + (LARGE_SHARE * (at - large.from)) / (large.until - large.from);
    return before + LARGE_SHARE + ((1 - LARGE_SHARE - before) * (at - large.until)) / (ends - large.until);
  });
}

/** The least distance of the middles of two labels. */
const leastGapPx = 48;
const HOUR_STEPS = [1, 2, 3, 6, 12] as const;
const DAY_STEPS = [1, 2, 5, 7, 14, 30, 61, 91, 182, 365, 730] as const;

function withTicks(from: number, until: number, large: Range | null, gap: number, place: (at: number) => number): StripScale {
  const x = (at: number) => Math.min(1, Math.max(0, place(at)));
  const isLong = until - from > 400 * DAY_MS;
  const ticks: StripTick[] = [];
  if (large !== null) {
    ticks.push({ x: x(large.from), label: dayLabel(large.from, false), isMain: true });
    const days = (large.until - large.from) / DAY_MS;
    const steps: readonly number[] = days > 2 ? DAY_STEPS.map((step) => step * DAY_MS) : HOUR_STEPS.map((step) => step * HOUR_MS);
    const step = steps.find((each) => (LARGE_SHARE * each) / (large.until - large.from) >= gap) ?? large.until - large.from;
    for (let at = large.from + step; at < large.until; at += step)
      ticks.push({ x: x(at), label: days > 2 || at % DAY_MS === 0 ? dayLabel(at, false) : hourLabel(at), isMain: false });
  }
  const sides =
    large === null
      ? [{ from, until }]
      : [
          { from, until: large.from },
          { from: large.until, until },
        ];
  for (const side of sides) {
    const share = x(side.until) - x(side.from);
    const step = DAY_STEPS.find((days) => (share * days * DAY_MS) / (side.until - side.from) >= gap);
    if (step === undefined) continue;
    for (let at = Math.ceil(side.from / DAY_MS) * DAY_MS; at <= side.until; at += step * DAY_MS)
      ticks.push({ x: x(at), label: dayLabel(at, isLong), isMain: false });
  }
  // A label that would touch the one before, or the edge, is left out; the main one stays.
  const kept: StripTick[] = [];
  for (const tick of ticks.sort((a, b) => (a.isMain === b.isMain ? a.x - b.x : a.isMain ? -1 : 1))) {
    const isFree = kept.every((other) => Math.abs(other.x - tick.x) >= gap - 1e-9);
    if (tick.isMain || (isFree && tick.x >= gap / 3 && tick.x <= 1 - gap / 3)) kept.push(tick);
  }
  kept.sort((a, b) => a.x - b.x);
  return { from, until, large, x, ticks: kept };
}

/** @param isLong the axis spans years, so that a month needs its year more than its day */
function dayLabel(at: number, isLong: boolean): string {
  const day = new Date(at);
  const month = MONTHS[day.getUTCMonth()];
  return isLong ? `${month} ’${String(day.getUTCFullYear()).slice(2)}` : `${month} ${day.getUTCDate()}`;
}

function hourLabel(at: number): string {
  return `${String(new Date(at).getUTCHours()).padStart(2, '0')}:00`;
}
