import { compareCodePoints } from '../../domain/compare.ts';
import { factKinds } from '../../domain/facts.ts';
import type { Cut, CutOrder } from '../../exposure/cuts/best-cuts.ts';
import { maxBudget } from '../../exposure/cuts/best-cuts.ts';
import type { ActionQuestion } from '../../exposure/scenario/actions.ts';
import { resolveActions } from '../../exposure/scenario/actions.ts';
import type { ChangeKind, RadiusChange } from '../../exposure/scenario/compare-radii.ts';
import { changeKinds, compareRadii } from '../../exposure/scenario/compare-radii.ts';
import { ChangeExplainer } from '../../exposure/scenario/explain-change.ts';
import { Scenario } from '../../exposure/scenario/scenario.ts';
import { findLimits } from '../../exposure/scenario/scenario-limits.ts';
import { findTouching } from '../../exposure/scenario/touched-facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { FactChange } from '../../store/fact-write.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import type { AnsweredRadius, AskedRadius } from './ask-radius.ts';
import { askRadius, digestQuestion, findRadius } from './ask-radius.ts';

/** The radii of any two questions. */
export interface AnsweredComparison {
  readonly before: AnsweredRadius;
  readonly after: AnsweredRadius;
}

/** One side of a comparison: a radius, and the actions laid over its facts. Empty: the facts as they are. */
export interface ComparedSide {
  readonly question: AskedRadius;
  readonly actions: readonly ActionQuestion[];
}

/** Throws as `askRadius` and `askWhatIf`. Throws LIMIT_EXCEEDED if the server holds only a part of the facts. */
export async function askComparison(asker: Asker, before: ComparedSide, after: ComparedSide): Promise<AnsweredComparison> {
  asker.needAllFacts();
  return { before: await askSide(asker, before), after: await askSide(asker, after) };
}

async function askSide(asker: Asker, { question, actions }: ComparedSide): Promise<AnsweredRadius> {
  return actions.length === 0 ? askRadius(asker, question) : (await askWhatIf(asker, question, actions)).scenario;
}

/**
 * The change of each artifact in either radius, with its cause.
 *
 * @param kinds the kinds of change to list; null: all
 */
export function listRadiusChanges(
  compared: AnsweredComparison,
  kinds: readonly ChangeKind[] | null,
): { changes: readonly RadiusChange[]; explain: (change: RadiusChange) => string } {
  const explainer = new ChangeExplainer(compared.before.radius, compared.after.radius);
  const changes = changesOf(compared);
  return {
    changes: kinds === null ? changes : changes.filter(({ kind }) => kinds.includes(kind)),
    explain: (change) => explainer.explain(change),
  };
}

/** The changes of a comparison, which several fields of one request list. */
const known = new WeakMap<AnsweredRadius, { readonly after: AnsweredRadius; readonly changes: readonly RadiusChange[] }>();

function changesOf({ before, after }: AnsweredComparison): readonly RadiusChange[] {
  const last = known.get(before);
  if (last?.after === after) return last.changes;
  const changes = compareRadii(before.radius, after.radius);
  known.set(before, { after, changes });
  return changes;
}

/** How many artifacts of either radius changed in which way, in the order of the kinds. A kind without changes is left out. */
export function countChanges(compared: AnsweredComparison): { readonly kind: ChangeKind; readonly count: number }[] {
  const counts = new Map<ChangeKind, number>();
  for (const { kind } of changesOf(compared)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return changeKinds.flatMap((kind) => (counts.has(kind) ? [{ kind, count: counts.get(kind) as number }] : []));
}

/**
 * The changes of facts that may explain the difference between two radii: the latest revision first, then by kind and key. Either
 * radius may have the later revision.
 *
 * Complexity: the keys that changed since the earlier revision, and one history for each key that concerns the difference.
 */
export async function askFactChanges(asker: Asker, { before, after }: AnsweredComparison): Promise<FactChange[]> {
  const { store } = asker.questions;
  const revisions = [before.radius.projection.revision, after.radius.projection.revision];
  const from = Math.min(...revisions);
  const to = Math.max(...revisions);
  if (from === to) return [];
  const isTouching = findTouching(before.radius, after.radius);
  const changes: FactChange[] = [];
  for (const [kind, keys] of (await store.readChangedKeys(from, allKeys, to)) ?? []) {
    for (const key of keys) {
      if (!isTouching(kind, key)) continue;
      asker.checkTime();
      const history = await store.readHistory({ kind, key }, 0, longestHistory);
      changes.push(...history.changes.filter(({ revision }) => revision !== null && revision > from && revision <= to));
    }
  }
  return changes.sort(
    (a, b) =>
      (b.revision as number) - (a.revision as number) ||
      factKinds.indexOf(a.kind) - factKinds.indexOf(b.kind) ||
      compareCodePoints(a.key, b.key),
  );
}

/** No limit: this function filters the keys itself. */
const allKeys = 1_000_000_000;
const longestHistory = 100_000;

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
