import type { TimeWindow } from '../../../shared/url/params.ts';

/** Core within widest, both closed: what a question may ask (semantics §3). */
export interface Windows {
  readonly core: TimeWindow;
  readonly widest: TimeWindow;
}

export const WINDOW_EDGES = ['widestFrom', 'coreFrom', 'coreTo', 'widestTo'] as const;
export type WindowEdge = (typeof WINDOW_EDGES)[number];

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function edgeAt(windows: Windows, edge: WindowEdge): number {
  switch (edge) {
    case 'widestFrom':
      return Date.parse(windows.widest.from);
    case 'widestTo':
      return Date.parse(windows.widest.to);
    case 'coreFrom':
      return Date.parse(windows.core.from);
    case 'coreTo':
      return Date.parse(windows.core.to);
  }
}

/**
 * The windows after one edge went to an instant: an edge stops at its partner; the core pushes the widest outward before it would leave it;
 * the widest stops at the core. So what comes out can always be asked.
 */
export function moveEdge(windows: Windows, edge: WindowEdge, at: number): Windows {
  const coreFrom = edgeAt(windows, 'coreFrom');
  const coreTo = edgeAt(windows, 'coreTo');
  const widestFrom = edgeAt(windows, 'widestFrom');
  const widestTo = edgeAt(windows, 'widestTo');
  switch (edge) {
    case 'coreFrom': {
      const from = Math.min(at, coreTo);
      return windowsOf(from, coreTo, Math.min(widestFrom, from), widestTo);
    }
    case 'coreTo': {
      const to = Math.max(at, coreFrom);
      return windowsOf(coreFrom, to, widestFrom, Math.max(widestTo, to));
    }
    case 'widestFrom':
      return windowsOf(coreFrom, coreTo, Math.min(at, coreFrom), widestTo);
    case 'widestTo':
      return windowsOf(coreFrom, coreTo, widestFrom, Math.max(at, coreTo));
  }
}

/** Where a key takes an edge: arrows a day, with Shift an hour, Page keys seven days, Home and End the ends of the data; null for others. */
export function keyMove(
  key: string,
  isShift: boolean,
  at: number,
  range: { readonly from: number; readonly until: number },
): number | null {
  const step = isShift ? HOUR_MS : DAY_MS;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return at - step;
    case 'ArrowRight':
    case 'ArrowUp':
      return at + step;
    case 'PageDown':
      return at - 7 * DAY_MS;
    case 'PageUp':
      return at + 7 * DAY_MS;
    case 'Home':
      return range.from;
    case 'End':
      return range.until;
    default:
      return null;
  }
}

/** A dragged edge on a whole day (the last millisecond of one for an end) where a pixel is hours wide, else on a whole minute. */
export function snap(at: number, edge: WindowEdge, msPerPixel: number): number {
  const isEnd = edge === 'coreTo' || edge === 'widestTo';
  if (msPerPixel < 2 * HOUR_MS) return Math.round(at / 60_000) * 60_000;
  const day = Math.round(at / DAY_MS) * DAY_MS;
  return isEnd ? day - 1 : day;
}

function windowsOf(coreFrom: number, coreTo: number, widestFrom: number, widestTo: number): Windows {
  return {
    core: { from: new Date(coreFrom).toISOString(), to: new Date(coreTo).toISOString() },
    widest: { from: new Date(widestFrom).toISOString(), to: new Date(widestTo).toISOString() },
  };
}
