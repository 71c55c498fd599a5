import { createHash } from 'node:crypto';
import { parseIncident } from '../../../domain/incident.ts';
import type { Projection } from '../../../projection/projection.ts';
import { askRadius } from '../../../questions/ask-radius.ts';
import type { FactStore, StoredDocument } from '../../../store/fact-store.ts';
import type { IncidentResolvers, QueryResolvers, ScopeResolvers } from '../../generated/resolvers.ts';
import type { IncidentModel } from '../../models.ts';
import { artifactAt, engagementAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { readScenario } from './incident-scenario.ts';

export const incidentQueries = {
  incident: async (_, { id }, context) => {
    const document = await context.services.store.findDocument('incident', id);
    return document === undefined ? null : toIncident((await context.snapshot()).projection, document);
  },
  incidents: async (_, args, context) => {
    const { projection } = await context.snapshot();
    const incidents = await listIncidents(context.services.store, projection);
    const versions = createHash('sha256').update(JSON.stringify(incidents.map(({ incident, version }) => [incident.id, version])));
    const identity = { list: 'Query.incidents', question: null, revision: versions.digest('base64url').slice(0, 16) };
    return pageOfArray(identity, args, incidents, (incident) => incident);
  },
} satisfies QueryResolvers;

/** The latest updated first, then by id. */
export async function listIncidents(store: FactStore, projection: Projection): Promise<IncidentModel[]> {
  const incidents = (await store.listDocuments('incident')).map((document) => toIncident(projection, document));
  return incidents.sort((a, b) => b.incident.updatedAt - a.incident.updatedAt);
}

export function toIncident(projection: Projection, { id, version, json }: StoredDocument): IncidentModel {
  return { type: 'Incident', projection, version, incident: { ...parseIncident(json), id } };
}

/** What is named and has gone since is left out. */
function present<M>(ids: readonly string[], column: { find(id: string): number }, toModel: (index: number) => M): M[] {
  return ids
    .map((id) => column.find(id))
    .filter((index) => index >= 0)
    .map(toModel);
}

export const Incident: IncidentResolvers = {
  id: ({ incident }) => incident.id,
  version: ({ version }) => version,
  name: ({ incident }) => incident.name,
  state: ({ incident }) => incident.state,
  discoveredAt: ({ incident }) => incident.discoveredAt,
  origins: ({ projection, incident }) =>
    present(incident.origins, projection.organizations.id, (index) => organizationAt(projection, index)),
  core: ({ incident }) => incident.core,
  widest: ({ incident }) => incident.widest,
  scope: ({ projection, incident }) =>
    incident.scope.filter(({ origin }) => projection.organizations.id.find(origin) >= 0).map((scope) => ({ projection, scope })),
  maxHops: ({ incident }) => incident.maxHops,
  transferLikelihood: ({ incident }) => incident.transferLikelihood,
  minDegree: ({ incident }) => incident.minDegree,
  scenario: ({ incident }, _, context) => readScenario(incident, context),
  blastRadius: ({ incident, projection }, { knownAt }, context) =>
    askRadius(context.services, { incident: incident.id, knownAt: knownAt ?? context.knownAt }, context.now, projection),
  createdAt: ({ incident }) => incident.createdAt,
  updatedAt: ({ incident }) => incident.updatedAt,
};

export const Scope: ScopeResolvers = {
  origin: ({ projection, scope }) => organizationAt(projection, projection.organizations.id.find(scope.origin)),
  artifacts: ({ projection, scope }) => present(scope.artifacts, projection.artifacts.id, (index) => artifactAt(projection, index)),
  engagements: async ({ scope }, _, context) => {
    const projection = await context.factsWith('ENGAGEMENT', scope.engagements);
    return present(scope.engagements, projection.engagements.id, (index) => engagementAt(projection, index));
  },
  channels: ({ scope }) => [...scope.channels],
};
