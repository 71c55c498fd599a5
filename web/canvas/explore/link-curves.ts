import type { Curve, Point } from '../cytoscape/curve.ts';

const apart = 18;

interface CurvedLink {
  readonly key: string;
  readonly source: string;
  readonly target: string;
}

/**
 * The curves between placed nodes, from center to center: S-curves between lanes, arcs within a lane, side by side for several links of one
 * pair. Complexity: O(links).
 */
export function curveLinks(links: readonly CurvedLink[], positionOf: (key: string) => Point, isLaned: boolean): ReadonlyMap<string, Curve> {
  const pairs = new Map<string, CurvedLink[]>();
  for (const link of links) {
    const pair = link.source < link.target ? `${link.source}\n${link.target}` : `${link.target}\n${link.source}`;
    const list = pairs.get(pair) ?? [];
    list.push(link);
    pairs.set(pair, list);
  }
  const curves = new Map<string, Curve>();
  for (const list of pairs.values()) {
    list.forEach((link, i) => {
      const offset = (i - (list.length - 1) / 2) * apart;
      curves.set(link.key, bend(positionOf(link.source), positionOf(link.target), offset, isLaned));
    });
  }
  return curves;
}

function bend(from: Point, to: Point, offset: number, isLaned: boolean): Curve {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (isLaned && Math.abs(dx) > 100) {
    const bends = [
      { x: from.x + dx * 0.5, y: from.y + offset },
      { x: from.x + dx * 0.5, y: to.y + offset },
    ];
    return { from, to, bends };
  }
  const length = Math.hypot(dx, dy) || 1;
  // Bulges to the right within a lane, whichever end is the source.
  const side = dy > 0 || (dy === 0 && dx > 0) ? 1 : -1;
  const bulge = (isLaned ? Math.min(90, 26 + length * 0.18) : 0) + offset;
  const normal = { x: (side * dy) / length, y: (-side * dx) / length };
  return {
    from,
    to,
    bends: [{ x: from.x + dx / 2 + normal.x * bulge * 2, y: from.y + dy / 2 + normal.y * bulge * 2 }],
  };
}
