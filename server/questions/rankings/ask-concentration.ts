import type { LabConcentration } from '../../exposure/rankings/concentration.ts';
import { measureConcentration } from '../../exposure/rankings/concentration.ts';
import type { LabSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import { measureSafeguards } from '../../exposure/rankings/lab-safeguards.ts';
import type { SharedHolder } from '../../exposure/rankings/shared-holders.ts';
import { findSharedHolders } from '../../exposure/rankings/shared-holders.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';

/** How concentrated each lab's value is among its holders at an instant. Throws QUERY_TIMEOUT. */
export function askConcentration(asker: Asker, projection: Projection, instant: number): Promise<LabConcentration[]> {
  return asker.keep(projection, ['concentration', instant], (limit) => asker.run(measureConcentration(projection, instant), limit));
}

/** The organizations that hold artifacts of several labs at an instant. Throws QUERY_TIMEOUT. */
export function askSharedHolders(asker: Asker, projection: Projection, instant: number): Promise<SharedHolder[]> {
  return asker.keep(projection, ['sharedHolders', instant], (limit) => asker.run(findSharedHolders(projection, instant), limit));
}

/** The share of each lab's providers that contracts and evidence cover at an instant. Throws QUERY_TIMEOUT. */
export function askSafeguards(asker: Asker, projection: Projection, instant: number): Promise<LabSafeguards[]> {
  return asker.keep(projection, ['safeguards', instant], (limit) => asker.run(measureSafeguards(projection, instant), limit));
}
