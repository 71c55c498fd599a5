import type { OrganizationRole } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import { buildStepTable } from '../radius/spread-steps.ts';
import { buildHoldingTable } from './holding-table.ts';
import type { OriginSettings, OriginTotals } from './origin-figures.ts';
import { OriginFigures } from './origin-figures.ts';

export const rankingOrders = ['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'ARTIFACTS', 'LABS', 'REACH'] as const;
export type RankingOrder = (typeof rankingOrders)[number];

export interface RankedOrganization extends OriginTotals {
  readonly organization: number;
  /** 1 is the largest; equal ones share a position, and the next is skipped. */
  readonly position: number;
}

/**
 * The totals of every organization as the only origin (semantics §9), by organization. Works in small steps: whoever runs
 * it may do something else between two of them.
 *
 * Complexity: O(copies + steps) once for all, then for each origin what lies within its reach.
 */
export function* rankOrigins(projection: Projection, settings: OriginSettings): Generator<void, OriginTotals[]> {
  const holdings = yield* buildHoldingTable(projection, settings);
  const steps = yield* buildStepTable(projection, settings, 'from');
  const figures = new OriginFigures(projection, settings, steps, holdings);
  const totals: OriginTotals[] = [];
  for (let origin = 0; origin < projection.organizations.count; origin++) {
    totals.push(figures.totalsOf(origin));
    yield;
  }
  return totals;
}

/**
 * Those with one of the roles, by the chosen figure to the cent, descending, then id; positions count those alone.
 *
 * @param totals by organization, as `rankOrigins` gives them
 * @param roles null or absent: whatever their roles
 */
export function listRanking(
  { organizations }: Projection,
  totals: readonly OriginTotals[],
  roles: readonly OrganizationRole[] | null | undefined,
  order: RankingOrder,
): RankedOrganization[] {
  const mask = roles?.reduce((bits, role) => bits | (1 << organizationRoles.indexOf(role)), 0);
  const figure = figures[order];
  const rows = totals
    .map((of, organization) => ({ of, organization, value: figure(of) }))
    .filter(({ organization }) => mask === undefined || ((organizations.roles[organization] as number) & mask) !== 0)
    .sort((a, b) => b.value - a.value || a.organization - b.organization);
  let position = 0;
  let before: number | undefined;
  return rows.map(({ of, organization, value }, i) => {
    if (value !== before) position = i + 1;
    before = value;
    return { ...of, organization, position };
  });
}

const toCents = (usd: number) => Math.round(usd * 100);

const figures: Readonly<Record<RankingOrder, (totals: OriginTotals) => number>> = {
  WEIGHTED_LOSS: ({ weightedLossUsd }) => toCents(weightedLossUsd),
  WORST_CASE_LOSS: ({ worstCaseLossUsd }) => toCents(worstCaseLossUsd),
  ARTIFACTS: ({ exposedCount, possibleCount }) => exposedCount + possibleCount,
  LABS: ({ labCount }) => labCount,
  REACH: ({ reachedCount }) => reachedCount,
};
