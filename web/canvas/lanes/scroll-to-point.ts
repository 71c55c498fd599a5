import type { Point } from '../cytoscape/curve.ts';

/** Space between a point and the edge, in px. */
const margin = 48;

/** Scrolls as little as brings a point of the content into sight. */
export function scrollToPoint(element: HTMLElement, { x, y }: Point): void {
  const left = distance(x, element.scrollLeft, element.clientWidth);
  const top = distance(y, element.scrollTop, element.clientHeight);
  if (left !== 0 || top !== 0) element.scrollBy({ left, top });
}

function distance(at: number, from: number, length: number): number {
  return at < from + margin ? at - margin - from : Math.max(0, at + margin - from - length);
}
