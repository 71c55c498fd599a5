import { ExposureError } from '../domain/errors.ts';
import type { FactStore, VerifyScope } from './fact-store.ts';

/** The way back from a damaged store, as sentences. */
export const wayBack =
  'Restore the latest backup into a new store: exposure restore FILE --store sqlite:NEW.db, or an empty Neo4j. exposure verify lists all problems.';

/**
 * The error for a store whose content is not what this program wrote.
 *
 * @param place its file, or the address of its database
 * @param reason the fault, as a sentence
 */
export function damagedStore(place: string, reason: string, options?: ErrorOptions): ExposureError {
  return new ExposureError('STORE_DAMAGED', `The store ${place} is damaged. ${reason} ${wayBack}`, options);
}

/** Throws STORE_DAMAGED with the first problem that `verify` finds, so that nobody gets an answer from damaged facts. */
export async function refuseDamage(store: FactStore, place: string, scope: VerifyScope): Promise<void> {
  const [problem] = await store.verify(scope);
  if (problem !== undefined) throw damagedStore(place, problem);
}
