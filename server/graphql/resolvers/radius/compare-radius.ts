import { readFactChanges } from '../../../questions/ask-comparison.ts';
import type { QueryResolvers, RadiusComparisonResolvers } from '../../generated/resolvers.ts';
import { pageOfArray } from '../../page.ts';
import { askRadiusHere } from './blast-radius.ts';
import { pageOfChanges } from './what-if.ts';

export const compareRadiusQueries = {
  compareRadius: async (_, { before, after }, context) => {
    context.needAllFacts();
    return { before: await askRadiusHere(before, context), after: await askRadiusHere(after, context) };
  },
} satisfies QueryResolvers;

export const RadiusComparison: RadiusComparisonResolvers = {
  before: ({ before }) => before,
  after: ({ after }) => after,
  changes: ({ before, after }, args) => pageOfChanges('RadiusComparison.changes', before, after, args),
  factChanges: async ({ before, after }, args, context) => {
    const changes = await readFactChanges(context.services.store, { before, after }, () => context.checkTime());
    const identity = {
      list: 'RadiusComparison.factChanges',
      question: [before.question, after.question],
      revision: `${before.radius.projection.revision}-${after.radius.projection.revision}`,
    };
    return pageOfArray(identity, args, changes, (change) => ({ change }));
  },
};
