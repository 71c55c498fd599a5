import { foldWithChanger, type RecordedAssertion, type RecordedFact } from '../../../domain/assertions.ts';
import type { StoredFields } from '../../stored-fields.ts';
import { statedBits } from '../log/assertion-log.ts';

/** A fact as the graph keeps it. Events are numbered by their `seq`. */
export interface GraphRecord {
  /** The graph does not keep its importId and assertedBy: they come from `write`. */
  readonly fact: RecordedFact;
  /** The event that last changed a value. */
  readonly write: number;
  /** The latest event with an assertion about it. */
  readonly touched: number;
  /** The fields that its only assertion states, as the store numbers them (stored-fields.ts). Null if it has several. */
  readonly said: number | null;
  /** The writes of all its assertions, undone or not, ascending. Null if it has one assertion, which belongs to `write`. */
  readonly writes: readonly number[] | null;
}

/**
 * The record that a fact must have in the graph, given all its assertions. Undefined if they make no fact.
 *
 * @param all the assertions of every write, also of undone ones, in the order of the writes
 * @param live 1 for each write that counts, by its number
 * @param touched the last event with an assertion about the fact
 */
export function recordOf(
  all: readonly RecordedAssertion[],
  live: Uint8Array,
  touched: number,
  fields: StoredFields,
): GraphRecord | undefined {
  const folded = foldWithChanger(all.filter((assertion) => live[assertion.write] === 1));
  if (folded === undefined) return undefined;
  const { fact, changer } = folded;
  const [only] = all;
  return only !== undefined && all.length === 1
    ? { fact, write: changer.write, touched, said: fields.toStored(fact.kind, statedBits(only.values)), writes: null }
    : { fact, write: changer.write, touched, said: null, writes: all.map((assertion) => assertion.write) };
}
