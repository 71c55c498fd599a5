import { useId } from 'react';
import { formatDuration, formatInstantUtc } from '../../../shared/format/instant.ts';
import { isInSight, type TimeScale, ticksOf } from '../../../shared/windows/time-scale.ts';
import type { Windows } from '../../../shared/windows/window-fields.ts';
import { TimeSeries, type TimeSeriesProps } from './time-series.tsx';
import classes from './time-window.module.css';
import { useBrush } from './use-brush.ts';
import { WindowHandle } from './window-handle.tsx';
import { edgeAt, moveEdge, snap, WINDOW_EDGES, type WindowEdge } from './window-moves.ts';

const HEIGHT = 96;
const TOP = 24;
const BASE = 76;
/** Space at both ends for the handles, which are wider than their lines. */
export const INSET = 10;

interface WindowPlotProps {
  readonly buckets: TimeSeriesProps['buckets'];
  readonly scale: TimeScale;
  /** The width of the scale, in px. */
  readonly width: number;
  readonly windows: Windows;
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
export function WindowPlot({ buckets, scale, width, windows, title, onBegin, onDrag, onDrop, onMove, onBrush }: WindowPlotProps) {
  const clip = useId();
  const brush = useBrush({ width, inset: INSET, scale, onBrush });
  const core = { x1: scale.x(edgeAt(windows, 'coreFrom')), x2: scale.x(edgeAt(windows, 'coreTo')) };
  const widest = { x1: scale.x(edgeAt(windows, 'widestFrom')), x2: scale.x(edgeAt(windows, 'widestTo')) };
  const isLate = (core.x1 + core.x2) / 2 > width / 2;
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
        x={isLate ? Math.min(width, Math.max(widest.x2, core.x2)) : Math.max(0, widest.x1)}
        y={11}
        textAnchor={isLate ? 'end' : 'start'}
      >
        <tspan className={classes.coreLabel}>{`Core · ${formatDuration(windows.core)}`}</tspan>
        <tspan className={classes.widestLabel} dx={12}>{`Widest · ${formatDuration(windows.widest)}`}</tspan>
      </text>
      {WINDOW_EDGES.filter((edge) => isInSight(scale, edgeAt(windows, edge))).map((edge) => (
        <WindowHandle
          key={edge}
          edge={edge}
          x={scale.x(edgeAt(windows, edge))}
          at={edgeAt(windows, edge)}
          range={scale}
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
