export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line with control points. */
export interface Curve {
  readonly from: Point;
  readonly to: Point;
  readonly bends: readonly Point[];
}

/** Control points in Cytoscape's form: the share along the straight line, and the distance from it in pixels. */
export interface RelativeBends {
  readonly weights: readonly number[];
  readonly distances: readonly number[];
}

/** Converts control points to Cytoscape's form. A line whose two ends are the same point stays straight. */
export function toRelativeBends({ from, to, bends }: Curve): RelativeBends {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  if (square === 0) return { weights: [0.5], distances: [0] };
  const length = Math.sqrt(square);
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    weights: bends.map((bend) => round(((bend.x - from.x) * dx + (bend.y - from.y) * dy) / square)),
    distances: bends.map((bend) => round(((bend.y - from.y) * dx - (bend.x - from.x) * dy) / length)),
  };
}

/**
 * A point of the curve as it is drawn: quadratic segments that join halfway between neighboring control points.
 *
 * @param at from 0 (start) to 1 (end); every segment takes an equal share
 */
export function pointOn({ from, to, bends }: Curve, at: number): Point {
  if (bends.length === 0) return mix(from, to, at);
  const piece = Math.min(bends.length - 1, Math.floor(at * bends.length));
  const within = at * bends.length - piece;
  const bend = bends[piece] as Point;
  const previous = bends[piece - 1];
  const next = bends[piece + 1];
  const start = previous === undefined ? from : mix(previous, bend, 0.5);
  const end = next === undefined ? to : mix(bend, next, 0.5);
  return mix(mix(start, bend, within), mix(bend, end, within), within);
}

function mix(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

export const roundPixel = (value: number): number => Math.round(value * 100) / 100;
export const pointText = ({ x, y }: Point): string => `${roundPixel(x)} ${roundPixel(y)}`;

/** The curve as an SVG path. */
export function pathOf({ from, bends, to }: Curve): string {
  if (bends.length === 0) return `M${pointText(from)} L${pointText(to)}`;
  const segments = bends.map((bend, i) => {
    const next = bends[i + 1];
    return `Q${pointText(bend)} ${pointText(next === undefined ? to : mix(bend, next, 0.5))}`;
  });
  return `M${pointText(from)} ${segments.join(' ')}`;
}
