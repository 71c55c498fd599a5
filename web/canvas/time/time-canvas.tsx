import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useOfferDrawing } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDuration } from '../../shared/format/instant.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { scaleOf } from '../../shared/ui/label-size.ts';
import canvas from '../cytoscape/canvas.module.css';
import { useSize } from '../cytoscape/use-size.ts';
import type { Measure } from '../flows/flow-radius.ts';
import flows from '../flows/flows.module.css';
import type { FlowChoice, SumPictureProps } from '../picture-props.ts';
import styles from './time.module.css';
import { TimeAxis, TimeLegend, TimeLineMark, WindowTint } from './time-drawing.tsx';
import { layOutTimes, openKey, type TimeLayout, type TimeLine } from './time-layout.ts';
import { bucketAt, type HolderTimes, type TimeRow, type TimeWindows } from './time-rows.ts';
import { bucketInWords, rowInWords } from './time-words.ts';

export interface TimeCanvasProps extends SumPictureProps {
  readonly times: HolderTimes;
  /** The lines by lab of opened holders, by holder id. */
  readonly labRows: ReadonlyMap<string, readonly TimeRow[]>;
  readonly windows: TimeWindows;
  readonly measure: Measure;
  /** Labs of which each holder has something in reach, by holder id. Null: not known. */
  readonly labsAt: ReadonlyMap<string, ReadonlySet<string>> | null;
  readonly openGroups: readonly string[];
  readonly onToggleGroup: (key: string) => void;
}

const HEAD_PX = 40;

/** The holdings of each holder over time: one row for each, with the windows tinted over all of them. */
export function TimeCanvas(props: TimeCanvasProps) {
  const { times, labRows, windows, measure, labsAt, chosen, pointed, onPoint, onChoose, openGroups, onToggleGroup, label } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const announce = useAnnounce();
  const hatch = useId();
  const [hovered, setHovered] = useState<{ readonly key: string; readonly bucket: number | null } | null>(null);
  const [focus, setFocus] = useState<{ readonly key: string; readonly bucket: number | null } | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const layout = useMemo(
    () => (size === null ? null : layOutTimes(times, labRows, new Set(openGroups), size)),
    [times, labRows, openGroups, size],
  );
  const rows = useMemo(() => (layout?.lines ?? []).filter((line) => line.kind === 'row'), [layout]);
  useEffect(() => () => onPoint(null), [onPoint]);
  const drawing = useOfferDrawing(label, props.caption);

  const rowOf = (key: string | undefined) => rows.find((line) => line.key === key);
  const choiceOf = ({ row }: { readonly row: TimeRow }): FlowChoice => ({ holderId: row.holder.id, labId: row.lab?.id ?? null });
  const hover = (next: typeof hovered) => {
    if (next?.key === hovered?.key && next?.bucket === hovered?.bucket) return;
    setHovered(next);
    const line = rowOf(next?.key);
    onPoint(line === undefined ? null : choiceOf(line));
  };
  const under = (event: MouseEvent): typeof hovered => {
    const key = (event.target as Element).closest('[data-key]')?.getAttribute('data-key');
    if (key == null || layout === null) return null;
    const scale = scroll.current === null ? 1 : scaleOf(scroll.current);
    const x = (event.clientX - (drawing.current?.getBoundingClientRect().left ?? 0)) / scale;
    return { key, bucket: x < layout.left || x > layout.right ? null : bucketAt(times.instants, layout.scale.at(x - layout.left)) };
  };
  const moveTo = (line: Extract<TimeLine, { kind: 'row' }>, bucket: number | null) => {
    const next = { key: line.key, bucket };
    setFocus(next);
    hover(next);
    scroll.current?.querySelector(`[data-target="${CSS.escape(line.key)}"]`)?.scrollIntoView({ block: 'nearest' });
    announce(bucket === null ? rowInWords(line.row, times.instants, windows) : bucketInWords(line.row, times.instants, bucket));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex((line) => line.key === focus?.key);
    const here = rows[at];
    const bucket = focus?.bucket ?? bucketAt(times.instants, windows.core.to);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: rows.length - 1 }[event.key];
    const next = to === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (next !== undefined) moveTo(next, null);
    else if (event.key === 'ArrowLeft' && here !== undefined) moveTo(here, Math.max(0, bucket - 1));
    else if (event.key === 'ArrowRight' && here !== undefined) moveTo(here, Math.min(times.instants.length - 2, bucket + 1));
    else if ((event.key === 'Enter' || event.key === ' ') && here !== undefined) onChoose(choiceOf(here));
    else if ((event.key === 'e' || event.key === 'E') && here !== undefined) onToggleGroup(openKey(here.row.holder.id));
    else if (event.key === 'Escape' && chosen.holders.size + chosen.labs.size > 0) onChoose(null);
    else if ((event.key === 't' || event.key === 'T') && props.onShowTable !== undefined) props.onShowTable();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const shown = pointed ?? chosen;
  const isDim = ({ row }: { readonly row: TimeRow }) => {
    if (shown.holders.size > 0 && !shown.holders.has(row.holder.id)) return true;
    if (shown.labs.size === 0) return false;
    if (row.lab !== null) return !shown.labs.has(row.lab.id);
    const own = labsAt?.get(row.holder.id);
    return labsAt !== null && ![...shown.labs].some((lab) => own?.has(lab));
  };
  const hoveredRow = rowOf(hovered?.key);
  return (
    <div className={`${canvas.root} ${props.isStale ? canvas.stale : ''}`}>
      {layout !== null && <TimeHead layout={layout} times={times} windows={windows} />}
      <div
        ref={scroll}
        className={`${canvas.scroll} ${styles.scroll}`}
        role="application"
        aria-label={label}
        aria-describedby={props.describedBy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one Tab stop.
        tabIndex={0}
        data-testid="time"
        onKeyDown={pressed}
        onClick={(event) => {
          const opened = (event.target as Element).closest('[data-open]')?.getAttribute('data-open');
          const line = rowOf(under(event)?.key);
          if (opened != null) onToggleGroup(openKey(opened));
          else onChoose(line === undefined ? null : choiceOf(line));
        }}
        onMouseMove={(event) => hover(under(event))}
        onMouseLeave={() => hover(null)}
        onFocus={() => {
          setHasFocus(true);
          const [first] = rows;
          if (focus === null && first !== undefined) setFocus({ key: first.key, bucket: null });
        }}
        onBlur={() => {
          setHasFocus(false);
          hover(null);
        }}
      >
        {layout !== null && (
          <svg ref={drawing} className={`${canvas.stage} ${styles.drawing}`} width={layout.width} height={layout.height} aria-hidden="true">
            <defs>
              <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width={5} height={5} className={styles.hatchGround} />
                <line x1={0} y1={0} x2={0} y2={5} className={styles.hatchLine} />
              </pattern>
            </defs>
            <WindowTint layout={layout} window={windows.widest} className={styles.widest} top={0} bottom={layout.bottom} />
            {layout.lines.map((line) => (
              <TimeLineMark
                key={line.key}
                line={line}
                layout={layout}
                instants={times.instants}
                windows={windows}
                measure={measure}
                hatch={hatch}
                isDim={line.kind === 'row' && isDim(line)}
                isChosen={line.kind === 'row' && line.row.lab === null && chosen.holders.has(line.row.holder.id)}
                isFocused={hasFocus && line.key === focus?.key}
              />
            ))}
            <WindowTint layout={layout} window={windows.core} className={styles.core} top={0} bottom={layout.bottom} />
            <TimeAxis layout={layout} y={layout.bottom} />
          </svg>
        )}
      </div>
      <div className={canvas.footer}>
        <TimeLegend hatch={hatch} />
        <p className={flows.readout} title={hoveredRow === undefined ? undefined : rowInWords(hoveredRow.row, times.instants, windows)}>
          {hoveredRow === undefined
            ? 'Point at a row to read it. Click to filter the list. Each row has its own scale.'
            : hovered?.bucket == null
              ? rowInWords(hoveredRow.row, times.instants, windows)
              : bucketInWords(hoveredRow.row, times.instants, hovered.bucket)}
        </p>
        {times.totalCount > times.rows.length && (
          <p className={canvas.note}>
            The first {formatCount(times.rows.length)} of {countOf(times.totalCount, 'holder', 'holders')}.
          </p>
        )}
      </div>
    </div>
  );
}

interface HeadProps {
  readonly layout: TimeLayout;
  readonly times: HolderTimes;
  readonly windows: TimeWindows;
}

/** The heading, which stays in sight: the dates, and the names of the windows above their tints. */
function TimeHead({ layout, times, windows }: HeadProps) {
  const { left, right, scale, width, hasFigures } = layout;
  const [from, to] = [left + scale.x(windows.widest.from), left + scale.x(windows.widest.to)];
  const isLate = (from + to) / 2 > (left + right) / 2;
  const lengthOf = ({ from: first, to: last }: { readonly from: number; readonly to: number }) =>
    formatDuration({ from: new Date(first).toISOString(), to: new Date(last).toISOString() });
  return (
    <svg className={styles.head} width={width} height={HEAD_PX} aria-hidden="true">
      <text x={hasFigures ? 16 : 8} y={16} className={styles.title}>
        {countOf(times.totalCount, 'holder', 'holders')}
      </text>
      <WindowTint layout={layout} window={windows.widest} className={styles.widest} top={0} bottom={HEAD_PX} />
      <WindowTint layout={layout} window={windows.core} className={styles.core} top={0} bottom={HEAD_PX} />
      <text
        x={isLate ? Math.min(right, Math.max(left + 150, to)) : Math.min(Math.max(left, from), right - 150)}
        y={13}
        textAnchor={isLate ? 'end' : 'start'}
        className={styles.windowName}
      >
        {hasFigures ? `Core · ${lengthOf(windows.core)}` : 'Core'}
        <tspan dx={10} className={styles.small}>
          {hasFigures ? `Widest · ${lengthOf(windows.widest)}` : 'Widest'}
        </tspan>
      </text>
      {hasFigures && (
        <text x={right + 12} y={32} className={styles.small}>
          At the end of the core
        </text>
      )}
      <TimeAxis layout={layout} y={HEAD_PX - 17} />
    </svg>
  );
}
