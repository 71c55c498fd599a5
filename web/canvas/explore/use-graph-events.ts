import type { Core, EventObject } from 'cytoscape';
import { useEffect, useRef } from 'react';
import type { Point } from '../cytoscape/curve.ts';
import { followDrag, type Scene } from './draw-graph.ts';
import type { GraphCanvasProps } from './graph-props.ts';

interface GraphEvents extends Pick<GraphCanvasProps, 'onChoose' | 'onExpand' | 'onMenu' | 'onOpenLink' | 'onPin' | 'onSelect'> {
  readonly scene: Scene;
  /** A place of the canvas on the screen. */
  readonly toScreen: (rendered: Point) => Point;
  /** A node that was clicked; null: a link. */
  readonly onFocus: (key: string | null) => void;
  /** The node or link under the pointer, or null. */
  readonly onHover: (key: string | null) => void;
  /** Whether anything that reacts to a click is under the pointer. */
  readonly onPointing: (isPointing: boolean) => void;
  /** The reader moved or zoomed the view. */
  readonly onMoved: () => void;
}

/** Passes what the pointer does on the canvas to its handlers. */
export function useGraphEvents(core: Core | null, events: GraphEvents): void {
  const latest = useRef(events);
  latest.current = events;
  useEffect(() => {
    if (core === null) return;
    const key = (event: EventObject): string => event.target.data('key');
    const place = (event: EventObject): Point => latest.current.toScreen(event.renderedPosition);
    const boxed: string[] = [];
    const select = (event: EventObject) => {
      if ((event.originalEvent as MouseEvent | undefined)?.shiftKey === true && event.target.isNode()) {
        latest.current.onChoose([key(event)], false);
        return;
      }
      latest.current.onFocus(event.target.isNode() ? key(event) : null);
      latest.current.onSelect(key(event));
    };
    core.on('tap', 'node[key]', select);
    core.on('tap', 'edge', select);
    core.on('tap', '.badge', (event) => latest.current.onExpand(event.target.data('owner'), place(event)));
    core.on('tap', (event) => {
      if (event.target === core) latest.current.onSelect(null);
    });
    core.on('dbltap', 'node[key]', (event) => latest.current.onExpand(key(event), place(event)));
    core.on('dbltap', 'edge', (event) => latest.current.onOpenLink(key(event)));
    core.on('cxttap', 'node[key]', (event) => latest.current.onMenu(key(event), place(event)));
    core.on('drag', 'node[key]', (event) => followDrag(core, latest.current.scene, key(event)));
    core.on('dragfree', 'node[key]', (event) => latest.current.onPin(key(event), { ...event.target.position() }));
    core.on('box', 'node[key]', (event) => {
      if (boxed.push(key(event)) > 1) return;
      // Cytoscape reports the nodes of a box one by one, in one turn of the event loop.
      queueMicrotask(() => latest.current.onChoose(boxed.splice(0), true));
    });
    core.on('dragpan scrollzoom pinchzoom', () => latest.current.onMoved());
    core.on('mouseover', 'node[key], edge', (event) => latest.current.onHover(key(event)));
    core.on('mouseout', 'node[key], edge', () => latest.current.onHover(null));
    core.on('mouseover', 'node, edge', () => latest.current.onPointing(true));
    core.on('mouseout', 'node, edge', () => latest.current.onPointing(false));
    return () => {
      core.removeAllListeners();
    };
  }, [core]);
}
