import { Button, RangeSlider, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { formatDay } from '../../../shared/format/instant.ts';
import type { TimeWindow } from '../../../shared/url/params.ts';
import { useTypedRange } from '../../../shared/windows/use-typed-range.ts';
import classes from './valid-strip.module.css';

interface ValidStripProps {
  readonly value: TimeWindow | null;
  readonly onChange: (value: TimeWindow | null) => void;
}

/** The time line of Explore: which links the canvas shows, by when they are valid. Two handles, or a typed date range. */
export function ValidStrip({ value, onChange }: ValidStripProps) {
  const bounds = boundsOf(value, Date.now());
  const key = JSON.stringify(value);
  const [days, setDays] = useState<DayRange>(rangeOf(value, bounds));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the window, which Undo and typing change too.
  useEffect(() => setDays(rangeOf(value, bounds)), [key]);
  const years = yearMarks(bounds);
  return (
    <section className={classes.strip} data-time aria-label="Time line">
      <p className={classes.words}>
        <strong>{value === null ? 'Links valid at any time' : `Valid ${formatDay(value.from)} – ${formatDay(value.to)}`}</strong>
        <span>Copies count while they may exist.</span>
      </p>
      <RangeSlider
        classNames={{ root: classes.slider ?? '', markLabel: classes.markLabel ?? '' }}
        size="xs"
        thumbSize={24}
        min={bounds[0]}
        max={bounds[1]}
        minRange={0}
        step={1}
        value={[...days]}
        marks={years}
        label={null}
        thumbFromLabel="Valid from"
        thumbToLabel="Valid until"
        thumbProps={(index) => ({ 'aria-valuetext': formatDay(new Date((days[index] ?? 0) * 86_400_000).toISOString()) })}
        onChange={setDays}
        onChangeEnd={(end) => onChange(windowOf(end, bounds))}
      />
      <TypedRange onChange={onChange} />
      <Button variant="default" size="compact-sm" disabled={value === null} onClick={() => onChange(null)}>
        Any time
      </Button>
    </section>
  );
}

function yearMarks([first, last]: DayRange): { value: number; label: string }[] {
  const year = (day: number) => new Date(day * 86_400_000).getUTCFullYear();
  const marks: { value: number; label: string }[] = [];
  for (let each = year(first) + 1; each <= year(last); each++)
    marks.push({ value: Date.UTC(each, 0, 1) / 86_400_000, label: String(each) });
  return marks;
}

function TypedRange({ onChange }: { readonly onChange: (value: TimeWindow) => void }) {
  const adviceId = useId();
  const { problem, field, onSubmit } = useTypedRange({ words: 'Range', isOptional: true, onRange: onChange });
  return (
    <form className={classes.typed} onSubmit={onSubmit}>
      <TextInput
        size="xs"
        aria-label="Valid in this date range, in UTC"
        {...field}
        error={problem !== null}
        aria-describedby={problem === null ? undefined : adviceId}
      />
      {problem !== null && (
        <p id={adviceId} className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

const dayMs = 86_400_000;
/** The time line without a window: three years back, one ahead. */
const yearsBack = 3;
const yearsAhead = 1;

/** First and last day, in days since 1970. */
type DayRange = readonly [from: number, to: number];

const dayOf = (ms: number) => Math.floor(ms / dayMs);

/** The ends of the time line. They include the window. */
function boundsOf(window: TimeWindow | null, now: number): DayRange {
  const today = dayOf(now);
  const [from, to] = [today - yearsBack * 365, today + yearsAhead * 365];
  return window === null ? [from, to] : [Math.min(from, dayOf(Date.parse(window.from))), Math.max(to, dayOf(Date.parse(window.to)))];
}

/** The days that a window touches; without a window, the whole time line. */
function rangeOf(window: TimeWindow | null, bounds: DayRange): DayRange {
  return window === null ? bounds : [dayOf(Date.parse(window.from)), dayOf(Date.parse(window.to))];
}

/** The window of whole days. Null if both handles are at the ends of the time line: then links are shown whenever they are valid. */
function windowOf([from, to]: DayRange, bounds: DayRange): TimeWindow | null {
  if (from === bounds[0] && to === bounds[1]) return null;
  return { from: new Date(from * dayMs).toISOString(), to: new Date((to + 1) * dayMs - 1).toISOString() };
}
