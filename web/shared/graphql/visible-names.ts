import { showHidden } from '../format/hidden-characters.ts';

/** The fields of an answer that hold names, or sentences with names. Ids, channels and people's own texts are no part of them. */
const NAMING: ReadonlySet<string> = new Set([
  ...['name', 'aliases', 'matched', 'because', 'sentence', 'message', 'warnings', 'failure', 'before', 'after'],
]);

/** Their names are sent back: a form states again what it does not change, and a decision about a file or a client names it. */
const EXACT: ReadonlySet<string> = new Set(['FactToCorrect', 'ListOwners', 'files']);

/**
 * The data of an answer, with hidden characters of recorded names as escapes, so that no view forgets it. Most answers hold none.
 *
 * @param operation its name
 * @param text the answer as it came, in which a JSON string has control characters as escapes
 */
export function withVisibleNames<T>(data: T, operation: string, text: string): T {
  return EXACT.has(operation) || !MAY_HIDE.test(text) ? data : (shown(data, false) as T);
}

const MAY_HIDE = /[\u007f-\u009f\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]|\\[bfnrtu]/u;

function shown(value: unknown, isName: boolean): unknown {
  if (typeof value === 'string') return isName ? showHidden(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shown(item, isName));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, EXACT.has(key) ? item : shown(item, NAMING.has(key) && !isObject(item))]),
  );
}

/** `before` and `after` are rows in some answers. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
