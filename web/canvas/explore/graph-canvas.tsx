import type { EventObject } from 'cytoscape';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { useOfferPicture } from '../../shared/take/view-picture.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { IconArrowBackUp, IconArrowForwardUp } from '../../shared/ui/icons.tsx';
import { useLabelSize } from '../../shared/ui/label-size.ts';
import styles from '../cytoscape/canvas.module.css';
import { canvasSvg } from '../cytoscape/canvas-svg.ts';
import type { Point } from '../cytoscape/curve.ts';
import { readTokens } from '../cytoscape/tokens.ts';
import { useCytoscape } from '../cytoscape/use-cytoscape.ts';
import { useSize } from '../cytoscape/use-size.ts';
import { ZoomControls } from '../cytoscape/zoom-controls.tsx';
import { drawScene, fitScene, followDrag, type Scene } from './draw-graph.ts';
import { layOutGraph } from './graph-layout.ts';
import type { GraphCanvasProps } from './graph-props.ts';
import { graphStylesheet } from './graph-stylesheet.ts';
import { Minimap } from './minimap.tsx';
import { type Direction, findNearest } from './nearest-node.ts';
import { panAsPicture } from './pan-as-picture.ts';
import { quietLinks } from './quiet-links.ts';

const options = { boxSelectionEnabled: true, autounselectify: true, minZoom: 0.1, maxZoom: 3 };
const directions: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] satisfies Direction[];

/** The canvas of Explore: the opened nodes, each with the count of its hidden connections. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { nodes, links, layout, pins, selection, chosen, label, caption, describedBy, isStale, onUndo, onRedo } = props;
  const root = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const core = useCytoscape(stage, graphStylesheet, options);
  const announce = useAnnounce();
  const labelScale = useLabelSize() / 100;
  const [focus, setFocus] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [hovered, setHovered] = useState<string | null>(null);
  /** The middle node of the rings. It stays while other nodes are selected. */
  const center = useRef<string | null>(null);
  if (layout !== 'rings') center.current = nodes.some((node) => node.key === selection) ? selection : null;

  const scene = useMemo<Scene>(
    () => ({ nodes, links, positions: layOutGraph(nodes, links, layout, center.current, pins), isLaned: layout === 'rank' }),
    [nodes, links, layout, pins],
  );
  const current = useRef({ props, scene });
  current.current = { props, scene };

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
    const around = current.current.props.selection ?? scene.nodes[0]?.key ?? null;
    if (fitted.current !== shown) {
      const isOnlyIfOutside = fitted.current.startsWith(`${layout} ${labelScale} `);
      fitScene(core, scene, { isOnlyIfOutside, around, labelScale });
    }
    // A panel has opened or closed.
    else if (fittedSize.current !== size && isWhole.current) fitScene(core, scene, { around, labelScale });
    fitted.current = shown;
    fittedSize.current = size;
  }, [core, scene, size, layout, labelScale]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawing the scene removes the marks.
  useEffect(() => {
    if (core === null) return;
    core.batch(() => {
      core.elements('.marked').removeClass('marked');
      for (const key of [selection, hasFocus ? focus : null]) if (key !== null) core.getElementById(key).addClass('marked');
      core.elements('.chosen').removeClass('chosen');
      for (const key of chosen) core.getElementById(key).addClass('chosen');
      quietLinks(core, links, hovered ?? (hasFocus ? focus : null) ?? selection, selection);
    });
  }, [core, scene, size, layout, selection, focus, hasFocus, hovered, chosen]);

  const draw = useCallback(() => (core === null || stage.current === null ? null : canvasSvg(core, readTokens(stage.current).bg)), [core]);
  useOfferPicture(draw, label, caption);

  const toScreen = (rendered: Point): Point => {
    const bounds = stage.current?.getBoundingClientRect();
    return { x: Math.round((bounds?.left ?? 0) + rendered.x), y: Math.round((bounds?.top ?? 0) + rendered.y) };
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: handlers read the current props through a ref.
  useEffect(() => {
    if (core === null) return;
    const key = (event: EventObject): string => event.target.data('key');
    const boxed: string[] = [];
    const select = (event: EventObject) => {
      if ((event.originalEvent as MouseEvent | undefined)?.shiftKey === true && event.target.isNode()) {
        current.current.props.onChoose([key(event)], false);
        return;
      }
      setFocus(event.target.isNode() ? key(event) : null);
      current.current.props.onSelect(key(event));
    };
    core.on('tap', 'node[key]', select);
    core.on('tap', 'edge', select);
    core.on('tap', '.badge', (event) => current.current.props.onExpand(event.target.data('owner'), toScreen(event.renderedPosition)));
    core.on('tap', (event) => {
      if (event.target === core) current.current.props.onSelect(null);
    });
    core.on('dbltap', 'node[key]', (event) => current.current.props.onExpand(key(event), toScreen(event.renderedPosition)));
    core.on('dbltap', 'edge', (event) => current.current.props.onOpenLink(key(event)));
    core.on('cxttap', 'node[key]', (event) => current.current.props.onMenu(key(event), toScreen(event.renderedPosition)));
    core.on('drag', 'node[key]', (event) => followDrag(core, current.current.scene, key(event)));
    core.on('dragfree', 'node[key]', (event) => current.current.props.onPin(key(event), { ...event.target.position() }));
    core.on('box', 'node[key]', (event) => {
      if (boxed.push(key(event)) > 1) return;
      // Cytoscape reports the nodes of a box one by one, in one turn of the event loop.
      queueMicrotask(() => current.current.props.onChoose(boxed.splice(0), true));
    });
    core.on('dragpan scrollzoom pinchzoom', () => {
      isWhole.current = false;
    });
    core.on('mouseover', 'node[key], edge', (event) => setHovered(key(event)));
    core.on('mouseout', 'node[key], edge', () => setHovered(null));
    core.on('mouseover', 'node, edge', () => root.current?.classList.add(styles.pointing ?? ''));
    core.on('mouseout', 'node, edge', () => root.current?.classList.remove(styles.pointing ?? ''));
    return () => {
      core.removeAllListeners();
    };
  }, [core]);

  const placeOf = (key: string): Point => {
    const element = core?.getElementById(key);
    return element?.nonempty() ? toScreen(element.renderedPosition()) : toScreen({ x: 0, y: 0 });
  };
  const goTo = (key: string | undefined) => {
    const node = nodes.find((other) => other.key === key);
    if (node === undefined || core === null) return;
    setFocus(node.key);
    const element = core.getElementById(node.key);
    const { x, y } = element.renderedPosition();
    if (x < 40 || y < 60 || x > core.width() - 40 || y > core.height() - 80) core.center(element);
    announce(
      `${node.name}, ${node.description}${node.hiddenCount > 0 ? `, ${countOf(node.hiddenCount, 'connection', 'connections')} not shown` : ''}`,
    );
  };
  const zoomBy = (factor: number) => {
    isWhole.current = false;
    core?.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
  };
  const fitAll = () => {
    isWhole.current = true;
    if (core !== null) fitScene(core, scene, { labelScale });
  };

  const pressed = (event: KeyboardEvent) => {
    const { key } = event;
    const here = focus ?? selection;
    const isKnown = here !== null && nodes.some((node) => node.key === here);
    if (key === 'F10' && event.shiftKey && isKnown) props.onMenu(here, placeOf(here));
    else if (event.ctrlKey || event.metaKey) return;
    else if (directions.includes(key)) {
      if (!isKnown) goTo(nodes[0]?.key);
      else goTo(findNearest(event.altKey ? neighborPlaces(scene, here) : scene.positions, here, key as Direction));
    } else if (event.altKey) return;
    else if (key === 'ContextMenu' && isKnown) props.onMenu(here, placeOf(here));
    else if (key === 'Enter' && isKnown) props.onSelect(here);
    else if (key === ' ' && isKnown) props.onChoose([here], false);
    else if (key === 'Escape' && selection !== null) props.onSelect(null);
    else if (key.toLowerCase() === 'e' && isKnown) props.onExpand(here, placeOf(here));
    else if (key.toLowerCase() === 'h' && isKnown) props.onHide(here, event.shiftKey);
    else if (key.toLowerCase() === 'p' && isKnown) props.onPin(here, pins.has(here) ? null : (scene.positions.get(here) ?? null));
    else if (key === '+' || key === '=') zoomBy(1.25);
    else if (key === '-') zoomBy(0.8);
    else if (key === '0') core?.zoom({ level: 1, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
    else if (key.toLowerCase() === 'f') fitAll();
    else if (key.toLowerCase() === 't') props.onShowTable();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={root} className={`${styles.root} ${isStale ? styles.stale : ''}`}>
      <div className={styles.field}>
        <div
          ref={stage}
          className={`${styles.free} ${styles.stage}`}
          role="application"
          aria-label={label}
          aria-describedby={describedBy}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one Tab stop.
          tabIndex={0}
          data-testid="graph"
          onKeyDown={pressed}
          onContextMenu={(event) => event.preventDefault()}
          onFocus={() => {
            setHasFocus(true);
            if (focus === null) setFocus(selection ?? nodes[0]?.key ?? null);
          }}
          onBlur={() => setHasFocus(false)}
        />
        {core !== null && (
          <Minimap
            core={core}
            positions={scene.positions}
            onMove={() => {
              isWhole.current = false;
            }}
          />
        )}
      </div>
      <div className={styles.tools}>
        <ZoomControls onZoomIn={() => zoomBy(1.25)} onZoomOut={() => zoomBy(0.8)} onFit={fitAll}>
          <hr />
          <button type="button" aria-label="Undo" title="Undo (Ctrl-Z)" disabled={onUndo === null} onClick={() => onUndo?.()}>
            <IconArrowBackUp size={16} aria-hidden="true" />
          </button>
          <button type="button" aria-label="Redo" title="Redo (Ctrl-Shift-Z)" disabled={onRedo === null} onClick={() => onRedo?.()}>
            <IconArrowForwardUp size={16} aria-hidden="true" />
          </button>
        </ZoomControls>
      </div>
    </div>
  );
}

/** The positions of a node and its neighbors. */
function neighborPlaces(scene: Scene, key: string): ReadonlyMap<string, Point> {
  const keys = new Set([key]);
  for (const { source, target } of scene.links) {
    if (source === key) keys.add(target);
    if (target === key) keys.add(source);
  }
  return new Map([...scene.positions].filter(([other]) => keys.has(other)));
}
