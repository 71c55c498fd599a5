import type { BlastRadius } from '../exposure/radius/blast-radius.ts';
import { isSameStrength, type StrengthColumns } from '../exposure/scenario/compare-radii.ts';
import type { Projection } from '../projection/projection.ts';
import type { Tier } from '../rules/copy-tier.ts';
import { tiers } from '../rules/copy-tier.ts';

/** The totals that thresholds are compared with. */
export interface Totals {
  readonly worstCaseLossUsd?: number;
  readonly affectedLabs?: number;
  /** How many things the answer has, by tier where they have one. */
  readonly count: (minTier: Tier | null) => number;
}

/** The last radius, for the next evaluation to compare with: its rows as columns, without the facts that they were found in. */
export interface StandingRadius {
  readonly ids: Projection['artifacts']['id'];
  /** By artifact, ascending, and so by id. */
  readonly rows: StrengthColumns;
  readonly totals: Totals;
}

/** Holds 29 bytes a row. */
export function standingOf({ projection, summary, columns }: BlastRadius): StandingRadius {
  const { artifact, tier, weightedShare, high, low } = columns.exposed;
  return {
    ids: projection.artifacts.id,
    rows: { artifact, tier, weightedShare, high, low },
    totals: {
      worstCaseLossUsd: summary.worstCaseLossUsd,
      affectedLabs: summary.affectedLabCount,
      count: (minTier) => tier.filter((one) => minTier === null || one <= tiers.indexOf(minTier)).length,
    },
  };
}

/** Whether `compareRadius` finds that each row stayed. O(rows). */
export function haveRowsStayed(was: StandingRadius, is: StandingRadius): boolean {
  const { length } = is.rows.artifact;
  if (was.rows.artifact.length !== length) return false;
  for (let row = 0; row < length; row++) if (!isSameArtifact(was, is, row) || !isSameStrength(was.rows, row, is.rows, row)) return false;
  return true;
}

function isSameArtifact(was: StandingRadius, is: StandingRadius, row: number): boolean {
  const [before, after] = [was.rows.artifact[row] as number, is.rows.artifact[row] as number];
  // Facts that name no new artifact share the ids of those before them.
  return was.ids === is.ids ? before === after : was.ids.get(before) === is.ids.get(after);
}
