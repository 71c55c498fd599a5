import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { Projection } from '../../projection/projection.ts';
import { namedBy, resolveIncident } from '../../rules/merges.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { StoredDocument } from '../../store/stored-document.ts';
import type { Asker } from '../asker.ts';
import { readMissing } from '../resolved-ids.ts';

/** The incident with ids resolved at the revision of the projection (semantics §1). The stored incident keeps its ids. */
export async function readResolvedIncident(asker: Asker, projection: Projection, incident: Incident): Promise<Incident> {
  return resolveIncident(incident, await readMissing(asker.questions.store, projection, namedBy(incident)));
}

/** Stored incidents with ids resolved at the revision of the projection. */
export async function readResolvedDocuments(
  store: FactStore,
  projection: Projection,
  documents: readonly StoredDocument[],
): Promise<StoredDocument[]> {
  const incidents = documents.map(({ json }) => parseIncident(json));
  const meanings = await readMissing(store, projection, incidents.flatMap(namedBy));
  return documents.map((document, i) => ({ ...document, json: JSON.stringify(resolveIncident(incidents[i] as Incident, meanings)) }));
}
