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

/** Pixels by which one segment may leave its chord. Cytoscape bounds a segment by seven of its points, so it would cut off a higher arc. */
const highestArc = 100;
/** Each takes the height to a quarter. These are enough for an arc of 25,000 pixels, and a node that is pinned far out costs no more. */
const mostHalvings = 4;

/** Converts control points to Cytoscape's form. A line whose two ends are the same point stays straight. */
export function toRelativeBends(curve: Curve): RelativeBends {
  let drawn = curve;
  for (let n = 0; n < mostHalvings && isHigh(drawn); n++) drawn = subdivide(drawn);
  const { from, to, bends } = drawn;
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

function isHigh({ from, to, bends }: Curve): boolean {
  const ends = [from, ...bends.slice(1).map((bend, i) => mix(bends[i] as Point, bend, 0.5)), to];
  return bends.some((bend, i) => {
    const [a, b] = [ends[i] as Point, ends[i + 1] as Point];
    return Math.hypot(a.x - 2 * bend.x + b.x, a.y - 2 * bend.y + b.y) / 4 > highestArc;
  });
}

/** The same curve with twice as many control points: Chaikin's subdivision of a quadratic spline. */
function subdivide({ from, to, bends }: Curve): Curve {
  const inner = bends.slice(1).flatMap((bend, i) => [mix(bends[i] as Point, bend, 0.25), mix(bends[i] as Point, bend, 0.75)]);
  return { from, to, bends: [mix(from, bends[0] as Point, 0.5), ...inner, mix(bends.at(-1) as Point, to, 0.5)] };
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
