import type { Windows } from '../../shared/windows/window-fields.ts';

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
 * Moves one edge and returns valid windows. An edge stops at its opposite edge. The core pushes the widest window outward; the widest window
 * stops at the core.
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

/** The new instant of an edge after a key: arrows 1 day, Shift-arrows 1 hour, Page keys 7 days, Home and End the ends of the data; else null. */
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

/**
 * Rounds a dragged edge: to a whole day if a pixel spans two hours or more, else to a whole minute. An end rounds to the last
 * millisecond of its day.
 */
export function snap(at: number, edge: WindowEdge, msPerPixel: number): number {
  const isEnd = edge === 'coreTo' || edge === 'widestTo';
  if (msPerPixel < 2 * HOUR_MS) return Math.round(at / 60_000) * 60_000;
  const day = Math.round(at / DAY_MS) * DAY_MS;
  return isEnd ? day - 1 : day;
}

/** The middle of the core window, around which the strip zooms. */
export function middleOf(windows: Windows): number {
  return (edgeAt(windows, 'coreFrom') + edgeAt(windows, 'coreTo')) / 2;
}

/**
 * The windows after a range was drawn or typed. The range becomes the widest window. A core window that was stated apart keeps its part inside
 * the range. Where the core was the whole widest window, or has no part inside, it becomes the range too: as where a range is typed before the
 * first answer, so that one text means one thing.
 */
export function windowsOfRange(windows: Windows, from: number, until: number, msPerPixel = 0): Windows {
  const start = msPerPixel === 0 ? from : snap(from, 'widestFrom', msPerPixel);
  const end = Math.max(start, msPerPixel === 0 ? until : snap(until, 'widestTo', msPerPixel));
  const isApart =
    edgeAt(windows, 'coreFrom') !== edgeAt(windows, 'widestFrom') || edgeAt(windows, 'coreTo') !== edgeAt(windows, 'widestTo');
  const coreFrom = Math.max(start, edgeAt(windows, 'coreFrom'));
  const coreTo = Math.min(end, edgeAt(windows, 'coreTo'));
  return isApart && coreFrom <= coreTo ? windowsOf(coreFrom, coreTo, start, end) : windowsOf(start, end, start, end);
}

function windowsOf(coreFrom: number, coreTo: number, widestFrom: number, widestTo: number): Windows {
  return {
    core: { from: new Date(coreFrom).toISOString(), to: new Date(coreTo).toISOString() },
    widest: { from: new Date(widestFrom).toISOString(), to: new Date(widestTo).toISOString() },
  };
}
