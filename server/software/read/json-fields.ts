import { parseInstant } from '../../domain/instants.ts';

/** An object of a file. Nothing is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The longest name, version or id that a fact keeps, in UTF-16 units. */
export const longestText = 1000;

/** More than this many links of one record help nobody. */
const mostReferences = 200;

const nothing: readonly never[] = [];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, else one without fields. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The items of an array. A single value is an array of one; null and undefined are none. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? nothing : [value];
}

/** A text without the space around it. A number is its digits. Null: empty, of another type, too large to be exact, or longer than 1,000 letters. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
  if (typeof value !== 'string' || value.length > longestText) return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** The texts among the items of an array. */
export function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  for (const item of itemsOf(value)) {
    const text = textOf(item);
    if (text !== null) texts.push(text);
  }
  return texts;
}

/** 1,000 letters of a longer text: a text that is only shown. */
export function shownText(value: unknown): string | null {
  return typeof value === 'string' ? textOf(value.trim().slice(0, longestText)) : null;
}

/** The web addresses of references, each once. Others would be links to somewhere else on a page. */
export function webAddresses(references: readonly unknown[]): string[] {
  const found: string[] = [];
  for (const reference of references) {
    const url = textOf(objectOf(reference).url);
    if (url !== null && /^https?:\/\//i.test(url) && !found.includes(url)) found.push(url);
    if (found.length === mostReferences) break;
  }
  return found;
}

const withoutZone = /^(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;

/** An instant of a file in epoch milliseconds. One without a zone is in UTC. Undefined: it is none. */
export function instantOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === null) return undefined;
  if (text.endsWith('Z')) {
    const at = parseInstant(text);
    if (at !== undefined) return at;
  }
  const full = text
    .replace(/([+-]\d{2})(\d{2})$/, (found, hours: string, minutes: string) => (/[Tt ]/.test(text) ? `${hours}:${minutes}` : found))
    .replace(/([Tt ]\d{2}:\d{2})(?=[Zz+-]|$)/, '$1:00');
  return parseInstant(withoutZone.test(full) ? `${full}Z` : full);
}
