import { useCallback, useMemo } from 'react';
import { createPortal } from 'react-dom';
import type { FlowFocus } from '../../../canvas/flows/flow-radius.ts';
import type { FlowChoice, PictureProps, Pointed } from '../../../canvas/picture-props.ts';
import { useShared } from '../../../shared/graphql/use-shared.ts';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import type { BlastState, CanvasView } from '../../../shared/url/blast-radius-url.ts';
import type { ArtifactRow, FlowRow, RadiusAnswer } from '../lanes-radius.ts';
import { PictureSkeleton } from '../summary/skeletons.tsx';
import type { BlastView } from '../use-blast-view.ts';
import { Switch } from './canvas-toolbar.tsx';
import { flowRadiusOf } from './flow-radius.ts';
import { point, usePointed } from './pointed.ts';
import classes from './sum-pictures.module.css';

const PICTURE = { waiting: <PictureSkeleton /> };
const FlowsCanvas = lazyPart(async () => (await import('../../../canvas/flows/flows-canvas.tsx')).FlowsCanvas, PICTURE);
const MatrixCanvas = lazyPart(async () => (await import('../../../canvas/matrix/matrix-canvas.tsx')).MatrixCanvas, PICTURE);
const TimePicture = lazyPart(async () => (await import('./time-picture.tsx')).TimePicture, PICTURE);

interface SumPicturesProps extends PictureProps {
  readonly radius: RadiusAnswer;
  /** The loaded rows of the list. */
  readonly rows: readonly ArtifactRow[];
  /** Null while unknown. */
  readonly flows: readonly FlowRow[] | null;
  readonly view: BlastView;
  readonly shown: Exclude<CanvasView, 'lanes'>;
  /** The place of their tools; null: not there yet. */
  readonly slot: HTMLElement | null;
}

/** The pictures of the sums of the whole answer by holder and lab: flows, matrix and time. */
export function SumPictures({ radius, rows, flows, view, shown, slot, ...common }: SumPicturesProps) {
  const { state, change } = view;
  const sums = useShared(useMemo(() => (flows === null || shown === 'time' ? null : flowRadiusOf(radius, flows)), [shown, radius, flows]));
  const { chosen, focus } = useFlowFocus(radius, flows, rows, state, usePointed());
  const choose = (choice: FlowChoice | null) => change(choiceInState(choice, view));
  const openGroup = (key: string) => change({ openGroups: [...new Set([...state.openGroups, key])] });
  const shared = { ...common, chosen, pointed: focus, onPoint: pointAt, onChoose: choose };
  return (
    <>
      {slot !== null && createPortal(<PictureTools view={view} shown={shown} />, slot)}
      {shown === 'time' ? (
        <TimePicture {...shared} radius={radius} flows={flows} view={view} />
      ) : sums === null ? (
        <PictureSkeleton />
      ) : shown === 'flows' ? (
        <FlowsCanvas {...shared} radius={sums} measure={state.measure} openGroups={state.openGroups} onOpenGroup={openGroup} />
      ) : (
        <MatrixCanvas {...shared} radius={sums} order={state.order} />
      )}
    </>
  );
}

const MEASURES = [
  { value: 'worst', word: 'Worst case' },
  { value: 'count', word: 'Count' },
] as const;

/** The tools of flows, matrix and time. Those of the graph load with it. */
function PictureTools({ view: { state, change }, shown }: Pick<SumPicturesProps, 'view' | 'shown'>) {
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

/**
 * The holders and labs that are filtered or selected, and those under the pointer. An artifact stands for its holders and its owner. A selected
 * organization stands for itself: as a holder where the radius reaches it, else as a lab.
 */
function useFlowFocus(
  radius: RadiusAnswer,
  flows: readonly FlowRow[] | null,
  rows: readonly ArtifactRow[],
  state: Pick<BlastState, 'selection' | 'holders' | 'labs'>,
  pointed: Pointed | null,
): { readonly chosen: FlowFocus; readonly focus: FlowFocus | null } {
  const rowOf = useMemo(() => new Map(rows.map((row) => [row.artifact.id, row])), [rows]);
  const focusAt = useCallback(
    (at: Pointed): FlowFocus => {
      const row = at.artifactId === null ? undefined : rowOf.get(at.artifactId);
      const owner = at.labId ?? row?.artifact.owner.id;
      const holders = at.holderId === null ? (row?.copiesByHolder.map(({ holder }) => holder.id) ?? []) : [at.holderId];
      return { holders: new Set(holders), labs: new Set(owner === undefined ? [] : [owner]) };
    },
    [rowOf],
  );
  const chosen = useMemo((): FlowFocus => {
    const filtered = { holders: new Set(state.holders), labs: new Set(state.labs) };
    const id = state.selection?.replace(/^(artifact|organization):/, '');
    if (id === undefined) return filtered;
    if (state.selection?.startsWith('artifact:')) return focusAt({ artifactId: id, holderId: null, labId: null });
    const isHolder =
      radius.reached.edges.some(({ node }) => node.organization.id === id) || flows?.some(({ holder }) => holder?.organization.id === id);
    if (isHolder) return { ...filtered, holders: new Set([id]) };
    return radius.allLabTiers.some(({ lab }) => lab.id === id) ? { ...filtered, labs: new Set([id]) } : filtered;
  }, [state.selection, state.holders, state.labs, focusAt, radius, flows]);
  const focus = useMemo(() => (pointed === null ? null : focusAt(pointed)), [focusAt, pointed]);
  return { chosen, focus };
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
