import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatWindow } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { parseTypedDate } from '../../shared/format/typed-date.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { IconBuilding } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { blastHref } from '../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../shared/url/explore-url.ts';
import classes from './advisory.module.css';
import type { Proposed } from './use-proposal.ts';

type Summary = NonNullable<Proposed['blastRadius']>['summary'];

interface ProposalPanelProps {
  readonly proposed: Proposed;
  /** The proposal of the grades, where the ticks are others. */
  readonly first: Proposed | null;
  readonly isStale: boolean;
  /** Puts back the ticks of the grades. */
  readonly onReset: () => void;
  /** The last tick, with the figures before it. */
  readonly last: { readonly name: string; readonly before: Summary | null } | null;
}

/** The radius that the ticks propose, each bound of its windows with its source, where it starts, and which labs must know. */
export function ProposalPanel({ proposed, first, isStale, last, onReset }: ProposalPanelProps) {
  const { blastRadius: radius, hasCore, core, widest, bounds } = proposed;
  if (radius === null || widest === null)
    return (
      <div className={classes.nothing}>
        <p>Nobody is ticked, so there is no radius to propose. Tick an organization that may have had an affected version.</p>
        {first !== null && (
          <Button variant="default" size="compact-sm" onClick={onReset}>
            Tick as graded
          </Button>
        )}
      </div>
    );
  const { summary, origins, suspectedOrigins, labs } = radius;
  const base = first === null ? null : (first.blastRadius?.summary ?? noFigures);
  const [coreBounds, widestBounds] = hasCore ? [bounds.slice(0, 2), bounds.slice(2)] : [[], bounds];
  return (
    <div className={classes.proposal} data-stale={isStale || undefined}>
      {isStale && (
        <p className={classes.note} role="status">
          For the ticks before the last one. The next answer is on its way.
        </p>
      )}
      <dl className={classes.figures}>
        <Figure title="Exposed" mark={<TierDisc tier="EXPOSED" />} value={summary.exposedCount} before={base?.exposedCount} />
        <Figure title="Possible" mark={<TierDisc tier="POSSIBLE" />} value={summary.possibleCount} before={base?.possibleCount} />
        <Figure title="Contained" mark={<TierDisc tier="CONTAINED" />} value={summary.containedCount} before={base?.containedCount} />
        <Figure title="Labs" value={summary.affectedLabCount} before={base?.affectedLabCount} />
        <Figure title="Worst case" value={summary.worstCaseLossUsd} before={base?.worstCaseLossUsd} format={formatMoney} />
        <Figure title="Weighted" value={summary.weightedLossUsd} before={base?.weightedLossUsd} format={formatMoney} />
      </dl>
      {base !== null && (
        <p className={classes.note}>
          Differences are to what the grades propose.{' '}
          <Button variant="default" size="compact-xs" onClick={onReset}>
            Tick as graded
          </Button>
        </p>
      )}
      {last !== null && last.before !== null && !isStale && (
        <p className={classes.note}>
          Last tick: {last.name}, <b>{changeOf(last.before, summary)}</b>.
        </p>
      )}
      {!hasCore && (
        <p className={classes.note}>No certain time is known, so nothing is exposed. {formatCount(summary.possibleCount)} are possible.</p>
      )}
      {summary.blindSpotCount > 0 && (
        <p className={classes.note}>
          {countOf(summary.blindSpotCount, 'lab depends', 'labs depend')} on a reached organization without a record of what it holds: this
          is a lower bound.
        </p>
      )}
      <h3>Windows</h3>
      <dl className={classes.windows}>
        <dt>Core</dt>
        <dd>
          <b>{core === null ? 'none' : formatWindow(core)}</b>
          {coreBounds.map((sentence) => (
            <small key={sentence}>{sentence}</small>
          ))}
        </dd>
        <dt>Widest</dt>
        <dd>
          <b>{formatWindow(widest)}</b>
          {widestBounds.map((sentence) => (
            <small key={sentence}>{sentence}</small>
          ))}
        </dd>
      </dl>
      <h3>Starts at</h3>
      <ul className={classes.starts}>
        {origins.slice(0, mostStarts).map(({ id, name }) => (
          <li key={id}>
            <span className={classes.originMark}>
              <IconBuilding size={11} stroke={2} />
            </span>
            <Link href={exploreHref(`organization:${id}`)}>{name}</Link>
            <small>origin</small>
          </li>
        ))}
        {suspectedOrigins.slice(0, Math.max(0, mostStarts - origins.length)).map(({ organization, likelihood }) => (
          <li key={organization.id}>
            <span className={classes.suspectMark} aria-hidden="true">
              ?
            </span>
            <Link href={exploreHref(`organization:${organization.id}`)}>{organization.name}</Link>
            <small>suspected, {formatShare(likelihood)}</small>
          </li>
        ))}
      </ul>
      {origins.length + suspectedOrigins.length > mostStarts && (
        <p className={classes.note}>and {formatCount(origins.length + suspectedOrigins.length - mostStarts)} more.</p>
      )}
      {suspectedOrigins.length > 0 && <p className={classes.note}>A suspected start is never more than possible.</p>}
      <h3>Labs that must know</h3>
      {labs.totalCount === 0 ? (
        <p className={classes.note}>No artifact of a lab is exposed or possible.</p>
      ) : (
        <ul className={classes.labs}>
          {labs.edges.map(({ node: { lab, exposedCount, possibleCount } }) => (
            <li key={lab.id}>
              <span>{lab.name}</span>
              {exposedCount > 0 && (
                <span>
                  <TierDisc tier="EXPOSED" size={11} /> <span className="visually-hidden">exposed </span>
                  {formatCount(exposedCount)}
                </span>
              )}
              {possibleCount > 0 && (
                <span>
                  <TierDisc tier="POSSIBLE" size={11} /> <span className="visually-hidden">possible </span>
                  {formatCount(possibleCount)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {labs.totalCount > labs.edges.length && <p className={classes.note}>and {formatCount(labs.totalCount - labs.edges.length)} more.</p>}
    </div>
  );
}

const mostStarts = 12;

const noFigures: Summary = {
  exposedCount: 0,
  possibleCount: 0,
  containedCount: 0,
  affectedLabCount: 0,
  blindSpotCount: 0,
  worstCaseLossUsd: 0,
  weightedLossUsd: 0,
};

interface FigureProps {
  readonly title: string;
  readonly mark?: ReactNode;
  readonly value: number;
  /** The figure that the grades propose; undefined: these are their figures. */
  readonly before: number | undefined;
  readonly format?: (value: number) => string;
}

function Figure({ title, mark, value, before, format = formatCount }: FigureProps) {
  return (
    <div>
      <dt>
        {mark}
        {title}
      </dt>
      <dd>
        <strong>{format(value)}</strong>
        {before !== undefined && (
          <small>{value === before ? 'same' : `${value > before ? '+' : '−'}${format(Math.abs(value - before))}`}</small>
        )}
      </dd>
    </div>
  );
}

/** "+4 possible, −1 exposed". */
function changeOf(before: Summary, after: Summary): string {
  const parts = [
    { word: 'exposed', by: after.exposedCount - before.exposedCount },
    { word: 'possible', by: after.possibleCount - before.possibleCount },
    { word: 'contained', by: after.containedCount - before.containedCount },
  ].filter(({ by }) => by !== 0);
  if (parts.length === 0) return 'no artifact changes its tier';
  return parts.map(({ word, by }) => `${by > 0 ? '+' : '−'}${formatCount(Math.abs(by))} ${word}`).join(', ');
}

/** The blast radius of a proposal, on its own page. */
export function graphHref({ blastRadius, core, widest, hasCore }: Proposed): string {
  const origins = (blastRadius?.origins ?? []).map(({ id }) => id);
  const suspects = (blastRadius?.suspectedOrigins ?? []).map(({ organization, likelihood }) => ({ id: organization.id, likelihood }));
  const url = new URL(blastHref(origins, widest === null ? undefined : { core: core ?? widest, widest }, suspects), 'http://page');
  if (!hasCore) {
    url.searchParams.delete('core');
    url.searchParams.set('hasCore', 'false');
  }
  return url.pathname + url.search;
}

interface SaveFormProps {
  readonly suggested: string;
  readonly discovered: string | null;
  readonly onDiscovered: (at: string | null) => void;
  readonly onSave: (name: string, discoveredAt: string | null) => Promise<Refused | undefined>;
  readonly onCancel: () => void;
}

/** The name of the incident and when it was discovered: notice terms run from it, and a window without an end ends with it. */
export function SaveForm({ suggested, discovered, onDiscovered, onSave, onCancel }: SaveFormProps) {
  return (
    <ChangeForm
      label="Save as incident"
      isOpened
      fields={[
        { name: 'name', label: 'Name', maxLength: 500, needed: 'Give the incident a name.' },
        {
          name: 'discovered',
          label: 'Discovered, in UTC',
          note: 'Notice terms run from it. A window without an end ends with it.',
          edge: 'start',
        },
      ]}
      start={{ name: suggested, discovered: discovered === null ? '' : discovered.slice(0, 16).replace('T', ' ') }}
      submit="Save"
      save={({ name, discovered: at }) => onSave(name, at || null)}
      onLeave={({ discovered: at }) => {
        const instant = parseTypedDate(at, 'start');
        if (instant !== null || at.trim() === '') onDiscovered(instant);
      }}
      onCancel={onCancel}
    />
  );
}
