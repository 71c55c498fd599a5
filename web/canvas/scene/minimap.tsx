import type { Core } from 'cytoscape';
import { memo, type PointerEvent, useEffect, useReducer } from 'react';
import type { Curve } from '../cytoscape/curve.ts';
import { doesPass } from '../cytoscape/route.ts';
import styles from './minimap.module.css';
import type { Scene } from './scene.ts';

const largest = { width: 132, height: 76 } as const;
/** On a canvas lower than this it shrinks, so that it does not cover nodes. */
const roomyPx = 480;
/** On a canvas lower than this it would be too small to show a place. */
const leastPx = 280;
const margin = 40;
/** The room between the map and the lower left corner of the canvas, as in the style sheet. */
const inset = { left: 16, bottom: 8 } as const;

interface MinimapProps {
  readonly core: Core;
  readonly scene: Scene;
  /** Whether the reader turned it on or off; null: as `isMapNeeded` says. */
  readonly isOn: boolean | null;
  /** Called when the reader moves the view by it. */
  readonly onMove: () => void;
}

/** Whether more than the outermost margin of a drawing is out of view, and the canvas has a corner for the map that covers no node, label or line. */
export function isMapNeeded(core: Core, { bounds, links }: Scene): boolean {
  const { x1, y1, x2, y2 } = core.extent();
  if (x1 <= bounds.left + margin && x2 >= bounds.right - margin && y1 <= bounds.top + margin && y2 >= bounds.bottom - margin) return false;
  if (core.height() < leastPx) return false;
  const { width, height } = sizeOn(core);
  const zoom = core.zoom();
  const [left, bottom] = [x1 + inset.left / zoom, y2 - inset.bottom / zoom];
  const [right, top] = [left + width / zoom, bottom - height / zoom];
  const isOver = (box: { readonly x1: number; readonly x2: number; readonly y1: number; readonly y2: number }) =>
    box.x1 < right && box.x2 > left && box.y1 < bottom && box.y2 > top;
  const nodes = core.nodes().toArray();
  if (nodes.some((node) => node.visible() && isOver(node.boundingBox()))) return false;
  return !links.some(({ curve }) => isOver(extentOf(curve)) && doesPass(curve, [{ left, right, top, bottom }], 8));
}

/** A drawn line stays between its ends and control points. */
function extentOf({ from, to, bends }: Curve) {
  const points = [from, to, ...bends];
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { x1: Math.min(...xs), x2: Math.max(...xs), y1: Math.min(...ys), y2: Math.max(...ys) };
}

function sizeOn(core: Core) {
  const scale = Math.min(1, core.height() / roomyPx);
  return { width: largest.width * scale, height: largest.height * scale };
}

/** The whole drawing in a corner, with the part in view as a frame. A press or a drag moves the view. */
export function Minimap({ core, scene, isOn, onMove }: MinimapProps) {
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    core.on('viewport resize', update);
    return () => {
      core.off('viewport resize', update);
    };
  }, [core]);

  const { bounds: box } = scene;
  // A narrow window shows the table in place of the canvas.
  if (scene.nodes.length < 2 || core.height() === 0) return null;
  if (!(isOn ?? isMapNeeded(core, scene))) return null;
  const { x1, y1, x2, y2 } = core.extent();
  const size = sizeOn(core);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const dot = Math.max(width / size.width, height / size.height) * 3;

  const moveTo = (event: PointerEvent<SVGSVGElement>) => {
    const matrix = event.currentTarget.getScreenCTM();
    if (matrix === null) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    core.pan({ x: core.width() / 2 - x * core.zoom(), y: core.height() / 2 - y * core.zoom() });
    onMove();
  };
  return (
    <svg
      className={styles.map}
      width={size.width}
      height={size.height}
      viewBox={`${box.left} ${box.top} ${width} ${height}`}
      // The arrow keys and F move the view without it.
      aria-hidden="true"
      data-minimap
      data-screen-only
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) moveTo(event);
      }}
    >
      <Dots scene={scene} radius={dot} />
      <rect
        className={styles.frame}
        x={Math.max(x1, box.left)}
        y={Math.max(y1, box.top)}
        width={Math.max(0, Math.min(x2, box.right) - Math.max(x1, box.left))}
        height={Math.max(0, Math.min(y2, box.bottom) - Math.max(y1, box.top))}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** A pan moves the frame alone: the marks, which may be hundreds, are not built again for each of its frames. */
const Dots = memo(({ scene, radius }: { readonly scene: Scene; readonly radius: number }) => (
  <>
    {scene.nodes.map(({ id, isMovable = false, at: { x, y }, data: { boxWidth, boxHeight } }) =>
      !isMovable ? null : typeof boxWidth === 'number' && typeof boxHeight === 'number' ? (
        <rect key={id} className={styles.card} x={x - boxWidth / 2} y={y - boxHeight / 2} width={boxWidth} height={boxHeight} />
      ) : (
        <circle key={id} className={styles.dot} cx={x} cy={y} r={radius} />
      ),
    )}
  </>
));
