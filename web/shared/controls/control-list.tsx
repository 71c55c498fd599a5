import type { ReactNode } from 'react';
import { formatCount } from '../format/count.ts';
import type { ControlEvidenceFragment, ControlStatesFragment } from '../generated/operations.ts';
import { IconCircleArrowDown, IconCircleCheck, IconCircleDashed, IconClock } from '../ui/icons.tsx';
import type { Icon } from '../ui/make-icon.tsx';
import { SourceNote } from '../ui/source-note.tsx';
import classes from './control-list.module.css';
import {
  beyondWords,
  type ControlState,
  controlWords,
  countStates,
  evidenceLine,
  evidenceWords,
  metWords,
  recordedBeyond,
  requiredControls,
  requiredCount,
  STATE_WORDS,
  type StateCounts,
  unmetWords,
  validityLine,
} from './control-states.ts';

const BAR: readonly ControlState[] = ['MET', 'TOO_WEAK', 'EXPIRED', 'MISSING'];

const ICONS: Readonly<Record<ControlState, Icon>> = {
  MISSING: IconCircleDashed,
  EXPIRED: IconClock,
  TOO_WEAK: IconCircleArrowDown,
  MET: IconCircleCheck,
};

/** The required controls as one bar: met solid, too weak diagonal, expired upright, missing empty. */
export function ControlBar({ counts }: { readonly counts: StateCounts }) {
  const required = requiredCount(counts);
  if (required === 0) return null;
  const label = `${metWords(counts)}; not met: ${unmetWords(counts)}`;
  return (
    <span className={classes.bar} role="img" aria-label={label} title={label}>
      {BAR.filter((state) => counts[state] > 0).map((state) => (
        <span key={state} data-state={state} style={{ width: `${(100 * counts[state]) / required}%` }} />
      ))}
    </span>
  );
}

/** The meanings of the parts of a bar. */
export function ControlBarLegend({ children }: { readonly children: ReactNode }) {
  return (
    <ul className={classes.legend}>
      {BAR.map((state) => (
        <li key={state}>
          <span className={classes.sample} aria-hidden="true">
            <span data-state={state} />
          </span>
          {STATE_WORDS[state]}
        </li>
      ))}
      <li>{children}</li>
    </ul>
  );
}

interface ControlListProps {
  readonly gap: ControlStatesFragment;
  readonly recorded: ControlEvidenceFragment;
  /** Ids of organizations whose evidence does not count. */
  readonly withoutIssuers?: readonly string[];
}

/** The required controls of an organization, each with its state and evidence; below, closed, what is recorded beyond them. */
export function ControlList({ gap, recorded, withoutIssuers = [] }: ControlListProps) {
  const rows = requiredControls(gap, recorded, withoutIssuers);
  const counts = countStates(rows.map(({ state }) => state));
  const beyond = recordedBeyond(gap, recorded);
  return (
    <section className={classes.controls} aria-label="Controls">
      {rows.length === 0 ? (
        <p className={classes.because}>No control is required: it holds nothing, and can reach nothing, that requires one.</p>
      ) : (
        <>
          <p className={classes.head}>
            <strong>Required at sensitivity {gap.highestSensitivity}</strong>
            <strong>{metWords(counts)}</strong>
          </p>
          <p className={classes.because}>{gap.because}</p>
          <ControlBar counts={counts} />
          <p className={classes.counts}>
            {BAR.filter((state) => counts[state] > 0).map((state) => (
              <span key={state}>
                <strong>{formatCount(counts[state])}</strong> {STATE_WORDS[state]}
              </span>
            ))}
          </p>
          <ul className={classes.list}>
            {rows.map((row) => {
              const Mark = ICONS[row.state];
              return (
                <li key={row.control}>
                  <Mark size={18} stroke={1.6} className={row.state === 'MET' ? classes.met : classes.mark} />
                  <span className={classes.name}>
                    {controlWords(row.control)}
                    <small>
                      {evidenceLine(row)}
                      {row.evidence !== undefined && (
                        <>
                          {' · '}
                          <SourceNote provenance={row.evidence.provenance} />
                        </>
                      )}
                    </small>
                  </span>
                  <span className={classes.state}>
                    <strong className={row.state === 'MET' ? classes.met : undefined}>{STATE_WORDS[row.state]}</strong>
                    <small>{validityLine(row.evidence, row.state)}</small>
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {beyond.length > 0 && (
        <details className={classes.beyond}>
          <summary>
            Recorded beyond what is required: <strong>{formatCount(beyond.length)}</strong>, {beyondWords(beyond)}
          </summary>
          <ul className={classes.list}>
            {beyond.map((evidence) => (
              <li key={evidence.control}>
                <span className={classes.name}>
                  {controlWords(evidence.control)}
                  <small>
                    {evidenceWords(evidence)} · <SourceNote provenance={evidence.provenance} />
                  </small>
                </span>
                <span className={classes.state}>
                  <small>{validityLine(evidence, 'MET')}</small>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
