import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../../shared/format/count.ts';
import { formatDuration, formatInstantUtc } from '../../../shared/format/instant.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { isInSight, type TimeRange, ticksOf, timeScale, wholeRange, zoomRange } from '../../../shared/windows/time-scale.ts';
import type { Windows } from '../../../shared/windows/window-fields.ts';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import { windowInput } from '../question-variables.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import { EditDates } from './edit-dates.tsx';
import { RangeField } from './range-field.tsx';
import { TimeSeries } from './time-series.tsx';
import classes from './time-window.module.css';
import { useBrush } from './use-brush.ts';
import { WindowHandle } from './window-handle.tsx';
import { edgeAt, middleOf, moveEdge, snap, WINDOW_EDGES, type WindowEdge, windowsOfRange } from './window-moves.ts';

interface TimeWindowProps {
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly isAsking: boolean;
}

const HEIGHT = 96;
const TOP = 24;
const BASE = 76;
/** A longer name leaves no room for the sentences beside the plot. */
const MOST_NAME = 32;
/** Space at both ends for the handles, which are wider than their lines. */
const INSET = 10;

/**
 * A chart of what the origins held over time, with handles for both windows. The server computes all figures: while a handle is dragged,
 * one request is in flight at a time, and the next one takes the latest position.
 */
export function TimeWindow({ radius, state, change, isAsking }: TimeWindowProps) {
  const { ref, width: fullWidth } = useElementSize<HTMLDivElement>();
  const width = Math.max(0, fullWidth - 2 * INSET);
  const isTight = useMediaQuery('screen and (max-width: 1100px)', false, { getInitialValueInEffect: false });
  const [isUnfolded, setUnfolded] = useState(false);
  const isFolded = isTight && !isUnfolded;
  const [draft, setDraft] = useState<Windows | null>(null);
  const isFirstStep = useRef(true);
  const clip = useId();
  const asked: Windows = useMemo(
    () => ({ core: state.core ?? windowInput(radius.core), widest: state.widest ?? windowInput(radius.widest) }),
    [state, radius],
  );
  const windows = draft ?? asked;
  const buckets = radius.timeline ?? [];
  const whole = wholeRange(buckets, asked.widest);
  const [zoomed, setZoomed] = useState<TimeRange | null>(null);
  const range = zoomed ?? whole;
  const scale = useMemo(() => timeScale(range.from, range.until, width), [range.from, range.until, width]);
  const zoomAt = (factor: number, around?: number) => setZoomed(zoomRange(range, whole, factor, around ?? middleOf(windows)));
  const latestAsked = useRef(asked);
  latestAsked.current = asked;
  const commitOnce = useCallback((next: Windows) => change({ core: next.core, widest: next.widest }), [change]);
  const typeRange = useCallback(
    (from: number, until: number) => commitOnce(windowsOfRange(latestAsked.current, from, until)),
    [commitOnce],
  );
  const brush = useBrush({
    width,
    inset: INSET,
    scale,
    onBrush: (from, until) => commitOnce(windowsOfRange(asked, from, until, scale.msPerPixel)),
  });

  const commit = (next: Windows) => {
    change({ core: next.core, widest: next.widest }, isFirstStep.current ? 'push' : 'replace');
    isFirstStep.current = false;
  };
  const latestCommit = useRef(commit);
  latestCommit.current = commit;
  useEffect(() => {
    if (draft !== null && !isAsking) latestCommit.current(draft);
  }, [draft, isAsking]);

  const drag = (edge: WindowEdge, x: number) =>
    setDraft(moveEdge(windows, edge, snap(scale.at(Math.min(width, Math.max(0, x - INSET))), edge, scale.msPerPixel)));
  const drop = () => {
    if (draft !== null) commit(draft);
    setDraft(null);
  };
  const atCore = buckets.findLast((bucket) => Date.parse(bucket.from) <= Date.parse(radius.core.to));
  const isEmpty = buckets.every(({ definiteCount, possibleCount }) => definiteCount + possibleCount === 0);
  const [origin] = radius.origins;
  const names =
    radius.origins.length !== 1 || origin === undefined ? 'all origins' : origin.name.length > MOST_NAME ? 'the origin' : origin.name;
  const core = { x1: scale.x(edgeAt(windows, 'coreFrom')), x2: scale.x(edgeAt(windows, 'coreTo')) };
  const widest = { x1: scale.x(edgeAt(windows, 'widestFrom')), x2: scale.x(edgeAt(windows, 'widestTo')) };
  const isLate = (core.x1 + core.x2) / 2 > width / 2;

  return (
    <section
      className={classes.strip}
      data-folded={isFolded || undefined}
      data-screen-only={isFolded || undefined}
      aria-label="Time window"
    >
      <div className={classes.side}>
        <div className={classes.tools}>
          <h2>Time window</h2>
          {!isFolded && (
            <>
              <button
                type="button"
                data-screen-only
                className={classes.zoom}
                aria-label="Zoom in on the windows"
                title="Zoom in"
                onClick={() => zoomAt(0.5)}
              >
                +
              </button>
              <button
                type="button"
                data-screen-only
                className={classes.zoom}
                aria-label="Zoom out"
                title="Zoom out"
                disabled={zoomed === null}
                onClick={() => zoomAt(2)}
              >
                −
              </button>
            </>
          )}
        </div>
        {isFolded ? (
          <span className={classes.folded}>
            Core {formatDuration(windows.core)}, widest {formatDuration(windows.widest)}
          </span>
        ) : (
          <p>Readable copies at {names}. Other holders and reveals are not counted.</p>
        )}
        <div className={classes.tools}>
          <RangeField onChange={typeRange} />
          <EditDates windows={asked} range={whole} change={change} />
        </div>
        {isTight && (
          <button
            type="button"
            data-screen-only
            className={classes.fold}
            aria-expanded={!isFolded}
            onClick={() => setUnfolded((unfolded) => !unfolded)}
          >
            {isFolded ? 'Show timeline' : 'Hide timeline'}
          </button>
        )}
      </div>
      <div ref={ref} className={classes.plot} hidden={isFolded}>
        {width > 0 && (
          <svg {...brush.handlers} width={fullWidth} height={HEIGHT} viewBox={`${-INSET} 0 ${fullWidth} ${HEIGHT}`} className={classes.svg}>
            <title>{`Artifacts held as readable copies by ${names} over time`}</title>
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
            {brush.box !== null && (
              <rect className={classes.brush} x={brush.box.x} y={TOP - 4} width={brush.box.width} height={BASE - TOP + 4} />
            )}
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
                onStart={() => {
                  isFirstStep.current = true;
                }}
                onDrag={drag}
                onDrop={drop}
                onMove={(at) => commit(moveEdge(windows, edge, at))}
              />
            ))}
          </svg>
        )}
      </div>
      {atCore !== undefined && !isFolded && isEmpty && (
        <p className={classes.counts}>
          <span className={classes.countsNote}>No readable copy is recorded at {names}.</span>
        </p>
      )}
      {atCore !== undefined && !isFolded && !isEmpty && (
        <p className={classes.counts}>
          <span className={classes.possibleCount}>{formatCount(atCore.possibleCount)} more possibly held</span>
          <span className={classes.definiteCount}>
            {formatCount(atCore.definiteCount)} held at {names}
          </span>
          <span className={classes.countsNote}>at the end of the core window</span>
        </p>
      )}
    </section>
  );
}
