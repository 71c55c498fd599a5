import { compareCodePoints } from '../domain/compare.ts';
import { foldAccents } from '../domain/names/plain-name.ts';
import type { GraphNode, LinkKind } from '../projection/links.ts';
import { bundlesAt, compareNodes } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';

/**
 * The nodes linked to a node by one kind of link, in either direction, each once, by name, then id.
 *
 * @param text a part of the names to keep, in any case and accents; empty: all
 * Complexity: O(facts at the node), and a sort of the neighbors.
 */
export function listNeighbors(projection: Projection, node: GraphNode, kind: LinkKind, text: string): GraphNode[] {
  const nameOf = ({ kind: type, index }: GraphNode) =>
    (type === 'organization' ? projection.organizations : projection.artifacts).name.get(index) as string;
  const wanted = foldAccents(text.trim());
  const found = new Map<string, { readonly other: GraphNode; readonly name: string }>();
  for (const { otherKind, links } of bundlesAt(projection, node, [kind])) {
    for (const index of links.keys) {
      const other: GraphNode = { kind: otherKind, index };
      const name = nameOf(other);
      if (foldAccents(name).includes(wanted)) found.set(`${otherKind} ${index}`, { other, name });
    }
  }
  return [...found.values()].sort((a, b) => compareCodePoints(a.name, b.name) || compareNodes(a.other, b.other)).map(({ other }) => other);
}
