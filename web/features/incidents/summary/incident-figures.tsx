import { useMemo } from 'react';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { countInReach } from '../../../shared/format/tier-counts.ts';
import { TIER_WORDS } from '../../../shared/format/words.ts';
import { IncidentSummaryDocument, type Tier } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import classes from '../incidents.module.css';

/** The totals of the incident's radius. */
export function IncidentFigures({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentSummaryDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const summary = asked.data?.blastRadius?.summary;
  if (summary === undefined && asked.question.phase === 'failed')
    return <FailedLine asked={asked} missing="The totals are missing here." />;
  const count = (of: number | undefined) => (of === undefined ? '…' : formatCount(of));
  const isUnknown = summary !== undefined && summary.blindSpotCount > 0 && countInReach(summary) === 0;
  const totals = (
    <dl className={classes.figures} aria-label="Totals of the radius">
      <TierFigure tier="EXPOSED" figure={count(summary?.exposedCount)} />
      <TierFigure tier="POSSIBLE" figure={count(summary?.possibleCount)} />
      <TierFigure tier="CONTAINED" figure={count(summary?.containedCount)} />
      <Figure
        label={`${summary?.affectedLabCount === 1 ? 'lab' : 'labs'} affected${summary === undefined ? '' : `, ${countOf(summary.blindSpotCount, 'blind spot', 'blind spots')}`}`}
        figure={count(summary?.affectedLabCount)}
      />
      <Figure
        label="worst-case loss"
        figure={isUnknown ? 'Unknown' : summary === undefined ? '…' : formatMoney(summary.worstCaseLossUsd)}
      />
      <Figure label="weighted loss" figure={isUnknown ? 'Unknown' : summary === undefined ? '…' : formatMoney(summary.weightedLossUsd)} />
    </dl>
  );
  return (
    <>
      {totals}
      <FailedLine asked={asked} />
    </>
  );
}

function TierFigure({ tier, figure }: { readonly tier: Tier; readonly figure: string }) {
  const { word, meaning } = TIER_WORDS[tier];
  return <Figure tier={tier} label={word.toLowerCase()} figure={figure} meaning={meaning} />;
}

interface FigureProps {
  readonly label: string;
  readonly figure: string;
  readonly meaning?: string;
  readonly tier?: Tier;
}

function Figure({ label, figure, meaning, tier }: FigureProps) {
  return (
    <div title={meaning}>
      <dt>{label}</dt>
      <dd>
        {tier !== undefined && <TierDisc tier={tier} size={12} />}
        <strong>{figure}</strong>
      </dd>
    </div>
  );
}
