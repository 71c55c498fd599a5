import type { RecordedAssertion } from '../../../domain/assertions.ts';
import { foldWithChanger } from '../../../domain/assertions.ts';
import type { StoredFields } from '../../stored-fields.ts';
import { statedBits } from '../log/assertion-log.ts';
import type { GraphRecord } from './graph-record.ts';

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
