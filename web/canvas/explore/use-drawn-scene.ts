import type { Core } from 'cytoscape';
import { useEffect, useRef } from 'react';
import { useLabelSize } from '../../shared/ui/label-size.ts';
import type { Size } from '../cytoscape/use-size.ts';
import { drawScene, fitScene, type Scene } from './draw-graph.ts';
import type { GraphCanvasProps } from './graph-props.ts';
import { panAsPicture } from './pan-as-picture.ts';

/** Draws each scene, and keeps it in view: new nodes or a new layout are fitted. */
export function useDrawnScene(
  core: Core | null,
  size: Size | null,
  scene: Scene,
  { layout, selection }: Pick<GraphCanvasProps, 'layout' | 'selection'>,
) {
  const labelScale = useLabelSize() / 100;
  const selected = useRef(selection);
  selected.current = selection;
  const fitted = useRef('');
  /** The view shows everything: the reader has not moved it since. */
  const isWhole = useRef(true);
  const fittedSize = useRef(size);
  useEffect(() => {
    if (core === null || size === null || size.width === 0) return;
    core.resize();
    drawScene(core, scene);
    panAsPicture(core);
    // New nodes or a new layout are fitted to the view. A dragged node does not move the view.
    const shown = `${layout} ${labelScale} ${scene.nodes.map((node) => node.key).join(' ')}`;
    const around = selected.current ?? scene.nodes[0]?.key ?? null;
    if (fitted.current !== shown) {
      const isOnlyIfOutside = fitted.current.startsWith(`${layout} ${labelScale} `);
      fitScene(core, scene, { isOnlyIfOutside, around, labelScale });
    }
    // A panel has opened or closed.
    else if (fittedSize.current !== size && isWhole.current) fitScene(core, scene, { around, labelScale });
    fitted.current = shown;
    fittedSize.current = size;
  }, [core, scene, size, layout, labelScale]);

  const noteMoved = () => {
    isWhole.current = false;
  };
  const zoomTo = (level: number) => core?.zoom({ level, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
  const zoomBy = (factor: number) => {
    noteMoved();
    if (core !== null) zoomTo(core.zoom() * factor);
  };
  const fitAll = () => {
    isWhole.current = true;
    if (core !== null) fitScene(core, scene, { labelScale });
  };
  return { noteMoved, zoomTo, zoomBy, fitAll };
}
