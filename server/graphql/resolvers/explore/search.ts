import { askSearch } from '../../../questions/explore/ask-search.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { artifactAt, organizationAt } from '../../models.ts';

export const searchQueries = {
  search: async (_, { text, kinds, first }, context) => {
    const { projection, hits, incidents } = await askSearch(context, text, kinds, first ?? undefined);
    return hits.flatMap(({ kind, index, matched, score }) => {
      const incident = kind === 'incident' ? incidents[index] : undefined;
      const found =
        kind === 'organization'
          ? organizationAt(projection, index)
          : kind === 'artifact'
            ? artifactAt(projection, index)
            : incident && { type: 'Incident' as const, projection, ...incident };
      return found === undefined ? [] : [{ found, matched, score }];
    });
  },
} satisfies QueryResolvers;
