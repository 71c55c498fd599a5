import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { NodeKey } from '../../canvas/lanes/lanes-props.ts';
import { SavedIncidentDocument, SavedVersionDocument, type SavedVersionQuery } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useShared } from '../../shared/graphql/use-shared.ts';
import { useWatch } from '../../shared/graphql/use-watch.ts';
import { FailedLine } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { Link } from '../../shared/ui/link.tsx';
import { useStaleMark } from '../../shared/ui/use-slow.ts';
import type { CanvasView } from '../../shared/url/blast-radius-url.ts';
import { NO_COMPARISON } from '../../shared/url/comparison-url.ts';
import { exploreHref } from '../../shared/url/explore-url.ts';
import classes from './blast-radius-view.module.css';
import { RadiusCanvas } from './canvas/radius-canvas.tsx';
import { type Compare, CompareRadius } from './compare-radius.tsx';
import type { RadiusAnswer } from './lanes/lanes-radius.ts';
import { inputOf, isTimeOpen } from './question-variables.ts';
import { isUnknown, missingSentence, originsTitle, summarySentence, windowSentence } from './sentences.ts';
import { AskWhen } from './summary/ask-when.tsx';
import { ChooseOrigin } from './summary/choose-origin.tsx';
import { EditedBar } from './summary/edited-bar.tsx';
import type { OriginPicker as Picker } from './summary/origin-picker.ts';
import { RadiusFailed } from './summary/radius-failed.tsx';
import { RadiusNotice } from './summary/radius-notice.tsx';
import { BandSkeleton, PictureSkeleton } from './summary/skeletons.tsx';
import { SummaryBand } from './summary/summary-band.tsx';
import { useMissingOrigins } from './summary/use-missing-origins.ts';
import { ResultPanel } from './tabs/result-panel.tsx';
import { useBlastView } from './use-blast-view.ts';
import { useRadius } from './use-radius.ts';
import { useViewKeys } from './use-view-keys.ts';
import { type WhatIf, whatIfSubject } from './what-if-subject.ts';
import { TimeWindow } from './window/time-window.tsx';

interface BlastRadiusViewProps {
  readonly OriginPicker: Picker;
  readonly WhatIf: WhatIf;
  readonly Compare: Compare;
}

/**
 * The Blast radius page: the compromised organizations, the artifacts in reach, their owners, and the reasons. Canvas and list are two views
 * of one answer, so they always show the same rows. The URL holds the whole question.
 */
export function BlastRadiusView({ OriginPicker, WhatIf, Compare }: BlastRadiusViewProps) {
  const view = useBlastView();
  const { state, change } = view;
  const [text] = useDebouncedValue(view.text, 200);
  const { asked, askedFlows, answered, radius, artifacts, flows, holdings } = useRadius(state, text);
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
  useViewKeys({ onToggle: toggle, onClear: () => state.selection !== null && change({ selection: null }) });
  // A what-if and a comparison announce their own figures.
  useRadiusAnnouncements(radius, state.comparison.isOpen || (state.actions ?? []).length > 0);
  // A moved window keeps canvas and lists as they are until its answer comes, so that the browser has time to ask.
  const isWaiting = asked.isStale && asked.question.phase !== 'failed' && answered !== null;
  const { core = null, widest = null } = isWaiting ? answered.input : state;
  const shownState = useShared({ ...state, core, widest });
  const { text: typed, setText } = view;
  const shownView = useMemo(() => ({ state: shownState, change, text: typed, setText }), [shownState, change, typed, setText]);
  const isStale = useStaleMark(asked.isStale || askedFlows.isStale);
  const subject = useMemo(() => {
    const input = inputOf(state);
    if (radius === null || input === null || state.actions === null) return null;
    const title = originsTitle(radius.origins.map((origin) => origin.name));
    return whatIfSubject({ radius, rows: artifacts.rows, flows, holdings, input, title, isLarge: canvas !== 'lanes' });
  }, [radius, state, artifacts.rows, flows, holdings, canvas]);

  if (state.origins.length === 0 && state.incident === null) return <ChooseOrigin OriginPicker={OriginPicker} change={change} />;
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
  const editedBar = radius !== null && saved !== null && <EditedBar key={saved.id} radius={radius} saved={saved} view={view} />;
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
          onCompare={() => change({ comparison: { ...NO_COMPARISON, isOpen: true, actions: state.comparison.actions } })}
          onClose={() => {
            focusResult('what-if:open');
            change({ actions: null, selection: null, comparison: NO_COMPARISON });
          }}
        />
        {editedBar}
      </div>
    );
  }
  const title = radius === null ? '' : originsTitle(radius.origins.map((origin) => origin.name));
  const timeWindow =
    radius === null ? null : <TimeWindow radius={radius} state={state} change={change} isAsking={asked.question.phase === 'asking'} />;

  return (
    <div className={classes.view} data-view={shown}>
      {radius === null && <BandSkeleton />}
      {radius !== null && (
        <SummaryBand
          radius={radius}
          artifacts={artifacts}
          labTotal={asked.data?.allLabs.totalCount ?? 0}
          title={title}
          view={shownView}
          text={text}
          isStale={isStale}
          saved={saved}
          OriginPicker={OriginPicker}
        />
      )}
      {missingCount > 0 && (
        <p className={classes.waiting} role="status">
          {missingSentence(missingCount)}
        </p>
      )}
      <FailedLine asked={savedOf} missing="The incident's saved question and actions are missing here." />
      {editedBar}
      <RadiusNotice asked={asked.question.phase === 'failed' || askedFlows.question.phase !== 'failed' ? asked : askedFlows} />
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
                  radius={radius}
                  rows={artifacts.rows}
                  flows={flows}
                  holdings={holdings}
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
                  <Link href={exploreHref(`organization:${radius.origins[0]?.id}`)}>See in Explore who engages whom</Link>
                </div>
              )}
            </div>
            {timeWindow}
          </section>
        )}
        <ResultPanel
          radius={radius}
          artifacts={artifacts}
          holdings={holdings}
          view={shownView}
          text={text}
          isWide={shown === 'table'}
          isStale={isStale}
          onToggleView={toggle}
        />
        {shown === 'table' && timeWindow}
      </div>
    </div>
  );
}

/** Above this number of artifacts, lines stop being a picture. */
const MOST_IN_LANES = 60;

/** The canvas that fits the size of a radius. */
function canvasFor(radius: RadiusAnswer | null): CanvasView {
  if (radius === null) return 'lanes';
  const { exposedCount, possibleCount, containedCount } = radius.summary;
  return exposedCount + possibleCount + containedCount > MOST_IN_LANES ? 'flows' : 'lanes';
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
      origins: JSON.stringify(radius.origins.map((origin) => origin.id)),
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
