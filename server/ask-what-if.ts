import type { AnsweredRadius, RadiusSources } from './ask-radius.ts';
import { askRadius, digestQuestion } from './ask-radius.ts';
import type { ActionQuestion } from './exposure/resolve-actions.ts';
import { resolveActions } from './exposure/resolve-actions.ts';
import { Scenario } from './exposure/scenario.ts';
import type { Projection } from './projection/projection.ts';

/** A radius as the facts are, and as actions would make it. */
export interface AnsweredWhatIf {
  readonly baseline: AnsweredRadius;
  readonly scenario: AnsweredRadius;
}

/** As `askRadius`, twice; throws for actions as `resolveActions` does. */
export async function askWhatIf(
  sources: RadiusSources,
  question: Parameters<typeof askRadius>[1],
  actions: readonly ActionQuestion[],
  now: number,
  current: Projection,
): Promise<AnsweredWhatIf> {
  const baseline = await askRadius(sources, question, now, current);
  const { projection, input } = baseline.radius;
  const scenario = new Scenario(projection, resolveActions(projection, actions));
  const radius = sources.radii.get(projection, input, scenario);
  return { baseline, scenario: { ...baseline, radius, question: digestQuestion([input, baseline.knownAt, scenario.key]) } };
}
