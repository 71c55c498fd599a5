import { memo, useCallback, useMemo, useState } from 'react';
import type { FlowFocus } from '../../../canvas/flows/flow-radius.ts';
import type { FlowChoice } from '../../../canvas/flows/flows-canvas.tsx';
import type { LanesAfter } from '../../../canvas/lanes/lanes-props.ts';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { drawShownPicture } from '../../../shared/export/view-picture.ts';
import { useShared } from '../../../shared/graphql/use-shared.ts';
import { IconShare2 } from '../../../shared/ui/icons.tsx';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import type { BlastState, CanvasView } from '../../../shared/url/blast-radius-url.ts';
import { countFilters } from '../../../shared/url/blast-radius-url.ts';
import { overlayHref } from '../../../shared/url/explore-url.ts';
import type { ArtifactRow, FlowRow, Holding, RadiusAnswer } from '../lanes-radius.ts';
import { lanesRadiusOf } from '../lanes-radius.ts';
import { pictureCaption } from '../sentences.ts';
import { PictureSkeleton } from '../summary/skeletons.tsx';
import type { BlastView } from '../use-blast-view.ts';
import classes from './canvas-toolbar.module.css';
import { CanvasToolbar, Switch } from './canvas-toolbar.tsx';
import { flowRadiusOf } from './flow-radius.ts';
import type { ToolSlots } from './lanes-picture.tsx';
import type { Pointed } from './pointed.ts';
import { holdersByArtifact, point, usePointed } from './pointed.ts';

/** The holders and labs that are filtered or selected, and those under the pointer. An artifact stands for its holders and its owner. */
function useFlowFocus(
  radius: RadiusAnswer,
  rows: readonly ArtifactRow[],
  state: Pick<BlastState, 'selection' | 'holders' | 'labs'>,
  pointed: Pointed | null,
): { readonly chosen: FlowFocus; readonly focus: FlowFocus | null } {
  const byArtifact = useMemo(() => holdersByArtifact(radius), [radius]);
  const ownerOf = useMemo(() => new Map(rows.map(({ artifact }) => [artifact.id, artifact.owner.id])), [rows]);
  const focusOf = useCallback(
    (at: Pointed | null): FlowFocus | null => {
      if (at === null) return null;
      const owner = at.labId ?? (at.artifactId === null ? undefined : ownerOf.get(at.artifactId));
      const holders = at.holderId === null ? (at.artifactId === null ? [] : (byArtifact?.get(at.artifactId) ?? [])) : [at.holderId];
      return { holders: new Set(holders), labs: new Set(owner === undefined ? [] : [owner]) };
    },
    [byArtifact, ownerOf],
  );
  const chosen = useMemo(() => {
    const own = state.selection?.startsWith('artifact:')
      ? focusOf({ artifactId: state.selection.slice('artifact:'.length), holderId: null, labId: null })
      : null;
    return own ?? { holders: new Set(state.holders), labs: new Set(state.labs) };
  }, [state.selection, state.holders, state.labs, focusOf]);
  const focus = useMemo(() => focusOf(pointed), [focusOf, pointed]);
  return { chosen, focus };
}

const PICTURE = { waiting: <PictureSkeleton /> };
const LanesPicture = lazyPart(async () => (await import('./lanes-picture.tsx')).LanesPicture, PICTURE);
const FlowsCanvas = lazyPart(async () => (await import('../../../canvas/flows/flows-canvas.tsx')).FlowsCanvas, PICTURE);
const MatrixCanvas = lazyPart(async () => (await import('../../../canvas/matrix/matrix-canvas.tsx')).MatrixCanvas, PICTURE);
const TimePicture = lazyPart(async () => (await import('./time-picture.tsx')).TimePicture, PICTURE);

/** Loads the canvas beside the first question, so that neither waits for the other. The list does not wait for it. */
export function preloadCanvas(): void {
  LanesPicture.preload();
}

const MEASURES = [
  { value: 'worst', word: 'Worst case' },
  { value: 'count', word: 'Count' },
] as const;

interface RadiusCanvasProps {
  readonly radius: RadiusAnswer;
  /** The loaded rows of the list, which the lanes draw. */
  readonly rows: readonly ArtifactRow[];
  /** Null while unknown. */
  readonly flows: readonly FlowRow[] | null;
  readonly holdings: ReadonlyMap<string, Holding> | null;
  readonly view: BlastView;
  /** The part that the lanes show; null: all. */
  readonly after: LanesAfter | null;
  readonly shown: CanvasView;
  readonly title: string;
  readonly isStale: boolean;
  readonly onShowTable: () => void;
}

/** The canvas of a blast radius, as lanes, flows, matrix or time: views of one answer. */
export const RadiusCanvas = memo(function RadiusCanvas(props: RadiusCanvasProps) {
  const { radius, rows, flows, holdings, view, shown, title, isStale, onShowTable } = props;
  const { state, change } = view;
  // The flows are by holder and lab, so they do not know other filters.
  const isOtherwise = countFilters(state) > state.tiers.length + state.labs.length || view.text.trim() !== '';
  // An equal picture is not laid out again.
  const lanes = useShared(
    useMemo(() => {
      if (shown !== 'lanes') return null;
      return lanesRadiusOf(radius, rows, holdings, isOtherwise ? null : flows);
    }, [shown, radius, rows, holdings, flows, isOtherwise]),
  );
  const sums = useShared(
    useMemo(() => (flows === null || shown === 'lanes' || shown === 'time' ? null : flowRadiusOf(radius, flows)), [shown, radius, flows]),
  );
  const pointed = usePointed();
  const choose = (choice: FlowChoice | null) => change(choiceInState(choice, view));
  const openGroup = (key: string) => change({ openGroups: [...new Set([...state.openGroups, key])] });
  const { chosen, focus } = useFlowFocus(radius, rows, state, pointed);

  const isFiltered = shown === 'lanes' && isFilteredBy(view);
  const caption = useMemo(() => pictureCaption(radius, isFiltered), [radius, isFiltered]);

  const common = { label: `Blast radius of ${title}`, describedBy: 'radius-summary', caption, isStale, onShowTable };
  const shared = { ...common, chosen, pointed: focus, onPoint: pointAt, onChoose: choose };
  const [slots, setSlots] = useState<ToolSlots>({ look: null, changes: null });
  const fillSlot = useMemo(
    () => ({
      look: (look: HTMLElement | null) => setSlots((before) => ({ ...before, look })),
      changes: (changes: HTMLElement | null) => setSlots((before) => ({ ...before, changes })),
    }),
    [],
  );
  return (
    <div className={classes.root}>
      <CanvasToolbar shown={shown} onShow={(next) => change({ view: next })}>
        <span ref={fillSlot.look} className={classes.slot} />
        <PictureTools view={view} shown={shown} />
        <span className={classes.end}>
          <span ref={fillSlot.changes} className={classes.slot} />
          <Link
            className={`${classes.tool} ${classes.framed}`}
            href={overlayHref(state, [], null)}
            title="The radius over the graph of who sent what to whom"
            aria-label="Show in Explore"
          >
            <IconShare2 size={15} stroke={1.6} aria-hidden="true" />
            <span>Show in Explore</span>
          </Link>
          <ExportMenu
            name={`blast radius ${title}`}
            operation={null}
            picture={drawShownPicture}
            pictureWord="Canvas"
            iconLabel="Save the canvas"
          />
        </span>
      </CanvasToolbar>
      <div className={classes.picture}>
        {shown === 'lanes' && lanes !== null && (
          <LanesPicture {...common} radius={radius} lanes={lanes} after={props.after} view={view} slots={slots} />
        )}
        {shown === 'time' && <TimePicture {...shared} radius={radius} flows={flows} view={view} />}
        {shown === 'flows' && sums !== null && (
          <FlowsCanvas {...shared} radius={sums} measure={state.measure} openGroups={state.openGroups} onOpenGroup={openGroup} />
        )}
        {shown === 'matrix' && sums !== null && <MatrixCanvas {...shared} radius={sums} order={state.order} />}
        {((shown === 'lanes' && lanes === null) || (shown !== 'lanes' && shown !== 'time' && sums === null)) && <PictureSkeleton />}
      </div>
    </div>
  );
});

/** The tools of flows, matrix and time. Those of the graph load with it. */
function PictureTools({ view: { state, change }, shown }: Pick<RadiusCanvasProps, 'view' | 'shown'>) {
  if (shown === 'matrix') {
    return (
      <Switch
        label="Order of rows and columns"
        options={[
          { value: 'value', word: 'By value' },
          { value: 'name', word: 'By name' },
        ]}
        value={state.order}
        onChange={(order) => change({ order }, 'replace')}
      />
    );
  }
  if (shown !== 'flows' && shown !== 'time') return null;
  return (
    <>
      {shown === 'flows' && state.openGroups.some((key) => !key.startsWith('organization:')) && (
        <button type="button" className={classes.again} onClick={() => change({ openGroups: [] })}>
          Group again
        </button>
      )}
      {shown === 'time' && (
        <Switch
          label="Extent of time"
          options={[
            { value: 'whole', word: 'All time' },
            { value: 'near', word: 'Near the windows' },
          ]}
          value={state.span}
          onChange={(span) => change({ span }, 'replace')}
        />
      )}
      <Switch
        label={shown === 'flows' ? 'Width of a band' : 'Height of a bar'}
        options={MEASURES}
        value={state.measure}
        onChange={(measure) => change({ measure }, 'replace')}
      />
    </>
  );
}

/** The lanes show the list's rows; the other views show the whole answer. */
function isFilteredBy({ state, text }: BlastView): boolean {
  return countFilters(state) > 0 || text.trim() !== '';
}

function pointAt(choice: FlowChoice | null): void {
  point(choice === null ? null : { artifactId: null, ...choice });
}

/** A choice filters the list. The same choice again removes the filter. A chosen holder is also selected, so that its card opens. */
function choiceInState(choice: FlowChoice | null, { state }: BlastView) {
  const holders = choice?.holderId == null ? [] : [choice.holderId];
  const labs = choice?.labId == null ? [] : [choice.labId];
  const isSame = JSON.stringify([holders, labs]) === JSON.stringify([state.holders, state.labs]);
  if (choice === null || isSame) return { holders: [], labs: [], selection: null };
  const selection = holders[0] !== undefined && labs.length === 0 ? `organization:${holders[0]}` : null;
  return { holders, labs, selection, tab: 'affected' as const };
}
