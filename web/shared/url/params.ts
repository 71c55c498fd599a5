/**
 * Readers and writers of URL parameters. A list repeats its parameter, because an id may contain any character. A malformed value counts as
 * absent, so that an old or broken link still opens.
 */

import { type Edge, parseTypedDate } from '../format/typed-date.ts';

export interface TimeWindow {
  /** RFC 3339 instants; both ends belong to the window. */
  readonly from: string;
  readonly to: string;
}

export function readList(params: URLSearchParams, name: string): readonly string[] {
  return [...new Set(params.getAll(name))].filter((value) => value !== '');
}

export function readWords<T extends string>(params: URLSearchParams, name: string, words: readonly T[]): readonly T[] {
  const given = new Set(params.getAll(name));
  return words.filter((word) => given.has(word));
}

export function readWord<T extends string>(params: URLSearchParams, name: string, words: readonly T[]): T | null {
  const given = params.get(name);
  return words.find((word) => word === given) ?? null;
}

/** A required sensitivity of 1 to 5; null if absent or anything else. */
export function readSensitivity(params: URLSearchParams): number | null {
  const value = readNumber(params, 'minSensitivity', 1, 5);
  return value !== null && Number.isInteger(value) ? value : null;
}

/** A number from `min` to `max`, both included; null if absent or out of range. */
export function readNumber(params: URLSearchParams, name: string, min: number, max: number): number | null {
  const text = params.get(name);
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= min && value <= max ? value : null;
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
export function readWindow(params: URLSearchParams, name: string): TimeWindow | null {
  const [from, to, rest] = (params.get(name) ?? '').split('..');
  const start = readInstant(from ?? null);
  const end = readInstant(to ?? null, 'end');
  if (start === null || end === null || rest !== undefined || start > end) return null;
  return { from: start, to: end };
}

export function writeList(params: URLSearchParams, name: string, values: readonly string[]): void {
  for (const value of values) params.append(name, value);
}

export function writeValue(params: URLSearchParams, name: string, value: string | number | null): void {
  if (value !== null) params.set(name, String(value));
}

/** The shortest text that reads as the same instant: drops zero seconds and milliseconds. */
export function shortInstant(instant: string): string {
  return instant.replace(/\.000Z$/, 'Z').replace(/:00Z$/, 'Z');
}

export function writeWindow(params: URLSearchParams, name: string, window: TimeWindow | null): void {
  if (window !== null) params.set(name, `${shortInstant(window.from)}..${shortInstant(window.to)}`);
}

/** A node that the reader placed by hand, in whole pixels of its picture. */
export interface Pin {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

export function readPins(params: URLSearchParams): readonly Pin[] {
  return readList(params, 'pin').flatMap((text) => {
    const [, key, x, y] = /^(.+)@(-?\d{1,6}),(-?\d{1,6})$/s.exec(text) ?? [];
    return key === undefined ? [] : [{ key, x: Number(x), y: Number(y) }];
  });
}

export function writePins(params: URLSearchParams, pins: readonly Pin[]): void {
  writeList(
    params,
    'pin',
    pins.map(({ key, x, y }) => `${key}@${Math.round(x)},${Math.round(y)}`),
  );
}
