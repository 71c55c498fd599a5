import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { Asker } from '../asker.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { toSavedIncident } from './ask-incidents.ts';

/** How often a save is repeated when other saves come in between. */
const maxAttempts = 5;

/** What to save, and what a person must correct first: with faults nothing is saved. */
export interface PlannedIncident<Fault> {
  readonly incident: Incident;
  readonly faults: readonly Fault[];
}

/**
 * Saves an incident. Another save in between is merged with, unless the caller names the version that it changes.
 *
 * @param id null or absent: a new incident
 * @param ifVersion the version that the caller changes; absent: the latest
 * @param plan makes the incident from its latest version
 * Throws NOT_FOUND, CONFLICT (a later version), STORE_UNAVAILABLE.
 */
export async function saveIncident<Fault>(
  asker: Asker,
  id: string | null | undefined,
  ifVersion: number | null | undefined,
  plan: (before: Incident | undefined) => PlannedIncident<Fault>,
): Promise<{ saved: SavedIncident | null; faults: readonly Fault[] }> {
  const { store } = asker.questions;
  const isVersionNamed = typeof ifVersion === 'number';
  for (let attempt = 1; ; attempt++) {
    const before = id ? await store.findDocument('incident', id) : undefined;
    if (id && before === undefined)
      throw new ExposureError('NOT_FOUND', `There is no incident "${id.slice(0, 80)}"; leave the id out to make a new one.`);
    if (before !== undefined && isVersionNamed && ifVersion !== before.version) {
      throw new ExposureError(
        'CONFLICT',
        `The incident is at version ${before.version}, not at ${ifVersion}. Look at what was saved since, then save again.`,
      );
    }
    const { incident, faults } = plan(before && parseIncident(before.json));
    if (faults.length > 0) return { saved: null, faults };
    try {
      const document = await store.saveDocument('incident', incident.id, JSON.stringify(incident), before?.version ?? 0);
      return { saved: toSavedIncident(document), faults };
    } catch (error) {
      const isRace = error instanceof ExposureError && error.code === 'CONFLICT' && !isVersionNamed;
      if (!isRace || attempt >= maxAttempts) throw error;
    }
  }
}

/** Returns whether there was one. */
export function deleteIncident(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('incident', id);
}
