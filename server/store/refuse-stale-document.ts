import { ExposureError } from '../domain/errors.ts';
import type { DocumentCollection } from './stored-document.ts';

/**
 * Throws CONFLICT if a document has another version than the one that its writer saw.
 *
 * @param version 0: there is no such document
 * @param ifVersion undefined: the writer saves over any version
 */
export function refuseStaleDocument(collection: DocumentCollection, id: string, version: number, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === version) return;
  throw new ExposureError(
    'CONFLICT',
    version === 0
      ? `The ${collection} ${id} does not exist any more. Save it as a new one.`
      : `The ${collection} ${id} has changed: its version is ${version}, not ${ifVersion}. Reload it, then repeat the change.`,
  );
}
