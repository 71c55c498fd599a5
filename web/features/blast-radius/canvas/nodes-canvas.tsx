import { type ReactNode, useMemo } from 'react';
import { GraphCanvas } from '../../../canvas/explore/graph-canvas.tsx';
import { MOST_NODES } from '../../../canvas/explore/graph-props.ts';
import type { LanePointed, LanesCanvasProps } from '../../../canvas/lanes/lanes-props.ts';
import { formatCount } from '../../../shared/format/count.ts';
import type { RadiusLayout } from '../../../shared/url/blast-radius-url.ts';
import { countNodes, radiusNodes } from './radius-nodes.ts';
import classes from './sum-pictures.module.css';

interface NodesCanvasProps
  extends Required<
    Pick<LanesCanvasProps, 'radius' | 'pins' | 'hidden' | 'chosen' | 'acts' | 'hasFoot' | 'label' | 'describedBy' | 'caption' | 'isStale'>
  > {
  readonly layout: Exclude<RadiusLayout, 'lanes'>;
  readonly after: NonNullable<LanesCanvasProps['after']> | null;
  readonly selection: LanesCanvasProps['selection'];
  readonly onSelect: LanesCanvasProps['onSelect'];
  readonly pointed: LanePointed | null;
  readonly onPoint: (at: LanePointed | null) => void;
  readonly onShowTable: () => void;
  readonly legend: ReactNode;
  readonly onLanes: () => void;
}

/** A radius as nodes on rings around its origin, or placed by forces. */
export function NodesCanvas(props: NodesCanvasProps) {
  const { radius, after, hidden, layout, selection, onSelect, onPoint, pointed, legend, acts, onLanes, ...common } = props;
  const { nodes, links } = useMemo(() => radiusNodes(radius, after, new Set(hidden)), [radius, after, hidden]);
  const isNode = (key: string | null) => key === null || nodes.some((node) => node.key === key);
  const select = (key: string | null) => {
    if (isNode(key)) onSelect(key === selection ? null : (key as LanesCanvasProps['selection']));
  };
  const count = countNodes(radius);
  const problem =
    count > MOST_NODES[layout]
      ? `${formatCount(count)} organizations are in this radius. The layout shows up to ${MOST_NODES[layout]}.`
      : `Not all lines are known: ${formatCount(radius.artifacts.length)} of ${formatCount(radius.artifactTotal)} artifacts are loaded.`;
  if (count > MOST_NODES[layout] || links === null) {
    return (
      <p className={classes.failed}>
        {problem}{' '}
        <button type="button" className={classes.again} onClick={onLanes}>
          Show lanes
        </button>
      </p>
    );
  }
  return (
    <GraphCanvas
      {...common}
      {...acts}
      nodes={nodes}
      links={links}
      layout={layout}
      selection={selection}
      pointed={pointed === null ? null : keyOf(pointed, radius)}
      onSelect={select}
      onInspect={select}
      onPoint={(key) => onPoint(key === null || !isNode(key) ? null : pointedOf(key, radius))}
      footer={legend}
    />
  );
}

/** An artifact stands at its lab. */
function keyOf({ artifactId, holderId, labId }: LanePointed, { artifacts }: LanesCanvasProps['radius']): string | null {
  const id = holderId ?? labId ?? artifacts.find((each) => each.id === artifactId)?.ownerId;
  return id === undefined ? null : `organization:${id}`;
}

function pointedOf(key: string, { labs }: LanesCanvasProps['radius']): LanePointed {
  const id = key.slice('organization:'.length);
  const isLab = labs.some((lab) => lab.id === id);
  return { artifactId: null, holderId: isLab ? null : id, labId: isLab ? id : null };
}
