import { useMemo } from 'react';
import { GraphCanvas } from '../../../canvas/explore/graph-canvas.tsx';
import { type GraphCanvasProps, MOST_NODES } from '../../../canvas/explore/graph-props.ts';
import type { LanesAfter, LanesCanvasProps } from '../../../canvas/lanes/lanes-props.ts';
import type { Pointed } from '../../../canvas/picture-props.ts';
import { formatCount } from '../../../shared/format/count.ts';
import type { RadiusLayout } from '../../../shared/url/blast-radius-url.ts';
import { countNodes, isEveryHoldingKnown, radiusNodes } from './radius-nodes.ts';
import classes from './sum-pictures.module.css';

type Given = 'nodes' | 'links' | 'layout' | 'selection' | 'onSelect' | 'pointed' | 'onPoint' | 'onInspect';

interface NodesCanvasProps
  extends Omit<GraphCanvasProps, Given>,
    Required<Pick<LanesCanvasProps, 'radius' | 'selection' | 'onSelect' | 'pointed' | 'onPoint'>> {
  readonly layout: Exclude<RadiusLayout, 'lanes'>;
  readonly after: LanesAfter | null;
  readonly hidden: readonly string[];
  readonly onLanes: () => void;
}

/** A radius as nodes on rings around its origin, or placed by forces. */
export function NodesCanvas(props: NodesCanvasProps) {
  const { radius, after, hidden, layout, selection, onSelect, onPoint, pointed, onLanes, ...common } = props;
  const most = MOST_NODES[layout];
  const { nodes, links, areLabLinksKnown } = useMemo(
    () => radiusNodes(radius, after, new Set(hidden), most),
    [radius, after, hidden, most],
  );
  const isNode = (key: string | null) => key === null || nodes.some((node) => node.key === key);
  const select = (key: string | null) => {
    if (isNode(key)) onSelect(key === selection ? null : (key as LanesCanvasProps['selection']));
  };
  const count = countNodes(radius);
  const gaps = [
    count > most &&
      `${formatCount(nodes.length)} of ${formatCount(count)} organizations are drawn${isEveryHoldingKnown(radius) ? ': those that hold most, and the labs with the worst losses' : ''}.`,
    !areLabLinksKnown &&
      `The lines from labs are missing: ${formatCount(radius.artifacts.length)} of ${formatCount(radius.artifactTotal)} artifacts are loaded.`,
  ].filter((gap) => gap !== false);
  return (
    <GraphCanvas
      {...common}
      nodes={nodes}
      links={links}
      layout={layout}
      above={() =>
        gaps.length > 0 && (
          <p className={classes.gaps}>
            {gaps.join(' ')}{' '}
            <button type="button" className={classes.again} onClick={onLanes}>
              Show lanes
            </button>
          </p>
        )
      }
      selection={selection}
      pointed={pointed === null ? null : keyOf(pointed, radius)}
      onSelect={select}
      onInspect={select}
      onPoint={(key) => onPoint(key === null || !isNode(key) ? null : pointedOf(key, radius))}
    />
  );
}

/** An artifact stands at its lab. */
function keyOf({ artifactId, holderId, labId }: Pointed, { artifacts }: LanesCanvasProps['radius']): string | null {
  const id = holderId ?? labId ?? artifacts.find((each) => each.id === artifactId)?.ownerId;
  return id === undefined ? null : `organization:${id}`;
}

function pointedOf(key: string, { labs }: LanesCanvasProps['radius']): Pointed {
  const id = key.slice('organization:'.length);
  const isLab = labs.some((lab) => lab.id === id);
  return { artifactId: null, holderId: isLab ? null : id, labId: isLab ? id : null };
}
