import { askEngagements } from '../../../questions/explore/ask-facts.ts';
import { tellAttributes } from '../../../questions/facts/lab-facts.ts';
import { toInstant } from '../../date-time.ts';
import type { EngagementResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { engagementAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { oneById } from './one-by-id.ts';
import { resolveOptionalTexts } from './optional-texts.ts';

export const engagementQueries = {
  engagement: async (_, { id }, context) => oneById(await context.factsWith('ENGAGEMENT', [id]), 'engagements', id, engagementAt),
  engagements: async (_, { first, after, client, provider }, context) => {
    const { projection, rows } = await askEngagements(context, { client, provider });
    const identity = { list: 'Query.engagements', question: { client, provider }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => engagementAt(projection, i));
  },
} satisfies QueryResolvers;

export const Engagement: EngagementResolvers = {
  id: ({ projection, index }) => projection.engagements.id.get(index),
  client: ({ projection, index }) => organizationAt(projection, projection.engagements.client[index] as number),
  provider: ({ projection, index }) => organizationAt(projection, projection.engagements.provider[index] as number),
  ...resolveOptionalTexts('ENGAGEMENT'),
  startsAt: ({ projection, index }) => toInstant(projection.engagements.startsAt[index] as number),
  endsAt: ({ projection, index }) => toInstant(projection.engagements.endsAt[index] as number),
  noticeHours: ({ projection, index }) => toInstant(projection.engagements.noticeHours[index] as number),
  auditRight: ({ projection, index }) => {
    const right = projection.engagements.auditRight[index];
    return right === 2 ? null : right === 1;
  },
  attributes: async ({ projection, index }, _, context) =>
    tellAttributes(projection, await context.readAttributes('ENGAGEMENT', projection.revision, projection.engagements.id.get(index))),
  provenance: (engagement) => engagement,
};
