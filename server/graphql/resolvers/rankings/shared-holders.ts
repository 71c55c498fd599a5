import { findSharedHolders } from '../../../exposure/rankings/shared-holders.ts';
import { runInSlices } from '../../../questions/run/run-in-slices.ts';
import type { QueryResolvers, SharedHolderResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.sharedHolders';
const shownLabs = 20;

export const sharedHolderQueries = {
  sharedHolders: async (_, { asOf, first, after }, context) => {
    const { projection } = await context.snapshot();
    const instant = asOf ?? findInstantOfCursor(list, after) ?? context.now;
    const rows = await context.services.answers.get(projection, ['sharedHolders', instant], () =>
      runInSlices(findSharedHolders(projection, instant), () => context.checkTime()),
    );
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
