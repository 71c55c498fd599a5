import type { Point } from '../cytoscape/curve.ts';
import type { LayoutLink, LayoutNode } from './rank-layout.ts';

export const mostOnRings = 80;
const ringStep = 150;
const leastArc = 104;

/**
 * The "Rings" layout: one node in the middle, the others on circles by their distance in connections, unconnected nodes outermost. A ring is
 * ordered by the angle of each node's inward neighbor, ties by key. Complexity: O(V log V + E).
 */
export function layOutOnRings(
  nodes: readonly LayoutNode[],
  links: readonly LayoutLink[],
  center: string | null,
): ReadonlyMap<string, Point> {
  const positions = new Map<string, Point>();
  const middle = nodes.find((node) => node.key === center) ?? nodes[0];
  if (middle === undefined) return positions;
  const neighbors = new Map<string, Set<string>>(nodes.map((node) => [node.key, new Set()]));
  for (const { source, target } of links) {
    neighbors.get(source)?.add(target);
    neighbors.get(target)?.add(source);
  }
  const angles = new Map<string, number>([[middle.key, -Math.PI / 2]]);
  const seen = new Set([middle.key]);
  positions.set(middle.key, { x: 0, y: 0 });
  let ring = [middle.key];
  let radius = 0;
  while (seen.size < nodes.length) {
    const inward = new Map<string, number>();
    for (const key of ring) {
      for (const next of neighbors.get(key) ?? []) if (!seen.has(next) && !inward.has(next)) inward.set(next, angles.get(key) ?? 0);
    }
    if (inward.size === 0) for (const node of nodes) if (!seen.has(node.key)) inward.set(node.key, 0);
    ring = [...inward.keys()].sort((a, b) => (inward.get(a) ?? 0) - (inward.get(b) ?? 0) || (a < b ? -1 : 1));
    radius = Math.max(radius + ringStep, (ring.length * leastArc) / (2 * Math.PI));
    for (const [i, key] of ring.entries()) {
      const angle = -Math.PI / 2 + (i * 2 * Math.PI) / ring.length;
      seen.add(key);
      angles.set(key, angle);
      positions.set(key, { x: Math.round(radius * Math.cos(angle)), y: Math.round(radius * Math.sin(angle)) });
    }
  }
  return positions;
}
