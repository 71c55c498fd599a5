import { useId, useMemo, useRef } from 'react';
import { useOfferDrawing } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDuration } from '../../shared/format/instant.ts';
import { scaleOf } from '../../shared/ui/label-size.ts';
import canvas from '../cytoscape/canvas.module.css';
import { useSize } from '../cytoscape/use-size.ts';
import type { Measure } from '../flows/flow-radius.ts';
import flows from '../flows/flows.module.css';
import { type Mark, useMarks } from '../flows/use-marks.ts';
import type { FlowChoice, SumPictureProps } from '../picture-props.ts';
import styles from './time.module.css';
import { TimeAxis, TimeLegend, TimeLineMark, WindowTint } from './time-drawing.tsx';
import { layOutTimes, openKey, type TimeLayout } from './time-layout.ts';
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
  const { times, labRows, windows, measure, labsAt, chosen, pointed, onChoose, openGroups, onToggleGroup, label } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const hatch = useId();
  const layout = useMemo(
    () => (size === null ? null : layOutTimes(times, labRows, new Set(openGroups), size)),
    [times, labRows, openGroups, size],
  );
  const rows = useMemo(() => (layout?.lines ?? []).filter((line) => line.kind === 'row'), [layout]);
  const drawing = useOfferDrawing(label, props.caption);

  const rowOf = (key: string | undefined) => rows.find((line) => line.key === key);
  const choiceOf = ({ key }: Mark): FlowChoice | null => {
    const row = rowOf(key)?.row;
    return row === undefined ? null : { holderId: row.holder.id, labId: row.lab?.id ?? null };
  };
  const spoken = ({ key, bucket }: Mark): string => {
    const row = rowOf(key)?.row;
    if (row === undefined) return '';
    return bucket === null ? rowInWords(row, times.instants, windows) : bucketInWords(row, times.instants, bucket);
  };
  const step = (key: string, from: Mark | null): Mark | null => {
    const at = rows.findIndex((line) => line.key === from?.key);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: rows.length - 1 }[key];
    const next = to === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (next !== undefined) return { key: next.key, bucket: null };
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (by === undefined || from === null || at < 0) return null;
    const bucket = from.bucket ?? bucketAt(times.instants, windows.core.to);
    return { ...from, bucket: Math.min(times.instants.length - 2, Math.max(0, bucket + by)) };
  };
  const marks = useMarks(scroll, props, {
    first: rows[0] === undefined ? null : { key: rows[0].key, bucket: null },
    at: (key, event) => {
      const scale = scroll.current === null ? 1 : scaleOf(scroll.current);
      const x = (event.clientX - (drawing.current?.getBoundingClientRect().left ?? 0)) / scale;
      const isBeside = layout === null || x < layout.left || x > layout.right;
      return { key, bucket: isBeside ? null : bucketAt(times.instants, layout.scale.at(x - layout.left)) };
    },
    ...{ step, spoken, choiceOf },
    activate: (mark) => onChoose(choiceOf(mark)),
    expand: ({ key }) => onToggleGroup(openKey(rowOf(key)?.row.holder.id ?? '')),
  });

  const shown = pointed ?? chosen;
  const isDim = ({ row }: { readonly row: TimeRow }) => {
    if (shown.holders.size > 0 && !shown.holders.has(row.holder.id)) return true;
    if (shown.labs.size === 0) return false;
    if (row.lab !== null) return !shown.labs.has(row.lab.id);
    const own = labsAt?.get(row.holder.id);
    return labsAt !== null && ![...shown.labs].some((lab) => own?.has(lab));
  };
  const hoveredRow = rowOf(marks.hovered?.key);
  return (
    <div className={`${canvas.root} ${props.isStale ? canvas.stale : ''}`}>
      {layout !== null && <TimeHead layout={layout} times={times} windows={windows} />}
      <div {...marks.attributes} className={`${canvas.scroll} ${styles.scroll}`} data-testid="time">
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
                isFocused={line.key === marks.focused?.key}
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
          {marks.hovered === null || hoveredRow === undefined
            ? 'Point at a row to read it. Click to filter the list. Each row has its own scale.'
            : spoken(marks.hovered)}
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
      <WindowTint layout={layout} window={windows.core} className={styles.core} top={HEAD_PX - 23} bottom={HEAD_PX} />
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
