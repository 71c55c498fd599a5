import { askComparison, askFactChanges, countChanges } from '../../../questions/radius/ask-comparison.ts';
import type { QueryResolvers, RadiusComparisonResolvers } from '../../generated/resolvers.ts';
import { pageOfArray } from '../../page.ts';
import { pageOfChanges } from './what-if.ts';

export const compareRadiusQueries = {
  compareRadius: (_, { before, after, beforeActions, afterActions }, context) =>
    askComparison(context, { question: before, actions: beforeActions ?? [] }, { question: after, actions: afterActions ?? [] }),
} satisfies QueryResolvers;

export const RadiusComparison: RadiusComparisonResolvers = {
  before: ({ before }) => before,
  after: ({ after }) => after,
  changes: ({ before, after }, args) => pageOfChanges('RadiusComparison.changes', { before, after }, args),
  changeCounts: countChanges,
  factChanges: async ({ before, after }, args, context) => {
    const changes = await askFactChanges(context, { before, after });
    const identity = {
      list: 'RadiusComparison.factChanges',
      question: [before.question, after.question],
      revision: `${before.radius.projection.revision}-${after.radius.projection.revision}`,
    };
    return pageOfArray(identity, args, changes, (change) => ({ change }));
  },
};
