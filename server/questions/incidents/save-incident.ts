import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { Asker } from '../asker.ts';
import type { PlannedRecord } from '../records/save-record.ts';
import { saveRecord } from '../records/save-record.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { toSavedIncident } from './ask-incidents.ts';

/**
 * Saves an incident. Another save in between is merged with, unless the caller names the version that it changes.
 *
 * @param id of the incident, new or known
 * @param ifVersion the version that the caller changes; absent: the latest
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

/** Returns whether there was one. */
export function deleteIncident(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('incident', id);
}
