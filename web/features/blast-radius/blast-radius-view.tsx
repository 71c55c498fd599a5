import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LanesAfter, NodeKey } from '../../canvas/lanes/lanes-props.ts';
import type { BlastRadiusQueryVariables, SavedVersionQuery } from '../../shared/generated/operations.ts';
import {
  BlastRadiusDocument,
  MoreArtifactsDocument,
  RadiusFlowsDocument,
  SavedIncidentDocument,
  SavedVersionDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useShared } from '../../shared/graphql/use-shared.ts';
import { useWatch } from '../../shared/graphql/use-watch.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import type { Connection, MoreRows } from '../../shared/lists/use-more-rows.ts';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { focusResult, useFocusKept } from '../../shared/ui/focus-result.ts';
import { isTyping } from '../../shared/ui/keys.ts';
import { lazyPart, preloadWhenIdle, useIdle } from '../../shared/ui/lazy-part.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { useStaleMark } from '../../shared/ui/use-slow.ts';
import type { BlastState, CanvasView } from '../../shared/url/blast-radius-url.ts';
import { NO_COMPARISON } from '../../shared/url/comparison-url.ts';
import { overlayHref } from '../../shared/url/explore-url.ts';
import { inputOf, isNobodyNamed, isTimeOpen } from '../../shared/url/radius-options-url.ts';
import classes from './blast-radius-view.module.css';
import { preloadCanvas, RadiusCanvas } from './canvas/radius-canvas.tsx';
import type { Compare } from './compare-radius.tsx';
import { CompareRadius } from './compare-radius.tsx';
import type { ArtifactRow, FlowRow, Holding, RadiusAnswer } from './lanes-radius.ts';
import { holdingsOf } from './lanes-radius.ts';
import { focusedState, questionOf } from './question-variables.ts';
import { isUnknown, missingSentence, radiusTitle, summarySentence, windowSentence } from './sentences.ts';
import { AskWhen } from './summary/ask-when.tsx';
import { ChooseOrigin, RadiusFailed } from './summary/choose-origin.tsx';
import type { OriginPicker as Picker } from './summary/origins-form.tsx';
import { RadiusNotice } from './summary/radius-notice.tsx';
import { editsOf } from './summary/saved-incident.ts';
import { BandSkeleton, PictureSkeleton } from './summary/skeletons.tsx';
import { SummaryBand } from './summary/summary-band.tsx';
import { useMissingOrigins } from './summary/use-missing-origins.ts';
import { ResultPanel } from './tabs/affected/result-panel.tsx';
import { TimeWindow } from './time-window.tsx';
import { useBlastView } from './use-blast-view.ts';
import type { WhatIf } from './what-if-subject.ts';
import { whatIfSubject } from './what-if-subject.ts';

interface BlastRadiusViewProps {
  readonly OriginPicker: Picker;
  /** Opens the saved views. */
  readonly views: ReactNode;
  readonly WhatIf: WhatIf;
  readonly Compare: Compare;
}

/**
 * The Blast radius page: the compromised organizations, the artifacts in reach, their owners, and the reasons. Canvas and list are two views
 * of one answer, so they always show the same rows. The URL holds the whole question.
 */
export function BlastRadiusView({ OriginPicker, views, WhatIf, Compare }: BlastRadiusViewProps) {
  useEffect(preloadCanvas, []);
  useFocusKept(() => document.querySelector('main [role="application"], main [role="tab"][aria-selected="true"]'));
  const view = useBlastView();
  const { state, change } = view;
  const [text] = useDebouncedValue(view.text, 200);
  const whole = useRadius(state, text);
  const isGraph = state.actions === null && !state.comparison.isOpen;
  // Fewer hops are a question of their own: band, list and lanes follow it, and all places stay those of the whole radius.
  const isPart = state.hop !== null && isGraph && whole.radius !== null && state.hop < whole.radius.maxHops;
  const partState = useMemo(() => (isPart ? { ...state, maxHops: state.hop } : null), [isPart, state]);
  const part = useRadius(partState, text);
  const isPartShown = isPart && part.radius !== null;
  const { asked, askedFlows, radius, artifacts, flows, holdings } = isPartShown ? part : whole;
  const { answered } = whole;
  const reached = whole.radius?.reached ?? null;
  const focused = useRadius(
    useMemo(() => (isGraph ? focusedState(partState ?? state, reached) : null), [isGraph, partState, state, reached]),
    text,
  );
  const [after, setAfter] = useState<LanesAfter | null>(null);
  const isIdle = useIdle();
  useEffect(() => preloadWhenIdle([EditedBar]), []);
  const missingCount = useMissingOrigins(state, asked.question.phase === 'failed' ? asked.question.error : null, change);
  const isNarrow = useMediaQuery('screen and (max-width: 720px)') ?? false;
  const savedId = useMemo(() => (state.incident === null ? null : { id: state.incident }), [state.incident]);
  const savedOf = useQuestion(SavedIncidentDocument, savedId);
  useWatch(SavedVersionDocument, savedId, versionOf, savedOf.data === null || savedOf.isStale ? null : versionOf(savedOf.data));
  const saved = savedOf.data?.incident ?? null;
  const canvas = canvasFor(radius);
  const lastCanvas = useRef<CanvasView | null>(null);
  if (state.view !== null && state.view !== 'table') lastCanvas.current = state.view;
  const shown = state.view ?? (isNarrow ? 'table' : canvas);
  const toggle = useCallback(
    () => change({ view: shown === 'table' ? (lastCanvas.current ?? canvas) : 'table' }, 'replace'),
    [shown, canvas, change],
  );
  useViewKeys({ onToggle: toggle, onClear: () => (state.selection ?? state.focus) !== null && change({ selection: null, focus: null }) });
  // A what-if and a comparison announce their own figures.
  useRadiusAnnouncements(radius, state.comparison.isOpen || (state.actions ?? []).length > 0);
  // A moved window keeps canvas and lists as they are until its answer comes, so that the browser has time to ask.
  const isWaiting = asked.isStale && asked.question.phase !== 'failed' && answered !== null;
  const { core = null, widest = null } = isWaiting ? answered.input : state;
  const shownState = useShared({ ...state, core, widest, ...(isPartShown && { maxHops: state.hop }) });
  const shownView = useMemo(() => ({ ...view, state: shownState }), [view, shownState]);
  // The graph stays whole beside the rows of its focus.
  const listed = focused.radius === null ? null : focusedState(shownState, reached);
  const listState = useShared(listed ?? shownState);
  const listView = useMemo(() => ({ ...shownView, state: listState }), [shownView, listState]);
  const list = listed === null ? { radius, artifacts } : focused;
  const isFocusing = state.focus !== null && isGraph && (focused.radius === null || focused.asked.isStale);
  const isStale = useStaleMark(asked.isStale || askedFlows.isStale || (isPart && !isPartShown));
  const isListStale = useStaleMark(isFocusing);
  const subject = useMemo(() => {
    const input = inputOf(state);
    if (radius === null || input === null || state.actions === null) return null;
    const title = radiusTitle(radius);
    return whatIfSubject({ radius, rows: artifacts.rows, flows, holdings, input, title, isLarge: countArtifacts(radius) > MOST_LINES });
  }, [radius, state, artifacts.rows, flows, holdings]);

  if (isNobodyNamed(state)) return <ChooseOrigin OriginPicker={OriginPicker} change={change} />;
  if (isTimeOpen(state)) return <AskWhen state={state} change={change} />;
  if (radius === null && asked.question.phase === 'failed') {
    const hasDates = state.core !== null || state.widest !== null;
    return (
      <RadiusFailed
        error={asked.question.error}
        onRetry={asked.retry}
        onOtherDates={hasDates ? () => change({ core: null, widest: null }) : null}
        OriginPicker={OriginPicker}
      />
    );
  }
  if (radius !== null && state.comparison.isOpen) {
    return (
      <div className={classes.view} data-view="compare">
        <CompareRadius Compare={Compare} radius={radius} saved={saved} view={view} />
      </div>
    );
  }
  const edits = saved === null ? [] : editsOf(state, saved);
  const editedBar = radius !== null && saved !== null && edits.length > 0 && (
    <EditedBar key={saved.id} radius={radius} saved={saved} edits={edits} view={view} />
  );
  if (subject !== null && state.actions !== null) {
    return (
      <div className={classes.view} data-view="what-if">
        <WhatIf
          subject={subject}
          actions={state.actions}
          selection={state.selection as NodeKey | null}
          onSelect={(selection) => change({ selection })}
          onActions={(actions) => change({ actions })}
          kept={state.comparison.actions}
          onKeep={() => change({ comparison: { ...NO_COMPARISON, actions: state.actions } })}
          onCompare={() => {
            focusResult('compare:before');
            change({ comparison: { ...NO_COMPARISON, isOpen: true, actions: state.comparison.actions } });
          }}
          onClose={() => {
            focusResult('what-if:open');
            change({ actions: null, selection: null, comparison: NO_COMPARISON });
          }}
        />
        {editedBar}
      </div>
    );
  }
  const title = radius === null ? '' : radiusTitle(radius);
  const timeWindow =
    radius === null ? null : (
      <TimeWindow
        radius={radius}
        state={state}
        change={change}
        isAsking={asked.question.phase === 'asking'}
        foot={
          isIdle && whole.radius !== null ? (
            <RadiusFoot
              // The figures of the hops are asked after the answer, which they would delay.
              state={shownState}
              change={change}
              whole={whole.radius}
              shown={radius}
              rows={artifacts.rows}
              flows={flows}
              isAsking={asked.isStale || asked.question.phase === 'asking'}
              onAfter={setAfter}
            />
          ) : (
            <div className={classes.foot} />
          )
        }
      />
    );

  return (
    <div className={classes.view} data-view={shown}>
      {radius === null && <BandSkeleton />}
      {radius !== null && (
        <SummaryBand
          radius={radius}
          artifacts={list.artifacts}
          labTotal={asked.data?.allLabs.totalCount ?? 0}
          title={title}
          view={listView}
          text={text}
          isStale={isStale}
          saved={saved}
          views={views}
          OriginPicker={OriginPicker}
        />
      )}
      {missingCount > 0 && (
        <p className={classes.waiting} role="status">
          {missingSentence(missingCount)}
        </p>
      )}
      <FailedLine asked={savedOf} missing="The incident's saved question and actions are missing here." />
      <RadiusNotice asked={[asked, askedFlows, focused.asked].find(({ question }) => question.phase === 'failed') ?? asked} />
      <div className={classes.body}>
        {shown !== 'table' && (
          <section className={classes.picture} aria-label="Canvas">
            <p id="radius-summary" className="visually-hidden">
              {radius === null ? 'The canvas is loading.' : `${summarySentence(radius)} Press T for the table.`}
            </p>
            <div className={classes.canvas}>
              {radius === null ? (
                <PictureSkeleton />
              ) : (
                <RadiusCanvas
                  radius={shown === 'lanes' ? (whole.radius ?? radius) : radius}
                  rows={shown === 'lanes' ? whole.artifacts.rows : artifacts.rows}
                  flows={shown === 'lanes' ? whole.flows : flows}
                  holdings={shown === 'lanes' ? whole.holdings : holdings}
                  after={after}
                  view={shownView}
                  shown={shown}
                  title={title}
                  isStale={isStale}
                  onShowTable={toggle}
                />
              )}
              {radius !== null && isUnknown(radius) && (
                <div className={classes.unknown}>
                  <p>Nothing is drawn, because no copy is recorded. That does not mean that there is none.</p>
                  <Link
                    href={overlayHref(state, [`organization:${(radius.origins[0] ?? radius.suspectedOrigins[0]?.organization)?.id}`], null)}
                  >
                    See in Explore who engages whom
                  </Link>
                </div>
              )}
            </div>
            {timeWindow}
          </section>
        )}
        <div className={classes.side}>
          {editedBar}
          <ResultPanel
            radius={list.radius}
            artifacts={list.artifacts}
            holdings={holdings}
            flows={flows}
            view={listView}
            text={text}
            isWide={shown === 'table'}
            isStale={isStale || isListStale}
            onToggleView={toggle}
          />
        </div>
        {shown === 'table' && timeWindow}
      </div>
    </div>
  );
}

const EditedBar = lazyPart(async () => (await import('./summary/edited-bar.tsx')).EditedBar);
/** Loads after the first picture, which does not wait for it. */
const RadiusFoot = lazyPart(async () => (await import('./foot/radius-foot.tsx')).RadiusFoot, { waiting: <div className={classes.foot} /> });

/** Above this number of artifacts, the pictures of a what-if stop being lines between them. */
const MOST_LINES = 60;
/** Above this number of artifacts, the matrix comes first. */
const MOST_IN_LANES = 5000;

function countArtifacts({ summary: { exposedCount, possibleCount, containedCount } }: RadiusAnswer): number {
  return exposedCount + possibleCount + containedCount;
}

/** The canvas that comes first. Lanes draw a large radius by its labs and its most valuable holders. */
function canvasFor(radius: RadiusAnswer | null): CanvasView {
  return radius !== null && countArtifacts(radius) > MOST_IN_LANES ? 'matrix' : 'lanes';
}

function versionOf({ incident }: SavedVersionQuery): string {
  return incident === null ? 'deleted' : String(incident.version);
}

function useRadiusAnnouncements(radius: RadiusAnswer | null, isSilent: boolean): void {
  const announce = useAnnounce();
  const before = useRef<{ origins: string; window: string; sentence: string } | null>(null);
  useEffect(() => {
    if (radius === null) return;
    const now = {
      origins: JSON.stringify([radius.origins.map((origin) => origin.id), radius.suspectedOrigins, radius.hasCore]),
      window: JSON.stringify([radius.core, radius.widest]),
      sentence: summarySentence(radius),
    };
    const last = before.current;
    before.current = now;
    if (isSilent) return;
    if (last !== null && last.origins === now.origins && last.window !== now.window) announce(windowSentence(radius.summary));
    else if (last?.sentence !== now.sentence || last.origins !== now.origins) announce(now.sentence);
  }, [radius, isSilent, announce]);
}

interface ViewKeys {
  readonly onToggle: () => void;
  readonly onClear: () => void;
}

/** `T` switches between canvas and table. Esc clears the selection unless an open menu or dialog takes it. */
function useViewKeys(keys: ViewKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    // The same key press closes a layer before it arrives here, so it is noted on its way down.
    let wasOpen = false;
    const note = () => {
      wasOpen = document.querySelector('[role="dialog"], [role="menu"]') !== null;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (wasOpen) return;
      if (event.key.toLowerCase() === 't') latest.current.onToggle();
      else if (event.key === 'Escape') latest.current.onClear();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', note, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', note, true);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

const NO_ROWS: Connection<ArtifactRow> = { totalCount: 0, pageInfo: { hasNextPage: false }, edges: [] };

/** Loads the answer of a state, its flows, and further rows on request. @param state null: nothing is asked */
function useRadius(state: BlastState | null, text: string) {
  const variables = useMemo(() => (state === null || isTimeOpen(state) ? null : questionOf(state, text)), [state, text]);
  const asked = useQuestion(BlastRadiusDocument, variables);
  const flowVariables = useMemo(() => {
    const input = state === null || isTimeOpen(state) ? null : inputOf(state);
    return input === null ? null : { input };
  }, [state]);
  const askedFlows = useQuestion(RadiusFlowsDocument, flowVariables);
  const answer: RadiusAnswer | null = asked.data?.blastRadius ?? null;
  const radius = useShared(answer);
  const answered = asked.question.phase === 'idle' ? null : (asked.question.last?.variables ?? null);
  // An answer with an equal first page may have other pages after it.
  const loaded: MoreRows<ArtifactRow> = useMoreRows(answer?.artifacts ?? NO_ROWS, (after) => loadMore(answered, after));
  const artifacts = useShared(loaded);
  const flows: readonly FlowRow[] | null = useShared(askedFlows.data?.blastRadius?.flows ?? null);
  const holdings: ReadonlyMap<string, Holding> | null = useMemo(() => (flows === null ? null : holdingsOf(flows)), [flows]);
  return { asked, askedFlows, answered, radius, artifacts, flows, holdings };
}

async function loadMore(variables: BlastRadiusQueryVariables | null, after: string): Promise<Connection<ArtifactRow> | null> {
  if (variables === null) return null;
  const { buckets: _, ...rest } = variables;
  const asked = { ...rest, after };
  const { data } = await client.query({ query: MoreArtifactsDocument, variables: asked });
  return data?.blastRadius?.artifacts ?? null;
}
