import { Button, Popover, TextInput } from '@mantine/core';
import { useElementSize, useMediaQuery } from '@mantine/hooks';
import type { FormEvent, ReactNode } from 'react';
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../shared/format/count.ts';
import type { BlastState } from '../../shared/url/blast-radius-url.ts';
import type { TimeRange } from '../../shared/windows/time-scale.ts';
import { timeScale, wholeRange, zoomRange } from '../../shared/windows/time-scale.ts';
import { useTypedRange } from '../../shared/windows/use-typed-range.ts';
import type { Windows } from '../../shared/windows/window-fields.ts';
import { fieldsOf, parseWindows } from '../../shared/windows/window-fields.ts';
import { WindowInputs } from '../../shared/windows/window-inputs.tsx';
import type { RadiusAnswer } from './lanes-radius.ts';
import { nearWindow, toWindows, windowInput } from './question-variables.ts';
import editDatesClasses from './summary/forms.module.css';
import { RestOfQuestion } from './summary/summary-band.tsx';
import classes from './time-window.module.css';
import type { ChangeBlast } from './use-blast-view.ts';
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
  const [zoomed, setZoomed] = useState(() => nearRange(asked.widest, whole));
  const [placed, setPlaced] = useState(asked.widest);
  if (placed.from !== asked.widest.from || placed.to !== asked.widest.to) {
    setPlaced(asked.widest);
    if (zoomed !== null && !isWithin(asked.widest, zoomed)) setZoomed(nearRange(asked.widest, whole));
  }
  const range = zoomed ?? whole;
  const scale = useMemo(() => timeScale(range.from, range.until, width), [range.from, range.until, width]);
  const zoomBy = (factor: number) => setZoomed(zoomRange(range, whole, factor, middleOf(windows)));
  const latestAsked = useRef(asked);
  latestAsked.current = asked;
  const { hasCore } = radius;
  const commitOnce = useCallback((next: Windows) => change(toWindows({ hasCore }, next)), [change, hasCore]);
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
      {props.foot}
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
            <RestOfQuestion radius={radius} />
          </span>
        ) : (
          <p>Readable copies at {names}. Other holders and reveals are not counted.</p>
        )}
        <div className={classes.tools}>
          <RangeField onChange={typeRange} />
          <EditDates windows={asked} range={whole} change={change} hasCore={hasCore} />
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
            at={props.state.at}
            scale={scale}
            whole={whole}
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
          <span className={classes.countsNote}>at the end of the {hasCore ? 'core' : 'widest'} window</span>
        </p>
      )}
    </section>
  );
}

/** The weeks around the widest window; null: all of the time, of which they are more than the half. */
function nearRange(widest: Windows['widest'], whole: TimeRange): TimeRange | null {
  const { from, to } = nearWindow(widest);
  const near = { from: Math.max(whole.from, Date.parse(from)), until: Math.min(whole.until, Date.parse(to)) };
  return near.until - near.from > (whole.until - whole.from) / 2 ? null : near;
}

function isWithin({ from, to }: Windows['widest'], range: TimeRange): boolean {
  return Date.parse(from) >= range.from && Date.parse(to) <= range.until;
}

interface AskedWindows {
  /** The content before the time line. */
  readonly foot: ReactNode;
  readonly radius: RadiusAnswer;
  readonly state: BlastState;
  readonly change: ChangeBlast;
  readonly isAsking: boolean;
}

/**
 * The windows of the question, and those of a handle that is being dragged. The server computes all figures: during a drag, one request is
 * in flight at a time, and the next one takes the latest position. A drag is one step of the browser's history.
 */
function useDraggedWindows({ radius, state, change, isAsking }: AskedWindows) {
  const [draft, setDraft] = useState<Windows | null>(null);
  const isFirstStep = useRef(true);
  const asked: Windows = useMemo(() => {
    const widest = state.widest ?? windowInput(radius.widest);
    return { core: radius.hasCore ? (state.core ?? windowInput(radius.core)) : widest, widest };
  }, [state, radius]);
  const commit = (next: Windows) => {
    change(toWindows(radius, next), isFirstStep.current ? 'push' : 'replace');
    isFirstStep.current = false;
  };
  const latestCommit = useRef(commit);
  latestCommit.current = commit;
  useEffect(() => {
    if (draft !== null && !isAsking) latestCommit.current(draft);
  }, [draft, isAsking]);

  const begin = () => {
    isFirstStep.current = true;
  };
  const drop = () => {
    if (draft !== null) commit(draft);
    setDraft(null);
  };
  const drag = (next: Windows) => setDraft(radius.hasCore ? next : asOneWindow(next, asked));
  const move = (next: Windows) => commit(radius.hasCore ? next : asOneWindow(next, asked));
  return { asked, windows: draft ?? asked, begin, drag, drop, commit: move };
}

/** Without a core, both windows are the widest: an edge that moved, whichever it was, is an edge of it. */
function asOneWindow({ core, widest }: Windows, before: Windows): Windows {
  const moved = {
    from: core.from === before.core.from ? widest.from : core.from,
    to: core.to === before.core.to ? widest.to : core.to,
  };
  return { core: moved, widest: moved };
}

interface RangeFieldProps {
  /** Epoch milliseconds. */
  readonly onChange: (from: number, until: number) => void;
}

/** One field for a whole date range, which becomes the widest window. */
const RangeField = memo(function RangeField({ onChange }: RangeFieldProps) {
  const problemId = useId();
  const { problem, forget, field, onSubmit } = useTypedRange({
    words: 'Range',
    isOptional: true,
    onRange: ({ from, to }) => onChange(Date.parse(from), Date.parse(to)),
  });
  return (
    <form className={classes.range} onSubmit={onSubmit}>
      <TextInput
        size="xs"
        aria-label="Date range, in UTC"
        title="Type a date range and press Enter. It becomes the widest window. A narrower core window stays inside it."
        {...field}
        onBlur={forget}
        error={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
      />
      {problem !== null && (
        <p id={problemId} className={classes.rangeProblem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
});

interface EditDatesProps {
  readonly windows: Windows;
  /** First and last instant of the data, in milliseconds. */
  readonly range: { readonly from: number; readonly until: number };
  readonly change: ChangeBlast;
  readonly hasCore: boolean;
}

/** A form for both windows. It replaces the handles for people who do not use a pointer. */
function EditDates(props: EditDatesProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" width={440} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-xs" ml={-8} onClick={() => setOpen((open) => !open)}>
          Edit dates
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Edit dates">{isOpen && <DatesForm {...props} onDone={() => setOpen(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function DatesForm({ windows, range, change, hasCore, onDone }: EditDatesProps & { readonly onDone: () => void }) {
  const [core, setCore] = useState(() => fieldsOf(windows.core));
  const [widest, setWidest] = useState(() => fieldsOf(windows.widest));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const next = parseWindows(hasCore ? core : widest, widest);
    if (typeof next === 'string') setProblem(next);
    else {
      change(toWindows({ hasCore }, next));
      onDone();
    }
  };
  return (
    <form className={editDatesClasses.form} onSubmit={apply}>
      <h2>Time window</h2>
      <p className={editDatesClasses.note}>
        Dates are in UTC. In the core window, the attacker was certainly inside. In the widest window, the attacker may have been inside.
      </p>
      {hasCore && <WindowInputs label="Core" value={core} onChange={setCore} />}
      <WindowInputs label="Widest" value={widest} onChange={setWidest} />
      {problem !== null && (
        <p className={editDatesClasses.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={editDatesClasses.buttons}>
        <Button type="submit">Apply</Button>
        <Button
          variant="default"
          onClick={() => {
            setWidest(fieldsOf({ from: new Date(range.from).toISOString(), to: new Date(range.until).toISOString() }));
          }}
        >
          Widen to all data
        </Button>
        <Button
          variant="default"
          onClick={() => {
            change({ core: null, widest: null });
            onDone();
          }}
        >
          Reset
        </Button>
      </div>
    </form>
  );
}
