import type { Projection } from '../../projection/projection.ts';
import { resolveMergedId } from '../../questions/resolved-ids.ts';
import { askChanges, askComponents, askCoverage, askSoftware } from '../../questions/software/ask-software.ts';
import { type ClaimInput, retractSoftware, saveAvailability, saveSoftwareStatement } from '../../questions/software/save-software.ts';
import { agreedBy, hullOf, type Span } from '../../software/presence.ts';
import type { Advisory as PlainAdvisory, SoftwareComponent } from '../../software/software-facts.ts';
import { readPurl } from '../../software/versions/purl.ts';
import type {
  AdvisoryResolvers,
  AvailabilityInput,
  MutationResolvers,
  QueryResolvers,
  SoftwareListResolvers,
} from '../generated/resolvers.ts';
import { accessAt, type OrganizationModel, organizationAt, readFrom } from '../models.ts';
import { pageOfArray } from '../page.ts';
import { oneById } from './facts-by-key.ts';

export const softwareQueries = {
  softwareLists: async (_, { first, after, organization, subject }, context) => {
    const projection = await context.facts();
    const { lists, revision } = await askSoftware(context);
    const of = typeof organization === 'string' ? await resolveMergedId(context, projection, organization) : undefined;
    const rows = lists.filter(
      (list) => (of === undefined || list.organization === of) && (typeof subject !== 'string' || list.subject === subject),
    );
    const identity = { list: 'Query.softwareLists', question: { of, subject: subject ?? null }, revision };
    return pageOfArray(identity, { first, after }, rows, (list) => ({ projection, list }));
  },
  softwareList: async (_, { id }, context) => {
    const projection = await context.facts();
    const list = (await askSoftware(context)).list(id);
    return list === undefined ? null : { projection, list };
  },
  advisories: async (_, { first, after, text, kind }, context) => {
    const { advisories, revision } = await askSoftware(context);
    const wanted = text?.trim().toLowerCase() ?? '';
    const rows = advisories.filter((one) => (!kind || one.kind === kind) && (wanted === '' || textsOf(one).some((of) => has(of, wanted))));
    const identity = { list: 'Query.advisories', question: { text: wanted, kind: kind ?? null }, revision };
    return pageOfArray(identity, { first, after }, rows, (advisory) => advisory);
  },
  advisory: async (_, { id }, context) => (await askSoftware(context)).advisory(id) ?? null,
  softwareCoverage: async (_, page, context) => {
    const projection = await context.facts();
    const rows = await askCoverage(context);
    const identity = { list: 'Query.softwareCoverage', question: null, revision: projection.revision };
    return pageOfArray(identity, page, rows, ({ organization, ...coverage }) => ({
      ...coverage,
      organization: organizationOf(projection, organization),
    }));
  },
} satisfies QueryResolvers;

export const SoftwareList: SoftwareListResolvers = {
  id: ({ list }) => list.id,
  organization: ({ projection, list }) => organizationOf(projection, list.organization),
  ...readFrom('list', 'subject', 'subjectVersion', 'describedAt', 'lifecycle', 'isComplete', 'format', 'componentCount'),
  components: async ({ projection, list, access }, { first, after, text }, context) => {
    const wanted = text?.trim().toLowerCase() ?? '';
    const all = access === undefined ? await askComponents(context, list.id) : componentsOfAccess(projection, access);
    const rows =
      wanted === '' ? all : all.filter((one) => [one.name, one.package, one.version, one.constraint].some((of) => has(of ?? '', wanted)));
    const identity = { list: 'SoftwareList.components', question: [list.id, wanted], revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, ({ hashes, ...component }) => ({ ...component, hashes: [...hashes] }));
  },
  changes: async ({ projection, list }, page, context) => {
    const identity = { list: 'SoftwareList.changes', question: list.id, revision: projection.revision };
    const rows = await askChanges(context, list);
    return pageOfArray(identity, page, rows, (change) => ({ ...change, before: [...change.before], after: [...change.after] }));
  },
  provenance: ({ projection, list, access }) =>
    access === undefined ? { type: 'Recorded', provenance: list.provenance } : accessAt(projection, access),
};

export const Advisory: AdvisoryResolvers = {
  aliases: ({ aliases }) => [...aliases],
  summary: ({ summary }) => summary ?? '',
  affected: ({ kind, affected }) =>
    affected.map(({ package: name, versions, ranges }) => {
      const isIgnored = (range: string) => kind === 'MALWARE' && versions.length > 0 && withoutBounds.test(range);
      return {
        package: name,
        versions: [...versions],
        ranges: ranges.filter((range) => !isIgnored(range)),
        ignoredRanges: ranges.filter(isIgnored),
      };
    }),
  references: ({ references }) => [...references],
  availabilities: ({ claims }) => claims.map(({ advisory: _, versions, ...claim }) => ({ ...claim, versions: [...versions] })),
  hull: ({ claims }) => toInterval(hullOf(claims)),
  agreed: ({ claims }) => {
    const agreed = agreedBy(claims);
    return agreed === undefined ? null : toInterval(agreed);
  },
  provenances: ({ provenances }) => provenances.map((provenance) => ({ type: 'Recorded', provenance })),
};

/** A range that admits every version (semantics §13.2). */
const withoutBounds = /^vers:[^/]+\/(\*|>=0(\.0\.0-0)?)?$/;

export const softwareMutations = {
  saveAvailability: async (_, { input: { advisory, source, availabilities } }, context) => {
    const claims = availabilities.map(toClaim);
    const userErrors = await saveAvailability(context, { advisory, source, claims }, { by: context.by, at: context.now });
    return { advisory: (await askSoftware(context)).advisory(advisory) ?? null, userErrors };
  },
  saveSoftwareStatement: async (_, { input }, context) => {
    const stated = { ...input, justification: input.justification ?? null, at: input.at ?? null };
    const userErrors = await saveSoftwareStatement(context, stated, { by: context.by, at: context.now });
    if (userErrors.length > 0) return { statement: null, userErrors };
    const projection = await context.facts();
    const organization = await resolveMergedId(context, projection, stated.organization);
    return { statement: { ...stated, organization: organizationOf(projection, organization) }, userErrors };
  },
  retractSoftware: async (_, { input: { lists, advisories, statements } }, context) => {
    const order = { lists: lists ?? [], advisories: advisories ?? [], statements: statements ?? [] };
    const { revision, retracted, faults } = await retractSoftware(context, order, { by: context.by, at: context.now });
    return { revision, retracted, userErrors: [...faults] };
  },
} satisfies MutationResolvers;

/** The one row of an access fact that counts as a list. */
function componentsOfAccess({ access }: Projection, index: number): readonly SoftwareComponent[] {
  const purl = readPurl(access.software.get(index) ?? '');
  if (purl === undefined) return [];
  const row = { package: purl.package, name: purl.package, version: purl.version, constraint: null, scope: null };
  return [{ ...row, depth: 'UNKNOWN', hashes: [] }];
}

export function organizationOf(projection: Projection, id: string): OrganizationModel {
  return oneById(projection, 'organizations', id, organizationAt) as OrganizationModel;
}

function textsOf({ id, aliases, summary, affected }: PlainAdvisory): string[] {
  return [id, ...aliases, summary ?? '', ...affected.map((one) => one.package)];
}

export function toClaim({ package: name, versions, from, until, source }: AvailabilityInput): ClaimInput {
  return { package: name ?? null, versions: versions ?? [], from: from ?? null, until: until ?? null, source };
}

function has(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted);
}

/** An open end is null. */
export function toInterval({ from, to }: Span) {
  return { from: Number.isFinite(from) ? from : null, until: Number.isFinite(to) ? to : null };
}
