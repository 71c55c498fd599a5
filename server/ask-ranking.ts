import type { OrganizationRole } from './domain/facts.ts';
import type { LatestAnswers } from './exposure/latest-answers.ts';
import type { OriginSettings } from './exposure/origin-figures.ts';
import type { RankedOrganization, RankingOrder } from './exposure/ranking.ts';
import { listRanking, rankOrigins } from './exposure/ranking.ts';
import type { Projection } from './projection/projection.ts';
import { runInSlices } from './run-in-slices.ts';

export interface RankingQuestion {
  readonly settings: OriginSettings;
  readonly roles: readonly OrganizationRole[] | null | undefined;
  readonly orderBy: RankingOrder;
}

/**
 * Every organization (of these roles) as the only origin, in the order asked for. The event loop stays free meanwhile; the
 * totals are kept, so that another order or page of the same windows is at hand.
 *
 * @param checkTime what it throws ends the work
 */
export async function askRanking(
  answers: LatestAnswers,
  projection: Projection,
  { settings, roles, orderBy }: RankingQuestion,
  checkTime?: () => void,
): Promise<RankedOrganization[]> {
  const totals = await answers.get(projection, ['ranking', settings], () => runInSlices(rankOrigins(projection, settings), checkTime));
  return listRanking(projection, totals, roles, orderBy);
}
