import { settingsAt } from '../../../questions/rankings/ask-exposures.ts';
import { askRanking } from '../../../questions/rankings/ask-ranking.ts';
import type { QueryResolvers, RankedOrganizationResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.ranking';

export const rankingQueries = {
  ranking: async (_, { core, widest, options, roles, orderBy, first, after }, context) => {
    const projection = await context.facts();
    const instant = findInstantOfCursor(list, after) ?? context.now;
    const settings = settingsAt({ core, widest, options }, instant);
    const question = { settings, roles, orderBy: orderBy ?? 'WEIGHTED_LOSS' };
    const rows = await askRanking(context, projection, question);
    const identity = { list, question, revision: revisionAt(projection.revision, instant) };
    return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

export const RankedOrganization: RankedOrganizationResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  position: ({ value }) => value.position,
  reachedCount: ({ value }) => value.reachedCount,
  artifactCount: ({ value }) => value.exposedCount + value.possibleCount,
  exposedCount: ({ value }) => value.exposedCount,
  possibleCount: ({ value }) => value.possibleCount,
  containedCount: ({ value }) => value.containedCount,
  labCount: ({ value }) => value.labCount,
  dependentCount: ({ value }) => value.dependentCount,
  worstCaseLossUsd: ({ value }) => value.worstCaseLossUsd,
  weightedLossUsd: ({ value }) => value.weightedLossUsd,
};
