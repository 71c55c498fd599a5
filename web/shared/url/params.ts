/**
 * The texts of single values in an address. A malformed text reads as null, so that an old or broken link still opens. Instants and windows
 * are read as a server reads them, and as people type them.
 */

import { type Edge, parseTypedDate } from '../format/typed-date.ts';

export interface TimeWindow {
  /** RFC 3339 instants; both ends belong to the window. */
  readonly from: string;
  readonly to: string;
}

/** A number from `min` to `max`, both included; null for anything else. */
export function readNumber(text: string, min: number, max: number, isWhole = false): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= min && value <= max && (!isWhole || Number.isInteger(value)) ? value : null;
}

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * Reads an instant, or a date as people type it: in UTC, where a date alone stands for the edge of its day (semantics §1). Null for anything
 * else: a browser would read many other texts, in its own time zone.
 */
export function readInstant(text: string | null, edge: Edge = 'start'): string | null {
  if (text === null) return null;
  if (!WITH_OFFSET.test(text)) return parseTypedDate(text, edge);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Reads `from..to`; null unless both are instants, in order. */
export function readWindow(text: string): TimeWindow | null {
  const [from, to, rest] = text.split('..');
  const start = readInstant(from ?? null);
  const end = readInstant(to ?? null, 'end');
  if (start === null || end === null || rest !== undefined || start > end) return null;
  return { from: start, to: end };
}

/** The shortest text that reads as the same instant: drops zero seconds and milliseconds. */
export function shortInstant(instant: string): string {
  return instant.replace(/\.000Z$/, 'Z').replace(/:00Z$/, 'Z');
}

export function writeWindow({ from, to }: TimeWindow): string {
  return `${shortInstant(from)}..${shortInstant(to)}`;
}

/** Decodes an id of a path. A malformed one stands for itself, and finds nothing. */
export function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
