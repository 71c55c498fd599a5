import type { DateOrder } from './mapping-types.ts';
import type { DateReading } from './values/read-dates.ts';
import { readDate } from './values/read-dates.ts';

/** The date that a list gives itself. */
export type AsOf =
  /** Epoch ms, and the place that says so. */
  | { readonly at: number; readonly because: string }
  /** The title has a date with two readings. */
  | { readonly open: string };

/**
 * The list's own date: a full date after words like "as of" in the title, else an ISO date in the file's name. Null without a
 * date, or for a date after `now`.
 *
 * @param order the order of day and month in the file, where it is decided
 */
export function proposeAsOf(title: readonly string[], fileName: string, now: number, order: DateOrder | null): AsOf | null {
  for (const line of title) {
    const found =
      /\b(?:as of|as at|stand|per|last updated|updated|effective|date|valid as of|état au|au|a fecha de|fecha|exported|generated)\b[:\s]*(?:on\s+)?(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\p{L}+\.? \d{1,2},? \d{4}|\d{1,2}\.? (?:de )?\p{L}+\.?,? (?:de )?\d{4})/iu.exec(
        line,
      );
    if (found === null) continue;
    const text = found[1] as string;
    const date = readDate(text, order);
    if (date === 'OPEN_ORDER') return { open: text };
    const at = toInstant(date);
    if (at !== null && at <= now) return { at, because: `the title says "${text}"` };
  }
  const iso = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(fileName);
  const at = iso === null ? null : toInstant(readDate(`${iso[1]}-${iso[2]}-${iso[3]}`, null));
  return at !== null && at <= now ? { at, because: `the name of the file says "${(iso as RegExpExecArray)[0]}"` } : null;
}

function toInstant(date: DateReading): number | null {
  return typeof date === 'object' && !date.isMonth ? date.at : null;
}
