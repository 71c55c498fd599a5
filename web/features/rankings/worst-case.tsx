import { formatMoney } from '../../shared/format/money.ts';
import { countInReach, type TierCounts } from '../../shared/format/tier-counts.ts';
import classes from './rankings.module.css';

interface RankedRow extends TierCounts {
  readonly dependentCount: number;
  readonly worstCaseLossUsd: number;
}

/** Whether nothing is recorded in reach, while somebody depends on the organization: what it exposes is unknown, not nothing. */
export function isUnknown(row: Omit<RankedRow, 'worstCaseLossUsd'>): boolean {
  return countInReach(row) === 0 && row.dependentCount > 0;
}

export const notKnown = <span className={classes.faint}>not known</span>;

/** The worst case of an organization as the only origin. */
export function WorstCase({ row }: { readonly row: RankedRow }) {
  return isUnknown(row) ? notKnown : <strong>{formatMoney(row.worstCaseLossUsd)}</strong>;
}
