import { createHash } from 'node:crypto';
import { ExposureError } from '../../domain/errors.ts';
import { type Incident, parseIncident } from '../../domain/incident.ts';
import type { Projection } from '../../projection/projection.ts';
import { namedBy, resolveIncident } from '../../rules/merges.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { StoredDocument } from '../../store/store-record.ts';
import type { Asker } from '../asker.ts';
import { readMissing } from '../resolved-ids.ts';

/** A saved incident with its version. The next save must name this version. */
export interface SavedIncident {
  readonly incident: Incident;
  readonly version: number;
}

export function toSavedIncident({ id, version, json }: StoredDocument): SavedIncident {
  const incident = { ...parseIncident(json), id };
  return { incident, version: version - incident.logSaves };
}

export async function findIncident(asker: Asker, id: string): Promise<SavedIncident | undefined> {
  const document = await asker.questions.store.findDocument('incident', id);
  return document && toSavedIncident(document);
}

/** Throws NOT_FOUND. */
export async function getSavedIncident(asker: Asker, id: string): Promise<SavedIncident> {
  const found = await findIncident(asker, id);
  if (found === undefined) throw new ExposureError('NOT_FOUND', `There is no incident "${id.slice(0, 80)}"; it may have been deleted.`);
  return found;
}

/** Throws NOT_FOUND. */
export async function getIncident(asker: Asker, id: string): Promise<Incident> {
  return (await getSavedIncident(asker, id)).incident;
}

/** All incidents: the latest updated first, then by id. */
export async function listIncidents(asker: Asker): Promise<SavedIncident[]> {
  const incidents = (await asker.questions.store.listDocuments('incident')).map(toSavedIncident);
  return incidents.sort((a, b) => b.incident.updatedAt - a.incident.updatedAt);
}

/** A text that changes whenever an incident in the list changes. */
export function versionOf(incidents: readonly SavedIncident[]): string {
  const versions = incidents.map(({ incident, version }) => [incident.id, version + incident.logSaves]);
  return createHash('sha256').update(JSON.stringify(versions)).digest('base64url').slice(0, 16);
}

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
