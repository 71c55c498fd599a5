import type { ActionQuestion } from '../../exposure/scenario/actions.ts';
import { resolveActions } from '../../exposure/scenario/actions.ts';
import { Scenario } from '../../exposure/scenario/scenario.ts';
import { findLimits } from '../../exposure/scenario/scenario-limits.ts';
import type { AnsweredRadius, AskedRadius } from '../ask-radius.ts';
import { askRadius, digestQuestion, findRadius } from '../ask-radius.ts';
import type { Asker } from '../asker.ts';

/** A radius as the facts are, and as the actions would make it. */
export interface AnsweredWhatIf {
  readonly baseline: AnsweredRadius;
  readonly scenario: AnsweredRadius;
}

/**
 * What the actions would change in a radius.
 *
 * Throws as `askRadius` and `resolveActions`; LIMIT_EXCEEDED where the server holds only a part of the facts, as the limits of an
 * action concern everything that its organization has.
 */
export async function askWhatIf(asker: Asker, question: AskedRadius, actions: readonly ActionQuestion[]): Promise<AnsweredWhatIf> {
  const baseline = await askRadius(asker, question);
  asker.needAllFacts();
  const { projection, input } = baseline.radius;
  const scenario = new Scenario(projection, resolveActions(projection, actions));
  const radius = await findRadius(asker, projection, input, scenario);
  return { baseline, scenario: { ...baseline, radius, question: digestQuestion([input, baseline.knownAt, scenario.key]) } };
}

/** What the actions of the scenario cannot undo, as sentences. */
export function listLimits({ scenario }: AnsweredWhatIf): string[] {
  return findLimits(scenario.radius);
}
