import type { AnsweredRadius, RadiusSources } from './ask-radius.ts';
import { askRadius, digestQuestion } from './ask-radius.ts';
import type { ActionQuestion } from './exposure/resolve-actions.ts';
import { resolveActions } from './exposure/resolve-actions.ts';
import { Scenario } from './exposure/scenario.ts';
import { needsAllFacts } from './local/guard-part.ts';
import type { Projection } from './projection/projection.ts';

/** A radius as the facts are, and as actions would make it. */
export interface AnsweredWhatIf {
  readonly baseline: AnsweredRadius;
  readonly scenario: AnsweredRadius;
}

/**
 * As `askRadius`, twice. Throws for actions as `resolveActions` does, and LIMIT_EXCEEDED where not all facts are at hand: what a
 * suspension stops, and what an action cannot undo, is said of all that its organization has.
 */
export async function askWhatIf(
  sources: RadiusSources,
  question: Parameters<typeof askRadius>[1],
  actions: readonly ActionQuestion[],
  now: number,
  current: Projection,
): Promise<AnsweredWhatIf> {
  if (sources.local !== undefined) throw needsAllFacts();
  const baseline = await askRadius(sources, question, now, current);
  const { projection, input } = baseline.radius;
  const scenario = new Scenario(projection, resolveActions(projection, actions));
  const radius = sources.radii.get(projection, input, scenario);
  return { baseline, scenario: { ...baseline, radius, question: digestQuestion([input, baseline.knownAt, scenario.key]) } };
}
