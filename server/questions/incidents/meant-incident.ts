import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Meanings } from '../../rules/meant-incident.ts';
import { meantIncident, namedBy } from '../../rules/meant-incident.ts';
import type { FactStore, StoredDocument } from '../../store/fact-store.ts';
import { readMeanings } from '../../store/merges/read-meanings.ts';
import type { Asker } from '../asker.ts';

/** An incident with the organizations that its ids mean at the instant of the request (semantics §1). The stored one keeps its ids. */
export async function readMeantIncident(asker: Asker, projection: Projection, incident: Incident): Promise<Incident> {
  return meantIncident(incident, await readMissing(asker.questions.store, projection, namedBy(incident), asker.knownAt));
}

/** Stored incidents with the organizations that their ids mean now. */
export async function readMeantDocuments(
  store: FactStore,
  projection: Projection,
  documents: readonly StoredDocument[],
): Promise<StoredDocument[]> {
  const incidents = documents.map(({ json }) => parseIncident(json));
  const meanings = await readMissing(store, projection, incidents.flatMap(namedBy), null);
  return documents.map((document, i) => ({ ...document, json: JSON.stringify(meantIncident(incidents[i] as Incident, meanings)) }));
}

/**
 * The meaning of the organizations that a question or an incident names. A merge is applied when facts are read, so an id of the merged
 * organization means the other one. Reads nothing if the facts have all of them.
 *
 * @param instant epoch ms; null: now
 */
export async function readMissing(
  store: FactStore,
  { organizations }: Projection,
  ids: Iterable<string>,
  instant: number | null,
): Promise<Meanings> {
  const missing = [...ids].filter((id) => organizations.id.find(id) < 0);
  return missing.length === 0 ? new Map() : readMeanings(store, missing, instant === null ? undefined : { instant });
}
