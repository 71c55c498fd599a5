import { type Curve, type Point, pointOn } from '../cytoscape/curve.ts';
import { kindLooks } from '../cytoscape/kinds.ts';
import { type Box, cutInTheMiddle, doBoxesMeet, estimateWidth } from '../cytoscape/label-box.ts';
import type { DrawnLink, DrawnNode } from './graph-props.ts';

const groupSize = 44;

/** The width and height of a node's mark, in pixels. */
export function markSize(node: DrawnNode): { readonly width: number; readonly height: number } {
  if (node.memberCount !== undefined) return { width: groupSize, height: groupSize };
  if (node.part === 'origin') return { width: 52, height: 52 };
  if (node.kind === 'ARTIFACT') return { width: estimateWidth(pillText(node), 13) + 44, height: 26 };
  const { width, height } = kindLooks[node.kind];
  const scale = node.scale ?? 1;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The text in the pill of an artifact. */
export function pillText({ name, value }: DrawnNode): string {
  return `${cutInTheMiddle(name, 26)}${value === undefined ? '' : ` · ${value}`}`;
}

/** Whether a second line stands below the name. */
export function hasUnder({ note, counts }: Pick<DrawnNode, 'note' | 'counts'>): boolean {
  return note !== undefined || counts !== undefined;
}

/** The width of a tier's count below the name of a lab, with its disc, in pixels. */
export const tallyWidth = (count: number) => 24 + String(count).length * 8;

/** The width of the second line below the name, in pixels; 0: there is none. */
export function underWidth({ note, counts }: Pick<DrawnNode, 'note' | 'counts'>): number {
  if (counts === undefined) return note === undefined ? 0 : estimateWidth(note, 12);
  return Object.values(counts).reduce((sum, count) => sum + (count > 0 ? tallyWidth(count) : 0), 0);
}

const places = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75] as const;

/**
 * Places the count of each transfer line on the line, clear of nodes, names and other counts. A count without a free place is left to the
 * table.
 *
 * @returns the center of each count, by link key
 * Complexity: O(counts × (nodes + counts)).
 */
export function placeCounts(
  nodes: readonly DrawnNode[],
  links: readonly DrawnLink[],
  at: (key: string) => Point,
  curves: ReadonlyMap<string, Curve>,
): ReadonlyMap<string, Point> {
  const taken: Box[] = nodes.flatMap((node) => boxesOf(node, at(node.key)));
  const counts = new Map<string, Point>();
  for (const link of links) {
    const curve = curves.get(link.key);
    if (link.kind !== 'TRANSFER' || link.count < 2 || curve === undefined) continue;
    const half = estimateWidth(String(link.count), 12) / 2 + 3;
    for (const place of places) {
      const { x, y } = pointOn(curve, place);
      const box = { left: x - half, right: x + half, top: y - 9, bottom: y + 9 };
      if (taken.some((other) => doBoxesMeet(other, box))) continue;
      taken.push(box);
      counts.set(link.key, { x: Math.round(x), y: Math.round(y) });
      break;
    }
  }
  return counts;
}

/** The boxes of a node's mark and of its name. */
export function boxesOf(node: DrawnNode, { x, y }: Point): readonly Box[] {
  const { width, height } = markSize(node);
  const mark = { left: x - width / 2, right: x + width / 2, top: y - height / 2 - 10, bottom: y + height / 2 };
  if (node.kind === 'ARTIFACT') return [mark];
  const half = estimateWidth(node.memberCount === undefined ? cutInTheMiddle(node.name, 20) : node.name, 13) / 2;
  const boxes = [mark, { left: x - half, right: x + half, top: mark.bottom + 3, bottom: mark.bottom + 22 }];
  const under = underWidth(node) / 2;
  return under === 0 ? boxes : [...boxes, { left: x - under, right: x + under, top: mark.bottom + 22, bottom: mark.bottom + 43 }];
}
