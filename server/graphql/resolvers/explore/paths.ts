import { askPaths } from '../../../questions/explore/ask-paths.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const pathQueries = {
  paths: async (_, question, context) => {
    const { projection, paths } = await askPaths(context, question);
    return paths.map((path) => ({
      nodes: path.nodes.map((value) => ({ projection, value })),
      links: path.links.map((value) => ({ projection, value })),
      isCustody: path.isCustody,
    }));
  },
} satisfies QueryResolvers;
