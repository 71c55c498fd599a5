import { compareCodePoints } from '../domain/compare.ts';
import { factKinds } from '../domain/facts.ts';
import { findTouching } from '../exposure/scenario/touched-facts.ts';
import type { FactChange, FactStore } from '../store/fact-store.ts';
import type { AnsweredRadius } from './ask-radius.ts';

/** Two radii of any two inputs. */
export interface AnsweredComparison {
  readonly before: AnsweredRadius;
  readonly after: AnsweredRadius;
}

/**
 * The changes of facts between what the two radii knew that touch what differs between them: the latest revision first, then
 * by kind and key. Which of the two knew more does not matter.
 *
 * @param checkTime called between facts; what it throws ends the work
 * Complexity: the keys that changed since the earlier of the two, and a history for each that touches.
 */
export async function readFactChanges(
  store: FactStore,
  { before, after }: AnsweredComparison,
  checkTime: () => void,
): Promise<FactChange[]> {
  const revisions = [before.radius.projection.revision, after.radius.projection.revision];
  const from = Math.min(...revisions);
  const to = Math.max(...revisions);
  if (from === to) return [];
  const isTouching = findTouching(before.radius, after.radius);
  const changes: FactChange[] = [];
  for (const [kind, keys] of (await store.readChangedKeys(from, allKeys)) ?? []) {
    for (const key of keys) {
      if (!isTouching(kind, key)) continue;
      checkTime();
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

/** As many as there may be: what is asked for is filtered here. */
const allKeys = 1_000_000_000;
const longestHistory = 100_000;
