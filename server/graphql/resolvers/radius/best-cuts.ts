import { askBestCuts } from '../../../questions/radius/ask-best-cuts.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

export const bestCutQueries = {
  bestCuts: async (_, { input, at, budget }, context) => {
    const { projection, cuts } = await askBestCuts(context, input, at, budget ?? undefined);
    return cuts.map(({ action, ...figures }, i) => ({ ...figures, position: i + 1, action: { projection, value: action } }));
  },
} satisfies QueryResolvers;
