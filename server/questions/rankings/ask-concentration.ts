import type { BatchQuestionName } from '../../batch/batch-questions.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { batchConcentration, batchSafeguards, batchSharedHolders } from '../batch/batch-answers.ts';
import type { RowFile } from '../batch/batch-results.ts';
import { findBatch, fromBatch } from '../batch/find-batch.ts';
import type { JobParameters, JobResult } from '../run/jobs.ts';
import { listFacts, rememberList, stableInstant } from './list-facts.ts';

/**
 * Asks for a list as of an instant. Throws QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 * @param mayBeBehind as in `findBatch`
 */
export type AskAtInstant<T> = (
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
  mayBeBehind?: boolean,
) => Promise<T>;

function askAtInstant<L extends 'concentration' | 'sharedHolders' | 'safeguards'>(
  list: L,
  name: BatchQuestionName,
  readBatch: (projection: Projection, rows: RowFile) => JobResult<L> & object,
): AskAtInstant<JobResult<L>> {
  const ask = async (asker: Asker, projection: Projection, requestedInstant: number, patienceMs?: number): Promise<JobResult<L>> => {
    const instant = await stableInstant(asker.questions.scheduler, projection, requestedInstant, asker.limit);
    return asker.keep(
      projection,
      [list, instant],
      (limit, progress) => listFacts<L>(asker, projection, list, { instant } as JobParameters<L>, limit, progress),
      patienceMs,
    );
  };
  return async (asker, projection, requestedInstant, patienceMs, mayBeBehind = false) => {
    const batch = await findBatch(asker, projection, name, { instant: requestedInstant }, mayBeBehind, patienceMs);
    if (batch !== undefined) return fromBatch(readBatch(projection, batch.rows), batch.source);
    rememberList(asker, list, requestedInstant, ask);
    return ask(asker, projection, requestedInstant, patienceMs);
  };
}

/** The concentration of each lab's value among its holders, with the largest holders. */
export const askConcentration = askAtInstant('concentration', 'concentration', batchConcentration);

/** The organizations that hold artifacts of several labs. */
export const askSharedHolders = askAtInstant('sharedHolders', 'shared-holders', batchSharedHolders);

/** The share of each lab's providers that contracts and evidence cover. */
export const askSafeguards = askAtInstant('safeguards', 'safeguards', batchSafeguards);
