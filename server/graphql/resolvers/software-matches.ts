import { readResolvedIncident } from '../../questions/incidents/ask-incidents.ts';
import { askRadius } from '../../questions/radius/ask-radius.ts';
import { resolveMergedId } from '../../questions/resolved-ids.ts';
import { askAdvisoryMatches, askOrganizationMatches, askPackageMatches, type SoftwareView } from '../../questions/software/ask-matches.ts';
import { type ProposalInput as AskedInput, askGradesNow, askProposal } from '../../questions/software/ask-proposal.ts';
import { askSoftware } from '../../questions/software/ask-software.ts';
import { describeMatch } from '../../software/describe-match.ts';
import type { SoftwareMatch as FoundMatch, SoftwareQuestion } from '../../software/find-matches.ts';
import type { IndexedList } from '../../software/software-index.ts';
import type {
  IncidentProposalResolvers,
  IncidentResolvers,
  ProposalInput,
  QueryResolvers,
  SavedMatchResolvers,
  SavedProposalResolvers,
  SoftwareMatchResolvers,
} from '../generated/resolvers.ts';
import { accessAt, readFrom, type SoftwareListModel, type SoftwareMatchModel } from '../models.ts';
import { pageOfArray } from '../page.ts';
import { organizationOf, toClaim, toInterval } from './software.ts';

export const softwareMatchQueries = {
  software: async (_, { package: name, versions, during, first, after }, context) => {
    const { view, found } = await askPackageMatches(context, { package: name, versions: versions ?? [], during: during ?? undefined });
    const question = [name, versions ?? [], during ?? null];
    const identity = { list: 'Query.software', question, revision: view.projection.revision };
    return pageOfArray(identity, { first, after }, found.matches, (match) => toModel(view, found.question, match));
  },
  advisoryMatches: async (_, { advisory, grades, first, after }, context) => {
    const { view, found } = await askAdvisoryMatches(context, advisory);
    const rows = grades == null ? found.matches : found.matches.filter(({ grade }) => grades.includes(grade));
    const identity = { list: 'Query.advisoryMatches', question: [advisory, grades ?? null], revision: view.projection.revision };
    return pageOfArray(identity, { first, after }, rows, (match) => toModel(view, found.question, match));
  },
  softwareMatches: async (_, { organization, first, after }, context) => {
    const of = await resolveMergedId(context, await context.facts(), organization);
    const { view, found } = await askOrganizationMatches(context, of);
    const identity = { list: 'Query.softwareMatches', question: of, revision: view.projection.revision };
    return pageOfArray(identity, { first, after }, found, ({ question, match }) => ({
      advisory: view.records.advisory(question.advisory?.id ?? '') as NonNullable<ReturnType<typeof view.records.advisory>>,
      match: toModel(view, question, match),
    }));
  },
  proposeIncident: (_, { input }, context) => askProposal(context, toProposalInput(input)),
} satisfies QueryResolvers;

export function toProposalInput(input: ProposalInput): AskedInput {
  return {
    advisory: input.advisory,
    claims: (input.availabilities ?? []).map(toClaim),
    origins: input.origins ?? undefined,
    suspectedOrigins: input.suspectedOrigins ?? undefined,
    treatAsCompromise: input.treatAsCompromise ?? false,
    discoveredAt: input.discoveredAt ?? null,
  };
}

export const IncidentProposal: IncidentProposalResolvers = {
  matches: ({ view, advisory, proposed, claims }, { first, after, grades }) => {
    const rows = grades == null ? proposed.matches : proposed.matches.filter(({ grade }) => grades.includes(grade));
    const question = [advisory.id, claims, grades ?? null];
    const identity = { list: 'IncidentProposal.matches', question, revision: view.projection.revision };
    return pageOfArray(identity, { first, after }, rows, (match) => toModel(view, proposed.question, match));
  },
  ...readFrom('proposed', 'withoutPackageCount', 'hasCore', 'core', 'widest'),
  hull: ({ proposed }) => toInterval(proposed.hull),
  agreed: ({ proposed }) => proposed.agreed && toInterval(proposed.agreed),
  bounds: ({ proposed }) => [...proposed.bounds],
  blastRadius: ({ radius }, _, context) => (radius === undefined ? null : askRadius(context, radius)),
};

/** The advisory and the proposal behind an incident. Nothing for somebody bound to a lab: lists are secrets of the vendors that gave them. */
export const incidentProposal: Pick<IncidentResolvers, 'advisory' | 'proposal'> = {
  advisory: async ({ incident }, _, context) => {
    if (incident.advisory === null || context.questions.labs !== null) return null;
    const recorded = (await askSoftware(context)).advisory(incident.advisory);
    if (recorded !== undefined || incident.proposal === null) return recorded ?? null;
    return (await askGradesNow(context, incident.proposal)).advisory;
  },
  proposal: async ({ projection, incident }, _, context) => {
    if (incident.proposal === null || context.questions.labs !== null) return null;
    const { proposal } = await readResolvedIncident(context, projection, incident);
    return proposal && { projection, kept: proposal };
  },
};

export const SavedProposal: SavedProposalResolvers = {
  advisory: async ({ kept }, _, context) => (await askGradesNow(context, kept)).advisory,
  revision: ({ kept }) => kept.revision,
  treatAsCompromise: ({ kept }) => kept.treatAsCompromise,
  availabilities: ({ kept }) => kept.availabilities.map(({ versions, ...claim }) => ({ ...claim, versions: [...versions] })),
  matches: async ({ projection, kept }, _, context) => {
    const { gradeOf } = await askGradesNow(context, kept);
    const isThere = (id: string) => projection.organizations.id.find(id) >= 0;
    return kept.matches
      .filter(({ organization }) => isThere(organization))
      .map((match) => ({ projection, match, gradeNow: gradeOf(match.organization) }));
  },
};

export const SavedMatch: SavedMatchResolvers = {
  organization: ({ projection, match }) => organizationOf(projection, match.organization),
  grade: ({ match }) => match.grade,
  because: ({ match }) => match.because,
  gradeNow: ({ gradeNow }) => gradeNow,
};

export const SoftwareMatch: SoftwareMatchResolvers = {
  organization: ({ view, match }) => organizationOf(view.projection, match.organization),
  grade: ({ match }) => match.grade,
  proposedAs: ({ match }) => match.proposedAs,
  packages: ({ described }) => [...described().packages],
  versions: ({ described }) => [...described().versions],
  lists: ({ view, described }) => described().lists.map((list) => toList(view, list)),
  sightings: ({ view, described }) =>
    described().sightings.map(({ list: indexed, row: _, ...sighting }) => {
      const list = toList(view, indexed);
      const { access, projection } = list;
      const provenance =
        access === undefined ? { type: 'Recorded' as const, provenance: list.list.provenance } : accessAt(projection, access);
      return { ...sighting, list, provenance };
    }),
  presences: ({ described }) =>
    described().presences.map(({ definite, possible, ...presence }) => ({
      ...presence,
      definite: definite.map(({ from, to }) => ({ from, to })),
      possible: possible.map(({ from, until }) => toInterval({ from, to: until })),
    })),
  statements: ({ view, described }) =>
    described().statements.map((statement) => ({ ...statement, organization: organizationOf(view.projection, statement.organization) })),
  because: ({ described }) => described().because,
};

export function toModel(view: SoftwareView, question: SoftwareQuestion, match: FoundMatch): SoftwareMatchModel {
  let described: ReturnType<typeof describeMatch> | undefined;
  return {
    view,
    match,
    described: () => {
      described ??= describeMatch(view.index, question, match, view.placeOf);
      return described;
    },
  };
}

/** A list that is recorded, or an access fact that counts as one. */
function toList({ projection, records }: SoftwareView, { id, organization, format }: IndexedList): SoftwareListModel {
  const recorded = format === 'ACCESS_FACT' ? undefined : records.list(id);
  if (recorded !== undefined) return { projection, list: recorded };
  const list = {
    ...{ id, organization, subject: id, subjectVersion: null, describedAt: null, lifecycle: 'UNKNOWN', isComplete: null },
    ...{ format, componentCount: 1 },
  } as unknown as SoftwareListModel['list'];
  return { projection, list, access: projection.access.id.find(id) };
}
