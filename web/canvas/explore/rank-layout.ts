import type { LinkKind } from '../../shared/generated/operations.ts';
import type { Point } from '../cytoscape/curve.ts';
import type { NodeKind } from '../cytoscape/kinds.ts';

/** The part of a node that layouts need. */
export interface LayoutNode {
  readonly key: string;
  readonly kind: NodeKind;
  /** Texts below the name. */
  readonly note?: string;
  readonly counts?: object;
  /** The side of its mark, as a share of the usual one. */
  readonly scale?: number;
}

export interface LayoutLink {
  readonly kind: LinkKind;
  readonly source: string;
  readonly target: string;
}

/** Distance between lanes in pixels. Few long lanes stand further apart, so that the drawing is about as wide as a screen. */
const laneSteps = { least: 270, most: 460 } as const;
/** Width to height of a wide canvas. */
const aspect = 1.7;
const columnStep = 164;
/** Distance between neighboring nodes in pixels, including the name below a node. */
const organizationPitch = { least: 80, usual: 92, most: 116 } as const;
const leastRows = 6;
const pillPitch = 36;
const sweeps = 4;

/**
 * The "By rank" layout: labs, opened artifacts, third parties, fourth parties and so on, from left to right.
 *
 * The rank of an organization is its fewest transfers from a drawn lab, else its fewest engagements, else a default for its kind. A lane is
 * ordered by the mean position of each node's neighbors (barycenter, four sweeps), ties by key, so equal graphs give equal drawings. A long
 * lane breaks into columns; every second column is lowered by half a pitch, so that lines pass between its nodes.
 *
 * Complexity: O(V log V + E) per sweep.
 *
 * @returns the position of every node; the middle of the drawing is at y = 0
 */
export function layOutByRank(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): ReadonlyMap<string, Point> {
  const lanes = orderLanes(toLanes(nodes, links), links);
  const mostRows = Math.max(leastRows, Math.ceil(Math.sqrt(nodes.length) * 1.1));
  const shapes = lanes.map((lane) => shapeOf(lane, mostRows));
  const tallest = Math.max(0, ...shapes.map((shape) => shape.rows * shape.pitch));
  const gaps = Math.max(1, lanes.length - 1);
  const inside = shapes.reduce((sum, shape) => sum + (shape.columns - 1) * shape.step, 0);
  const laneStep = Math.round(Math.min(laneSteps.most, Math.max(laneSteps.least, (tallest * aspect - inside) / gaps)));
  const positions = new Map<string, Point>();
  let x = 0;
  lanes.forEach((lane, l) => {
    const { columns, rows, step, pitch: least, most } = shapes[l] as LaneShape;
    // A short lane spreads out beside a long one, so that lines run level.
    const pitch = Math.min(most, Math.max(least, tallest / rows));
    // Filled row by row: column by column would lose the order of the sweeps.
    lane.forEach((node, i) => {
      const column = i % columns;
      const stagger = columns > 1 && column % 2 === 1 ? pitch / 2 : 0;
      positions.set(node.key, { x: x + column * step, y: Math.round((Math.floor(i / columns) - (rows - 1) / 2) * pitch + stagger) });
    });
    x += (columns - 1) * step + laneStep;
  });
  return positions;
}

interface LaneShape {
  readonly columns: number;
  readonly rows: number;
  readonly step: number;
  readonly pitch: number;
  readonly most: number;
}

function shapeOf(lane: readonly LayoutNode[], mostRows: number): LaneShape {
  const isPills = lane[0]?.kind === 'ARTIFACT';
  const columns = Math.max(1, Math.ceil(lane.length / (isPills ? mostRows * 2 : mostRows)));
  const rows = Math.max(1, Math.ceil(lane.length / columns));
  if (isPills) return { columns, rows, step: 230, pitch: pillPitch, most: pillPitch };
  const { least, usual, most } = organizationPitch;
  const under = lane.some(({ note, counts }) => note !== undefined || counts !== undefined) ? 20 : 0;
  const larger = lane.some(({ scale = 1 }) => scale > 1) ? 28 : 0;
  return { columns, rows, step: columnStep, pitch: (rows > 6 ? least : usual) + under + larger, most: most + under + larger };
}

function toLanes(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): LayoutNode[][] {
  const ranks = rankOf(nodes, links);
  const lanes = new Map<number, LayoutNode[]>();
  for (const node of nodes) {
    const lane = node.kind === 'ARTIFACT' ? 0.5 : (ranks.get(node.key) ?? 1);
    const list = lanes.get(lane) ?? [];
    list.push(node);
    lanes.set(lane, list);
  }
  return [...lanes.entries()].sort(([a], [b]) => a - b).map(([, lane]) => lane.sort((a, b) => (a.key < b.key ? -1 : 1)));
}

/** The rank of each organization: by drawn transfers, else by drawn engagements, else by kind. */
export function rankOf(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): ReadonlyMap<string, number> {
  const organizations = nodes.filter((node) => node.kind !== 'ARTIFACT');
  const ranks = new Map(organizations.filter((node) => node.kind === 'LAB').map((node) => [node.key, 0]));
  for (const kind of ['TRANSFER', 'ENGAGEMENT'] as const) spreadRanks(ranks, links, kind);
  const deepest = Math.max(1, ...ranks.values());
  for (const node of organizations) {
    if (ranks.has(node.key)) continue;
    ranks.set(node.key, node.kind === 'VENDOR' ? 1 : node.kind === 'SUBCONTRACTOR' ? 2 : Math.max(2, deepest));
  }
  return ranks;
}

/** Assigns ranks breadth first from all ranked nodes, lowest level first. A ranked node keeps its rank. */
function spreadRanks(ranks: Map<string, number>, links: readonly LayoutLink[], kind: LinkKind): void {
  const next = new Map<string, string[]>();
  for (const link of links) {
    if (link.kind !== kind) continue;
    const list = next.get(link.source) ?? [];
    list.push(link.target);
    next.set(link.source, list);
  }
  const levels: string[][] = [];
  for (const [key, rank] of ranks) {
    const level = levels[rank] ?? [];
    level.push(key);
    levels[rank] = level;
  }
  for (let rank = 0; rank < levels.length; rank++) {
    for (const key of levels[rank] ?? []) {
      for (const target of next.get(key) ?? []) {
        if (ranks.has(target)) continue;
        ranks.set(target, rank + 1);
        const level = levels[rank + 1] ?? [];
        level.push(target);
        levels[rank + 1] = level;
      }
    }
  }
}

function orderLanes(lanes: LayoutNode[][], links: readonly LayoutLink[]): LayoutNode[][] {
  const neighbors = new Map<string, string[]>();
  const join = (key: string, other: string) => {
    const list = neighbors.get(key);
    if (list === undefined) neighbors.set(key, [other]);
    else list.push(other);
  };
  for (const { source, target } of links) {
    join(source, target);
    join(target, source);
  }
  const places = new Map<string, number>();
  const note = (lane: readonly LayoutNode[]) => {
    // From 0 to 1, so that lanes of different lengths are comparable.
    for (const [i, node] of lane.entries()) places.set(node.key, (i + 0.5) / lane.length);
  };
  lanes.forEach(note);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = sweep % 2 === 0 ? lanes : lanes.toReversed();
    for (const lane of order) {
      const means = new Map(lane.map((node) => [node.key, meanPlace(neighbors.get(node.key), places, node.key)]));
      lane.sort((a, b) => (means.get(a.key) ?? 0) - (means.get(b.key) ?? 0) || (a.key < b.key ? -1 : 1));
      note(lane);
    }
  }
  return lanes;
}

function meanPlace(keys: readonly string[] | undefined, places: ReadonlyMap<string, number>, own: string): number {
  if (keys === undefined || keys.length === 0) return places.get(own) ?? 0;
  return keys.reduce((sum, key) => sum + (places.get(key) ?? 0), 0) / keys.length;
}
