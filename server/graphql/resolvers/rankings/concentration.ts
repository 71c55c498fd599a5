import { askConcentration } from '../../../questions/rankings/ask-concentration.ts';
import type { HolderShareResolvers, LabConcentrationResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.concentration';

export const concentrationQueries = {
  concentration: async (_, { asOf, first, after }, context) => {
    const projection = await context.facts();
    const instant = asOf ?? findInstantOfCursor(list, after) ?? context.now;
    const rows = await askConcentration(context, projection, instant);
    const identity = { list, question: null, revision: revisionAt(projection.revision, instant) };
    return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

export const LabConcentration: LabConcentrationResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  herfindahlIndex: ({ value }) => value.herfindahlIndex,
  holders: ({ projection, value }) => value.holders.map((share) => ({ projection, value: share })),
  holderCount: ({ value }) => value.holderCount,
};

export const HolderShare: HolderShareResolvers = {
  holder: ({ projection, value }) => organizationAt(projection, value.holder),
  share: ({ value }) => value.share,
};
