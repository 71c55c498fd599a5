import { memo } from 'react';
import { AskedQuestion } from './band/asked-question.tsx';
import { BandActions, type BandActionsProps } from './band/band-actions.tsx';
import { BandFigures } from './band/band-figures.tsx';
import classes from './summary-band.module.css';

interface SummaryBandProps extends BandActionsProps {
  /** All labs in the graph, affected or not. */
  readonly labTotal: number;
  readonly isStale: boolean;
}

/** The summary: the question at the left, the figures, the actions at the right. */
export const SummaryBand = memo(function SummaryBand({ labTotal, isStale, ...asked }: SummaryBandProps) {
  const { radius, title, view, saved } = asked;
  return (
    <header className={classes.band} data-stale={isStale || undefined}>
      <AskedQuestion radius={radius} title={title} state={view.state} saved={saved} />
      <BandFigures radius={radius} labTotal={labTotal} view={view} />
      <BandActions {...asked} />
    </header>
  );
});
