import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { Point } from '../cytoscape/curve.ts';
import { cutInTheMiddle, estimateWidth } from '../cytoscape/label-box.ts';
import { type DrawnLink, type DrawnNode, type GraphLayoutName, MOST_NODES } from './graph-props.ts';
import { hasUnder, markSize, underWidth } from './link-counts.ts';
import type { LayoutLink, LayoutNode } from './rank-layout.ts';
import { layOutByRank } from './rank-layout.ts';

/** Whether a layout can handle this many nodes. If not, the ranked layout is used. */
export function isLayoutPossible(layout: GraphLayoutName, nodeCount: number): boolean {
  return nodeCount <= MOST_NODES[layout];
}

/** The position of every node. Pinned nodes keep theirs. */
export function layOutGraph(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  layout: GraphLayoutName,
  center: string | null,
  pins: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const positions = new Map(placesOf(nodes, links, isLayoutPossible(layout, nodes.length) ? layout : 'rank', center));
  for (const [key, place] of pins) if (positions.has(key)) positions.set(key, place);
  return positions;
}

function placesOf(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  layout: GraphLayoutName,
  center: string | null,
): ReadonlyMap<string, Point> {
  switch (layout) {
    case 'rank':
      return layOutByRank(nodes, links);
    case 'rings':
      return keepApart(nodes, layOutOnRings(nodes, links, center));
    case 'free':
      return keepApart(nodes, layOutFreely(nodes, links, layOutOnRings(nodes, links, busiest(nodes, links))));
  }
}

/** The node with the most links; of several, the one with the smallest key. */
function busiest(nodes: readonly DrawnNode[], links: readonly DrawnLink[]): string | null {
  const counts = new Map(nodes.map(({ key }) => [key, 0]));
  for (const { source, target } of links) for (const end of [source, target]) counts.set(end, (counts.get(end) ?? 0) + 1);
  const [first] = [...counts].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

let isRegistered = false;

/**
 * The "Free" layout: forces. It starts from given positions without randomness, so equal graphs give equal drawings.
 */
function layOutFreely(
  nodes: readonly LayoutNode[],
  links: readonly LayoutLink[],
  start: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  if (!isRegistered) cytoscape.use(fcose);
  isRegistered = true;
  const core = cytoscape({
    headless: true,
    styleEnabled: true,
    // Without it, Cytoscape would first put all nodes on a grid.
    layout: { name: 'preset' },
    style: [{ selector: 'node', style: { width: 110, height: 64 } }],
    elements: [
      ...nodes.map((node) => ({ data: { id: node.key }, position: { ...(start.get(node.key) ?? { x: 0, y: 0 }) } })),
      ...links.map((link, i) => ({ data: { id: `link:${i}`, source: link.source, target: link.target } })),
    ],
  });
  const layout = core.layout({
    name: 'fcose',
    animate: false,
    randomize: false,
    quality: 'default',
    nodeSeparation: 120,
    idealEdgeLength: () => 150,
    boundingBox: { x1: 0, y1: 0, w: 1200, h: 800 },
  } as unknown as cytoscape.LayoutOptions);
  layout.run();
  const positions = new Map(
    core.nodes().map((node) => [node.id(), { x: Math.round(node.position().x), y: Math.round(node.position().y) }] as const),
  );
  core.destroy();
  return positions;
}

/** Free space around a node, its name and its badge, in pixels. */
const gap = 10;
const badgeWidth = 22;
const nameHeight = 24;
const mostRounds = 60;
/** Pushing alone may never end in a crowd. Then everything moves apart by this factor, which always ends. */
const spread = 1.15;
const mostSpreads = 40;

interface Body {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  /** From the node's position down to the middle of the body, because the name hangs below the mark. */
  readonly drop: number;
  x: number;
  y: number;
}

/**
 * Moves nodes apart until no mark, name or badge overlaps another: pushes each overlapping pair along the axis where the overlap is smaller,
 * in the order of the nodes, so that equal drawings stay equal.
 *
 * Complexity: O(rounds × nodes²), for layouts of at most some hundred nodes.
 *
 * @returns positions in whole pixels
 */
function keepApart(nodes: readonly DrawnNode[], positions: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const bodies = nodes.map((node) => bodyOf(node, positions.get(node.key) ?? { x: 0, y: 0 })).sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let times = 0; times < mostSpreads && !pushUntilApart(bodies); times++) {
    for (const body of bodies) {
      body.x *= spread;
      body.y *= spread;
    }
  }
  return new Map(bodies.map(({ key, x, y, drop }) => [key, { x: Math.round(x), y: Math.round(y - drop) }]));
}

function bodyOf(node: DrawnNode, { x, y }: Point): Body {
  const mark = markSize(node);
  if (node.kind === 'ARTIFACT')
    return { key: node.key, width: mark.width + badgeWidth + gap, height: mark.height + gap + 8, drop: 0, x, y };
  const name = estimateWidth(cutInTheMiddle(node.name, 20), 13);
  const under = hasUnder(node) ? 20 : 0;
  const drop = (nameHeight + under) / 2 - 4;
  return {
    key: node.key,
    width: Math.max(mark.width + 2 * badgeWidth, name, underWidth(node)) + gap,
    height: mark.height + nameHeight + under + 8 + gap,
    drop,
    x,
    y: y + drop,
  };
}

/** Whether no pair overlaps after at most `mostRounds` rounds. */
function pushUntilApart(bodies: readonly Body[]): boolean {
  for (let round = 0; round < mostRounds; round++) {
    let isApart = true;
    for (const [i, a] of bodies.entries()) {
      for (let j = i + 1; j < bodies.length; j++) {
        const b = bodies[j] as Body;
        const across = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
        const down = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
        if (across <= 0 || down <= 0) continue;
        isApart = false;
        // A little more than needed, so that rounding brings no pair together again.
        if (across < down) {
          const push = (across / 2 + 1) * (a.x <= b.x ? -1 : 1);
          a.x += push;
          b.x -= push;
        } else {
          const push = (down / 2 + 1) * (a.y <= b.y ? -1 : 1);
          a.y += push;
          b.y -= push;
        }
      }
    }
    if (isApart) return true;
  }
  return false;
}

const ringStep = 150;
const leastArc = 104;
/** Views are wider than high, and names need more width than height, so a ring is as much wider and lower. */
const [across, down] = [1.35, 0.72];

/**
 * The "Rings" layout: one node in the middle, the others on flat rings by their distance in connections, unconnected nodes outermost. A ring is
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
      positions.set(key, { x: Math.round(across * radius * Math.cos(angle)), y: Math.round(down * radius * Math.sin(angle)) });
    }
  }
  return positions;
}
