import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { TimeScale } from '../../../shared/windows/time-scale.ts';
import classes from './time-window.module.css';
import { keyMove, type WindowEdge } from './window-moves.ts';

interface WindowHandleProps {
  readonly edge: WindowEdge;
  readonly x: number;
  readonly at: number;
  readonly range: TimeScale;
  readonly valueText: string;
  readonly top: number;
  readonly base: number;
  readonly onStart: () => void;
  /** `x` is the pointer's position in pixels from the left edge of the chart. */
  readonly onDrag: (edge: WindowEdge, x: number) => void;
  readonly onDrop: () => void;
  readonly onMove: (at: number) => void;
}

const NAMES: Readonly<Record<WindowEdge, string>> = {
  widestFrom: 'Start of the widest window',
  coreFrom: 'Start of the core window',
  coreTo: 'End of the core window',
  widestTo: 'End of the widest window',
};

/** Width of the touch target. A start extends to the left of its line and an end to the right, so that the two never overlap. */
const TARGET_PX = 24;

/** The handle of one edge, for pointer and keyboard. Core handles take the upper half, widest handles the lower. */
export function WindowHandle({ edge, x, at, range, valueText, top, base, onStart, onDrag, onDrop, onMove }: WindowHandleProps) {
  const isDragging = useRef(false);
  const isCore = edge === 'coreFrom' || edge === 'coreTo';
  const isStart = edge === 'coreFrom' || edge === 'widestFrom';
  const middle = (top + base) / 2;
  const y = isCore ? top - 6 : middle + 2;
  const place = (event: PointerEvent<SVGGElement>) =>
    event.clientX - (event.currentTarget.ownerSVGElement?.getBoundingClientRect().left ?? 0);

  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    isDragging.current = true;
    onStart();
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    if (isDragging.current) onDrag(edge, place(event));
  };
  const onPointerUp = () => {
    if (!isDragging.current) return;
    isDragging.current = false;
    onDrop();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyMove(event.key, event.shiftKey, at, range);
    if (to === null) return;
    event.preventDefault();
    onMove(to);
  };

  return (
    <g
      className={classes.handle}
      role="slider"
      tabIndex={0}
      aria-label={NAMES[edge]}
      aria-valuemin={range.from}
      aria-valuemax={range.until}
      aria-valuenow={at}
      aria-valuetext={valueText}
      aria-orientation="horizontal"
      onFocus={onStart}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <rect
        className={classes.target}
        x={isStart ? x - TARGET_PX : x}
        y={y}
        width={TARGET_PX}
        height={isCore ? middle - y + 2 : base - middle}
      />
      <line className={isCore ? classes.coreEdge : classes.widestEdge} x1={x} x2={x} y1={top - (isCore ? 6 : 0)} y2={base} />
      <rect
        className={classes.grip}
        data-core={isCore || undefined}
        x={x - (isStart ? 7 : -1)}
        y={y + 2}
        width={6}
        height={isCore ? 14 : 18}
        rx={3}
      />
    </g>
  );
}
