import type { ActionQuestion } from '../../exposure/scenario/actions.ts';
import { resolveActions } from '../../exposure/scenario/actions.ts';
import { Scenario } from '../../exposure/scenario/scenario.ts';
import { findLimits } from '../../exposure/scenario/scenario-limits.ts';
import type { Projection } from '../../projection/projection.ts';
import type { AnsweredRadius, AskedRadius } from '../ask-radius.ts';
import { askRadius, digestQuestion, findRadius } from '../ask-radius.ts';
import type { Asker } from '../asker.ts';
import { resolveMergedIds } from '../resolved-ids.ts';

/** A radius without and with the actions. */
export interface AnsweredWhatIf {
  readonly baseline: AnsweredRadius;
  readonly scenario: AnsweredRadius;
}

/**
 * Answers how the actions would change a radius.
 *
 * Throws as `askRadius` and `resolveActions`. Throws LIMIT_EXCEEDED if the server holds only a part of the facts, because the
 * limits of an action depend on all facts of its organization.
 */
export async function askWhatIf(asker: Asker, question: AskedRadius, actions: readonly ActionQuestion[]): Promise<AnsweredWhatIf> {
  const baseline = await askRadius(asker, question);
  asker.needAllFacts();
  const { projection, input } = baseline.radius;
  const scenario = new Scenario(projection, resolveActions(projection, await resolveActionIds(asker, projection, actions)));
  const radius = await findRadius(asker, projection, input, scenario);
  return { baseline, scenario: { ...baseline, radius, question: digestQuestion([input, baseline.knownAt, scenario.key]) } };
}

/** The actions with resolved ids. */
function resolveActionIds(asker: Asker, projection: Projection, actions: readonly ActionQuestion[]): Promise<ActionQuestion[]> {
  const resolveIn = <M extends object>(measure: M | null | undefined, fields: readonly (keyof M)[]) =>
    measure ? resolveMergedIds(asker, projection, measure, fields) : measure;
  return Promise.all(
    actions.map(async ({ revokeAccess, revokeAllAccess, suspend, recall, encrypt }) => ({
      revokeAccess,
      revokeAllAccess: await resolveIn(revokeAllAccess, ['organization']),
      suspend: await resolveIn(suspend, ['organization']),
      recall: await resolveIn(recall, ['holder', 'owner']),
      encrypt: await resolveIn(encrypt, ['holder', 'owner']),
    })),
  );
}

/** The limits of the scenario's actions, as sentences: effects that no action can undo. */
export function listLimits({ scenario }: AnsweredWhatIf): string[] {
  return findLimits(scenario.radius);
}
