import { type PointerEvent, useRef, useState } from 'react';
import type { TimeScale } from '../../../shared/windows/time-scale.ts';

/** A shorter stroke is a click. */
const LEAST_STROKE_PX = 6;

interface BrushOptions {
  readonly width: number;
  /** Space left of the scale, in pixels. */
  readonly inset: number;
  readonly scale: TimeScale;
  /** Called once at the end of a stroke, with instants in order. */
  readonly onBrush: (from: number, until: number) => void;
}

/** Draws a range on the time strip with the pointer. Handles take their own strokes first. */
export function useBrush({ width, inset, scale, onBrush }: BrushOptions) {
  const start = useRef<number | null>(null);
  const [stroke, setStroke] = useState<readonly [number, number] | null>(null);
  const xOf = (event: PointerEvent<SVGSVGElement>) =>
    Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left - inset));
  const end = () => {
    start.current = null;
    setStroke(null);
  };
  const isStroke = stroke !== null && Math.abs(stroke[1] - stroke[0]) >= LEAST_STROKE_PX;
  return {
    box: isStroke ? { x: Math.min(...stroke), width: Math.abs(stroke[1] - stroke[0]) } : null,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if ((event.target as Element).closest('[role="slider"]') !== null || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = xOf(event);
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        if (start.current !== null) setStroke([start.current, xOf(event)]);
      },
      onPointerUp: () => {
        if (isStroke) onBrush(scale.at(Math.min(...stroke)), scale.at(Math.max(...stroke)));
        end();
      },
      onPointerCancel: end,
    },
  };
}
