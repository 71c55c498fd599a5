import { memo, useMemo, useState } from 'react';
import type { LanesAfter } from '../../../canvas/lanes/lanes-props.ts';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { drawShownPicture } from '../../../shared/export/view-picture.ts';
import { useShared } from '../../../shared/graphql/use-shared.ts';
import { IconShare2 } from '../../../shared/ui/icons.tsx';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import type { CanvasView } from '../../../shared/url/blast-radius-url.ts';
import { overlayHref } from '../../../shared/url/explore-url.ts';
import type { ArtifactRow, FlowRow, RadiusAnswer } from '../lanes-radius.ts';
import { holdingsOf, lanesRadiusOf } from '../lanes-radius.ts';
import { isFilteredBy } from '../question-variables.ts';
import { pictureCaption } from '../sentences.ts';
import { PictureSkeleton } from '../summary/skeletons.tsx';
import type { BlastView } from '../use-blast-view.ts';
import classes from './canvas-toolbar.module.css';
import { CanvasToolbar } from './canvas-toolbar.tsx';

const PICTURE = { waiting: <PictureSkeleton /> };
const LanesPicture = lazyPart(async () => (await import('./lanes-picture.tsx')).LanesPicture, PICTURE);
const SumPictures = lazyPart(async () => (await import('./sum-pictures.tsx')).SumPictures, PICTURE);

/** Loads the canvas beside the first question, so that neither waits for the other. The list does not wait for it. */
export function preloadCanvas(): void {
  LanesPicture.preload();
}

interface RadiusCanvasProps {
  readonly radius: RadiusAnswer;
  /** The loaded rows of the list, which the lanes draw. */
  readonly rows: readonly ArtifactRow[];
  /** Of the whole radius. Null while unknown. */
  readonly flows: readonly FlowRow[] | null;
  /** Of the artifacts that the list's filters leave. Null while unknown. */
  readonly rowFlows: readonly FlowRow[] | null;
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
  const { radius, rows, flows, rowFlows, view, shown, title, isStale, onShowTable } = props;
  const { state, change } = view;
  const isFiltered = isFilteredBy(state, view.text);
  // An equal picture is not laid out again.
  const lanes = useShared(
    useMemo(() => {
      if (shown !== 'lanes') return null;
      const holdings = rowFlows === null ? null : holdingsOf(rowFlows);
      return lanesRadiusOf(radius, rows, holdings, rowFlows, isFiltered ? null : view.apart);
    }, [shown, radius, rows, rowFlows, isFiltered, view.apart]),
  );
  // The lanes show the list's rows; the other views show the whole answer.
  const caption = useMemo(() => pictureCaption(radius, shown === 'lanes' && isFiltered), [radius, shown, isFiltered]);

  const common = { label: `Blast radius of ${title}`, describedBy: 'radius-summary', caption, isStale, onShowTable };
  const [look, setLook] = useState<HTMLElement | null>(null);
  const [changes, setChanges] = useState<HTMLElement | null>(null);
  return (
    <div className={classes.root}>
      <CanvasToolbar shown={shown} onShow={(next) => change({ view: next })}>
        <span ref={setLook} className={classes.slot} />
        <span className={classes.end}>
          <span ref={setChanges} className={classes.slot} />
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
        {shown !== 'lanes' ? (
          <SumPictures {...{ ...common, radius, rows, flows, view, shown }} slot={look} />
        ) : lanes === null ? (
          <PictureSkeleton />
        ) : (
          <LanesPicture {...common} radius={radius} lanes={lanes} after={props.after} view={view} slots={{ look, changes }} />
        )}
      </div>
    </div>
  );
});
