import { askSafeguards } from '../../../questions/rankings/ask-concentration.ts';
import type { LabSafeguardsResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.labSafeguards';

export const labSafeguardQueries = {
  labSafeguards: async (_, { asOf, first, after }, context) => {
    const projection = await context.facts();
    const instant = asOf ?? findInstantOfCursor(list, after) ?? context.now;
    const rows = await askSafeguards(context, projection, instant);
    const identity = { list, question: null, revision: revisionAt(projection.revision, instant) };
    return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

export const LabSafeguards: LabSafeguardsResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  providerCount: ({ value }) => value.providerCount,
  valueUsd: ({ value }) => value.valueUsd,
  auditRight: ({ value }) => value.auditRight,
  noticeTerm: ({ value }) => value.noticeTerm,
  encryption: ({ value }) => value.encryption,
};
