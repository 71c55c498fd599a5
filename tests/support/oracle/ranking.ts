import type { OrganizationRole } from '../../../server/domain/facts.ts';
import type { World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import type { OracleTier } from './confidentiality.ts';
import { oracleRadius } from './confidentiality.ts';
import { byKeys, largestFirst, toCents } from './order.ts';
import type { Question } from './question.ts';

/** The question asked with each organization as the only origin (§9). */
export type RankingQuestion = Omit<Question, 'origins' | 'suspected' | 'hasCore' | 'scopes'>;

export interface OracleRanked {
  readonly organization: string;
  readonly position: number;
  readonly reachedCount: number;
  readonly artifactCount: number;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly labCount: number;
  readonly dependentCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}

type Order = 'WEIGHTED_LOSS' | 'WORST_CASE_LOSS' | 'ARTIFACTS' | 'LABS' | 'REACH' | 'DEPENDENTS';

const figureOf: Readonly<Record<Order, (row: Omit<OracleRanked, 'position'>) => number>> = {
  WEIGHTED_LOSS: ({ weightedLossUsd }) => toCents(weightedLossUsd),
  WORST_CASE_LOSS: ({ worstCaseLossUsd }) => toCents(worstCaseLossUsd),
  ARTIFACTS: ({ artifactCount }) => artifactCount,
  LABS: ({ labCount }) => labCount,
  REACH: ({ reachedCount }) => reachedCount,
  DEPENDENTS: ({ dependentCount }) => dependentCount,
};

/** §9, rankings: a radius for each organization, then the figure to the cent, descending, then id. */
export function oracleRanking(
  world: World,
  question: RankingQuestion,
  order: Order,
  roles: readonly OrganizationRole[] | null = null,
): OracleRanked[] {
  const rows = factsOf(world, 'ORGANIZATION')
    .filter((organization) => roles === null || organization.roles.some((role) => roles.includes(role)))
    .map(({ id }) => {
      const { summary, dependents } = oracleRadius(world, { ...question, origins: [id], scopes: [] });
      return {
        organization: id,
        reachedCount: summary.reachedCount,
        artifactCount: summary.exposedCount + summary.possibleCount,
        exposedCount: summary.exposedCount,
        possibleCount: summary.possibleCount,
        containedCount: summary.containedCount,
        labCount: summary.affectedLabCount,
        dependentCount: dependents.length,
        worstCaseLossUsd: summary.worstCaseLossUsd,
        weightedLossUsd: summary.weightedLossUsd,
      };
    });
  const figure = figureOf[order];
  rows.sort(
    byKeys(
      (row) => -figure(row),
      ({ organization }) => organization,
    ),
  );
  // The position of a row is one more than the number of larger rows.
  return rows.map((row) => ({ ...row, position: 1 + rows.filter((other) => figure(other) > figure(row)).length }));
}

export interface OracleExposure {
  readonly artifact: string;
  readonly count: number;
  readonly share: number;
  readonly organizations: readonly { readonly organization: string; readonly tier: OracleTier; readonly likelihood: number }[];
}

/** §9, reversed: the organizations other than the owner that would put an artifact into the radius. By count descending, then id. */
export function oracleExposures(world: World, question: RankingQuestion): OracleExposure[] {
  const organizations = factsOf(world, 'ORGANIZATION').map(({ id }) => id);
  const radii = organizations.map((origin) => ({
    origin,
    artifacts: oracleRadius(world, { ...question, origins: [origin], scopes: [] }).artifacts,
  }));
  const exposures = factsOf(world, 'ARTIFACT').map(({ id, owner }) => {
    const exposing = radii.flatMap(({ origin, artifacts }) => {
      const found = origin === owner ? undefined : artifacts.find(({ artifact }) => artifact === id);
      return found === undefined ? [] : [{ organization: origin, tier: found.tier, likelihood: found.likelihood }];
    });
    exposing.sort(
      byKeys(
        ({ likelihood }) => largestFirst(likelihood),
        ({ organization }) => organization,
      ),
    );
    const others = organizations.length - 1;
    return { artifact: id, count: exposing.length, share: others === 0 ? 0 : exposing.length / others, organizations: exposing };
  });
  return exposures.sort(
    byKeys(
      ({ count }) => -count,
      ({ artifact }) => artifact,
    ),
  );
}
