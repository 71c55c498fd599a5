import type { StylesheetJson } from 'cytoscape';
import { useMemo, useRef } from 'react';
import { iconImage } from '../cytoscape/images.ts';
import { kindLooks, type NodeKind } from '../cytoscape/kinds.ts';
import { mix, type Tokens } from '../cytoscape/tokens.ts';
import { SceneCanvas } from '../scene/scene-canvas.tsx';
import { layOutGraph } from './graph-layout.ts';
import type { GraphCanvasProps } from './graph-props.ts';
import { sceneOfGraph } from './graph-scene.ts';

const kinds = Object.keys(kindLooks) as NodeKind[];

/** The shares of `ink-2` in the five steps of a fill. */
export const stepShares = [0, 0.25, 0.5, 0.75, 1] as const;

/** The styles of nodes that are filled by a step, in place of their kind's color, or sized. They keep shape and icon. */
function stepStyles(tokens: Tokens): StylesheetJson {
  const steps = stepShares.flatMap((share, place) => {
    // An icon on a dark fill is light, and the other way round in the dark theme.
    const ink = share < 0.7 ? tokens.ink : tokens.surface;
    const fill = mix(tokens['ink-2'], tokens.surface, share);
    return [
      { selector: `.organization.step-${place + 1}`, style: { 'background-color': fill, 'border-color': tokens['ink-2'] } },
      ...kinds.map((kind) => ({
        selector: `.organization.step-${place + 1}.${kind.toLowerCase()}`,
        style: { 'background-image': iconImage(kindLooks[kind].icon, ink) },
      })),
      { selector: `.artifact.step-${place + 1}`, style: { 'background-color': mix(tokens['ink-2'], tokens.surface, share * 0.3) } },
    ];
  });
  return [
    ...steps,
    { selector: '.organization.scaled', style: { width: 'data(width)', height: 'data(height)' } },
  ] as unknown as StylesheetJson;
}

/** The canvas of Explore: the opened nodes, each with the count of its hidden connections. */
export function GraphCanvas({ nodes, links, layout, pins, ...acts }: GraphCanvasProps) {
  const { selection } = acts;
  /** The middle node of the rings. It stays while other nodes are selected. */
  const center = useRef<string | null>(null);
  if (layout !== 'rings') center.current = nodes.some((node) => node.key === selection) ? selection : null;
  const scene = useMemo(
    () => sceneOfGraph(nodes, links, layOutGraph(nodes, links, layout, center.current, pins), layout === 'rank'),
    [nodes, links, layout, pins],
  );
  return <SceneCanvas {...acts} scene={scene} pins={pins} arrangement={layout} testId="graph" styles={stepStyles} />;
}
