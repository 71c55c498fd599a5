import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useOfferPicture } from '../../shared/export/view-picture.ts';
import { countOf } from '../../shared/format/count.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import styles from '../cytoscape/canvas.module.css';
import { canvasSvg } from '../cytoscape/canvas-svg.ts';
import type { Point } from '../cytoscape/curve.ts';
import { readTokens } from '../cytoscape/tokens.ts';
import { useCytoscape } from '../cytoscape/use-cytoscape.ts';
import { useSize } from '../cytoscape/use-size.ts';
import type { Scene } from './draw-graph.ts';
import type { GraphCanvasProps } from './graph-props.ts';
import { graphStylesheet } from './graph-stylesheet.ts';
import { GraphTools } from './graph-tools.tsx';
import { layOutGraph } from './layout/graph-layout.ts';
import { Minimap } from './minimap.tsx';
import { type Direction, findNearest } from './nearest-node.ts';
import { quietLinks } from './quiet-links.ts';
import { useDrawnScene } from './use-drawn-scene.ts';
import { useGraphEvents } from './use-graph-events.ts';

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
  const view = useDrawnScene(core, size, scene, props);

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

  useGraphEvents(core, {
    ...props,
    scene,
    toScreen,
    onFocus: setFocus,
    onHover: setHovered,
    onPointing: (isPointing) => root.current?.classList.toggle(styles.pointing ?? '', isPointing),
    onMoved: view.noteMoved,
  });

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
    else if (key === '+' || key === '=') view.zoomBy(1.25);
    else if (key === '-') view.zoomBy(0.8);
    else if (key === '0') view.zoomTo(1);
    else if (key.toLowerCase() === 'f') view.fitAll();
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
        {core !== null && <Minimap core={core} positions={scene.positions} onMove={view.noteMoved} />}
      </div>
      <GraphTools zoomBy={view.zoomBy} fitAll={view.fitAll} onUndo={onUndo} onRedo={onRedo} />
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
