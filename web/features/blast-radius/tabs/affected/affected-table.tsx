// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headers take no focus; the buttons in them do
// biome-ignore-all lint/a11y/useSemanticElements: rows are positioned one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and headers take no focus; the buttons in them do
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatMoney } from '../../../../shared/format/money.ts';
import { formatBounds, formatShare } from '../../../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, TIER_WORDS } from '../../../../shared/format/words.ts';
import { TierDisc } from '../../../../shared/marks/tier-disc.tsx';
import { IconChevronDown } from '../../../../shared/ui/icons.tsx';
import { lazyPart, preloadWhenIdle } from '../../../../shared/ui/lazy-part.tsx';
import type { BlastSort, BlastState } from '../../../../shared/url/blast-radius-url.ts';
import { doesFit, point, usePointed } from '../../canvas/pointed.ts';
import type { ArtifactRow, RadiusAnswer } from '../../lanes-radius.ts';
import { ListSkeleton } from '../../summary/skeletons.tsx';
import type { ChangeBlast } from '../../use-blast-view.ts';
import classes from './affected-table.module.css';

const ArtifactDetail = lazyPart(async () => (await import('../artifact-detail.tsx')).ArtifactDetail, { waiting: <ListSkeleton /> });

interface AffectedTableProps {
  readonly rows: readonly ArtifactRow[];
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly isWide: boolean;
}

type Line =
  | { readonly kind: 'row'; readonly row: ArtifactRow; readonly index: number }
  | { readonly kind: 'detail'; readonly row: ArtifactRow };

const ROW_PX = 30;
const DETAIL_PX = 380;

/**
 * The affected artifacts as a table that renders visible rows only. The selected row opens in place; arrows move, Enter opens and closes.
 * The server sorts, because the page may hold only the first part of the rows.
 */
export function AffectedTable({ rows, radius, state, change, isWide }: AffectedTableProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const selectedId = state.selection?.startsWith('artifact:') ? state.selection.slice('artifact:'.length) : null;
  const selectedIndex = rows.findIndex((row) => row.artifact.id === selectedId);
  const elsewhere = usePointed();
  // The row under the pointer is marked already; the others keep their contrast for reading.
  const [isOver, setOver] = useState(false);
  const pointed = isOver ? null : elsewhere;
  useEffect(() => () => point(null), []);
  useEffect(() => preloadWhenIdle([ArtifactDetail]), []);
  const [cursor, setCursor] = useState(0);
  // Repeated keys come faster than focus moves, so each continues from the last key's row.
  const latestCursor = useRef(0);
  latestCursor.current = cursor;
  const lines = useMemo(() => linesOf(rows, selectedId), [rows, selectedId]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.kind === 'detail' ? DETAIL_PX : ROW_PX),
    getItemKey: (index) => keyOf(lines[index]),
    overscan: 12,
  });

  // Scrolls to a selection made on the canvas. A selection made here is visible already.
  useEffect(() => {
    if (selectedIndex < 0) return;
    setCursor(selectedIndex);
    const box = scroll.current;
    const row = box?.querySelector(`[data-row="${selectedIndex}"]`);
    const isInSight = row !== null && row !== undefined && box !== null && isWithin(row, box);
    if (!isInSight) virtual.scrollToIndex(selectedIndex, { align: 'start' });
  }, [selectedIndex, virtual]);

  const toggle = useCallback(
    (row: ArtifactRow) => change({ selection: row.artifact.id === selectedId ? null : `artifact:${row.artifact.id}` }),
    [change, selectedId],
  );
  const move = (event: KeyboardEvent) => {
    const to = nextIndex(event.key, latestCursor.current, rows.length);
    if (to === null) return;
    event.preventDefault();
    latestCursor.current = to;
    setCursor(to);
    virtual.scrollToIndex(
      lines.findIndex((line) => line.kind === 'row' && line.index === to),
      { align: 'auto' },
    );
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLButtonElement>(`[data-row="${to}"] button`)?.focus());
  };
  const latestMove = useRef(move);
  latestMove.current = move;
  const pressed = useCallback((event: KeyboardEvent) => latestMove.current(event), []);

  return (
    <div
      className={classes.table}
      data-wide={isWide || undefined}
      role="table"
      aria-label="Affected artifacts"
      aria-rowcount={radius.artifacts.totalCount + 1}
      onMouseEnter={() => setOver(true)}
      onMouseLeave={() => setOver(false)}
    >
      <div role="rowgroup" className={classes.headGroup}>
        <div role="row" className={classes.head} aria-rowindex={1}>
          <HeadCell label="Artifact" sort="NAME" state={state} change={change} />
          {isWide && <HeadCell label="Tier" sort="TIER" state={state} change={change} />}
          <HeadCell label="Lab" sort="OWNER" state={state} change={change} isEnd={!isWide} />
          {isWide && <HeadCell label="Portion" sort="PORTION" state={state} change={change} isEnd />}
          {isWide && (
            <span role="columnheader" className={classes.end}>
              Chance
            </span>
          )}
          {isWide && <HeadCell label="Weighted" sort="WEIGHTED_LOSS" state={state} change={change} isEnd />}
          <HeadCell label={isWide ? 'Worst case' : 'Worst'} sort="WORST_CASE_LOSS" state={state} change={change} isEnd />
        </div>
      </div>
      <div ref={scroll} className={classes.scroll} role="rowgroup">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            if (line.kind === 'detail') {
              return (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className={classes.detail}
                  style={{ transform: `translateY(${item.start}px)` }}
                  role="row"
                >
                  <div role="cell">
                    <ArtifactDetail id={line.row.artifact.id} radius={radius} state={state} />
                  </div>
                </div>
              );
            }
            const { row, index } = line;
            return (
              <ArtifactLine
                key={item.key}
                measure={virtual.measureElement}
                place={item.index}
                start={item.start}
                row={row}
                index={index}
                isSelected={row.artifact.id === selectedId}
                isDim={pointed !== null && !doesFit(row, pointed)}
                isCurrent={index === cursor}
                isWide={isWide}
                onToggle={toggle}
                onKey={pressed}
                onFocus={setCursor}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeadCellProps {
  readonly label: string;
  readonly sort: BlastSort;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly isEnd?: boolean;
}

function HeadCell({ label, sort, state, change, isEnd = false }: HeadCellProps) {
  const isSorted = state.sort === sort;
  const direction = sort === 'NAME' || sort === 'OWNER' ? 'ascending' : 'descending';
  return (
    <span role="columnheader" aria-sort={isSorted ? direction : 'none'} className={isEnd ? classes.end : undefined}>
      <button type="button" className={classes.sort} onClick={() => change({ sort }, 'replace')}>
        {label}
        {isSorted && <IconChevronDown size={13} stroke={2} aria-hidden="true" data-up={direction === 'ascending' || undefined} />}
      </button>
    </span>
  );
}

function linesOf(rows: readonly ArtifactRow[], selectedId: string | null): readonly Line[] {
  return rows.flatMap((row, index): readonly Line[] =>
    row.artifact.id === selectedId
      ? [
          { kind: 'row', row, index },
          { kind: 'detail', row },
        ]
      : [{ kind: 'row', row, index }],
  );
}

function keyOf(line: Line | undefined): string {
  return line === undefined ? '' : `${line.kind}:${line.row.artifact.id}`;
}

function nextIndex(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, from + 1);
    case 'ArrowUp':
      return Math.max(0, from - 1);
    case 'PageDown':
      return Math.min(count - 1, from + 10);
    case 'PageUp':
      return Math.max(0, from - 10);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function isWithin(row: Element, box: Element): boolean {
  const inner = row.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  return inner.top >= outer.top && inner.bottom <= outer.bottom;
}

/**
 * The short last word of a name, with the space before it: it tells versions and numbers apart, so a name that is cut keeps it. Empty if
 * there is none, or where text may run from right to left.
 */
function lastWordOf(name: string): string {
  return /[\u0590-\u08ff]/.test(name) ? '' : (/\s\S{1,12}$/.exec(name)?.[0] ?? '');
}

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
const ArtifactLine = memo(function ArtifactLine(props: ArtifactLineProps) {
  const { measure, place, start, row, index, isSelected, isDim, isCurrent, isWide, onToggle, onKey, onFocus } = props;
  const { name } = row.artifact;
  const end = lastWordOf(name);
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
          title={name}
          aria-label={`${name}, ${TIER_WORDS[row.tier].word.toLowerCase()}`}
          onKeyDown={onKey}
          onFocus={() => onFocus(index)}
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row);
          }}
        >
          <span className={classes.start}>{name.slice(0, name.length - end.length)}</span>
          <span>{end}</span>
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
