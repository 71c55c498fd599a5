import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { Asker } from '../asker.ts';
import type { PlannedRecord } from '../records/save-record.ts';
import { saveRecord } from '../records/save-record.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { toSavedIncident } from './ask-incidents.ts';

/**
 * Saves an incident. If another save came in between, retries with the latest version, unless the caller named one.
 *
 * @param id the incident's id, new or known
 * @param ifVersion the version that the caller edited; absent: any
 * @param plan makes the incident from its latest version
 * Throws NOT_FOUND, CONFLICT (a later version), STORE_UNAVAILABLE.
 */
export async function saveIncident<Fault>(
  asker: Asker,
  id: string,
  isKnown: boolean,
  ifVersion: number | null | undefined,
  plan: (before: Incident | undefined) => PlannedRecord<Incident, Fault>,
): Promise<{ saved: SavedIncident | null; faults: readonly Fault[] }> {
  const isVersionNamed = typeof ifVersion === 'number';
  const { saved, faults } = await saveRecord(asker, {
    collection: 'incident',
    id,
    isKnown,
    mayRepeat: !isVersionNamed,
    plan: (before) => {
      if (before !== undefined && isVersionNamed && ifVersion !== before.version) {
        throw new ExposureError(
          'CONFLICT',
          `The incident is at version ${before.version}, not at ${ifVersion}. Look at what was saved since, then save again.`,
        );
      }
      return plan(before && parseIncident(before.json));
    },
  });
  return { saved: saved && toSavedIncident(saved), faults };
}

/** Returns whether the incident existed. */
export function deleteIncident(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('incident', id);
}
