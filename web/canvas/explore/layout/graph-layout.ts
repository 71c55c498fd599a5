import type { Point } from '../../cytoscape/curve.ts';
import type { DrawnLink, DrawnNode, GraphLayoutName } from '../graph-props.ts';
import { layOutFreely, mostFree } from './free-layout.ts';
import { keepApart } from './keep-apart.ts';
import { layOutByRank } from './rank-layout.ts';
import { layOutOnRings, mostOnRings } from './ring-layout.ts';

/** Whether a layout can handle this many nodes. If not, the ranked layout is used. */
export function isLayoutPossible(layout: GraphLayoutName, nodeCount: number): boolean {
  return layout === 'rank' || nodeCount <= (layout === 'rings' ? mostOnRings : mostFree);
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
