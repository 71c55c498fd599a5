import type { OrganizationRole } from '../../domain/facts.ts';
import { organizationRoles } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import { buildStepTable } from '../radius/spread-steps.ts';
import { DependentCounts } from './dependent-counts.ts';
import { buildHoldingTable } from './holding-table.ts';
import type { OriginSettings, OriginTotals } from './origin-figures.ts';
import { OriginFigures } from './origin-figures.ts';

export const rankingOrders = ['WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'ARTIFACTS', 'LABS', 'REACH', 'DEPENDENTS'] as const;
export type RankingOrder = (typeof rankingOrders)[number];

/** The totals of one radius, and the number of dependents of the organizations it reaches (§5), former ones too. */
export interface RankedTotals extends OriginTotals {
  readonly dependentCount: number;
}

export interface RankedOrganization extends RankedTotals {
  readonly organization: number;
  /** 1 is the largest. Equal figures share a position, and the positions after them are skipped: 1, 1, 3. */
  readonly position: number;
}

/**
 * The totals of every organization as the only origin (semantics §9), by organization. Yields after each origin, so that
 * other work gets its turn.
 *
 * @param onProgress called after each origin
 * Complexity: O(copies + steps) once, then for each origin the steps and holdings within its reach.
 */
export function* rankOrigins(projection: Projection, settings: OriginSettings, onProgress?: OnProgress): Generator<void, RankedTotals[]> {
  const holdings = yield* buildHoldingTable(projection, settings);
  const steps = yield* buildStepTable(projection, settings, 'from');
  const figures = new OriginFigures(projection, settings, steps, holdings);
  const dependents = new DependentCounts(projection, settings.widest);
  const totals: OriginTotals[] = [];
  for (let origin = 0; origin < projection.organizations.count; origin++) {
    totals.push(figures.totalsOf(origin));
    dependents.add(origin, figures.reached);
    onProgress?.(origin + 1, projection.organizations.count);
    yield;
  }
  dependents.finish();
  return totals.map((of, origin) => ({ ...of, dependentCount: dependents.counts[origin] as number }));
}

/**
 * The organizations with one of the roles, by the chosen figure (rounded to the cent), descending, then id. Positions count
 * only these organizations.
 *
 * @param totals by organization, as `rankOrigins` gives them
 * @param roles null or absent: all organizations
 */
export function listRanking(
  { organizations }: Projection,
  totals: readonly RankedTotals[],
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

const figures: Readonly<Record<RankingOrder, (totals: RankedTotals) => number>> = {
  WEIGHTED_LOSS: ({ weightedLossUsd }) => toCents(weightedLossUsd),
  WORST_CASE_LOSS: ({ worstCaseLossUsd }) => toCents(worstCaseLossUsd),
  ARTIFACTS: ({ exposedCount, possibleCount }) => exposedCount + possibleCount,
  LABS: ({ labCount }) => labCount,
  REACH: ({ reachedCount }) => reachedCount,
  DEPENDENTS: ({ dependentCount }) => dependentCount,
};
