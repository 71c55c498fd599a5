import { askControlGap } from '../../ask-control-gaps.ts';
import { organizationRoles, organizationStatuses } from '../../domain/facts.ts';
import { listOrganizations, sortBySentAt, summarizeCustody } from '../../explore/list-facts.ts';
import { rowOf } from '../../projection/csr.ts';
import { copyKinds } from '../../projection/projection.ts';
import type { OrganizationResolvers, OrganizationRole, OrganizationStatus, QueryResolvers } from '../generated/resolvers.ts';
import type { OrganizationModel } from '../models.ts';
import { accessAt, artifactAt, controlAt, copyAt, engagementAt, organizationAt, transferAt } from '../models.ts';
import type { Connection, PageArguments } from '../page.ts';
import { pageOfArray } from '../page.ts';
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
  copies: (o, args) => {
    const { artifact, kind } = o.projection.copies;
    const copies = rowOf(o.projection.organizations.copies, o.index).filter((copy) => kind[copy] !== owned);
    return page(
      o,
      'copies',
      args,
      copies.sort((a, b) => (artifact[a] as number) - (artifact[b] as number) || a - b),
      copyAt,
    );
  },
  sent: (o, args) => page(o, 'sent', args, sortBySentAt(o.projection, rowOf(o.projection.organizations.sent, o.index)), transferAt),
  received: (o, args) =>
    page(o, 'received', args, sortBySentAt(o.projection, rowOf(o.projection.organizations.received, o.index)), transferAt),
  accessHeld: (o, args) => page(o, 'accessHeld', args, rowOf(o.projection.organizations.accessHeld, o.index), accessAt),
  accessGranted: (o, args) => page(o, 'accessGranted', args, rowOf(o.projection.organizations.accessGranted, o.index), accessAt),
  providers: (o, args) => page(o, 'providers', args, rowOf(o.projection.organizations.engagementsAsClient, o.index), engagementAt),
  clients: (o, args) => page(o, 'clients', args, rowOf(o.projection.organizations.engagementsAsProvider, o.index), engagementAt),
  controls: (o, args) => page(o, 'controls', args, rowOf(o.projection.organizations.controls, o.index), controlAt),
  custody: ({ projection, index }, { asOf }, context) => summarizeCustody(projection, index, asOf ?? context.now),
  controlGap: async ({ projection, index }, { asOf }, context) => {
    const value = await askControlGap(context.services, projection, asOf ?? context.now, index);
    return { projection, value };
  },
};
