import { type TimeScale, timeScale } from '../../shared/windows/time-scale.ts';
import type { Measure } from '../flows/flow-radius.ts';
import type { HolderTimes, TimeRow } from './time-rows.ts';

/** A line of the picture: the heading of a hop, a holder, or one lab's artifacts at the holder above. */
export type TimeLine =
  | { readonly kind: 'hop'; readonly key: string; readonly title: string; readonly count: number; readonly y: number }
  | {
      readonly kind: 'row';
      /** `organization:ID`, or for a lab's line `organization:ID/LAB`. */
      readonly key: string;
      readonly row: TimeRow;
      readonly isOpen: boolean;
      readonly y: number;
      readonly height: number;
    };

export interface TimeLayout {
  readonly width: number;
  readonly height: number;
  /** Extent of the bars. */
  readonly left: number;
  readonly right: number;
  /** Whether there is room for figures at the right of the bars. */
  readonly hasFigures: boolean;
  /** From instants to pixels from `left`. */
  readonly scale: TimeScale;
  readonly lines: readonly TimeLine[];
  /** Below the last line: the axis. */
  readonly bottom: number;
}

const HOP_PX = 26;
const ROW_PX = 40;
/** Few rows are taller, as far as the canvas has room. */
const MOST_ROW_PX = 64;
const LAB_PX = 30;
const AXIS_PX = 26;
const LABEL_PX = 214;
const FIGURES_PX = 150;
/** Narrower pictures have shorter names, and no figures. */
const NARROW_PX = 640;
const NARROW_LABEL_PX = 124;
const LEAST_PLOT_PX = 120;

/**
 * Places a line for each holder, by hop, and below an opened holder one for each lab.
 *
 * @param labRows the lines by lab of opened holders, by holder id
 */
export function layOutTimes(
  times: HolderTimes,
  labRows: ReadonlyMap<string, readonly TimeRow[]>,
  open: ReadonlySet<string>,
  { width, height }: { readonly width: number; readonly height: number },
): TimeLayout {
  const isNarrow = width < NARROW_PX;
  const left = isNarrow ? NARROW_LABEL_PX : LABEL_PX;
  const right = Math.max(left + LEAST_PLOT_PX, width - (isNarrow ? 10 : FIGURES_PX));
  const opened = times.rows.filter(({ holder }) => open.has(openKey(holder.id)));
  const labCount = opened.reduce((sum, { holder }) => sum + (labRows.get(holder.id)?.length ?? 0), 0);
  const hopCount = new Set(times.rows.map(({ holder }) => holder.hops)).size;
  const room = height - AXIS_PX - hopCount * HOP_PX - labCount * LAB_PX;
  const rowPx = Math.min(MOST_ROW_PX, Math.max(ROW_PX, Math.floor(room / Math.max(1, times.rows.length))));
  const lines: TimeLine[] = [];
  let y = 0;
  let hop = -1;
  for (const row of times.rows) {
    if (row.holder.hops !== hop) {
      hop = row.holder.hops;
      const count = times.rows.filter(({ holder }) => holder.hops === hop).length;
      const title = hop > 0 ? `Hop ${hop}` : count > 1 ? 'Origins' : 'Origin';
      lines.push({ kind: 'hop', key: `hop:${hop}`, title, count, y });
      y += HOP_PX;
    }
    const isOpen = open.has(openKey(row.holder.id));
    lines.push({ kind: 'row', key: `organization:${row.holder.id}`, row, isOpen, y, height: rowPx });
    y += rowPx;
    if (!isOpen) continue;
    for (const lab of labRows.get(row.holder.id) ?? []) {
      lines.push({ kind: 'row', key: `organization:${row.holder.id}/${lab.lab?.id}`, row: lab, isOpen: false, y, height: LAB_PX });
      y += LAB_PX;
    }
  }
  const scale = timeScale(times.instants[0] ?? 0, times.instants.at(-1) ?? 1, right - left);
  return { width: Math.max(width, right), height: y + AXIS_PX, left, right, hasFigures: !isNarrow, scale, lines, bottom: y };
}

/** The key of an opened holder in the address. */
export function openKey(holderId: string): string {
  return `organization:${holderId}`;
}

export interface RowPaths {
  readonly definite: string;
  readonly possible: string;
  readonly unreadable: string;
  readonly received: string;
  readonly deleted: string;
}

/**
 * The bars of a row as paths, with steps where buckets meet: the certain part from the base, the possible part above it, and a line above both for
 * copies that cannot be read. A row has a scale of its own, so that a small holder is seen beside a large one.
 *
 * @param x from the index of an edge to pixels
 * Complexity: O(buckets).
 */
export function rowPaths(row: TimeRow, measure: Measure, x: (edge: number) => number, base: number, tall: number): RowPaths {
  const count = row.definite.length;
  const low = Array.from({ length: count }, (_, i) => (measure === 'count' ? row.definite[i] : row.definiteWorstUsd[i]) as number);
  const high = Array.from({ length: count }, (_, i) =>
    measure === 'count' ? (row.definite[i] as number) + (row.possible[i] as number) : (row.worstUsd[i] as number),
  );
  const top = Array.from({ length: count }, (_, i) => (high[i] as number) + (measure === 'count' ? (row.unreadable[i] as number) : 0));
  const most = Math.max(...top) || 1;
  // Something held is at least a line high.
  const y = (amount: number) => round(amount === 0 ? base : base - Math.max(2, (amount / most) * tall));
  const mid = (i: number) => round((x(i) + x(i + 1)) / 2);
  return {
    definite: areas(count, x, (i) => ((low[i] as number) > 0 ? [base, y(low[i] as number)] : null)),
    possible: areas(count, x, (i) => ((high[i] as number) > (low[i] as number) ? [y(low[i] as number), y(high[i] as number)] : null)),
    // Copies that cannot be read have no worst case: their line then runs along the base.
    unreadable: areas(count, x, (i) => {
      const at = measure === 'count' ? y(top[i] as number) : base;
      return (row.unreadable[i] as number) > 0 ? [at, at] : null;
    }),
    received: row.received.map((of, i) => (of === 0 ? '' : `M${mid(i)} ${base + 2}v5`)).join(''),
    deleted: row.deleted.map((of, i) => (of === 0 ? '' : `M${mid(i) - 2.5} ${base + 2}l5 5m0 -5l-5 5`)).join(''),
  };
}

/** A closed outline for each run of buckets that have something, from its bottom to its top. */
function areas(count: number, x: (edge: number) => number, ofBucket: (i: number) => readonly [number, number] | null): string {
  const parts: string[] = [];
  let run: { from: number; until: number; low: number; high: number }[] = [];
  const close = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) return;
    const over = run.map(({ until, high }, i) => `${i === 0 ? '' : `V${high}`}H${round(x(until))}`).join('');
    const back = run
      .toReversed()
      .map(({ from, low }) => `V${low}H${round(x(from))}`)
      .join('');
    parts.push(
      run.every(({ low, high }) => low === high)
        ? `M${round(x(first.from))} ${first.high}${over}`
        : `M${round(x(first.from))} ${first.high}${over}${back}Z`,
    );
    run = [];
  };
  for (let i = 0; i < count; i++) {
    const part = ofBucket(i);
    if (part === null) {
      close();
      continue;
    }
    const [low, high] = part;
    const last = run.at(-1);
    if (last?.low === low && last.high === high) last.until = i + 1;
    else run.push({ from: i, until: i + 1, low, high });
  }
  close();
  return parts.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
