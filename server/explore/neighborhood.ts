import { compareCodePoints } from '../domain/compare.ts';
import type { ClosedWindow } from '../domain/instants.ts';
import { foldAccents } from '../domain/names/plain-name.ts';
import {
  bundlesAt,
  compareNodes,
  factsIn,
  type GraphLink,
  type GraphNode,
  type LinkKind,
  linkKinds,
  linksAmong,
} from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import type { Steps } from '../projection/turns.ts';

export interface Neighborhood {
  /** The starting nodes in the given order, then their neighbors in the order of preference. */
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  /** The number of neighbors left out. */
  readonly omittedCount: number;
}

/**
 * Some starting nodes, their neighbors, and the links among all of them.
 *
 * If not all neighbors fit, the order of preference is: link kind (`linkKinds`), then the number of facts or copies in the link,
 * descending, then key. A neighbor with several links takes the best position. The starting nodes are always kept.
 *
 * @param kinds links of other kinds are neither followed nor returned
 * @param maxNodes the most nodes in the whole answer
 * @param validIn only facts and copies that are valid at some instant of this window count; absent: all
 * Complexity: O(neighbors of the nodes of the answer), and a sort of the starting nodes' neighbors; with a window, O(facts) of the links
 * too. The first answer about a node walks all its facts (`bundlesAt`). One step for each kind of link at a
 * starting node, then one for each node.
 */
export function* findNeighborhood(
  projection: Projection,
  of: readonly GraphNode[],
  kinds: readonly LinkKind[] | undefined,
  maxNodes: number,
  validIn?: ClosedWindow,
): Steps<Neighborhood> {
  const wanted = kinds ?? linkKinds;
  const seen = { organization: new Set<number>(), artifact: new Set<number>() };
  const nodes: GraphNode[] = [];
  const keep = (node: GraphNode) => {
    if (seen[node.kind].has(node.index)) return false;
    seen[node.kind].add(node.index);
    return true;
  };
  for (const node of of) if (keep(node)) nodes.push(node);

  const candidates: { node: GraphNode; kind: LinkKind; count: number }[] = [];
  for (const node of nodes) {
    for (const kind of wanted) {
      for (const bundle of bundlesAt(projection, node, [kind])) {
        for (let at = 0; at < bundle.links.keys.length; at++) {
          const count = validIn === undefined ? bundle.links.countAt(at) : factsIn(projection, bundle, at, validIn).length;
          if (count > 0) candidates.push({ node: { kind: bundle.otherKind, index: bundle.links.keys[at] as number }, kind, count });
        }
      }
      yield;
    }
  }
  candidates.sort((a, b) => linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind) || b.count - a.count || compareNodes(a.node, b.node));
  let omittedCount = 0;
  for (const { node } of candidates) {
    if (!keep(node)) continue;
    if (nodes.length < maxNodes) nodes.push(node);
    else omittedCount++;
  }
  return { nodes, links: yield* linksAmong(projection, nodes, wanted, validIn), omittedCount };
}

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
