import { type ReactNode, useMemo, useState } from 'react';
import type { LanesAfter } from '../../canvas/lanes/lanes-props.ts';
import type { SavedIncidentQuery } from '../../shared/generated/operations.ts';
import type { AskedQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerState, FailedLine } from '../../shared/lists/answer-frame.tsx';
import { lazyPart, useIdle } from '../../shared/ui/lazy-part.tsx';
import { Link } from '../../shared/ui/link.tsx';
import type { BlastState, CanvasView } from '../../shared/url/blast-radius-url.ts';
import { overlayHref } from '../../shared/url/explore-url.ts';
import classes from './blast-radius-view.module.css';
import { RadiusCanvas } from './canvas/radius-canvas.tsx';
import { isFilteredBy } from './question-variables.ts';
import { isUnknown, missingSentence, radiusTitle, summarySentence } from './sentences.ts';
import type { OriginPicker as Picker } from './summary/origins-form.tsx';
import { BandSkeleton, PictureSkeleton } from './summary/skeletons.tsx';
import { SummaryBand } from './summary/summary-band.tsx';
import { ResultPanel } from './tabs/affected/result-panel.tsx';
import { TimeWindow } from './time-window.tsx';
import type { BlastView } from './use-blast-view.ts';
import type { Radii } from './use-radii.ts';

interface RadiusScreenProps {
  readonly radii: Radii;
  readonly view: BlastView;
  /** The text filter that the answers were asked with. */
  readonly text: string;
  readonly shown: NonNullable<BlastState['view']>;
  /** Switches between canvas and table. */
  readonly onToggle: () => void;
  readonly savedOf: AskedQuestion<SavedIncidentQuery, unknown>;
  /** Origins of the address that do not exist. */
  readonly missingCount: number;
  readonly editedBar: ReactNode;
  readonly views: ReactNode;
  readonly OriginPicker: Picker;
}

/** One radius: its summary, the picture with its windows, and the list. Skeletons stand in for an answer that has not come. */
export function RadiusScreen(props: RadiusScreenProps) {
  const { radii, view, text, shown, onToggle, savedOf, missingCount, editedBar, views, OriginPicker } = props;
  const { asked, radius, flows, holdings } = radii.shown.of;
  const [after, setAfter] = useState<LanesAfter | null>(null);
  const shownView = useMemo(() => ({ ...view, state: radii.shown.state }), [view, radii.shown.state]);
  const listView = useMemo(() => ({ ...view, state: radii.list.state }), [view, radii.list.state]);
  const windows = <Windows radii={radii} view={view} onAfter={setAfter} />;
  return (
    <div className={classes.view} data-view={shown}>
      {radius === null ? (
        <BandSkeleton />
      ) : (
        <SummaryBand
          radius={radius}
          artifacts={radii.list.of.artifacts}
          labTotal={asked.data?.allLabs.totalCount ?? 0}
          title={radiusTitle(radius)}
          view={listView}
          text={text}
          isStale={radii.shown.isStale}
          saved={savedOf.data?.incident ?? null}
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
      <AnswerState asked={radii.failed ?? asked} waiting="Computing the blast radius" />
      <div className={classes.body}>
        {shown !== 'table' && (
          <section className={classes.picture} aria-label="Canvas">
            <Picture radii={radii} view={shownView} shown={shown} after={after} onShowTable={onToggle} />
            {windows}
          </section>
        )}
        <div className={classes.side}>
          {editedBar}
          <ResultPanel
            radius={radii.list.of.radius}
            artifacts={radii.list.of.artifacts}
            holdings={holdings}
            flows={flows}
            view={listView}
            text={text}
            isWide={shown === 'table'}
            isStale={radii.list.isStale}
            onToggleView={onToggle}
          />
        </div>
        {shown === 'table' && windows}
      </div>
    </div>
  );
}

interface PictureProps {
  readonly radii: Radii;
  /** Its state is that of the answer on the screen. */
  readonly view: BlastView;
  readonly shown: CanvasView;
  readonly after: LanesAfter | null;
  readonly onShowTable: () => void;
}

function Picture({ radii, view, shown, after, onShowTable }: PictureProps) {
  const { radius } = radii.shown.of;
  // Lanes keep the places of the whole radius, and mark the part within fewer hops.
  const drawn = shown === 'lanes' && radii.whole.radius !== null ? radii.whole : radii.shown.of;
  return (
    <>
      <p id="radius-summary" className="visually-hidden">
        {radius === null ? 'The canvas is loading.' : `${summarySentence(radius)} Press T for the table.`}
      </p>
      <div className={classes.canvas}>
        {radius === null || drawn.radius === null ? (
          <PictureSkeleton />
        ) : (
          <RadiusCanvas
            radius={drawn.radius}
            rows={drawn.artifacts.rows}
            flows={drawn.flows}
            rowFlows={drawn.rowFlows}
            after={after}
            view={view}
            shown={shown}
            title={radiusTitle(radius)}
            isStale={radii.shown.isStale}
            onShowTable={onShowTable}
          />
        )}
        {radius !== null && isUnknown(radius) && (
          <div className={classes.unknown}>
            <p>Nothing is drawn, because no copy is recorded. That does not mean that there is none.</p>
            <Link
              href={overlayHref(view.state, [`organization:${(radius.origins[0] ?? radius.suspectedOrigins[0]?.organization)?.id}`], null)}
            >
              See in Explore who engages whom
            </Link>
          </div>
        )}
      </div>
    </>
  );
}

/** Loads after the first picture, which does not wait for it. */
const RadiusFoot = lazyPart(async () => (await import('./foot/radius-foot.tsx')).RadiusFoot, { waiting: <div className={classes.foot} /> });

interface WindowsProps {
  readonly radii: Radii;
  readonly view: BlastView;
  readonly onAfter: (after: LanesAfter | null) => void;
}

/** The plot of both windows, and below it the sliders over hops and time. */
function Windows({ radii: { whole, shown }, view: { state, change, text }, onAfter }: WindowsProps) {
  const { asked, radius, artifacts, rowFlows } = shown.of;
  const isIdle = useIdle();
  if (radius === null) return null;
  // The figures of the hops are asked after the answer, which they would delay.
  const foot =
    isIdle && whole.radius !== null ? (
      <RadiusFoot
        state={shown.state}
        change={change}
        whole={whole.radius}
        shown={radius}
        rows={artifacts.rows}
        flows={rowFlows}
        isFiltered={isFilteredBy(state, text)}
        isAsking={asked.isStale || asked.question.phase === 'asking'}
        onAfter={onAfter}
      />
    ) : (
      <div className={classes.foot} />
    );
  return <TimeWindow radius={radius} state={state} change={change} isAsking={asked.question.phase === 'asking'} foot={foot} />;
}
