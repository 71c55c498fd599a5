import { organizationRoles, organizationStatuses } from '../../../domain/facts.ts';
import { listOrganizations, sortBySentAt, summarizeCustody } from '../../../explore/list-facts.ts';
import { rowOf } from '../../../projection/csr.ts';
import { copyKinds } from '../../../projection/projection.ts';
import { askControlGap } from '../../../questions/ask-control-gaps.ts';
import type { Context } from '../../context.ts';
import type { OrganizationResolvers, OrganizationRole, OrganizationStatus, QueryResolvers } from '../../generated/resolvers.ts';
import type { OrganizationModel } from '../../models.ts';
import { accessAt, artifactAt, controlAt, copyAt, engagementAt, organizationAt, transferAt } from '../../models.ts';
import type { Connection, PageArguments } from '../../page.ts';
import { pageOfArray } from '../../page.ts';
import { oneById } from './one-by-id.ts';

export const organizationQueries = {
  organization: async (_, { id }, context) => oneById((await context.snapshot()).projection, 'organizations', id, organizationAt),
  organizations: async (_, { first, after, roles, text }, context) => {
    const { projection } = await context.snapshot();
    const identity = { list: 'Query.organizations', question: { roles, text }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, listOrganizations(projection, { roles, text }), (i) => organizationAt(projection, i));
  },
} satisfies QueryResolvers;

const owned = copyKinds.indexOf('OWNED');

function page<N>(
  { projection, index }: OrganizationModel,
  field: string,
  args: PageArguments,
  rows: ArrayLike<number>,
  nodeAt: (projection: OrganizationModel['projection'], index: number) => N,
): Connection<N> {
  const identity = { list: `Organization.${field}`, question: projection.organizations.id.get(index), revision: projection.revision };
  return pageOfArray(identity, args, rows, (row) => nodeAt(projection, row));
}

type RowName = 'accessHeld' | 'accessGranted' | 'engagementsAsClient' | 'engagementsAsProvider' | 'controls';

/** A list of the facts of one of its rows, in their own order. */
function listOf<N>(field: string, row: RowName, nodeAt: (projection: OrganizationModel['projection'], index: number) => N) {
  return (organization: OrganizationModel, args: PageArguments, context: Context) =>
    context.onWhole(organization, (o) => page(o, field, args, rowOf(o.projection.organizations[row], o.index), nodeAt));
}

function listTransfers(row: 'sent' | 'received') {
  return (organization: OrganizationModel, args: PageArguments, context: Context) =>
    context.onWhole(organization, (o) =>
      page(o, row, args, sortBySentAt(o.projection, rowOf(o.projection.organizations[row], o.index)), transferAt),
    );
}

function listHeldCopies(o: OrganizationModel): Int32Array {
  const { artifact, kind } = o.projection.copies;
  const copies = rowOf(o.projection.organizations.copies, o.index).filter((copy) => kind[copy] !== owned);
  return copies.sort((a, b) => (artifact[a] as number) - (artifact[b] as number) || a - b);
}

export const Organization: OrganizationResolvers = {
  id: ({ projection, index }) => projection.organizations.id.get(index),
  name: ({ projection, index }) => projection.organizations.name.get(index),
  roles: ({ projection, index }) =>
    organizationRoles.filter((_, bit) => ((projection.organizations.roles[index] as number) & (1 << bit)) !== 0) as OrganizationRole[],
  aliases: ({ projection, index }) => projection.organizations.aliases.get(index),
  status: ({ projection, index }) => organizationStatuses[projection.organizations.status[index] as number] as OrganizationStatus,
  website: ({ projection, index }) => projection.organizations.website.get(index),
  country: ({ projection, index }) => projection.organizations.country.get(index),
  contactEmail: ({ projection, index }) => projection.organizations.contactEmail.get(index),
  attributes: async ({ projection, index }, _, context) => [
    ...(await context.readAttributes(projection.revision, projection.organizations.id.get(index))),
  ],
  provenance: (organization) => organization,
  artifacts: (o, args) => page(o, 'artifacts', args, rowOf(o.projection.organizations.artifacts, o.index), artifactAt),
  copies: (organization, args, context) => context.onWhole(organization, (o) => page(o, 'copies', args, listHeldCopies(o), copyAt)),
  sent: listTransfers('sent'),
  received: listTransfers('received'),
  accessHeld: listOf('accessHeld', 'accessHeld', accessAt),
  accessGranted: listOf('accessGranted', 'accessGranted', accessAt),
  providers: listOf('providers', 'engagementsAsClient', engagementAt),
  clients: listOf('clients', 'engagementsAsProvider', engagementAt),
  controls: listOf('controls', 'controls', controlAt),
  custody: (organization, { asOf }, context) =>
    context.onWhole(organization, ({ projection, index }) => summarizeCustody(projection, index, asOf ?? context.now)),
  controlGap: async ({ projection, index }, { asOf }, context) => {
    context.needAllFacts();
    const value = await askControlGap(context.services, projection, asOf ?? context.now, index);
    return { projection, value };
  },
};
