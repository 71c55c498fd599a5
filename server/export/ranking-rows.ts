import type { RankedOrganization } from '../exposure/rankings/ranking.ts';
import type { Projection } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';
import { tableOf } from './rows.ts';

const columns = [
  'organization',
  'position',
  'reached_count',
  'artifact_count',
  'exposed_count',
  'possible_count',
  'contained_count',
  'lab_count',
  'dependent_count',
  'worst_case_loss_usd',
  'weighted_loss_usd',
] as const;

/** All rows of `Query.ranking`, unrounded. */
export function rankingRows({ organizations }: Projection, rows: readonly RankedOrganization[]): RowTable {
  return tableOf('ranking', columns, rows, (row) => ({
    organization: organizations.id.get(row.organization),
    position: row.position,
    reached_count: row.reachedCount,
    artifact_count: row.exposedCount + row.possibleCount,
    exposed_count: row.exposedCount,
    possible_count: row.possibleCount,
    contained_count: row.containedCount,
    lab_count: row.labCount,
    dependent_count: row.dependentCount,
    worst_case_loss_usd: row.worstCaseLossUsd,
    weighted_loss_usd: row.weightedLossUsd,
  }));
}
