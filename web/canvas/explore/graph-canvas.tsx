import { useMemo, useRef } from 'react';
import { SceneCanvas } from '../scene/scene-canvas.tsx';
import { layOutGraph } from './graph-layout.ts';
import type { GraphCanvasProps } from './graph-props.ts';
import { sceneOfGraph } from './graph-scene.ts';
import { graphStyles } from './graph-styles.ts';

/** The canvas of Explore: the opened nodes, each with the count of its hidden connections. */
export function GraphCanvas({ nodes, links, layout, ...scenery }: GraphCanvasProps) {
  const { selection, pins } = scenery;
  /** The middle node of the rings. It stays while other nodes are selected. */
  const center = useRef<string | null>(null);
  if (layout !== 'rings') center.current = nodes.some((node) => node.key === selection) ? selection : null;
  const scene = useMemo(
    () => sceneOfGraph(nodes, links, layOutGraph(nodes, links, layout, center.current, pins), layout === 'rank'),
    [nodes, links, layout, pins],
  );
  return <SceneCanvas {...scenery} scene={scene} arrangement={layout} testId="graph" styles={graphStyles} />;
}
