import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { Projection } from '../../projection/projection.ts';
import { meantIncident, namedBy } from '../../rules/meant-incident.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { StoredDocument } from '../../store/stored-document.ts';
import type { Asker } from '../asker.ts';
import { readMissing } from '../meant-ids.ts';

/** An incident with the organizations that its ids mean at the instant of the request (semantics §1). The stored one keeps its ids. */
export async function readMeantIncident(asker: Asker, projection: Projection, incident: Incident): Promise<Incident> {
  return meantIncident(incident, await readMissing(asker.questions.store, projection, namedBy(incident)));
}

/** Stored incidents with the organizations that their ids mean now. */
export async function readMeantDocuments(
  store: FactStore,
  projection: Projection,
  documents: readonly StoredDocument[],
): Promise<StoredDocument[]> {
  const incidents = documents.map(({ json }) => parseIncident(json));
  const meanings = await readMissing(store, projection, incidents.flatMap(namedBy));
  return documents.map((document, i) => ({ ...document, json: JSON.stringify(meantIncident(incidents[i] as Incident, meanings)) }));
}
