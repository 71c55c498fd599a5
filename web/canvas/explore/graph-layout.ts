import type { Point } from '../cytoscape/curve.ts';
import { layOutFreely, mostFree } from './free-layout.ts';
import type { DrawnLink, DrawnNode, GraphLayoutName } from './graph-props.ts';
import { layOutByRank } from './rank-layout.ts';
import { layOutOnRings, mostOnRings } from './ring-layout.ts';

/** Whether a layout takes so many nodes; where not, they stand by rank. */
export function isLayoutPossible(layout: GraphLayoutName, nodeCount: number): boolean {
  return layout === 'rank' || nodeCount <= (layout === 'rings' ? mostOnRings : mostFree);
}

/** The place of every node; what somebody put by hand stays there. */
export function layOutGraph(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  layout: GraphLayoutName,
  centre: string | null,
  pins: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const positions = new Map(placesOf(nodes, links, isLayoutPossible(layout, nodes.length) ? layout : 'rank', centre));
  for (const [key, place] of pins) if (positions.has(key)) positions.set(key, place);
  return positions;
}

function placesOf(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  layout: GraphLayoutName,
  centre: string | null,
): ReadonlyMap<string, Point> {
  switch (layout) {
    case 'rank':
      return layOutByRank(nodes, links);
    case 'rings':
      return layOutOnRings(nodes, links, centre);
    case 'free':
      return layOutFreely(nodes, links, layOutByRank(nodes, links));
  }
}
