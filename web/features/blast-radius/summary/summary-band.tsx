import type { ReactNode } from 'react';
import { memo } from 'react';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatInstantUtc, formatWindow } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { incidentWords, mainRole, ROLE_WORDS, TIER_WORDS, TIERS } from '../../../shared/format/words.ts';
import type { SavedIncidentFragment, Tier } from '../../../shared/generated/operations.ts';
import { HelpCard } from '../../../shared/help/help-card.tsx';
import { TIER_TERMS } from '../../../shared/help/help-terms.ts';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import { isUnknown } from '../sentences.ts';
import type { BlastView } from '../use-blast-view.ts';
import type { BandActionsProps } from './band-actions.tsx';
import { BandActions } from './band-actions.tsx';
import classes from './summary-band.module.css';

/** Replaces a figure if no record says what is held. A zero would mean that nothing is held. */
const UNKNOWN = 'Unknown';

interface BandFiguresProps {
  readonly radius: RadiusAnswer;
  /** All labs in the graph, affected or not. */
  readonly labTotal: number;
  readonly view: BlastView;
}

/** The figures of the answer. A tier figure filters canvas and list. */
function BandFigures({ radius, labTotal, view: { state, change } }: BandFiguresProps) {
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

interface AskedQuestionProps {
  readonly radius: RadiusAnswer;
  readonly title: string;
  readonly state: BlastState;
  readonly saved: SavedIncidentFragment | null;
}

/** The question: its origins or its incident, and its windows. */
function AskedQuestion({ radius, title, state, saved }: AskedQuestionProps) {
  return (
    <div className={classes.asked}>
      <div className={classes.titleLine}>
        <h1
          className={classes.title}
          title={title}
          tabIndex={-1}
          data-result={state.incident === null ? `organization:${state.origins[0] ?? ''}` : `incident:${state.incident}`}
        >
          {title}
        </h1>
        <span className={classes.pill} title={saved?.name}>
          {state.incident === null ? originPill(radius) : incidentWords(state.incident)}
        </span>
      </div>
      <p className={classes.windows}>
        {!radius.hasCore ? (
          <>
            No core · <HelpCard term="windows">Widest</HelpCard> {formatWindow(radius.widest)} UTC
          </>
        ) : !hasTwoWindows(radius) ? (
          radius.core.from === radius.core.to ? (
            `As held on ${formatWindow(radius.core)} UTC`
          ) : (
            <>
              <HelpCard term="windows">Core and widest</HelpCard> {formatWindow(radius.core)} UTC
            </>
          )
        ) : (
          <>
            <HelpCard term="windows">Core</HelpCard> {formatWindow(radius.core)} UTC
          </>
        )}
        <span className={classes.rest}>
          <span className={hasTwoWindows(radius) ? classes.between : undefined}> · </span>
          {hasTwoWindows(radius) && <br />}
          <RestOfQuestion radius={radius} />
        </span>
      </p>
    </div>
  );
}

/** The widest window, if the core is another one, the hops, and when the facts were known. */
export function RestOfQuestion({ radius }: { readonly radius: RadiusAnswer }) {
  return (
    <>
      {hasTwoWindows(radius) && (
        <>
          <HelpCard term="windows">Widest</HelpCard> {formatWindow(radius.widest, yearOf(radius.core))}
          {' · '}
        </>
      )}
      up to <HelpCard term="hops">{countOf(radius.maxHops, 'hop', 'hops')}</HelpCard>
      {radius.knownAt !== null && `\u00a0· as known at ${formatInstantUtc(radius.knownAt)}`}
    </>
  );
}

function originPill(radius: RadiusAnswer): string {
  const [first, ...others] = radius.origins;
  const suspected = radius.suspectedOrigins.length;
  if (suspected > 0) {
    const origins = radius.origins.length === 0 ? [] : [countOf(radius.origins.length, 'origin', 'origins')];
    return [...origins, `${formatCount(suspected)} suspected`].join(' · ');
  }
  if (first === undefined) return 'No origin';
  return others.length === 0 ? `Origin · ${ROLE_WORDS[mainRole(first.roles)]}` : `${radius.origins.length} origins`;
}

/** The year in which both ends of a window lie; null if they lie in two. */
function yearOf({ from, to }: RadiusAnswer['core']): number | null {
  return from.slice(0, 4) === to.slice(0, 4) ? Number(from.slice(0, 4)) : null;
}

function hasTwoWindows({ hasCore, core, widest }: RadiusAnswer): boolean {
  return hasCore && (core.from !== widest.from || core.to !== widest.to);
}

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
