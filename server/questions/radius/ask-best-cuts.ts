import type { Cut } from '../../exposure/cuts/best-cuts.ts';
import { maxBudget } from '../../exposure/cuts/best-cuts.ts';
import type { CutOrder } from '../../exposure/cuts/cut-bounds.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import type { AskedRadius } from './ask-radius.ts';
import { askRadius } from './ask-radius.ts';

/**
 * The actions that reduce a radius most, best first. A worker thread finds them.
 *
 * @param at when the actions would be taken; default: the start of the widest window
 * @param budget the number of actions, 1 to 10
 * @param by the figure that they lower
 * Throws as `askRadius`. Throws LIMIT_EXCEEDED if the server holds only a part of the facts.
 */
export async function askBestCuts(
  asker: Asker,
  question: AskedRadius,
  at: number | null | undefined,
  budget = 5,
  by: CutOrder = 'WEIGHTED_LOSS',
): Promise<{ projection: Projection; cuts: readonly Cut[] }> {
  const most = checkCount('budget', budget, 1, maxBudget);
  asker.needAllFacts();
  const { radius } = await askRadius(asker, question);
  const { projection, input } = radius;
  const cuts = await asker.runInThread(projection, 'bestCuts', { input, at: at ?? input.widest.from, budget: most, by });
  return { projection, cuts };
}
