import { DATE_TIME_ADVICE, formatTypedDate, parseTypedDate } from '../format/typed-date.ts';
import type { TimeWindow } from '../url/params.ts';

/** Two closed windows; the core window lies within the widest (semantics §3). */
export interface Windows {
  readonly core: TimeWindow;
  readonly widest: TimeWindow;
}

/** The two text fields of a window: dates as a person types them, in UTC. */
export interface Fields {
  readonly from: string;
  readonly to: string;
}

export function fieldsOf(window: TimeWindow): Fields {
  return { from: formatTypedDate(window.from, 'start'), to: formatTypedDate(window.to, 'end') };
}

/** Parses four fields into windows, or returns a sentence that says what to correct. Inverts `fieldsOf`, to the minute. */
export function parseWindows(core: Fields, widest: Fields): Windows | string {
  const coreFrom = parseTypedDate(core.from, 'start');
  if (coreFrom === null) return `Core start: ${DATE_TIME_ADVICE}`;
  const coreTo = parseTypedDate(core.to, 'end');
  if (coreTo === null) return `Core end: ${DATE_TIME_ADVICE}`;
  const widestFrom = parseTypedDate(widest.from, 'start');
  if (widestFrom === null) return `Widest start: ${DATE_TIME_ADVICE}`;
  const widestTo = parseTypedDate(widest.to, 'end');
  if (widestTo === null) return `Widest end: ${DATE_TIME_ADVICE}`;
  if (coreTo < coreFrom) return 'The core window ends before it starts. Swap its two dates.';
  if (widestTo < widestFrom) return 'The widest window ends before it starts. Swap its two dates.';
  if (coreFrom < widestFrom || coreTo > widestTo) {
    return 'The core window reaches outside the widest window. Widen the widest window, or narrow the core window.';
  }
  return { core: { from: coreFrom, to: coreTo }, widest: { from: widestFrom, to: widestTo } };
}

/** Both windows are this minute, to ask what is held now. The instant is fixed, so that a shared link keeps its answer. */
export function heldNow(): Windows {
  const now = new Date();
  now.setUTCSeconds(0, 0);
  const at = now.toISOString();
  return { core: { from: at, to: at }, widest: { from: at, to: at } };
}
