import type { OrganizationRole } from '../domain/facts.ts';
import type { OriginSettings } from '../exposure/rankings/origin-figures.ts';
import type { RankedOrganization, RankingOrder } from '../exposure/rankings/ranking.ts';
import { listRanking } from '../exposure/rankings/ranking.ts';
import type { Projection } from '../projection/projection.ts';
import type { LatestAnswers } from './run/latest-answers.ts';
import type { JobLimits, WorkerPool } from './run/worker-pool.ts';

export interface RankingQuestion {
  readonly settings: OriginSettings;
  readonly roles: readonly OrganizationRole[] | null | undefined;
  readonly orderBy: RankingOrder;
}

/** Where long answers are worked out, and kept. */
export interface LongAnswers {
  readonly answers: LatestAnswers;
  readonly workers: WorkerPool;
}

/**
 * Every organization (of these roles) as the only origin, in the order asked for. A thread works it out; the totals are kept, so
 * that another order or page of the same windows is at hand.
 *
 * Throws QUERY_TIMEOUT, and the signal's reason where everybody who asked has left.
 */
export async function askRanking(
  { answers, workers }: LongAnswers,
  projection: Projection,
  { settings, roles, orderBy }: RankingQuestion,
  { timeoutMs, signal }: JobLimits,
): Promise<RankedOrganization[]> {
  const rank = (leave: AbortSignal) => workers.run(projection, 'ranking', settings, { timeoutMs, signal: leave });
  const totals = await answers.get(projection, ['ranking', settings], rank, signal);
  return listRanking(projection, totals, roles, orderBy);
}
