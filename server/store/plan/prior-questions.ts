import type { RecordedAssertion } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';

/**
 * What the planners of writes and removals must know of a store.
 *
 * A planner is a generator that asks and is answered: the same rules then serve an adapter that answers at once and one
 * that has to wait for a network, and an adapter may do other things between two answers.
 */
export type PriorQuestion =
  /** All assertions of these facts that are not taken back, in the order of their writes. Keys without any may be absent. */
  | { readonly ask: 'assertions'; readonly kind: FactKind; readonly keys: readonly string[] }
  /** Keys of facts of which an assertion that is not taken back, and is not of `except`, names one of these. */
  | { readonly ask: 'namers'; readonly kind: FactKind; readonly keys: readonly string[]; readonly except: number | null }
  /** Keys that a write asserts something of, at most `chunkSize`, in one fixed order, those that come after `after`. */
  | { readonly ask: 'touched'; readonly write: number; readonly kind: FactKind; readonly after: string | null };

export type AssertionsByKey = ReadonlyMap<string, readonly RecordedAssertion[]>;
export type Namers = ReadonlyMap<FactKind, readonly string[]>;
export type PriorAnswer = AssertionsByKey | Namers | readonly string[];

export type Asking<T> = Generator<PriorQuestion, T, PriorAnswer>;

/** How many facts are looked at in one step: enough to make a question worth its cost, few enough to hold. */
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
