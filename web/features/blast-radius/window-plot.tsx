import type { KeyboardEvent, PointerEvent } from 'react';
import { memo, useId, useRef, useState } from 'react';
import { estimateWidth } from '../../canvas/cytoscape/label-box.ts';
import { formatDuration, formatInstantUtc } from '../../shared/format/instant.ts';
import type { TimeRange, TimeScale } from '../../shared/windows/time-scale.ts';
import { isInSight, ticksOf } from '../../shared/windows/time-scale.ts';
import type { Windows } from '../../shared/windows/window-fields.ts';
import type { RadiusAnswer } from './lanes-radius.ts';
import classes from './time-window.module.css';
import type { WindowEdge } from './window-moves.ts';
import { edgeAt, keyMove, moveEdge, snap, WINDOW_EDGES } from './window-moves.ts';

const HEIGHT = 96;
const TOP = 24;
const BASE = 76;
/** Space at both ends for the handles, which are wider than their lines. */
export const INSET = 10;

interface WindowPlotProps {
  readonly buckets: TimeSeriesProps['buckets'];
  readonly scale: TimeScale;
  /** All of the time, of which the scale shows a part: the range of each handle. */
  readonly whole: TimeRange;
  /** The width of the scale, in px. */
  readonly width: number;
  readonly windows: Windows;
  /** The instant that the picture shows; null: the whole window. */
  readonly at: string | null;
  readonly title: string;
  readonly onBegin: () => void;
  readonly onDrag: (next: Windows) => void;
  readonly onDrop: () => void;
  /** A key has moved a handle. */
  readonly onMove: (next: Windows) => void;
  /** A range was drawn, with instants in order. */
  readonly onBrush: (from: number, until: number) => void;
}

/** The windows over the time series, with a handle at each end. A stroke beside the handles draws a new range. */
export function WindowPlot({
  buckets,
  scale,
  whole,
  width,
  windows,
  at,
  title,
  onBegin,
  onDrag,
  onDrop,
  onMove,
  onBrush,
}: WindowPlotProps) {
  const clip = useId();
  const brush = useBrush({ width, inset: INSET, scale, onBrush });
  const core = { x1: scale.x(edgeAt(windows, 'coreFrom')), x2: scale.x(edgeAt(windows, 'coreTo')) };
  const widest = { x1: scale.x(edgeAt(windows, 'widestFrom')), x2: scale.x(edgeAt(windows, 'widestTo')) };
  const isLate = (core.x1 + core.x2) / 2 > width / 2;
  const [coreWords, widestWords] = [`Core · ${formatDuration(windows.core)}`, `Widest · ${formatDuration(windows.widest)}`];
  const labelWidth = estimateWidth(coreWords, 11) + estimateWidth(widestWords, 11) + 12;
  const fullWidth = width + 2 * INSET;
  const drag = (edge: WindowEdge, x: number) =>
    onDrag(moveEdge(windows, edge, snap(scale.at(Math.min(width, Math.max(0, x - INSET))), edge, scale.msPerPixel)));

  return (
    <svg {...brush.handlers} width={fullWidth} height={HEIGHT} viewBox={`${-INSET} 0 ${fullWidth} ${HEIGHT}`} className={classes.svg}>
      <title>{title}</title>
      <defs>
        <clipPath id={clip}>
          <rect x={0} y={0} width={width} height={HEIGHT} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${clip})`}>
        <rect className={classes.widest} x={widest.x1} y={TOP} width={Math.max(1, widest.x2 - widest.x1)} height={BASE - TOP} />
        <TimeSeries buckets={buckets} scale={scale} top={TOP + 4} base={BASE} />
        <rect className={classes.core} x={core.x1 - 1} y={TOP - 4} width={Math.max(2, core.x2 - core.x1)} height={BASE - TOP + 4} />
      </g>
      {at !== null && isInSight(scale, Date.parse(at)) && (
        <line className={classes.playhead} x1={scale.x(Date.parse(at))} x2={scale.x(Date.parse(at))} y1={TOP - 10} y2={BASE + 6} />
      )}
      {brush.box !== null && <rect className={classes.brush} x={brush.box.x} y={TOP - 4} width={brush.box.width} height={BASE - TOP + 4} />}
      <line className={classes.axis} x1={0} x2={width} y1={BASE} y2={BASE} />
      {ticksOf(scale).map((tick) => (
        <g key={tick.at} transform={`translate(${scale.x(tick.at)} ${BASE})`}>
          <line className={classes.axis} y2={4} />
          {scale.x(tick.at) < width - 20 && (
            <text className={tick.isYear ? classes.year : classes.tick} x={3} y={14}>
              {tick.label}
            </text>
          )}
        </g>
      ))}
      <text
        x={
          isLate
            ? Math.min(width + INSET - 2, Math.max(labelWidth - INSET, Math.min(width, Math.max(widest.x2, core.x2))))
            : Math.max(-INSET, Math.min(Math.max(0, widest.x1), width + INSET - labelWidth))
        }
        y={11}
        textAnchor={isLate ? 'end' : 'start'}
      >
        <tspan className={classes.coreLabel}>{coreWords}</tspan>
        <tspan className={classes.widestLabel} dx={12}>
          {widestWords}
        </tspan>
      </text>
      {WINDOW_EDGES.filter((edge) => isInSight(scale, edgeAt(windows, edge))).map((edge) => (
        <WindowHandle
          key={edge}
          edge={edge}
          x={scale.x(edgeAt(windows, edge))}
          at={edgeAt(windows, edge)}
          range={whole}
          valueText={formatInstantUtc(new Date(edgeAt(windows, edge)).toISOString())}
          top={TOP}
          base={BASE}
          onStart={onBegin}
          onDrag={drag}
          onDrop={onDrop}
          onMove={(at) => onMove(moveEdge(windows, edge, at))}
        />
      ))}
    </svg>
  );
}

/** A shorter stroke is a click. */
const LEAST_STROKE_PX = 6;

interface BrushOptions {
  readonly width: number;
  /** Space left of the scale, in pixels. */
  readonly inset: number;
  readonly scale: TimeScale;
  /** Called once at the end of a stroke, with instants in order. */
  readonly onBrush: (from: number, until: number) => void;
}

/** Draws a range on the time strip with the pointer. Handles take their own strokes first. */
function useBrush({ width, inset, scale, onBrush }: BrushOptions) {
  const start = useRef<number | null>(null);
  const [stroke, setStroke] = useState<readonly [number, number] | null>(null);
  const xOf = (event: PointerEvent<SVGSVGElement>) =>
    Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left - inset));
  const end = () => {
    start.current = null;
    setStroke(null);
  };
  const isStroke = stroke !== null && Math.abs(stroke[1] - stroke[0]) >= LEAST_STROKE_PX;
  return {
    box: isStroke ? { x: Math.min(...stroke), width: Math.abs(stroke[1] - stroke[0]) } : null,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if ((event.target as Element).closest('[role="slider"]') !== null || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = xOf(event);
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        if (start.current !== null) setStroke([start.current, xOf(event)]);
      },
      onPointerUp: () => {
        if (isStroke) onBrush(scale.at(Math.min(...stroke)), scale.at(Math.max(...stroke)));
        end();
      },
      onPointerCancel: end,
    },
  };
}

interface TimeSeriesProps {
  readonly buckets: NonNullable<RadiusAnswer['timeline']>;
  readonly scale: TimeScale;
  readonly top: number;
  readonly base: number;
}

/** Definite counts as a solid area, with possible counts hatched above. Drawn as steps, because copies come and go at single instants. */
const TimeSeries = memo(function TimeSeries({ buckets, scale, top, base }: TimeSeriesProps) {
  const hatch = useId();
  const most = Math.max(1, ...buckets.map((bucket) => bucket.definiteCount + bucket.possibleCount));
  const y = (count: number) => base - (count / most) * (base - top);
  const steps = buckets.map((bucket) => ({
    x1: scale.x(Date.parse(bucket.from)),
    x2: scale.x(Date.parse(bucket.until)),
    low: y(bucket.definiteCount),
    high: y(bucket.definiteCount + bucket.possibleCount),
  }));
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return null;
  const lowLine = steps
    .map((step) => `L${step.x1} ${step.low}L${step.x2} ${step.low}`)
    .join('')
    .slice(1);
  const highLine = steps
    .map((step) => `L${step.x1} ${step.high}L${step.x2} ${step.high}`)
    .join('')
    .slice(1);
  const lowBack = steps
    .toReversed()
    .map((step) => `L${step.x2} ${step.low}L${step.x1} ${step.low}`)
    .join('');
  return (
    <g>
      <defs>
        <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} y1={0} x2={0} y2={5} className={classes.hatch} />
        </pattern>
      </defs>
      <path d={`M${first.x1} ${base}L${lowLine}L${last.x2} ${base}Z`} className={classes.definiteArea} />
      <path d={`M${highLine}${lowBack}Z`} fill={`url(#${hatch})`} />
      <path d={`M${highLine}`} className={classes.possibleLine} />
      <path d={`M${lowLine}`} className={classes.definiteLine} />
    </g>
  );
});

interface WindowHandleProps {
  readonly edge: WindowEdge;
  readonly x: number;
  readonly at: number;
  readonly range: TimeRange;
  readonly valueText: string;
  readonly top: number;
  readonly base: number;
  readonly onStart: () => void;
  /** `x` is the pointer's position in pixels from the left edge of the chart. */
  readonly onDrag: (edge: WindowEdge, x: number) => void;
  readonly onDrop: () => void;
  readonly onMove: (at: number) => void;
}

const NAMES: Readonly<Record<WindowEdge, string>> = {
  widestFrom: 'Start of the widest window',
  coreFrom: 'Start of the core window',
  coreTo: 'End of the core window',
  widestTo: 'End of the widest window',
};

/** Width of the touch target. A start extends to the left of its line and an end to the right, so that the two never overlap. */
const TARGET_PX = 24;

/** The handle of one edge, for pointer and keyboard. Core handles take the upper half, widest handles the lower. */
function WindowHandle({ edge, x, at, range, valueText, top, base, onStart, onDrag, onDrop, onMove }: WindowHandleProps) {
  const isDragging = useRef(false);
  const isCore = edge === 'coreFrom' || edge === 'coreTo';
  const isStart = edge === 'coreFrom' || edge === 'widestFrom';
  const middle = (top + base) / 2;
  const y = isCore ? top - 6 : middle + 2;
  const place = (event: PointerEvent<SVGGElement>) =>
    event.clientX - (event.currentTarget.ownerSVGElement?.getBoundingClientRect().left ?? 0);

  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    isDragging.current = true;
    onStart();
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    if (isDragging.current) onDrag(edge, place(event));
  };
  const onPointerUp = () => {
    if (!isDragging.current) return;
    isDragging.current = false;
    onDrop();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyMove(event.key, event.shiftKey, at, range);
    if (to === null) return;
    event.preventDefault();
    onMove(to);
  };

  return (
    <g
      className={classes.handle}
      role="slider"
      tabIndex={0}
      aria-label={NAMES[edge]}
      aria-valuemin={Math.min(range.from, at)}
      aria-valuemax={Math.max(range.until, at)}
      aria-valuenow={at}
      aria-valuetext={valueText}
      aria-orientation="horizontal"
      onFocus={onStart}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <rect
        className={classes.target}
        x={isStart ? x - TARGET_PX : x}
        y={y}
        width={TARGET_PX}
        height={isCore ? middle - y + 2 : base - middle}
      />
      <line className={isCore ? classes.coreEdge : classes.widestEdge} x1={x} x2={x} y1={top - (isCore ? 6 : 0)} y2={base} />
      <rect
        className={classes.grip}
        data-core={isCore || undefined}
        x={x - (isStart ? 7 : -1)}
        y={y + 2}
        width={6}
        height={isCore ? 14 : 18}
        rx={3}
      />
    </g>
  );
}
