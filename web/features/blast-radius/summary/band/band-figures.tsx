import type { ReactNode } from 'react';
import { countOf, formatCount } from '../../../../shared/format/count.ts';
import { formatMoney } from '../../../../shared/format/money.ts';
import type { Tier } from '../../../../shared/generated/operations.ts';
import { HelpCard } from '../../../../shared/ui/help-card.tsx';
import { TIER_TERMS } from '../../../../shared/ui/help-terms.ts';
import { TIER_WORDS } from '../../../../shared/ui/tier.ts';
import { TierDisc } from '../../../../shared/ui/tier-disc.tsx';
import { TIERS } from '../../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../../lanes/lanes-radius.ts';
import { isUnknown } from '../../sentences.ts';
import type { BlastView } from '../../use-blast-view.ts';
import classes from '../summary-band.module.css';

/** Replaces a figure if no record says what is held. A zero would mean that nothing is held. */
const UNKNOWN = 'Unknown';

interface BandFiguresProps {
  readonly radius: RadiusAnswer;
  /** All labs in the graph, affected or not. */
  readonly labTotal: number;
  readonly view: BlastView;
}

/** The figures of the answer. A tier figure filters canvas and list. */
export function BandFigures({ radius, labTotal, view: { state, change } }: BandFiguresProps) {
  const { summary } = radius;
  const isNothingKnown = isUnknown(radius);
  const counts: Readonly<Record<Tier, number>> = {
    EXPOSED: summary.exposedCount,
    POSSIBLE: summary.possibleCount,
    CONTAINED: summary.containedCount,
  };
  const toggleTier = (tier: Tier) =>
    change({
      tiers: state.tiers.includes(tier)
        ? state.tiers.filter((other) => other !== tier)
        : TIERS.filter((other) => other === tier || state.tiers.includes(other)),
    });

  return (
    <div className={classes.figures}>
      {TIERS.map((tier) => (
        <div key={tier} className={classes.tierCell}>
          <button
            type="button"
            className={classes.tier}
            data-tier={tier}
            aria-pressed={state.tiers.includes(tier)}
            title={`Show only ${TIER_WORDS[tier].word.toLowerCase()} artifacts`}
            onClick={() => toggleTier(tier)}
          >
            <Figure
              label={
                <>
                  <TierDisc tier={tier} size={12} />
                  {TIER_WORDS[tier].word}
                </>
              }
              value={isNothingKnown ? UNKNOWN : formatCount(counts[tier])}
              note={isNothingKnown ? 'no copy is recorded' : TIER_WORDS[tier].meaning}
            />
          </button>
          <span className={classes.help}>
            <HelpCard term={TIER_TERMS[tier]} />
          </span>
        </div>
      ))}
      <div className={classes.figure}>
        <Figure
          label="Labs affected"
          value={isNothingKnown ? UNKNOWN : formatCount(summary.affectedLabCount)}
          {...(isNothingKnown ? {} : { of: formatCount(labTotal) })}
          note={<HelpCard term="blindSpot">{blindSpotNote(summary.blindSpotCount)}</HelpCard>}
        />
      </div>
      <div className={classes.figure}>
        <Figure
          label={<HelpCard term="worstCase">Worst-case loss</HelpCard>}
          value={isNothingKnown ? UNKNOWN : formatMoney(summary.worstCaseLossUsd)}
          note="high value × portion"
        />
      </div>
      <div className={classes.figure}>
        <Figure
          label={<HelpCard term="weightedLoss">Weighted loss</HelpCard>}
          value={isNothingKnown ? UNKNOWN : formatMoney(summary.weightedLossUsd)}
          note="weighted by chance"
        />
      </div>
    </div>
  );
}

interface FigureProps {
  readonly label: ReactNode;
  readonly value: string;
  readonly of?: string;
  readonly note: ReactNode;
}

function Figure({ label, value, of, note }: FigureProps) {
  return (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>
        {value}
        {of !== undefined && <span className={classes.of}> of {of}</span>}
      </span>
      <span className={classes.note}>{note}</span>
    </>
  );
}

function blindSpotNote(count: number): string {
  return count === 0 ? 'no blind spots' : countOf(count, 'blind spot', 'blind spots');
}
