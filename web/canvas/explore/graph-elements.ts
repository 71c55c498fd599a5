import type { ElementDefinition } from 'cytoscape';
import { type Curve, type Point, toRelativeBends } from '../cytoscape/curve.ts';
import { kindLooks } from '../cytoscape/kinds.ts';
import { cutInTheMiddle, estimateWidth } from '../cytoscape/label-box.ts';
import type { DrawnLink, DrawnNode } from './graph-props.ts';

const groupSize = 44;

/** The width and height of a node's mark, in pixels. */
export function markSize(node: DrawnNode): { readonly width: number; readonly height: number } {
  if (node.memberCount !== undefined) return { width: groupSize, height: groupSize };
  if (node.kind !== 'ARTIFACT') return kindLooks[node.kind];
  return { width: estimateWidth(cutInTheMiddle(node.name), 13) + 44, height: 26 };
}

/** The position of the count of hidden connections: the upper right corner of the mark. */
export function badgePlace(node: DrawnNode, at: Point): Point {
  const { width, height } = markSize(node);
  return { x: at.x + width / 2 + 1, y: at.y - height / 2 - 1 };
}

export function badgeId(key: string): string {
  return `badge:${key}`;
}

export function nodeElements(node: DrawnNode, at: Point): ElementDefinition[] {
  if (node.memberCount !== undefined) return groupElements(node, node.memberCount, at);
  const isArtifact = node.kind === 'ARTIFACT';
  const elements: ElementDefinition[] = [
    {
      group: 'nodes',
      data: { id: node.key, key: node.key, label: cutInTheMiddle(node.name, isArtifact ? 26 : 20), width: markSize(node).width },
      classes: isArtifact ? `artifact ${node.icon}` : `organization ${node.kind.toLowerCase()}`,
      position: { ...at },
    },
  ];
  if (node.hiddenCount > 0) {
    const label = node.hiddenCount > 999 ? '+999' : `+${node.hiddenCount}`;
    elements.push({
      group: 'nodes',
      data: { id: badgeId(node.key), owner: node.key, label, width: estimateWidth(label, 11) + 9 },
      classes: 'badge',
      grabbable: false,
      position: badgePlace(node, at),
    });
  }
  return elements;
}

/** A closed group: a dashed mark with the number of its members, as a stack. */
function groupElements(node: DrawnNode, count: number, at: Point): ElementDefinition[] {
  return [
    {
      group: 'nodes',
      data: { id: node.key, key: node.key, label: node.name, width: groupSize, height: groupSize },
      classes: `organization group-mark ${node.kind.toLowerCase()}`,
      position: { ...at },
    },
    {
      group: 'nodes',
      data: { id: badgeId(node.key), owner: node.key, label: String(count), width: estimateWidth(String(count), 11) + 11 },
      classes: 'badge',
      grabbable: false,
      position: badgePlace(node, at),
    },
  ];
}

/** Width in pixels: 1.5, plus 0.5 for each doubling of the count, at most 4. */
function linkWidth(link: DrawnLink): number {
  if (link.kind === 'TRANSFER' || link.kind === 'HOLDS') return Math.min(4, 1.5 + 0.5 * Math.log2(Math.max(1, link.count)));
  return link.kind === 'OWNS' ? 1 : 1.25;
}

export function linkElement(link: DrawnLink, curve: Curve): ElementDefinition {
  return {
    group: 'edges',
    data: { id: link.key, key: link.key, source: link.source, target: link.target, width: linkWidth(link), ...toRelativeBends(curve) },
    classes: `${link.kind.toLowerCase()} ${link.isUnreadable ? 'unreadable' : ''}`,
  };
}

export function countId(linkKey: string): string {
  return `count:${linkKey}`;
}

/** The count of a line as a node, so that no line is drawn over it. */
export function countElement(link: DrawnLink, at: Point): ElementDefinition {
  return {
    group: 'nodes',
    data: { id: countId(link.key), label: String(link.count) },
    classes: 'count',
    grabbable: false,
    position: { ...at },
  };
}
