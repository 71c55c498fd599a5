import type { Tier } from '../generated/operations.ts';
import classes from './tier-bar.module.css';

const ORDER: readonly Tier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];

interface TierBarProps {
  readonly counts: Readonly<Record<Tier, number>>;
  /** The count that fills the whole width. */
  readonly most: number;
  readonly width?: number;
}

/** Counts by tier as one bar: solid, hatched, dotted outline. The figures stand beside it, so it is hidden from screen readers. */
export function TierBar({ counts, most, width = 90 }: TierBarProps) {
  return (
    <span className={classes.bar} style={{ width }} aria-hidden="true">
      {ORDER.map((tier) =>
        counts[tier] === 0 ? null : (
          <span
            key={tier}
            className={classes.part}
            data-tier={tier}
            style={{ width: `max(3px, ${(100 * counts[tier]) / Math.max(1, most)}%)` }}
          />
        ),
      )}
    </span>
  );
}
