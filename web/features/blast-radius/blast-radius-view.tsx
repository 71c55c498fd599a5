import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { LanesCanvas } from '../../canvas/lanes/lanes-canvas.tsx';
import type { NodeKey } from '../../canvas/lanes/lanes-props.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import classes from './blast-radius-view.module.css';
import { lanesRadiusOf, type RadiusAnswer } from './lanes/lanes-radius.ts';
import { missingSentence, originsTitle, summarySentence, windowSentence } from './sentences.ts';
import { ChooseOrigin } from './summary/choose-origin.tsx';
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
import { TimeWindow } from './window/time-window.tsx';

/**
 * The Blast radius page: the compromised organizations, the artifacts in reach, their owners, and the reasons. Canvas and list are two views
 * of one answer, so they always show the same rows. The URL holds the whole question.
 */
export function BlastRadiusView({ OriginPicker }: { readonly OriginPicker: Picker }) {
  const view = useBlastView();
  const { state, change } = view;
  const [text] = useDebouncedValue(view.text, 200);
  const { asked, radius, artifacts, holdings } = useRadius(state, text);
  const missingCount = useMissingOrigins(state, asked.question.phase === 'failed' ? asked.question.error : null, change);
  const { rows } = artifacts;
  const lanes = useMemo(() => (radius === null ? null : lanesRadiusOf(radius, rows, holdings)), [radius, rows, holdings]);
  const isNarrow = useMediaQuery('(max-width: 720px)') ?? false;
  const shown = state.view ?? (isNarrow ? 'table' : 'lanes');
  const toggle = () => change({ view: shown === 'lanes' ? 'table' : 'lanes' }, 'replace');
  useViewKeys({ onToggle: toggle, onClear: () => state.selection !== null && change({ selection: null }) });
  useRadiusAnnouncements(radius);

  if (state.origins.length === 0 && state.incident === null) return <ChooseOrigin OriginPicker={OriginPicker} change={change} />;
  if (radius === null && asked.question.phase === 'failed') {
    return <RadiusFailed error={asked.question.error} onRetry={asked.retry} OriginPicker={OriginPicker} />;
  }
  const title = radius === null ? '' : originsTitle(radius.origins.map((origin) => origin.name));
  const select = (selection: NodeKey | null) => change({ selection });
  const isStale = asked.isStale;

  const timeWindow =
    radius === null ? null : <TimeWindow radius={radius} state={state} change={change} isAsking={asked.question.phase === 'asking'} />;

  return (
    <div className={classes.view} data-view={shown}>
      {radius === null && <BandSkeleton />}
      {radius !== null && (
        <SummaryBand
          radius={radius}
          labTotal={asked.data?.allLabs.totalCount ?? 0}
          title={title}
          view={view}
          text={text}
          isStale={isStale}
          OriginPicker={OriginPicker}
        />
      )}
      {missingCount > 0 && (
        <p className={classes.waiting} role="status">
          {missingSentence(missingCount)}
        </p>
      )}
      <RadiusNotice asked={asked} />
      <div className={classes.body}>
        {shown === 'lanes' && (
          <section className={classes.picture} aria-label="Canvas">
            <p id="radius-summary" className="visually-hidden">
              {radius === null ? 'The canvas is loading.' : `${summarySentence(radius.summary)} Press T for the table.`}
            </p>
            <div className={classes.canvas}>
              {lanes === null ? (
                <PictureSkeleton />
              ) : (
                <LanesCanvas
                  radius={lanes}
                  selection={state.selection as NodeKey | null}
                  onSelect={select}
                  openGroups={state.openGroups}
                  onOpenGroup={(key) => change({ openGroups: [...new Set([...state.openGroups, key])] })}
                  onInspect={select}
                  onShowTable={toggle}
                  label={`Blast radius of ${title}`}
                  describedBy="radius-summary"
                  isStale={isStale}
                />
              )}
            </div>
            {timeWindow}
          </section>
        )}
        <ResultPanel
          radius={radius}
          artifacts={artifacts}
          holdings={holdings}
          view={view}
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

function useRadiusAnnouncements(radius: RadiusAnswer | null): void {
  const announce = useAnnounce();
  const before = useRef<{ origins: string; window: string; sentence: string } | null>(null);
  useEffect(() => {
    if (radius === null) return;
    const now = {
      origins: JSON.stringify(radius.origins.map((origin) => origin.id)),
      window: JSON.stringify([radius.core, radius.widest]),
      sentence: summarySentence(radius.summary),
    };
    const last = before.current;
    before.current = now;
    if (last !== null && last.origins === now.origins && last.window !== now.window) announce(windowSentence(radius.summary));
    else if (last?.sentence !== now.sentence || last.origins !== now.origins) announce(now.sentence);
  }, [radius, announce]);
}
