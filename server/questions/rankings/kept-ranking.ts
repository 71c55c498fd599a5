import type { RankedTotals } from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import type { KeptFigures } from '../../projection/snapshot-format.ts';
import type { LatestAnswers } from '../run/latest-answers.ts';
import { TimeLimit } from '../run/time-limit.ts';

/** The place of each figure. */
const places: Readonly<Record<keyof RankedTotals, number>> = {
  reachedCount: 0,
  exposedCount: 1,
  possibleCount: 2,
  containedCount: 3,
  labCount: 4,
  worstCaseLossUsd: 5,
  weightedLossUsd: 6,
  dependentCount: 7,
};
const names = Object.keys(places) as (keyof RankedTotals)[];

/**
 * The latest ranking of these facts, so that a restart need not compute it (docs/decisions/snapshot-at-restart.md). Waits for one that is being
 * computed. Null: there is none, or it fails.
 */
export async function keepRanking(answers: LatestAnswers, projection: Projection): Promise<KeptFigures | null> {
  const found = answers.find(projection, 'ranking');
  const totals = (await found?.answer.catch(() => undefined)) as readonly RankedTotals[] | undefined;
  if (found === undefined || totals === undefined) return null;
  const values = new Float64Array(totals.length * names.length);
  totals.forEach((of, i) => {
    for (const name of names) values[i * names.length + places[name]] = of[name];
  });
  return { question: found.question, values };
}

/** Makes a kept ranking the answer to its question about these facts, and about no others. */
export async function restoreRanking(answers: LatestAnswers, projection: Projection, { question, values }: KeptFigures): Promise<void> {
  const totals = Array.from(
    { length: values.length / names.length },
    (_, i) => Object.fromEntries(names.map((name) => [name, values[i * names.length + places[name]]])) as unknown as RankedTotals,
  );
  if (totals.length !== projection.organizations.count) return;
  await answers.get(projection, JSON.parse(question) as [string], new TimeLimit(Infinity), async () => totals);
}
