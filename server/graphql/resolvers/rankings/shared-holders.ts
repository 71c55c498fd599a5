import { askSharedHolders } from '../../../questions/rankings/ask-concentration.ts';
import type { QueryResolvers, SharedHolderResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.sharedHolders';
const shownLabs = 20;

export const sharedHolderQueries = {
  sharedHolders: async (_, { asOf, first, after }, context) => {
    const projection = await context.facts();
    const instant = asOf ?? findInstantOfCursor(list, after) ?? context.now;
    const rows = await askSharedHolders(context, projection, instant);
    const identity = { list, question: null, revision: revisionAt(projection.revision, instant) };
    return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

export const SharedHolder: SharedHolderResolvers = {
  holder: ({ projection, value }) => organizationAt(projection, value.holder),
  labs: ({ projection, value }) => value.labs.slice(0, shownLabs).map((lab) => organizationAt(projection, lab)),
  labCount: ({ value }) => value.labs.length,
  artifactCount: ({ value }) => value.artifactCount,
};
