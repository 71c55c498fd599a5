import type { LabConcentration } from '../../exposure/rankings/concentration.ts';
import type { LabSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import type { SharedHolder } from '../../exposure/rankings/shared-holders.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { batchConcentration, batchSafeguards, batchSharedHolders } from '../batch/batch-answers.ts';
import { findBatch, fromBatch } from '../batch/find-batch.ts';
import { listFacts, rememberList } from './list-facts.ts';
import { stableInstant } from './stable-instant.ts';

/** The holders with the largest shares. */
const mostHolders = 20;

/**
 * How concentrated each lab's value is among its holders at an instant, with the largest holders. Throws QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 * @param mayBeBehind as in `findBatch`
 */
export async function askConcentration(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<LabConcentration[]> {
  const batch = await findBatch(asker, projection, 'concentration', { instant: requestedInstant }, mayBeBehind, patienceMs);
  if (batch !== undefined) return fromBatch(batchConcentration(projection, batch.rows), batch.source);
  rememberList(asker, 'concentration', requestedInstant, listConcentration);
  return listConcentration(asker, projection, requestedInstant, patienceMs);
}

async function listConcentration(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
): Promise<LabConcentration[]> {
  const instant = await stableInstant(asker.questions.scheduler, projection, requestedInstant, asker.limit);
  return asker.keep(
    projection,
    ['concentration', instant],
    (limit, progress) => listFacts(asker, projection, 'concentration', { instant, mostHolders }, limit, progress),
    patienceMs,
  );
}

/** The organizations that hold artifacts of several labs at an instant. Parameters and errors are those of `askConcentration`. */
export async function askSharedHolders(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<SharedHolder[]> {
  const batch = await findBatch(asker, projection, 'shared-holders', { instant: requestedInstant }, mayBeBehind, patienceMs);
  if (batch !== undefined) return fromBatch(batchSharedHolders(projection, batch.rows), batch.source);
  rememberList(asker, 'sharedHolders', requestedInstant, listSharedHolders);
  return listSharedHolders(asker, projection, requestedInstant, patienceMs);
}

async function listSharedHolders(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
): Promise<SharedHolder[]> {
  const instant = await stableInstant(asker.questions.scheduler, projection, requestedInstant, asker.limit);
  return asker.keep(
    projection,
    ['sharedHolders', instant],
    (limit, progress) => listFacts(asker, projection, 'sharedHolders', { instant }, limit, progress),
    patienceMs,
  );
}

/** The share of each lab's providers that contracts and evidence cover at an instant. Parameters and errors are those of `askConcentration`. */
export async function askSafeguards(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<LabSafeguards[]> {
  const batch = await findBatch(asker, projection, 'safeguards', { instant: requestedInstant }, mayBeBehind, patienceMs);
  if (batch !== undefined) return fromBatch(batchSafeguards(projection, batch.rows), batch.source);
  rememberList(asker, 'safeguards', requestedInstant, listSafeguards);
  return listSafeguards(asker, projection, requestedInstant, patienceMs);
}

async function listSafeguards(
  asker: Asker,
  projection: Projection,
  requestedInstant: number,
  patienceMs?: number,
): Promise<LabSafeguards[]> {
  const instant = await stableInstant(asker.questions.scheduler, projection, requestedInstant, asker.limit);
  return asker.keep(
    projection,
    ['safeguards', instant],
    (limit, progress) => listFacts(asker, projection, 'safeguards', { instant }, limit, progress),
    patienceMs,
  );
}
