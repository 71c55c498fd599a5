import { type FactKind, factKinds } from '../domain/facts.ts';
import type { KeysByKind } from './fact-store.ts';

/** The keys of both lists, each once. Undefined if there are more than `limit`. */
export function uniteKeys(one: KeysByKind, other: KeysByKind, limit: number): KeysByKind | undefined {
  const united = new Map<FactKind, readonly string[]>();
  let count = 0;
  for (const kind of factKinds) {
    const keys = [...new Set([...(one.get(kind) ?? []), ...(other.get(kind) ?? [])])];
    count += keys.length;
    if (keys.length > 0) united.set(kind, keys);
  }
  return count > limit ? undefined : united;
}
