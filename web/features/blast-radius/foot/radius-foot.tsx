import { useReducedMotion } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { reachedFigures } from '../../../canvas/flows/flow-radius.ts';
import type { LanesAfter } from '../../../canvas/lanes/lanes-props.ts';
import { countOf, formatCount } from '../../../shared/format/count.ts';
import { formatInstantUtc } from '../../../shared/format/instant.ts';
import { countInReach } from '../../../shared/format/tier-counts.ts';
import type { HopFiguresFragment } from '../../../shared/generated/operations.ts';
import { AtInstantDocument, SpreadFiguresDocument } from '../../../shared/generated/operations.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext, IconPlayerTrackPrev } from '../../../shared/ui/icons.tsx';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { inputOf } from '../../../shared/url/radius-options-url.ts';
import type { ArtifactRow, FlowRow, RadiusAnswer } from '../lanes-radius.ts';
import { laneCellsOf, lanesRadiusOf } from '../lanes-radius.ts';
import { isUnknown } from '../sentences.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './foot.module.css';
import { afterOfHop, afterOfInstant, instantQuestion, instantSentence, stepAt, timeSteps } from './shown-part.ts';

export interface RadiusFootProps {
  readonly state: BlastState;
  readonly change: ChangeBlast;
  /** Of all hops of the question. */
  readonly whole: RadiusAnswer;
  /** Of the hops that are shown, with its loaded rows. */
  readonly shown: RadiusAnswer;
  readonly rows: readonly ArtifactRow[];
  /** Of the shown hops and the artifacts that the list's filters leave; null: not known. */
  readonly flows: readonly FlowRow[] | null;
  /** The list leaves out rows of the radius. */
  readonly isFiltered: boolean;
  /** The answer for the shown hops is on its way. */
  readonly isAsking: boolean;
  /** Gets what the picture shows of the radius; null: all. The same value is given once. */
  readonly onAfter: (after: LanesAfter | null) => void;
}

const HOP_MS = 1200;
const STEP_MS = 1000;

/** How the compromise spread, hop by hop, and what was there when: two sliders with play. Every figure is the server's, of the whole answer. */
export function RadiusFoot({ state, change, whole, shown, rows, flows, isFiltered, isAsking, onAfter }: RadiusFootProps) {
  const { hop, at } = state;
  const [playing, setPlaying] = useState<'hops' | 'time' | null>(null);
  const lastPlayed = useRef<'hops' | 'time'>('hops');
  if (playing !== null) lastPlayed.current = playing;
  const play = (what: 'hops' | 'time', isPlaying: boolean) => setPlaying(isPlaying ? what : null);
  const announce = useAnnounce();

  const most = whole.maxHops;
  const input = useMemo(() => inputOf(state), [state]);
  const inputKey = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input.
  const hopVariables = useMemo(() => {
    if (input === null) return null;
    const within = (hops: number) => ({ ...input, options: { ...input.options, maxHops: Math.min(hops, most) } });
    return {
      ...{ h0: within(0), h1: within(1), h2: within(2), h3: within(3), h4: within(4), h5: within(5) },
      ...{ h6: within(6), h7: within(7), h8: within(8), h9: within(9), h10: within(10) },
      ...{ has2: most >= 2, has3: most >= 3, has4: most >= 4, has5: most >= 5, has6: most >= 6 },
      ...{ has7: most >= 7, has8: most >= 8, has9: most >= 9, has10: most >= 10 },
    };
  }, [inputKey, most]);
  const figures = useQuestion(SpreadFiguresDocument, hopVariables);
  const { h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10 } = figures.data ?? {};
  const stops = [h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10].slice(0, most + 1).map((each) => each ?? null);
  const shownHop = Math.min(hop ?? most, most);

  const steps = useMemo(() => timeSteps(shown), [shown]);
  const shownInput = useMemo(
    () => (input === null ? null : { ...input, options: { ...input.options, maxHops: shown.maxHops } }),
    [input, shown.maxHops],
  );
  const instantVariables = useMemo(
    () => (at === null || shownInput === null ? null : instantQuestion(shownInput, shown, at)),
    [at, shownInput, shown],
  );
  const instant = useQuestion(AtInstantDocument, instantVariables);
  const part = useMemo(() => lanesRadiusOf(shown, rows, null), [shown, rows]);
  const isOfHop = shown !== whole;
  const answer = instant.data;
  // The picture keeps the last answer until the next one comes.
  const after = useMemo(() => {
    const cells = isOfHop && flows !== null ? laneCellsOf(flows) : null;
    if (at !== null && answer !== null) return { ...afterOfInstant(part, shown, answer, at, isFiltered), cells };
    return isOfHop
      ? {
          ...afterOfHop(part),
          cells,
          ...(flows && { figures: reachedFigures(shown.reached, flows) }),
        }
      : null;
  }, [at, answer, part, shown, isOfHop, flows, isFiltered]);
  useEffect(() => onAfter(after), [after, onAfter]);
  useEffect(() => () => onAfter(null), [onAfter]);

  const sentence = at === null || answer === null || instant.isStale ? null : instantSentence(shown, answer, at);
  useEffect(() => {
    if (sentence !== null) announce(sentence);
  }, [sentence, announce]);

  const toHop = (value: number, how: 'push' | 'replace') => change({ hop: value >= most ? null : value }, how);
  const toStep = (value: number, how: 'push' | 'replace') => change({ at: steps[value] ?? null }, how);
  const step = at === null ? steps.length - 1 : stepAt(steps, at);
  useFootKeys({
    hop: (by) => toHop(Math.max(0, Math.min(most, shownHop + by)), 'push'),
    time: (by) => toStep(Math.max(0, Math.min(steps.length - 1, at === null && by > 0 ? 0 : step + by)), 'push'),
    play: () => setPlaying(playing === null ? lastPlayed.current : null),
    pause: () => setPlaying(null),
    whole: () => at !== null && change({ at: null }),
    isTimeShown: at !== null,
  });

  const hasNoRecord = isUnknown(whole);
  const figure = hasNoRecord ? null : stops[shownHop];
  return (
    <section className={classes.foot} aria-label="Spread and time" data-screen-only>
      <Play
        title="Spread"
        what="the spread"
        label="Hops shown"
        count={most + 1}
        value={shownHop}
        valueText={`${shownHop} of ${most}${figure == null ? '' : `, ${countOf(countInReach(figure.summary), 'artifact', 'artifacts')}`}`}
        onValue={toHop}
        isPlaying={playing === 'hops'}
        onPlaying={(isPlaying) => play('hops', isPlaying)}
        isAsking={isAsking || shown.maxHops !== shownHop}
        restMs={HOP_MS}
      >
        <ol className={classes.stops}>
          {stops.map((each, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stop is its number of hops.
            <li key={i} aria-current={i === shownHop ? 'step' : undefined}>
              <button type="button" onClick={() => toHop(i, 'push')}>
                {i === 0 ? 'Origin' : countOf(i, 'hop', 'hops')}
                <span>{hasNoRecord ? '–' : stopWords(each, i === 0 ? null : (stops[i - 1] ?? null), i)}</span>
              </button>
            </li>
          ))}
        </ol>
      </Play>
      <Play
        title="Time"
        what="the time"
        label="Instant shown"
        count={steps.length}
        value={step}
        valueText={at === null ? 'the whole window' : formatInstantUtc(at)}
        onValue={toStep}
        isPlaying={playing === 'time'}
        onPlaying={(isPlaying) => play('time', isPlaying)}
        isAsking={at !== null && (instant.isStale || instant.question.phase === 'asking')}
        restMs={STEP_MS}
      >
        <p className={classes.caption} title={sentence ?? undefined} data-at={at ?? undefined} data-stale={instant.isStale || undefined}>
          {instant.question.phase === 'failed' && at !== null ? (
            <span role="alert">{errorSentence(instant.question.error)}</span>
          ) : at === null ? (
            'The whole window'
          ) : (
            <>
              <span>{answer === null ? `At ${formatInstantUtc(at)} …` : instantSentence(shown, answer, at)}</span>{' '}
              <button type="button" onClick={() => change({ at: null })}>
                Whole window
              </button>
            </>
          )}
        </p>
      </Play>
    </section>
  );
}

/** The artifacts that a stop adds: "20 artifacts", "+2". Nothing while unknown. */
function stopWords(stop: HopFiguresFragment | null, before: HopFiguresFragment | null, hop: number): string {
  if (stop === null) return '…';
  const count = countInReach(stop.summary);
  if (hop === 0) return formatCount(count);
  return before === null ? '…' : `+${formatCount(count - countInReach(before.summary))}`;
}

interface FootKeys {
  readonly hop: (by: number) => void;
  readonly time: (by: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly whole: () => void;
  readonly isTimeShown: boolean;
}

/** Keys on the focused canvas: `[` `]` a hop less or more, `,` `.` a step of time, `K` plays. Any other key or a click there pauses. */
function useFootKeys(keys: FootKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const isOnCanvas = (event: Event) => event.target instanceof Element && event.target.closest('[role="application"]') !== null;
    const onKey = (event: KeyboardEvent) => {
      if (!isOnCanvas(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const { hop, time, play, pause, whole, isTimeShown } = latest.current;
      if (event.key === '[' || event.key === ']') hop(event.key === '[' ? -1 : 1);
      else if (event.key === ',' || event.key === '.') time(event.key === ',' ? -1 : 1);
      else if (event.key.toLowerCase() === 'k') play();
      else if (event.key === 'Escape' && isTimeShown) whole();
      else {
        pause();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
    const onPointer = (event: PointerEvent) => {
      if (isOnCanvas(event)) latest.current.pause();
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('pointerdown', onPointer, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('pointerdown', onPointer, true);
    };
  }, []);
}

interface PlayProps {
  /** `Spread` or `Time`. */
  readonly title: string;
  /** The thing that the play button plays: `the spread`. */
  readonly what: string;
  /** Accessible name of the slider: `Hops shown`. */
  readonly label: string;
  readonly count: number;
  /** The stop that is shown. */
  readonly value: number;
  /** The value in words. */
  readonly valueText: string;
  readonly onValue: (value: number, how: 'push' | 'replace') => void;
  readonly isPlaying: boolean;
  readonly onPlaying: (isPlaying: boolean) => void;
  /** The answer for the shown stop is on its way: play waits for it. */
  readonly isAsking: boolean;
  /** Rest at each stop, in milliseconds. */
  readonly restMs: number;
  readonly children: ReactNode;
}

/** A slider over stops, with play. It goes on once the answer of a stop is drawn and has rested, and ends at the last. Without motion it steps. */
function Play(props: PlayProps) {
  const { title, what, label, count, value, valueText, onValue, isPlaying, onPlaying, isAsking, restMs, children } = props;
  const isStill = useReducedMotion(false, { getInitialValueInEffect: false });
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!isPlaying || isAsking) return;
    const timer = setTimeout(() => {
      if (value + 1 < count) latest.current.onValue(value + 1, 'replace');
      if (value + 2 >= count) latest.current.onPlaying(false);
    }, restMs);
    return () => clearTimeout(timer);
  }, [isPlaying, isAsking, value, count, restMs]);
  const step = (by: number) => {
    onPlaying(false);
    onValue(Math.max(0, Math.min(count - 1, value + by)), 'push');
  };
  const toggle = () => {
    if (!isPlaying && value + 1 >= count) onValue(0, 'push');
    onPlaying(!isPlaying);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className={classes.play} role="group" aria-label={title}>
      <h2>{title}</h2>
      <button type="button" aria-label={`Back, ${what}`} title="Back" disabled={value === 0} onClick={() => step(-1)}>
        <IconPlayerTrackPrev size={13} aria-hidden="true" />
      </button>
      {!isStill && (
        <button
          type="button"
          aria-label={isPlaying ? 'Pause' : `Play ${what}`}
          title={isPlaying ? 'Pause (K)' : 'Play (K)'}
          onClick={toggle}
        >
          {isPlaying ? <IconPlayerPause size={13} aria-hidden="true" /> : <IconPlayerPlay size={13} aria-hidden="true" />}
        </button>
      )}
      <button type="button" aria-label={`Next, ${what}`} title="Next" disabled={value + 1 >= count} onClick={() => step(1)}>
        <IconPlayerTrackNext size={13} aria-hidden="true" />
      </button>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={valueText}
        min={0}
        max={Math.max(1, count - 1)}
        step={1}
        value={value}
        disabled={count < 2}
        onChange={(event) => {
          onPlaying(false);
          onValue(event.currentTarget.valueAsNumber, 'replace');
        }}
      />
      {children}
    </div>
  );
}
