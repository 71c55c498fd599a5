import { useRef } from 'react';

/** Keeps the parts of a value that equal those of the last render, so that nothing that shows only these parts renders again. */
export function useShared<T>(value: T): T {
  const kept = useRef({ given: value, shared: value });
  // A rendering with the same value compares nothing.
  if (!Object.is(kept.current.given, value)) kept.current = { given: value, shared: shareEqual(kept.current.shared, value) };
  return kept.current.shared;
}

/**
 * A value with each part taken from `before` that is equal there. Arrays are compared item by item, at equal places. Values other than arrays
 * and plain objects are equal if they are the same.
 *
 * Complexity: O(parts of `after`). The depth is that of an answer.
 *
 * @returns `before` itself if all is equal
 */
export function shareEqual<T>(before: T, after: T): T {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) return shareItems(before, after) as T;
  return isPlain(before) && isPlain(after) ? (shareFields(before, after) as T) : after;
}

// Both allocate only once a part differs: most answers differ in few places from the one before.
function shareItems(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let shared: unknown[] | null = before.length === after.length ? null : [];
  for (const [i, item] of after.entries()) {
    const part = i < before.length ? shareEqual(before[i], item) : item;
    if (shared === null && !Object.is(part, before[i])) shared = before.slice(0, i);
    shared?.push(part);
  }
  return shared ?? before;
}

// `Object.fromEntries` makes a field of any name, `__proto__` too, which an assignment would take for the prototype.
function shareFields(before: Fields, after: Fields): Fields {
  const names = Object.keys(after);
  let isSame = names.length === Object.keys(before).length;
  let shared: [string, unknown][] | null = isSame ? null : [];
  for (const [i, name] of names.entries()) {
    const isEarlier = Object.hasOwn(before, name);
    const part = isEarlier ? shareEqual(before[name], after[name]) : after[name];
    isSame &&= isEarlier && Object.is(part, before[name]);
    if (shared === null && !isSame) shared = names.slice(0, i).map((earlier) => [earlier, before[earlier]]);
    shared?.push([name, part]);
  }
  return shared === null ? before : Object.fromEntries(shared);
}

type Fields = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
