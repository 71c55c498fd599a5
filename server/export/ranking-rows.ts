import type { RankedOrganization } from '../exposure/ranking.ts';
import type { Projection } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';

const columns = [
  'organization',
  'position',
  'reached_count',
  'artifact_count',
  'exposed_count',
  'possible_count',
  'contained_count',
  'lab_count',
  'worst_case_loss_usd',
  'weighted_loss_usd',
] as const;

/** A ranking as rows: those of `Query.ranking`, whole and unrounded. */
export function rankingRows({ organizations }: Projection, rows: readonly RankedOrganization[]): RowTable {
  return {
    name: 'ranking',
    columns,
    length: rows.length,
    rowAt(index) {
      const row = rows[index];
      if (row === undefined) return [];
      return [
        organizations.id.get(row.organization),
        row.position,
        row.reachedCount,
        row.exposedCount + row.possibleCount,
        row.exposedCount,
        row.possibleCount,
        row.containedCount,
        row.labCount,
        row.worstCaseLossUsd,
        row.weightedLossUsd,
      ];
    },
  };
}
