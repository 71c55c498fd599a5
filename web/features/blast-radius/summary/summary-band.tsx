import { Button, Popover } from '@mantine/core';
import { memo, type ReactNode, useEffect, useState } from 'react';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatInstantUtc, formatWindow } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { mainRole, ROLE_WORDS } from '../../../shared/format/words.ts';
import type { SavedIncidentFragment, Tier } from '../../../shared/generated/operations.ts';
import type { MoreRows } from '../../../shared/lists/use-more-rows.ts';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import { HelpCard } from '../../../shared/ui/help-card.tsx';
import { TIER_TERMS } from '../../../shared/ui/help-terms.ts';
import { IconUpload } from '../../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../../shared/ui/lazy-part.tsx';
import { TIER_WORDS } from '../../../shared/ui/tier.ts';
import { TierDisc } from '../../../shared/ui/tier-disc.tsx';
import { TIERS } from '../../../shared/url/blast-radius-url.ts';
import { NO_COMPARISON } from '../../../shared/url/comparison-url.ts';
import type { ArtifactRow, RadiusAnswer } from '../lanes/lanes-radius.ts';
import { isUnknown } from '../sentences.ts';
import type { BlastView } from '../use-blast-view.ts';
import { IncidentMenu } from './incident-menu.tsx';
import type { OriginPicker } from './origin-picker.ts';
import { OriginsForm } from './origins-form.tsx';
import { stepsOf } from './saved-incident.ts';
import classes from './summary-band.module.css';

const HandOver = lazyPart(async () => (await import('../hand-over/hand-over.tsx')).HandOver);
const OptionsForm = lazyPart(async () => (await import('./options-form.tsx')).OptionsForm);

interface SummaryBandProps {
  readonly radius: RadiusAnswer;
  /** All labs in the graph, affected or not. */
  readonly labTotal: number;
  readonly artifacts: MoreRows<ArtifactRow>;
  readonly title: string;
  readonly view: BlastView;
  readonly text: string;
  readonly isStale: boolean;
  /** The saved incident of the question; null if there is none, or if it is unknown. */
  readonly saved: SavedIncidentFragment | null;
  readonly OriginPicker: OriginPicker;
}

/** Replaces a figure if no record says what is held. A zero would mean that nothing is held. */
const UNKNOWN = 'Unknown';

/** The summary: the question at the left, the figures, the actions at the right. A tier figure filters canvas and list. */
export const SummaryBand = memo(function SummaryBand({
  radius,
  labTotal,
  artifacts,
  title,
  view,
  text,
  isStale,
  saved,
  OriginPicker,
}: SummaryBandProps) {
  const { state, change } = view;
  const { summary } = radius;
  const isNothingKnown = isUnknown(radius);
  const [handOver, setHandOver] = useState<'never' | 'open' | 'closed'>('never');
  useEffect(() => preloadWhenIdle([OptionsForm, HandOver]), []);
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
    <header className={classes.band} data-stale={isStale || undefined}>
      <div className={classes.asked}>
        <div className={classes.titleLine}>
          <h1
            className={classes.title}
            tabIndex={-1}
            data-result={state.incident === null ? `organization:${state.origins[0] ?? ''}` : `incident:${state.incident}`}
          >
            {title}
          </h1>
          <span className={classes.pill} title={saved?.name}>
            {state.incident === null ? originPill(radius) : incidentPill(state.incident)}
          </span>
        </div>
        <p className={classes.windows}>
          {sameWindow(radius.core, radius.widest) ? (
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
              <br />
              <HelpCard term="windows">Widest</HelpCard> {formatWindow(radius.widest, yearOf(radius.core))}
            </>
          )}
          {' · up to '}
          <HelpCard term="hops">{countOf(radius.maxHops, 'hop', 'hops')}</HelpCard>
          {radius.knownAt !== null && ` · as known at ${formatInstantUtc(radius.knownAt)}`}
        </p>
      </div>
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
      <div className={classes.actions} data-screen-only>
        <Popover position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button variant="default">Origins</Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Origins">
            <OriginsForm radius={radius} change={change} OriginPicker={OriginPicker} />
          </Popover.Dropdown>
        </Popover>
        <Popover position="bottom-end" width={320} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button variant="default">Options</Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Options">
            <OptionsForm radius={radius} change={change} />
          </Popover.Dropdown>
        </Popover>
        <IncidentMenu radius={radius} state={state} change={change} title={title} />
        <Button
          variant="default"
          leftSection={<IconUpload size={16} stroke={1.7} aria-hidden="true" />}
          onClick={() => {
            HandOver.preload();
            setHandOver('open');
          }}
        >
          Hand over
        </Button>
        {handOver !== 'never' && (
          <HandOver
            radius={radius}
            artifacts={artifacts}
            view={view}
            text={text}
            title={title}
            saved={saved}
            isOpen={handOver === 'open'}
            onClose={() => setHandOver('closed')}
          />
        )}
        <Button
          variant="default"
          title="Compare with another window, an earlier moment, or other actions."
          onClick={() => change({ comparison: { ...NO_COMPARISON, isOpen: true } })}
        >
          Compare
        </Button>
        <Button
          data-result="what-if:open"
          onClick={() => {
            focusResult('what-if:actions');
            change({ actions: saved === null ? [] : stepsOf(saved.scenario) });
          }}
          title={whatIfTitle(saved)}
        >
          What if
        </Button>
      </div>
    </header>
  );
});

function whatIfTitle(saved: SavedIncidentFragment | null): string {
  const count = saved?.scenario.length ?? 0;
  return count === 0
    ? 'Try actions without writing anything.'
    : `Opens the ${countOf(count, 'action', 'actions')} saved with the incident.`;
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

function originPill(radius: RadiusAnswer): string {
  const [first, ...others] = radius.origins;
  if (first === undefined) return 'No origin';
  return others.length === 0 ? `Origin · ${ROLE_WORDS[mainRole(first.roles)]}` : `${radius.origins.length} origins`;
}

function incidentPill(id: string): string {
  return id.length <= 16 ? `Incident ${id}` : 'Saved incident';
}

function blindSpotNote(count: number): string {
  return count === 0 ? 'no blind spots' : countOf(count, 'blind spot', 'blind spots');
}

/** The year in which both ends of a window lie; null if they lie in two. */
function yearOf({ from, to }: RadiusAnswer['core']): number | null {
  return from.slice(0, 4) === to.slice(0, 4) ? Number(from.slice(0, 4)) : null;
}

function sameWindow(a: RadiusAnswer['core'], b: RadiusAnswer['core']): boolean {
  return a.from === b.from && a.to === b.to;
}
