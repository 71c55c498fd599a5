import { settingsAt } from '../../../questions/rankings/ask-exposures.ts';
import { askRanking } from '../../../questions/rankings/ask-ranking.ts';
import type { QueryResolvers, RankedOrganizationResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { pageOfArray, revisionAt } from '../../page.ts';
import { pageOrProgress } from '../../page-or-progress.ts';

const list = 'Query.ranking';

export const rankingQueries = {
  ranking: async (_, { core, widest, options, roles, orderBy, first, after }, context, info) => {
    const projection = await context.facts();
    const asked = { list, question: { core, widest, options }, after };
    return pageOrProgress(context, info, projection, asked, async (instant, patienceMs) => {
      const settings = settingsAt({ core, widest, options }, instant);
      const question = { settings, roles, orderBy: orderBy ?? 'WEIGHTED_LOSS' };
      const rows = await askRanking(context, projection, question, patienceMs);
      const identity = { list, question, revision: revisionAt(projection.revision, instant) };
      return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
    });
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
