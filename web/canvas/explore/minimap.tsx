import type { Core } from 'cytoscape';
import { memo, type PointerEvent, useEffect, useReducer } from 'react';
import type { Point } from '../cytoscape/curve.ts';
import styles from './minimap.module.css';

const largest = { width: 168, height: 108 } as const;
/** On a canvas lower than this it shrinks, so that it does not cover nodes. */
const roomyPx = 480;
const margin = 60;

interface MinimapProps {
  readonly core: Core;
  readonly positions: ReadonlyMap<string, Point>;
  /** Called when the reader moves the view by it. */
  readonly onMove: () => void;
}

/** The whole drawing in a corner, with the part in view as a frame, while not all of it is in view. A press or a drag moves the view. */
export function Minimap({ core, positions, onMove }: MinimapProps) {
  const [, update] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    core.on('viewport resize', update);
    return () => {
      core.off('viewport resize', update);
    };
  }, [core]);

  const places = [...positions.values()];
  // A narrow window shows the table in place of the canvas.
  if (places.length < 2 || core.height() === 0) return null;
  const box = {
    left: Math.min(...places.map(({ x }) => x)) - margin,
    right: Math.max(...places.map(({ x }) => x)) + margin,
    top: Math.min(...places.map(({ y }) => y)) - margin,
    bottom: Math.max(...places.map(({ y }) => y)) + margin,
  };
  const { x1, y1, x2, y2 } = core.extent();
  if (x1 <= box.left + margin && x2 >= box.right - margin && y1 <= box.top + margin && y2 >= box.bottom - margin) return null;
  const scale = Math.min(1, core.height() / roomyPx);
  const size = { width: largest.width * scale, height: largest.height * scale };
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
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) moveTo(event);
      }}
    >
      <Dots positions={positions} radius={dot} />
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

/** A pan moves the frame alone: the dots, which may be hundreds, are not built again for each of its frames. */
const Dots = memo(({ positions, radius }: { readonly positions: ReadonlyMap<string, Point>; readonly radius: number }) => (
  <>
    {[...positions].map(([key, { x, y }]) => (
      <circle key={key} className={styles.dot} cx={x} cy={y} r={radius} />
    ))}
  </>
));
