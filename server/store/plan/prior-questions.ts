import type { RecordedAssertion } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';

/**
 * The questions that the planners of writes and undos ask a store.
 *
 * A planner is a generator that yields questions and receives answers. So the same rules serve a synchronous store and one behind
 * a network, and the event loop gets turns between two answers.
 */
export type PriorQuestion =
  /** All assertions of these facts that are not undone, in the order of their writes. Keys without any may be absent. */
  | { readonly ask: 'assertions'; readonly kind: FactKind; readonly keys: readonly string[] }
  /** Keys of facts that name one of these, by an assertion that is neither undone nor of the write `except`. */
  | { readonly ask: 'namers'; readonly kind: FactKind; readonly keys: readonly string[]; readonly except: number | null }
  /** Keys that a write states: at most `chunkSize` after `after`, in a fixed order. */
  | { readonly ask: 'touched'; readonly write: number; readonly kind: FactKind; readonly after: string | null };

export type AssertionsByKey = ReadonlyMap<string, readonly RecordedAssertion[]>;
export type Namers = ReadonlyMap<FactKind, readonly string[]>;
export type PriorAnswer = AssertionsByKey | Namers | readonly string[];

export type Asking<T> = Generator<PriorQuestion, T, PriorAnswer>;

/** Facts per question: enough to be worth a round trip, few enough to hold in memory. */
export const chunkSize = 1024;

export function* askAssertions(kind: FactKind, keys: readonly string[]): Asking<AssertionsByKey> {
  return (keys.length === 0 ? new Map() : yield { ask: 'assertions', kind, keys }) as AssertionsByKey;
}

export function* askNamers(kind: FactKind, keys: readonly string[], except: number | null): Asking<Namers> {
  return (keys.length === 0 ? new Map() : yield { ask: 'namers', kind, keys, except }) as Namers;
}

export function* askTouched(write: number, kind: FactKind, after: string | null): Asking<readonly string[]> {
  return (yield { ask: 'touched', write, kind, after }) as readonly string[];
}
