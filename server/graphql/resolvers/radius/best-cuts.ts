import { maxBudget } from '../../../exposure/cuts/best-cuts.ts';
import { checkCount } from '../../check-count.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { askRadiusHere } from './blast-radius.ts';

export const bestCutQueries = {
  bestCuts: async (_, { input, at, budget }, context) => {
    const most = checkCount('budget', budget ?? 5, 1, maxBudget);
    context.needAllFacts();
    const { radius } = await askRadiusHere(input, context);
    const { projection } = radius;
    const question = { input: radius.input, at: at ?? radius.input.widest.from, budget: most };
    const cuts = await context.services.workers.run(projection, 'bestCuts', question, context.limits());
    return cuts.map(({ action, ...figures }, i) => ({ ...figures, position: i + 1, action: { projection, value: action } }));
  },
} satisfies QueryResolvers;
