import type { OrganizationRole } from '../../domain/facts.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankedOrganization, RankedTotals, RankingOrder } from '../../exposure/rankings/ranking.ts';
import { listRanking } from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import { Asker } from '../asker.ts';
import { findBatch, fromBatch } from '../batch/find-batch.ts';
import { giveRanking } from '../batch/renewed-answers.ts';
import type { Questions } from '../questions.ts';
import { rankInThreads } from '../run/rank-in-threads.ts';
import { rememberWithin } from './remember-list.ts';
import { stableSettings } from './stable-instant.ts';

export { rankingOrders } from '../../exposure/rankings/ranking.ts';

export interface RankingQuestion {
  readonly settings: OriginSettings;
  readonly roles: readonly OrganizationRole[] | null | undefined;
  readonly orderBy: RankingOrder;
}

/** The latest list of some totals: sorting all organizations for each question would hold up others. */
const lists = new WeakMap<readonly RankedTotals[], { readonly key: string; readonly rows: readonly RankedOrganization[] }>();

/**
 * Ranks every organization (of these roles) by its radius as the only origin, in the requested order. Worker threads compute
 * the totals. They are cached, so another order or page of the same windows needs no new computation,
 * and neither does the same question later, until a fact begins, ends or changes. Throws QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 * @param mayBeBehind as in `findBatch`
 */
export async function askRanking(
  asker: Asker,
  projection: Projection,
  question: RankingQuestion,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<readonly RankedOrganization[]> {
  const batch = await findBatch(asker, projection, 'ranking', { settings: question.settings }, mayBeBehind, patienceMs, true);
  const given = batch && (await giveRanking(asker, projection, batch, question.settings, mayBeBehind, patienceMs));
  if (given !== undefined) return fromBatch(listRanking(projection, given.answer, question.roles, question.orderBy), given.source);
  rememberWithin(asker, 'ranking', question.settings, rankAs(question));
  return rank(asker, projection, question, rankInThreads, patienceMs);
}

/** Asks for the ranking of now before anybody else does. Rejects if that ends early. @param projection the first facts of a server */
export function rankFirst(questions: Questions, projection: Projection, settings: OriginSettings): Promise<void> {
  const ask = rankAs({ settings, roles: null, orderBy: 'WEIGHTED_LOSS' });
  return questions.rankFirst(projection, (first, limit) => ask(new Asker(questions, limit), first, settings));
}

/** The question without a person who waits: one thread ranks, so that another stays free. */
function rankAs(question: RankingQuestion) {
  return (asker: Asker, projection: Projection, settings: OriginSettings) =>
    rank(asker, projection, { ...question, settings }, (scheduler, of, stable, limit, progress) =>
      scheduler.runInThread(limit, of, 'ranking', stable, progress),
    );
}

async function rank(
  asker: Asker,
  projection: Projection,
  { settings, roles, orderBy }: RankingQuestion,
  compute: typeof rankInThreads,
  patienceMs?: number,
): Promise<readonly RankedOrganization[]> {
  const { scheduler } = asker.questions;
  const stable = await stableSettings(scheduler, projection, settings, asker.limit);
  const totals = await asker.keep(
    projection,
    ['ranking', stable],
    (limit, progress) => compute(scheduler, projection, stable, limit, progress),
    patienceMs,
  );
  const key = JSON.stringify([orderBy, roles ?? null]);
  const known = lists.get(totals);
  if (known?.key === key) return known.rows;
  const rows = listRanking(projection, totals, roles, orderBy);
  lists.set(totals, { key, rows });
  return rows;
}
