import type { Core, EventObject, NodeSingular, StylesheetJson } from 'cytoscape';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useOfferPicture } from '../../shared/export/view-picture.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { IconArrowBackUp, IconArrowForwardUp } from '../../shared/ui/icons.tsx';
import { useLabelSize } from '../../shared/ui/label-size.ts';
import { useIdle } from '../../shared/ui/lazy-part.tsx';
import styles from '../cytoscape/canvas.module.css';
import { ZoomControls } from '../cytoscape/canvas-controls.tsx';
import type { Point } from '../cytoscape/curve.ts';
import { readTokens, type Tokens } from '../cytoscape/tokens.ts';
import { type Size, useSize } from '../cytoscape/use-size.ts';
import { type Beside, drawScene, extraClasses, fitViewport, followDrag, isInView, type StepKey } from './scene.ts';
import type { SceneCanvasProps } from './scene-props.ts';
import { sceneStylesheet } from './scene-stylesheet.ts';
import { useCytoscape } from './use-cytoscape.ts';

/** The modules that load once a canvas is idle. */
type Later = Pick<typeof import('./canvas-svg.ts'), 'canvasSvg' | 'printAsDrawing'> & typeof import('./minimap.tsx');

const options = { boxSelectionEnabled: true, autounselectify: true, minZoom: 0.1, maxZoom: 4 };
const stepKeys: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] satisfies StepKey[];
const noKeys: ReadonlySet<string> = new Set();

/** The one canvas of graphs: draws a scene by Cytoscape, pans, zooms, hits, drags, selects and speaks. */
export function SceneCanvas(props: SceneCanvasProps) {
  const { scene, selection, pins, chosen = noKeys, pointed = null, label, caption, describedBy, isStale = false, onSize } = props;
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const { styles: extraStyles } = props;
  const dress = useCallback(
    (tokens: Tokens) =>
      extraStyles === undefined ? sceneStylesheet(tokens) : ([sceneStylesheet(tokens), extraStyles(tokens)].flat() as StylesheetJson),
    [extraStyles],
  );
  const core = useCytoscape(stage, dress, options);
  const isIdle = useIdle();
  const [later, setLater] = useState<Later | null>(null);
  useEffect(() => {
    if (!isIdle || core === null) return;
    // The first picture does not wait for these. Without them the canvas works, moves less smoothly, and offers no drawing and no map.
    const isMissed = () => undefined;
    import('./moving-picture.ts').then(({ drawLessInMotion }) => drawLessInMotion(core), isMissed);
    Promise.all([import('./canvas-svg.ts'), import('./minimap.tsx')]).then(([drawing, map]) => setLater({ ...drawing, ...map }), isMissed);
  }, [core, isIdle]);
  const announce = useAnnounce();
  const [focus, setFocus] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [hovered, setHovered] = useState<string | null>(null);
  const [isMapOn, setMapOn] = useState<boolean | null>(null);
  const view = useView(core, size, props);
  useEffect(() => onSize?.(size), [onSize, size]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawing the scene removes the marks.
  useEffect(() => {
    if (core === null) return;
    const marked = [selection, hasFocus ? focus : null];
    const emphasis = scene.emphasis(hovered ?? pointed ?? (hasFocus ? focus : null) ?? selection, selection);
    core.batch(() => {
      for (const element of core.elements().toArray()) {
        const key: unknown = element.data('key');
        const extra = [
          emphasis.get(element.id()) ?? '',
          typeof key === 'string' && marked.includes(key) ? 'marked' : '',
          typeof key === 'string' && chosen.has(key) ? 'chosen' : '',
        ].join(' ');
        const before = extraClasses.get(element) ?? '';
        if (before === extra) continue;
        element.removeClass(before).addClass(extra);
        extraClasses.set(element, extra);
      }
    });
  }, [core, scene, size, selection, focus, hasFocus, hovered, pointed, chosen]);

  const draw = useCallback(
    () => (core === null || stage.current === null ? null : (later?.canvasSvg(core, readTokens(stage.current).bg) ?? null)),
    [core, later],
  );
  useOfferPicture(draw, label, caption);
  useEffect(() => (stage.current === null ? undefined : later?.printAsDrawing(stage.current, styles.paper ?? '', draw)), [later, draw]);

  const toScreen = (rendered: Point): Point => {
    const bounds = stage.current?.getBoundingClientRect();
    return { x: Math.round((bounds?.left ?? 0) + rendered.x), y: Math.round((bounds?.top ?? 0) + rendered.y) };
  };
  const nodeOf = (key: string) => core?.nodes().filter((node) => node.data('key') === key);
  const placeOf = (key: string): Beside => {
    const node = nodeOf(key);
    return node?.nonempty() ? beside(node, toScreen) : { ...toScreen({ x: 0, y: 0 }), width: 0 };
  };

  usePointer(core, {
    props,
    toScreen,
    onFocus: setFocus,
    onHover: (key) => {
      setHovered(key);
      props.onPoint?.(key);
      if (stage.current === null) return;
      stage.current.style.cursor = key === null ? '' : 'pointer';
      stage.current.title = key === null ? '' : scene.spoken(key);
    },
    onMoved: view.noteMoved,
  });

  // Pans to a selection that was made elsewhere, and again when it opens into a card or closes.
  const box = scene.nodes.find(({ key }) => key === selection)?.data.boxHeight;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection or size pans.
  useEffect(() => {
    if (selection !== null) view.reveal(selection);
  }, [core, selection, box]);

  const goTo = (key: string | null) => {
    if (key === null) return;
    setFocus(key);
    view.reveal(key);
    announce(scene.spoken(key));
  };
  const openMenu = (key: string) => props.onMenu?.(key, placeOf(key), { ...(nodeOf(key)?.position() ?? { x: 0, y: 0 }) });
  const pressed = (event: KeyboardEvent) => {
    const { key } = event;
    const here = focus ?? selection;
    const isKnown = here !== null && scene.spoken(here) !== '';
    const letter = key.toLowerCase();
    if (key === 'F10' && event.shiftKey && isKnown) openMenu(here);
    else if (event.ctrlKey || event.metaKey) return;
    else if (stepKeys.includes(key)) goTo(scene.step(isKnown ? here : null, key as StepKey, event.altKey));
    else if (event.altKey) return;
    else if (key === 'ContextMenu' && isKnown) openMenu(here);
    else if (key === 'Enter' && isKnown) (props.onInspect ?? props.onSelect)(here);
    else if (key === ' ' && isKnown) (props.onChoose ?? (([first]) => props.onSelect(first ?? null)))([here], false);
    else if (key === 'Escape' && selection !== null) props.onSelect(null);
    else if (letter === 'e' && isKnown && props.onExpand) props.onExpand(here, placeOf(here));
    else if (letter === 'h' && isKnown && props.onHide) props.onHide(here, event.shiftKey);
    else if (letter === 'g' && event.shiftKey && props.onGroup) props.onGroup();
    else if (letter === 'm' && core !== null && props.hasMinimap !== false) {
      const isOn = !(isMapOn ?? later?.isMapNeeded(core, scene) ?? false);
      setMapOn(isOn);
      announce(isOn ? 'Mini map shown.' : 'Mini map hidden.');
    } else if (letter === 'p' && isKnown && props.onPin) props.onPin(here, pins.has(here) ? null : (nodeOf(here)?.position() ?? null));
    else if (key === '+' || key === '=') view.zoomBy(1.25);
    else if (key === '-') view.zoomBy(0.8);
    else if (key === '0') view.zoomTo(1);
    else if (letter === 'f') view.fitAll();
    else if (letter === 't' && props.onShowTable) props.onShowTable();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={`${styles.root} ${isStale ? styles.stale : ''}`} data-footless={props.hasFoot === false || undefined}>
      {props.above !== undefined && core !== null && props.above(core)}
      <div className={styles.field}>
        <div
          ref={stage}
          className={`${styles.free} ${styles.stage}`}
          role="application"
          aria-label={label}
          aria-describedby={describedBy}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one Tab stop.
          tabIndex={0}
          data-testid={props.testId}
          data-drawn={core === null ? undefined : true}
          onKeyDown={pressed}
          onContextMenu={(event) => event.preventDefault()}
          onFocus={() => {
            setHasFocus(true);
            if (focus === null) setFocus(selection ?? scene.nodes.find(({ key }) => key !== undefined)?.key ?? null);
          }}
          onBlur={() => setHasFocus(false)}
        />
        {core !== null && later !== null && props.hasMinimap !== false && (
          <later.Minimap core={core} scene={scene} isOn={isMapOn} onMove={view.noteMoved} />
        )}
      </div>
      {core !== null && props.below?.(core)}
      <div className={styles.footer}>
        <ZoomControls onZoomIn={() => view.zoomBy(1.25)} onZoomOut={() => view.zoomBy(0.8)} onFit={view.fitAll}>
          {props.onUndo !== undefined && (
            <>
              <hr />
              <button
                type="button"
                aria-label="Undo"
                title="Undo (Ctrl-Z)"
                disabled={props.onUndo === null}
                onClick={() => props.onUndo?.()}
              >
                <IconArrowBackUp size={16} aria-hidden="true" />
              </button>
              <button
                type="button"
                aria-label="Redo"
                title="Redo (Ctrl-Shift-Z)"
                disabled={props.onRedo == null}
                onClick={() => props.onRedo?.()}
              >
                <IconArrowForwardUp size={16} aria-hidden="true" />
              </button>
            </>
          )}
        </ZoomControls>
        {props.footer}
      </div>
    </div>
  );
}

/** Views that the reader moved. Cytoscape's scratch pad would compute the styles of all elements anew at each note. */
const movedViews = new WeakSet<Core>();

/** Draws each scene, and keeps it in view: new nodes or a new arrangement are fitted. */
function useView(core: Core | null, size: Size | null, { scene, arrangement, firstView, selection, camera }: SceneCanvasProps) {
  const labelScale = useLabelSize() / 100;
  const fitted = useRef({ arrangement: '', keys: '', size });
  const selected = useRef(selection);
  selected.current = selection;

  const show = useCallback(
    (isAll: boolean, isKept: boolean) => {
      if (core === null || size === null) return;
      const around = isAll ? undefined : (scene.nodes.find(({ key }) => key === selected.current) ?? scene.nodes[0])?.at;
      const [width, height] = [core.width(), Math.max(80, core.height())];
      const next =
        isAll || firstView === undefined ? fitViewport(scene.bounds, { width, height, labelScale, around }) : firstView(size, labelScale);
      // The same scale keeps what was brought into sight.
      if (!isKept || next.zoom !== core.zoom()) core.viewport(next);
    },
    [core, size, scene, firstView, labelScale],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same scene is not drawn again.
  useEffect(() => {
    if (core === null || size === null || size.width === 0 || scene.nodes.length === 0) return;
    core.resize();
    drawScene(core, scene);
    const now = { arrangement: `${arrangement} ${labelScale}`, keys: scene.nodes.map(({ key }) => key ?? '').join(' '), size };
    const last = fitted.current;
    fitted.current = now;
    // A dragged node does not move the view, and neither does an answer once the reader has moved it.
    const isSame = last.arrangement === now.arrangement;
    if (!isSame) movedViews.delete(core);
    const isWhole = !movedViews.has(core);
    const hasOtherNodes = !isSame || last.keys !== now.keys;
    if (firstView !== undefined) {
      if (isWhole) show(false, isSame && last.size?.height === size.height);
    } else if (hasOtherNodes) {
      const isShown = isInView(scene.bounds, { zoom: core.zoom(), pan: core.pan() }, core.width(), core.height());
      if (!isSame || !isShown) show(false, false);
    } else if (last.size !== size && isWhole) show(false, false);
  }, [core, scene, size, arrangement, labelScale]);

  useEffect(() => {
    if (core === null || camera === undefined) return;
    camera.add(core);
    const share = () => {
      const [zoom, pan] = [core.zoom(), core.pan()];
      for (const other of camera) {
        if (other === core || (other.zoom() === zoom && other.pan().x === pan.x && other.pan().y === pan.y)) continue;
        other.viewport({ zoom, pan: { ...pan } });
      }
    };
    core.on('viewport', share);
    return () => {
      camera.delete(core);
      core.off('viewport', share);
    };
  }, [core, camera]);

  /** The reader moved the view: it is not fitted anew. */
  const noteMoved = () => {
    for (const each of camera ?? [core]) if (each !== null) movedViews.add(each);
  };
  const zoomTo = (level: number) => core?.zoom({ level, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
  return {
    noteMoved,
    zoomTo: (level: number) => {
      noteMoved();
      zoomTo(level * labelScale);
    },
    zoomBy: (factor: number) => {
      noteMoved();
      if (core !== null) zoomTo(core.zoom() * factor);
    },
    fitAll: () => {
      for (const each of camera ?? [core]) if (each !== null) movedViews.delete(each);
      show(true, false);
    },
    /** Pans as little as brings a node into sight, and the whole card of an expanded one, or its top. */
    reveal: (key: string) => {
      const node = scene.nodes.find((each) => each.key === key);
      if (core === null || node === undefined || core.width() === 0) return;
      const { at, data } = node;
      const { x, y } = core.pan();
      const off = (middle: number, length: number, side: string | number = 0) => {
        const half = Math.max(edge, (Number(side) * core.zoom()) / 2 + edge / 4);
        return Math.max(half - middle, Math.min(0, length - half - middle));
      };
      const by = {
        x: off(at.x * core.zoom() + x, core.width(), data.boxWidth),
        y: off(at.y * core.zoom() + y, core.height(), data.boxHeight),
      };
      if (by.x !== 0 || by.y !== 0) core.panBy(by);
    },
  };
}

/** Space between the middle of a revealed node and the edge, in px. A quarter of it is left beside a card. */
const edge = 48;

interface Pointer {
  readonly props: SceneCanvasProps;
  /** A place of the canvas on the screen. */
  readonly toScreen: (rendered: Point) => Point;
  /** A node that was clicked; null: a link. */
  readonly onFocus: (key: string | null) => void;
  readonly onHover: (key: string | null) => void;
  /** The reader moved or zoomed the view. */
  readonly onMoved: () => void;
}

/** The extent of a node with its name, at a height in px; without one at its top. A menu beside it covers neither. */
function beside(node: NodeSingular, toScreen: Pointer['toScreen'], y?: number): Beside {
  const { x1, x2, y1 } = node.renderedBoundingBox();
  return { ...toScreen({ x: x1, y: y ?? y1 }), width: Math.round(x2 - x1) };
}

/** The number of clicks at one place in quick succession, as the browser counts them; 0 for a touch. */
const clicksOf = (event: EventObject): number => (event.originalEvent as MouseEvent | undefined)?.detail ?? 0;

/** Passes what the pointer does on the canvas to its handlers. */
function usePointer(core: Core | null, pointer: Pointer): void {
  const latest = useRef(pointer);
  latest.current = pointer;
  useEffect(() => {
    if (core === null) return;
    const acts = () => latest.current.props;
    const key = (event: EventObject): string => event.target.data('key');
    const place = (event: EventObject): Beside => beside(event.target, latest.current.toScreen, event.renderedPosition.y);
    const boxed: string[] = [];
    core.on('tap', 'node[key], edge[key]', (event) => {
      const isNode = event.target.isNode();
      const { onChoose, onSelect } = acts();
      // The second click of a double click selects nothing more.
      if (clicksOf(event) > 1) return;
      if ((event.originalEvent as MouseEvent | undefined)?.shiftKey === true && isNode && onChoose !== undefined) {
        onChoose([key(event)], false);
        return;
      }
      latest.current.onFocus(isNode ? key(event) : null);
      onSelect(key(event));
    });
    core.on('tap', 'node[owner]', (event) => acts().onExpand?.(event.target.data('owner'), place(event)));
    core.on('tap', (event) => {
      if (event.target === core) acts().onSelect(null);
    });
    core.on('dbltap', 'node[key], edge[key]', (event) => {
      // Cytoscape takes two quick clicks at two places for one double click.
      if (clicksOf(event) === 1) return;
      if (event.target.isNode()) acts().onExpand?.(key(event), place(event));
      else acts().onOpenLink?.(key(event));
    });
    core.on('cxttap', 'node[key]', (event) => acts().onMenu?.(key(event), place(event), { ...event.target.position() }));
    core.on('drag', 'node[key]', (event) => followDrag(core, acts().scene, key(event), event.target.position()));
    core.on('dragfree', 'node[key]', (event) => {
      // Alt at the drop takes the drag back.
      if ((event.originalEvent as MouseEvent | undefined)?.altKey === true) {
        drawScene(core, acts().scene);
        return;
      }
      const { x, y } = event.target.position();
      acts().onPin?.(key(event), { x: Math.round(x), y: Math.round(y) });
    });
    core.on('box', 'node[key]', (event) => {
      if (boxed.push(key(event)) > 1) return;
      // Cytoscape reports the nodes of a box one by one, in one turn of the event loop.
      queueMicrotask(() => acts().onChoose?.(boxed.splice(0), true));
    });
    core.on('dragpan scrollzoom pinchzoom', () => latest.current.onMoved());
    core.on('mouseover', 'node[key], edge[key]', (event) => latest.current.onHover(key(event)));
    core.on('mouseout', 'node[key], edge[key]', () => latest.current.onHover(null));
    return () => {
      core.removeAllListeners();
    };
  }, [core]);
}
