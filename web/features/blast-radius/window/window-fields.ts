import type { TimeWindow } from '../../../shared/url/params.ts';
import { DAY_MS, type Windows } from './window-moves.ts';

/** Two `datetime-local` fields, in UTC, to the minute. */
export interface Fields {
  readonly from: string;
  readonly to: string;
}

/** Fields show minutes: the last millisecond of a day reads 23:59, and is put back on reading. */
export function fieldsOf(window: TimeWindow): Fields {
  return { from: window.from.slice(0, 16), to: window.to.slice(0, 16) };
}

/** The windows of four fields, or the sentence that says what is wrong with them. Reading what `fieldsOf` wrote gives the same windows, to the minute. */
export function readWindows(core: Fields, widest: Fields): Windows | string {
  const parsed = [core.from, core.to, widest.from, widest.to].map((text) => Date.parse(`${text}Z`));
  const [coreFrom, coreTo, widestFrom, widestTo] = parsed;
  if (coreFrom === undefined || coreTo === undefined || widestFrom === undefined || widestTo === undefined || parsed.some(Number.isNaN)) {
    return 'Give a date and a time in each of the four fields.';
  }
  if (coreTo < coreFrom) return 'The core window ends before it starts. Exchange its two dates.';
  if (widestTo < widestFrom) return 'The widest window ends before it starts. Exchange its two dates.';
  if (coreFrom < widestFrom || coreTo > widestTo) return 'The core window reaches beyond the widest. Widen the widest, or narrow the core.';
  return {
    core: { from: iso(coreFrom), to: iso(endOf(coreTo)) },
    widest: { from: iso(widestFrom), to: iso(endOf(widestTo)) },
  };
}

/** The field's minute; at 23:59 the day's last millisecond, as a plain date means (semantics §1). */
function endOf(at: number): number {
  return (at + 60_000) % DAY_MS === 0 ? at + 59_999 : at;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
