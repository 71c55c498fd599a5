import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { IncidentLog } from '../../domain/records/incident-log.ts';
import { maxEntries } from '../../domain/records/incident-log.ts';
import { formatDay } from '../../exposure/sentence-formats.ts';
import type { StoredDocument } from '../../store/fact-store.ts';
import type { Asker } from '../asker.ts';
import type { PlannedRecord } from '../records/save-record.ts';
import { saveRecord } from '../records/save-record.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { toSavedIncident } from './ask-incidents.ts';
import { describeIncidentChange } from './describe-change.ts';
import { addEntry } from './incident-history.ts';

/**
 * Saves an incident, with an entry in its history. If another save came in between, retries with the latest version, unless the
 * caller named one.
 *
 * @param id the incident's id, new or known
 * @param ifVersion the version that the caller edited; absent: any
 * @param plan makes the incident from its latest version
 * Throws NOT_FOUND, CONFLICT (a later version), STORE_UNAVAILABLE.
 */
export async function saveIncident<Fault>(
  asker: Asker,
  by: string,
  id: string,
  isKnown: boolean,
  ifVersion: number | null | undefined,
  plan: (before: Incident | undefined) => PlannedRecord<Incident, Fault>,
): Promise<{ saved: SavedIncident | null; faults: readonly Fault[] }> {
  const { organizations } = await asker.facts();
  const nameOf = (organization: string) => {
    const index = organizations.id.find(organization);
    return index < 0 ? organization : organizations.name.get(index);
  };
  const { saved, faults } = await saveRecord(asker, {
    collection: 'incident',
    id,
    isKnown,
    plan: async (document) => {
      if (document !== undefined) refuseEarlierVersion(document, ifVersion);
      const before = document && parseIncident(document.json);
      const { record, faults } = plan(before);
      if (faults.length > 0) return { record, faults };
      const text = describeIncidentChange(before, record, nameOf);
      return { record: text === '' ? record : await addEntry(asker, before, record, by, text), faults };
    },
  });
  return { saved: saved && toSavedIncident(saved), faults };
}

 * Saves an incident, with an entry in its history. If another save came in between, retries with the latest version, unless the
 * caller named one.
export function deleteIncident(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('incident', id);
}
