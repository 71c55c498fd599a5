import type { Core } from 'cytoscape';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { useLabelSize } from '../../shared/ui/label-size.ts';
import styles from '../cytoscape/canvas.module.css';
import { MoreBeyond } from '../cytoscape/canvas-controls.tsx';
import type { Point } from '../cytoscape/curve.ts';
import { estimateWidth } from '../cytoscape/label-box.ts';
import type { Size } from '../cytoscape/use-size.ts';
import type { Viewport } from '../scene/scene.ts';
import { SceneCanvas } from '../scene/scene-canvas.tsx';
import { keyOfPointed, pointedOfKey } from './lanes-highlight.ts';
import type { LanesCanvasProps, NodeKey } from './lanes-props.ts';
import { lanesScene } from './lanes-scene.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';
import { arrangeLanes } from './layout/lanes-layout.ts';

/** The smallest zoom at which rows keep a readable pitch. */
const leastZoom = 0.75;
/** The largest zoom of a picture, and the size of a canvas that is zoomed by 1. */
const mostZoom = 1.3;
const usualSize = { width: 1000, height: 600 };
const noPins: ReadonlyMap<string, Point> = new Map();

/** The canvas of a blast radius. From left to right: origins, reached organizations, their artifacts, the labs that own them. */
export function LanesCanvas(props: LanesCanvasProps) {
  const { radius, openGroups, onOpenGroup, expanded, widthBy, focus, hidden, after, look, isCompact = false, ...scenery } = props;
  const { selection, onSelect, onInspect, onPoint, pointed = null, pins = noPins } = scenery;
  const [size, setSize] = useState<Size | null>(null);
  const { layout, scene } = useScene(props, size);
  useEffect(() => () => onPoint?.(null), [onPoint]);

  const firstView = useCallback(
    (of: Size, labelScale: number): Viewport => {
      const zoom = zoomOf(layout, of, labelScale) * labelScale;
      // Two drawings side by side may be wider than their halves. They begin with the artifacts and labs, which are what changes.
      const x = isCompact ? Math.min(0, of.width - layout.width * zoom) : 0;
      // Where the drawing does not fit, its origin is in sight.
      const lowest = Math.max(0, ...layout.holders.map(({ hop, y, size, card }) => (hop === 0 ? y + (card?.height ?? size) / 2 + 26 : 0)));
      // The minimap, which a wide drawing has, covers nothing of it.
      const spare = isCompact || of.width < 720 ? 0 : 90;
      const y = Math.max(Math.min(0, of.height - layout.height * zoom), Math.min(0, of.height - spare - lowest * zoom));
      return { zoom, pan: { x, y: Math.round(y) } };
    },
    [layout, isCompact],
  );
  const activate = (key: string | null, isInspecting: boolean) => {
    if (key?.startsWith('group:')) {
      onOpenGroup(key);
      return;
    }
    // A row of an expanded holder is no node of its own.
    if (key?.startsWith('partner:')) return;
    const node = key as NodeKey | null;
    onSelect(!isInspecting && node === selection ? null : node);
    if (isInspecting && node !== null) onInspect?.(node);
  };
  return (
    <SceneCanvas
      {...scenery}
      scene={scene}
      arrangement="lanes"
      firstView={firstView}
      pins={pins}
      pointed={pointed === null ? null : keyOfPointed(layout, pointed)}
      testId="lanes"
      {...(look && { styles: look.styles })}
      hasMinimap={!isCompact}
      onSize={setSize}
      onSelect={(key) => activate(key, false)}
      onInspect={(key) => activate(key, true)}
      onPoint={(key) => onPoint?.(key === null ? null : pointedOfKey(layout, key))}
      above={(core) => (
        <>
          <Headings core={core} layout={layout} />
          <Beyond core={core} layout={layout} side="above" />
        </>
      )}
      below={(core) => <Beyond core={core} layout={layout} side="below" />}
    />
  );
}

/** The layout for a canvas of a size, and its scene. */
function useScene(props: LanesCanvasProps, size: Size | null) {
  const { radius, selection, openGroups, expanded, widthBy, focus, hidden, onPin } = props;
  const { after = null, pins = noPins, look = null, isCompact = false } = props;
  const isMovable = onPin !== undefined;
  const labelScale = useLabelSize() / 100;
  return useMemo(() => {
    const width = (size?.width ?? 0) / labelScale;
    const options = { selection, openGroups, after, isCompact, expanded, widthBy, focus, hidden };
    const arrange = (of: number, height: number) => arrangeLanes(radius, { ...options, width: Math.max(of, isCompact ? 0 : 640), height });
    const least = arrange(width / mostZoomIn(size, labelScale), 0);
    const zoom = zoomOf(least, size, labelScale);
    // The drawing spreads over the width that it does not need.
    const isNarrow = least.width * zoom <= width;
    const spread = isNarrow ? Math.floor(width / zoom) : width;
    // One of two drawings side by side keeps its least width where the lanes would spread beyond the view.
    const isTight = isCompact && isNarrow && arrange(spread, 0).width * zoom > width;
    const height = Math.floor((size?.height ?? 0) / labelScale / zoom);
    const layout = arrange(isTight ? width / mostZoomIn(size, labelScale) : spread, height).draw(pins);
    return { layout, scene: lanesScene(radius, layout, { after, isMovable, look }) };
  }, [radius, size, labelScale, openGroups, selection, isCompact, after, pins, hidden, expanded, look, widthBy, focus, isMovable]);
}

/**
 * The zoom, at labels of 100%, that fits the whole drawing, and makes it larger on a large canvas. If its rows would become too small, fits only
 * its width and lets it pan. Larger labels do not fit it to less, or they would be no larger.
 */
function zoomOf(layout: Pick<LanesLayout, 'width' | 'height'>, size: Size | null, labelScale: number): number {
  if (size === null || size.width === 0) return 1;
  const [wide, high] = [size.width / layout.width, size.height / layout.height];
  const whole = Math.min(mostZoomIn(size, labelScale), wide, high);
  return whole >= leastZoom ? whole : Math.min(1, Math.max(0.55, wide));
}

function mostZoomIn(size: Size | null, labelScale: number): number {
  if (size === null) return 1;
  const large = Math.min(size.width / usualSize.width, size.height / usualSize.height) / labelScale;
  return Math.max(1, Math.min(mostZoom, large));
}

interface Overlay {
  readonly core: Core;
  readonly layout: LanesLayout;
}

/** The names of the lanes, which stay in sight. On paper the picture is scaled to the sheet, and they are not. */
function Headings({ core, layout: { headings, width } }: Overlay) {
  useViewport(core);
  const labelScale = useLabelSize() / 100;
  const zoom = core.zoom() / labelScale;
  const roomOf = (i: number) => ((headings[i + 1]?.x ?? width) - (headings[i]?.x ?? 0)) * zoom - 6;
  // All are as short as the narrowest lane needs.
  const form = headings.reduce((longest, { forms }, i) => {
    const fitting = forms.findIndex((words) => estimateWidth(words.join(' ').trim(), 12) + 6 <= roomOf(i));
    return Math.max(longest, fitting < 0 ? forms.length - 1 : fitting);
  }, 0);
  return (
    <div className={styles.headings} data-screen-only aria-hidden="true">
      {headings.map(({ forms, x }, i) => {
        const [name, count] = forms[Math.min(form, forms.length - 1)] ?? [];
        return (
          <span key={x} style={{ left: x * zoom + core.pan().x / labelScale, maxWidth: roomOf(i) }}>
            {name}
            {count && <em>{count}</em>}
          </span>
        );
      })}
    </div>
  );
}

/** The count of the artifacts that an edge, or the strip that says so, hides. Where it hides holders alone, it says that. */
function Beyond({ core, layout: { rows, holders }, side }: Overlay & { readonly side: 'above' | 'below' }) {
  useViewport(core);
  const hiddenBy = (strip: number) => {
    const edge = side === 'above' ? strip : core.height() - strip;
    const at = (edge - core.pan().y) / core.zoom();
    return ({ y }: { readonly y: number }) => (side === 'above' ? y - discRadius < at : y + discRadius > at);
  };
  if (![...rows, ...holders].some(hiddenBy(0))) return null;
  const count = rows
    .filter(hiddenBy(stripHeight))
    .reduce((sum, { row }) => sum + (row.kind === 'artifact' ? 1 : row.count - row.openCount), 0);
  const step = (side === 'above' ? 0.8 : -0.8) * core.height();
  return (
    <MoreBeyond
      words={count > 0 ? countOf(count, 'more artifact', 'more artifacts') : 'More holders'}
      side={side}
      onMore={() => core.panBy({ x: 0, y: step })}
    />
  );
}

const discRadius = 6;
/** Of `MoreBeyond`. */
const stripHeight = 24;

/** Draws again whenever the view moves. */
function useViewport(core: Core): void {
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    core.on('viewport resize', update);
    return () => {
      core.off('viewport resize', update);
    };
  }, [core]);
}
