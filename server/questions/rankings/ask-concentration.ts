import type { LabConcentration } from '../../exposure/rankings/concentration.ts';
import type { LabSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import type { SharedHolder } from '../../exposure/rankings/shared-holders.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { listFacts } from './list-facts.ts';
import { rememberList } from './remember-list.ts';
import { stableInstant } from './stable-instant.ts';

/** The holders with the largest shares. */
const mostHolders = 20;

/** How concentrated each lab's value is among its holders at an instant, with the largest holders. Throws QUERY_TIMEOUT. */
export function askConcentration(asker: Asker, projection: Projection, asked: number): Promise<LabConcentration[]> {
  rememberList(asker, 'concentration', asked, listConcentration);
  return listConcentration(asker, projection, asked);
}

async function listConcentration(asker: Asker, projection: Projection, asked: number): Promise<LabConcentration[]> {
  const instant = await stableInstant(asker.questions.scheduler, projection, asked, asker.limit);
  return asker.keep(projection, ['concentration', instant], (limit, progress) =>
    listFacts(asker, projection, 'concentration', { instant, mostHolders }, limit, progress),
  );
}

/** The organizations that hold artifacts of several labs at an instant. Throws QUERY_TIMEOUT. */
export function askSharedHolders(asker: Asker, projection: Projection, asked: number): Promise<SharedHolder[]> {
  rememberList(asker, 'sharedHolders', asked, listSharedHolders);
  return listSharedHolders(asker, projection, asked);
}

async function listSharedHolders(asker: Asker, projection: Projection, asked: number): Promise<SharedHolder[]> {
  const instant = await stableInstant(asker.questions.scheduler, projection, asked, asker.limit);
  return asker.keep(projection, ['sharedHolders', instant], (limit, progress) =>
    listFacts(asker, projection, 'sharedHolders', { instant }, limit, progress),
  );
}

/** The share of each lab's providers that contracts and evidence cover at an instant. Throws QUERY_TIMEOUT. */
export function askSafeguards(asker: Asker, projection: Projection, asked: number): Promise<LabSafeguards[]> {
  rememberList(asker, 'safeguards', asked, listSafeguards);
  return listSafeguards(asker, projection, asked);
}

async function listSafeguards(asker: Asker, projection: Projection, asked: number): Promise<LabSafeguards[]> {
  const instant = await stableInstant(asker.questions.scheduler, projection, asked, asker.limit);
  return asker.keep(projection, ['safeguards', instant], (limit, progress) =>
    listFacts(asker, projection, 'safeguards', { instant }, limit, progress),
  );
}
