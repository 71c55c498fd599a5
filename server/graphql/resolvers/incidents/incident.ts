import { latestAssessments } from '../../../domain/records/assessment.ts';
import type { Projection } from '../../../projection/projection.ts';
import { askRadius } from '../../../questions/ask-radius.ts';
import type { SavedIncident } from '../../../questions/incidents/ask-incidents.ts';
import { findIncident, listIncidents, versionOf } from '../../../questions/incidents/ask-incidents.ts';
import { listEntries } from '../../../questions/incidents/incident-history.ts';
import { readResolvedIncident } from '../../../questions/incidents/resolved-incident.ts';
import type { AssessmentResolvers, IncidentResolvers, QueryResolvers, ScopeResolvers } from '../../generated/resolvers.ts';
import type { IncidentModel } from '../../models.ts';
import { artifactAt, engagementAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { readScenario } from './incident-scenario.ts';

export const incidentQueries = {
  incident: async (_, { id }, context) => {
    const saved = await findIncident(context, id);
    return saved === undefined ? null : toIncident(await context.facts(), saved);
  },
  incidents: async (_, args, context) => {
    const projection = await context.facts();
    const incidents = await listIncidents(context);
    const identity = { list: 'Query.incidents', question: null, revision: versionOf(incidents) };
    return pageOfArray(identity, args, incidents, (saved) => toIncident(projection, saved));
  },
} satisfies QueryResolvers;

export function toIncident(projection: Projection, saved: SavedIncident): IncidentModel {
  return { type: 'Incident', projection, ...saved };
}

/** The models of these ids, without records that have been retracted. */
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
  origins: async ({ projection, incident }, _, context) => {
    const { origins } = await readResolvedIncident(context, projection, incident);
    return present(origins, projection.organizations.id, (index) => organizationAt(projection, index));
  },
  core: ({ incident }) => incident.core,
  widest: ({ incident }) => incident.widest,
  scope: async ({ projection, incident }, _, context) => {
    const { scope } = await readResolvedIncident(context, projection, incident);
    return scope.filter(({ origin }) => projection.organizations.id.find(origin) >= 0).map((one) => ({ projection, scope: one }));
  },
  maxHops: ({ incident }) => incident.maxHops,
  transferLikelihood: ({ incident }) => incident.transferLikelihood,
  minDegree: ({ incident }) => incident.minDegree,
  cause: ({ incident }) => incident.cause,
  scenario: async ({ projection, incident }, _, context) =>
    readScenario(await readResolvedIncident(context, projection, incident), context),
  blastRadius: ({ incident }, { knownAt }, context) => askRadius(context, { incident: incident.id, knownAt }),
  entries: async ({ incident }, args, context) => {
    const entries = await listEntries(context, incident);
    const identity = { list: 'Incident.entries', question: incident.id, revision: `${entries.length}-${entries[0]?.revision ?? ''}` };
    return pageOfArray(identity, args, entries, (entry) => entry);
  },
  assessments: ({ projection, incident, version }, args) => {
    const { id } = projection.artifacts;
    const latest = [...latestAssessments(incident.log.assessments)].map(([artifact, assessment]) => ({
      artifact: id.find(artifact),
      assessment,
    }));
    const rows = latest.filter(({ artifact }) => artifact >= 0).sort((a, b) => a.artifact - b.artifact);
    const revision = `${projection.revision}-${version + incident.logSaves}`;
    const identity = { list: 'Incident.assessments', question: incident.id, revision };
    return pageOfArray(identity, args, rows, (row) => ({ projection, ...row }));
  },
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

export const Assessment: AssessmentResolvers = {
  artifact: ({ projection, artifact }) => artifactAt(projection, artifact),
  state: ({ assessment }) => assessment.state,
  reason: ({ assessment }) => assessment.reason,
  evidence: ({ assessment }) => assessment.evidence,
  by: ({ assessment }) => assessment.by,
  at: ({ assessment }) => assessment.at,
};
