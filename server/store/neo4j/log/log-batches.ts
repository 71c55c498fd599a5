import type { FactKind } from '../../../domain/facts.ts';
import type { Chunk, LoggedAssertion } from './assertion-log.ts';
import { packChunks } from './assertion-log.ts';

/** The assertions of one batch of a write about facts of one kind, by graph key. */
export interface LogBatch<T extends LoggedAssertion> {
  readonly chunks: readonly Chunk[];
  readonly logged: readonly T[];
}

/** About 5,000 assertions: larger batches are no faster, and make other writers wait longer. */
const chunksAtOnce = 10;

/**
 * Cuts assertions into batches, each made on demand.
 *
 * @param logged of one kind, by graph key in code points
 */
export function* cutBatches<T extends LoggedAssertion>(kind: FactKind, logged: Iterable<T>): Generator<LogBatch<T>> {
  const seen: T[] = [];
  const remember = function* (): Generator<T> {
    for (const one of logged) {
      seen.push(one);
      yield one;
    }
  };
  let chunks: Chunk[] = [];
  const take = (): LogBatch<T> => {
    const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
    const batch = { chunks, logged: seen.splice(0, count) };
    chunks = [];
    return batch;
  };
  for (const chunk of packChunks(kind, remember())) {
    chunks.push(chunk);
    if (chunks.length === chunksAtOnce) yield take();
  }
  if (chunks.length > 0) yield take();
}
