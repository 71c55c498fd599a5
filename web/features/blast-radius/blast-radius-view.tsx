import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { countInReach } from '../../shared/format/tier-counts.ts';
import { SavedIncidentDocument, SavedVersionDocument, type SavedVersionQuery } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useWatch } from '../../shared/graphql/use-watch.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { useFocusKept } from '../../shared/ui/focus-result.ts';
import { isTyping } from '../../shared/ui/keys.ts';
import { lazyPart, preloadWhenIdle } from '../../shared/ui/lazy-part.tsx';
import type { CanvasView } from '../../shared/url/blast-radius-url.ts';
import { isNobodyNamed, isTimeOpen } from '../../shared/url/radius-options-url.ts';
import classes from './blast-radius-view.module.css';
import { preloadCanvas } from './canvas/radius-canvas.tsx';
import type { Compare } from './compare-radius.tsx';
import { CompareRadius } from './compare-radius.tsx';
import type { RadiusAnswer } from './lanes-radius.ts';
import { RadiusScreen } from './radius-screen.tsx';
import { summarySentence, windowSentence } from './sentences.ts';
import { AskWhen } from './summary/ask-when.tsx';
import { ChooseOrigin, RadiusFailed } from './summary/choose-origin.tsx';
import type { OriginPicker as Picker } from './summary/origins-form.tsx';
import { editsOf } from './summary/saved-incident.ts';
import { useMissingOrigins } from './summary/use-missing-origins.ts';
import type { BlastView } from './use-blast-view.ts';
import { useBlastView } from './use-blast-view.ts';
import { useRadii } from './use-radii.ts';
import { type WhatIf, WhatIfRadius } from './what-if-radius.tsx';

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
  useEffect(() => preloadWhenIdle([EditedBar]), []);
  useFocusKept(() => document.querySelector('main [role="application"], main [role="tab"][aria-selected="true"]'));
  const view = useBlastView();
  const { state, change } = view;
  const [text] = useDebouncedValue(view.text, 200);
  const radii = useRadii(state, text);
  const { asked, radius, artifacts, flows, holdings } = radii.shown.of;
  const missingCount = useMissingOrigins(state, asked.question.phase === 'failed' ? asked.question.error : null, change);
  const savedOf = useSavedIncident(state.incident);
  const saved = savedOf.data?.incident ?? null;
  const { shown, toggle } = useCanvasView(view, radius);
  useViewKeys({ onToggle: toggle, onClear: () => (state.selection ?? state.focus) !== null && change({ selection: null, focus: null }) });
  // A what-if and a comparison announce their own figures.
  useRadiusAnnouncements(radius, state.comparison.isOpen || (state.actions ?? []).length > 0);

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
  if (radius !== null && state.actions !== null) {
    return (
      <div className={classes.view} data-view="what-if">
        <WhatIfRadius WhatIf={WhatIf} of={{ radius, rows: artifacts.rows, flows, holdings }} actions={state.actions} view={view} />
        {editedBar}
      </div>
    );
  }
  return (
    <RadiusScreen
      radii={radii}
      view={view}
      text={text}
      shown={shown}
      onToggle={toggle}
      savedOf={savedOf}
      missingCount={missingCount}
      editedBar={editedBar}
      views={views}
      OriginPicker={OriginPicker}
    />
  );
}

const EditedBar = lazyPart(async () => (await import('./summary/edited-bar.tsx')).EditedBar);

/** Above this number of artifacts, the matrix comes first. */
const MOST_IN_LANES = 5000;

/** The view that the address names, else the one that comes first, and the way between canvas and table. */
function useCanvasView({ state, change }: BlastView, radius: RadiusAnswer | null) {
  const isNarrow = useMediaQuery('screen and (max-width: 720px)') ?? false;
  // Lanes draw a large radius by its labs and its most valuable holders.
  const first: CanvasView = radius !== null && countInReach(radius.summary) > MOST_IN_LANES ? 'matrix' : 'lanes';
  const lastCanvas = useRef<CanvasView | null>(null);
  if (state.view !== null && state.view !== 'table') lastCanvas.current = state.view;
  const shown = state.view ?? (isNarrow ? 'table' : first);
  const toggle = useCallback(
    () => change({ view: shown === 'table' ? (lastCanvas.current ?? first) : 'table' }, 'replace'),
    [shown, first, change],
  );
  return { shown, toggle };
}

/** The saved incident of the address, asked again when somebody changes it. */
function useSavedIncident(incident: string | null) {
  const id = useMemo(() => (incident === null ? null : { id: incident }), [incident]);
  const asked = useQuestion(SavedIncidentDocument, id);
  useWatch(SavedVersionDocument, id, versionOf, asked.data === null || asked.isStale ? null : versionOf(asked.data));
  return asked;
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
