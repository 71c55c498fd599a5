import type { ActionQuestion } from '../exposure/scenario/resolve-actions.ts';
import { resolveActions } from '../exposure/scenario/resolve-actions.ts';
import { Scenario } from '../exposure/scenario/scenario.ts';
import type { AnsweredRadius, RadiusSources } from './ask-radius.ts';
import { digestQuestion } from './ask-radius.ts';
import { needsAllFacts } from './facts/guard-part.ts';

/** A radius as the facts are, and as actions would make it. */
export interface AnsweredWhatIf {
  readonly baseline: AnsweredRadius;
  readonly scenario: AnsweredRadius;
}

/**
 * What actions would make of a radius. Throws as `resolveActions` does, and LIMIT_EXCEEDED where not all facts are at hand:
 * what a suspension stops, and what an action cannot undo, is said of all that its organization has.
 */
export function askWhatIf({ local, radii }: RadiusSources, baseline: AnsweredRadius, actions: readonly ActionQuestion[]): AnsweredWhatIf {
  if (local !== undefined) throw needsAllFacts();
  const { projection, input } = baseline.radius;
  const scenario = new Scenario(projection, resolveActions(projection, actions));
  const radius = radii.get(projection, input, scenario);
  return { baseline, scenario: { ...baseline, radius, question: digestQuestion([input, baseline.knownAt, scenario.key]) } };
}
