import { organizationRoles, organizationStatuses } from '../../domain/facts.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import { rowOf } from '../../projection/projection.ts';
import type { HeldOrder } from '../../questions/explore/ask-facts.ts';
import { askCopiesHeld, askCustody, askOrganizations, askTransfersOf, listOwned } from '../../questions/explore/ask-facts.ts';
import { tellAttributes } from '../../questions/lab/lab-facts.ts';
import { askControlGap } from '../../questions/rankings/ask-control-gaps.ts';
import { resolveMergedId } from '../../questions/resolved-ids.ts';
import type { Context } from '../context.ts';
import type { OrganizationResolvers, OrganizationRole, OrganizationStatus, QueryResolvers } from '../generated/resolvers.ts';
import type { OrganizationModel } from '../models.ts';
import { accessAt, artifactAt, controlAt, copyAt, engagementAt, organizationAt, transferAt } from '../models.ts';
import type { Connection, PageArguments } from '../page.ts';
import { pageOfArray } from '../page.ts';
import { resolveOptionalTexts } from './facts.ts';
import { oneById } from './facts-by-key.ts';

export const organizationQueries = {
  organization: (_, { id }, context) => organizationById(context, id),
  organizations: async (_, { first, after, roles, text }, context) => {
    const { projection, rows } = await askOrganizations(context, { roles, text });
    const identity = { list: 'Query.organizations', question: { roles, text }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => organizationAt(projection, i));
  },
} satisfies QueryResolvers;

/** The organization that an id means, or null. */
export async function organizationById(context: Context, id: string): Promise<OrganizationModel | null> {
  const projection = await context.facts();
  return oneById(projection, 'organizations', await resolveMergedId(context, projection, id), organizationAt);
}

type OrderedPage = PageArguments & { readonly orderBy?: HeldOrder | null | undefined };

function page<N>(
  { projection, index }: OrganizationModel,
  field: string,
  args: OrderedPage,
  rows: PagedList<number>,
  nodeAt: (projection: OrganizationModel['projection'], index: number) => N,
): Connection<N> {
  const question = [projection.organizations.id.get(index), args.orderBy ?? null];
  const identity = { list: `Organization.${field}`, question, revision: projection.revision };
  return pageOfArray(identity, args, rows, (row) => nodeAt(projection, row));
}

type RowName = 'accessHeld' | 'accessGranted' | 'engagementsAsClient' | 'engagementsAsProvider' | 'controls';

/** The resolver of a field that lists facts of the organization, in the order of the projection. */
function listOf<N>(field: string, row: RowName, nodeAt: (projection: OrganizationModel['projection'], index: number) => N) {
  return (organization: OrganizationModel, args: PageArguments) =>
    page(organization, field, args, rowOf(organization.projection.organizations[row], organization.index), nodeAt);
}

function listTransfers(row: 'sent' | 'received') {
  return (organization: OrganizationModel, args: PageArguments, context: Context) =>
    askTransfersOf(context, organization, row, ({ projection, rows }) =>
      page({ ...organization, projection }, row, args, rows, transferAt),
    );
}

export const Organization: OrganizationResolvers = {
  id: ({ projection, index }) => projection.organizations.id.get(index),
  name: ({ projection, index }) => projection.organizations.name.get(index),
  roles: ({ projection, index }) =>
    organizationRoles.filter((_, bit) => ((projection.organizations.roles[index] as number) & (1 << bit)) !== 0) as OrganizationRole[],
  aliases: ({ projection, index }) => projection.organizations.aliases.get(index),
  status: ({ projection, index }) => organizationStatuses[projection.organizations.status[index] as number] as OrganizationStatus,
  ...resolveOptionalTexts('ORGANIZATION'),
  attributes: async ({ projection, index }, _, context) =>
    tellAttributes(projection, await context.readAttributes('ORGANIZATION', projection.revision, projection.organizations.id.get(index))),
  provenance: (organization) => organization,
  artifacts: (o, args) => {
    const order = args.orderBy ?? 'ID';
    return page(o, 'artifacts', args, listOwned(o, order), artifactAt);
  },
  copies: (organization, args, context) => {
    const order = args.orderBy ?? 'ID';
    return askCopiesHeld(context, organization, order, ({ projection, rows }) =>
      page({ ...organization, projection }, 'copies', args, rows, copyAt),
    );
  },
  sent: listTransfers('sent'),
  received: listTransfers('received'),
  accessHeld: listOf('accessHeld', 'accessHeld', accessAt),
  accessGranted: listOf('accessGranted', 'accessGranted', accessAt),
  providers: listOf('providers', 'engagementsAsClient', engagementAt),
  clients: listOf('clients', 'engagementsAsProvider', engagementAt),
  controls: listOf('controls', 'controls', controlAt),
  custody: (organization, { asOf }, context) => askCustody(context, organization, asOf ?? context.now),
  controlGap: async ({ projection, index }, { asOf }, context) => ({
    projection,
    value: await askControlGap(context, projection, index, asOf ?? context.now),
  }),
};
