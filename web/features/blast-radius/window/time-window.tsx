import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../../shared/format/count.ts';
import { formatDuration } from '../../../shared/format/instant.ts';
import { type TimeRange, timeScale, wholeRange, zoomRange } from '../../../shared/windows/time-scale.ts';
import type { Windows } from '../../../shared/windows/window-fields.ts';
import { EditDates } from './edit-dates.tsx';
import { RangeField } from './range-field.tsx';
import classes from './time-window.module.css';
import { type AskedWindows, useDraggedWindows } from './use-dragged-windows.ts';
import { middleOf, windowsOfRange } from './window-moves.ts';
import { INSET, WindowPlot } from './window-plot.tsx';

/** A longer name leaves no room for the sentences beside the plot. */
const MOST_NAME = 32;

/** A chart of what the origins held over time, with handles for both windows. */
export function TimeWindow(props: AskedWindows) {
  const { radius, change } = props;
  const { ref, width: fullWidth } = useElementSize<HTMLDivElement>();
  const width = Math.max(0, fullWidth - 2 * INSET);
  const isTight = useMediaQuery('screen and (max-width: 1100px)', false, { getInitialValueInEffect: false });
  const [isUnfolded, setUnfolded] = useState(false);
  const isFolded = isTight && !isUnfolded;
  const { asked, windows, begin, drag, drop, commit } = useDraggedWindows(props);
  const buckets = radius.timeline ?? [];
  const whole = wholeRange(buckets, asked.widest);
  const [zoomed, setZoomed] = useState<TimeRange | null>(null);
  const range = zoomed ?? whole;
  const scale = useMemo(() => timeScale(range.from, range.until, width), [range.from, range.until, width]);
  const zoomBy = (factor: number) => setZoomed(zoomRange(range, whole, factor, middleOf(windows)));
  const latestAsked = useRef(asked);
  latestAsked.current = asked;
  const commitOnce = useCallback((next: Windows) => change({ core: next.core, widest: next.widest }), [change]);
  const typeRange = useCallback(
    (from: number, until: number) => commitOnce(windowsOfRange(latestAsked.current, from, until)),
    [commitOnce],
  );
  const atCore = buckets.findLast((bucket) => Date.parse(bucket.from) <= Date.parse(radius.core.to));
  const isEmpty = buckets.every(({ definiteCount, possibleCount }) => definiteCount + possibleCount === 0);
  const [origin] = radius.origins;
  const names =
    radius.origins.length !== 1 || origin === undefined ? 'all origins' : origin.name.length > MOST_NAME ? 'the origin' : origin.name;

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
                onClick={() => zoomBy(0.5)}
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
                onClick={() => zoomBy(2)}
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
          <WindowPlot
            buckets={buckets}
            scale={scale}
            width={width}
            windows={windows}
            title={`Artifacts held as readable copies by ${names} over time`}
            onBegin={begin}
            onDrag={drag}
            onDrop={drop}
            onMove={commit}
            onBrush={(from, until) => commitOnce(windowsOfRange(asked, from, until, scale.msPerPixel))}
          />
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
