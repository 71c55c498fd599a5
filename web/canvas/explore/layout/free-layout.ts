import cytoscape from 'cytoscape';
import fcose from 'cytoscape-fcose';
import type { Point } from '../../cytoscape/curve.ts';
import type { LayoutLink, LayoutNode } from './rank-layout.ts';

export const mostFree = 100;
let isRegistered = false;

/**
 * The "Free" layout: forces, for at most 100 nodes, because more would block the page. It starts from given positions without
 * randomness, so equal graphs give equal drawings.
 */
export function layOutFreely(
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
