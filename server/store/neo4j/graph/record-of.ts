import type { RecordedAssertion } from '../../../domain/assertions.ts';
import { foldWithChanger } from '../../../domain/assertions.ts';
import { saidBits } from '../log/assertion-log.ts';
import type { GraphRecord } from './graph-record.ts';

/**
 * How a fact must stand in the graph, given all its assertions; undefined where they come to no fact.
 *
 * @param all also those that were taken back, in the order of their writes
 * @param live 1 for each write that counts, by its number
 * @param touched the event that last spoke of it
 */
export function recordOf(all: readonly RecordedAssertion[], live: Uint8Array, touched: number): GraphRecord | undefined {
  const folded = foldWithChanger(all.filter((assertion) => live[assertion.write] === 1));
  if (folded === undefined) return undefined;
  const { fact, changer } = folded;
  const [only] = all;
  return only !== undefined && all.length === 1
    ? { fact, write: changer.write, touched, said: saidBits(only.values), writes: null }
    : { fact, write: changer.write, touched, said: null, writes: all.map((assertion) => assertion.write) };
}
