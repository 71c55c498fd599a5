import type { OrganizationRole } from '../../domain/facts.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankedOrganization, RankedTotals, RankingOrder } from '../../exposure/rankings/ranking.ts';
import { listRanking } from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { rankInThreads } from '../run/rank-in-threads.ts';
import { rememberWithin } from './remember-list.ts';
import { stableSettings } from './stable-instant.ts';

export { rankingOrders } from '../../exposure/rankings/ranking.ts';

export interface RankingQuestion {
  readonly settings: OriginSettings;
  readonly roles: readonly OrganizationRole[] | null | undefined;
  readonly orderBy: RankingOrder;
}

/** The list that was asked for last of some totals: sorting all organizations for each question would hold up others. */
const lists = new WeakMap<readonly RankedTotals[], { readonly key: string; readonly rows: readonly RankedOrganization[] }>();

/**
 * Ranks every organization (of these roles) by its radius as the only origin, in the requested order. Worker threads compute
 * the totals. They are cached, so another order or page of the same windows needs no new computation,
 * and neither does the same question later, until a fact begins, ends or changes. Throws QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 */
export async function askRanking(
  asker: Asker,
  projection: Projection,
  question: RankingQuestion,
  patienceMs?: number,
): Promise<readonly RankedOrganization[]> {
  const { prefetchedRanking, scheduler } = asker.questions;
  const { settings } = question;
  const stable = await stableSettings(scheduler, projection, settings, asker.limit);
  if (asker.knownAt === null) prefetchedRanking.ask(projection, settings, stable);
  rememberWithin(asker, 'ranking', settings, rankAs(question));
  return rank(asker, projection, { ...question, settings: stable }, patienceMs);
}

function rankAs(question: RankingQuestion) {
  return async (asker: Asker, projection: Projection, settings: OriginSettings) => {
    const stable = await stableSettings(asker.questions.scheduler, projection, settings, asker.limit);
    return rank(asker, projection, { ...question, settings: stable });
  };
}

/** @param settings stable ones, see stable-instant.ts */
async function rank(
  asker: Asker,
  projection: Projection,
  { settings: stable, roles, orderBy }: RankingQuestion,
  patienceMs?: number,
): Promise<readonly RankedOrganization[]> {
  const { scheduler } = asker.questions;
  const totals = await asker.keep(
    projection,
    ['ranking', stable],
    (limit, progress) => rankInThreads(scheduler, projection, stable, limit, progress),
    patienceMs,
  );
  const key = JSON.stringify([orderBy, roles ?? null]);
  const known = lists.get(totals);
  if (known?.key === key) return known.rows;
  const rows = listRanking(projection, totals, roles, orderBy);
  lists.set(totals, { key, rows });
  return rows;
}
