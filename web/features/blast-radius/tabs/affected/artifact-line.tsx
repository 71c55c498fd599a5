// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headers take no focus; the buttons in them do

import { type KeyboardEvent, memo } from 'react';
import { formatMoney } from '../../../../shared/format/money.ts';
import { formatBounds, formatShare } from '../../../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, capitalize } from '../../../../shared/format/words.ts';
import { TIER_WORDS } from '../../../../shared/marks/tier.ts';
import { TierDisc } from '../../../../shared/marks/tier-disc.tsx';
import { point } from '../../canvas/pointed.ts';
import type { ArtifactRow } from '../../lanes-radius.ts';
import classes from './affected-table.module.css';

interface ArtifactLineProps {
  readonly measure: (element: Element | null) => void;
  /** Its place among the lines, opened reasons included. */
  readonly place: number;
  /** Its distance from the first line, in pixels. */
  readonly start: number;
  readonly row: ArtifactRow;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isDim: boolean;
  /** It is the Tab stop of the table. */
  readonly isCurrent: boolean;
  readonly isWide: boolean;
  readonly onToggle: (row: ArtifactRow) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: (index: number) => void;
}

/** One row. An answer that leaves it as it is does not draw it again. */
export const ArtifactLine = memo(function ArtifactLine(props: ArtifactLineProps) {
  const { measure, place, start, row, index, isSelected, isDim, isCurrent, isWide, onToggle, onKey, onFocus } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside does the same by key
    <div
      ref={measure}
      data-index={place}
      data-row={index}
      className={classes.row}
      data-selected={isSelected || undefined}
      data-dim={isDim || undefined}
      onMouseEnter={() => point({ artifactId: row.artifact.id, holderId: null, labId: null })}
      onMouseLeave={() => point(null)}
      style={{ transform: `translateY(${start}px)` }}
      role="row"
      aria-rowindex={index + 2}
      onClick={() => onToggle(row)}
    >
      <span role="cell" className={classes.name}>
        <TierDisc tier={row.tier} size={12} />
        <button
          type="button"
          aria-expanded={isSelected}
          tabIndex={isCurrent ? 0 : -1}
          title={row.artifact.name}
          onKeyDown={onKey}
          onFocus={() => onFocus(index)}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row);
          }}
        >
          {row.artifact.name}
          <span className="visually-hidden">, {TIER_WORDS[row.tier].word.toLowerCase()}</span>
        </button>
        {isWide && <span className={classes.kind}>{capitalize(ARTIFACT_TYPE_WORDS[row.artifact.type])}</span>}
      </span>
      {isWide && <span role="cell">{TIER_WORDS[row.tier].word}</span>}
      <span role="cell" className={isWide ? classes.lab : `${classes.lab} ${classes.end}`} title={row.artifact.owner.name}>
        {row.artifact.owner.name}
      </span>
      {isWide && (
        <span role="cell" className={classes.end}>
          {formatBounds(row.portion)}
        </span>
      )}
      {isWide && (
        <span role="cell" className={classes.end}>
          {formatShare(row.likelihood)}
        </span>
      )}
      {isWide && (
        <span role="cell" className={classes.end}>
          {formatMoney(row.weightedLossUsd)}
        </span>
      )}
      <span role="cell" className={classes.end}>
        {formatMoney(row.worstCaseLossUsd)}
      </span>
    </div>
  );
});
