import type { GraphLink, GraphNode, LinkKind } from '../projection/links.ts';
import { bundlesAt, linkKinds, toLink } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import { isCustodyOfOne } from './custody-of-one.ts';
import { PathGraph } from './path-graph.ts';

export interface Path {
  readonly nodes: readonly GraphNode[];
  /** One link for each step. Among several: the first in the order of LinkKind, then the one in the path's direction. */
  readonly links: readonly GraphLink[];
  /** Whether each step is custody of one artifact. */
  readonly isCustody: boolean;
}

export interface PathQuestion {
  /** Two different nodes. */
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** Null or absent: all. */
  readonly kinds?: readonly LinkKind[] | null | undefined;
  /** False: follows links both ways. */
  readonly isDirected: boolean;
  /** If given, only transfers of this artifact count. */
  readonly artifact?: number | undefined;
  /** The most steps of a path. */
  readonly maxLength: number;
  /** The most paths. */
  readonly limit: number;
}

/**
 * The shortest paths from one node to another that pass no node twice. No two paths have the same nodes. The shortest come first,
 * and ties go by the keys of the nodes along the path. Yields often.
 *
 * For each length in turn, searches backward from the end for the nodes exactly that many steps away. Then searches depth first
 * from the start over those nodes, in the order of keys. So it wastes few steps, and finds paths in their final order.
 *
 * Complexity: O(length x links) for each length, plus the paths found, plus the walks that pass a node twice.
 */
export function* findPaths(projection: Projection, question: PathQuestion): Generator<void, Path[]> {
  const kinds = question.kinds ?? linkKinds;
  const graph = new PathGraph(projection, kinds, question.isDirected, question.artifact);
  const from = graph.numberOf(question.from);
  const to = graph.numberOf(question.to);
  const paths: Path[] = [];
  /** `layers[n]`: the nodes from which a walk of exactly n steps leads to the end without passing either end on the way. */
  const layers: Set<number>[] = [new Set([to])];
  for (let length = 1; length <= question.maxLength && paths.length < question.limit; length++) {
    const layer = new Set<number>();
    for (const node of layers[length - 1] as Set<number>) {
      if (node === from) continue;
      for (const before of graph.previous(node)) if (before !== to) layer.add(before);
      yield;
    }
    if (layer.size === 0) break;
    layers.push(layer);
    if (!layer.has(from)) continue;
    for (const nodes of walkDown(graph, layers, from, length)) {
      if (nodes === undefined) yield;
      else if (
        paths.push(
          describePath(
            projection,
            question,
            nodes.map((node) => graph.nodeOf(node)),
          ),
        ) === question.limit
      )
        break;
    }
  }
  return paths;
}

/** The paths of exactly this length, in the order of keys. Also yields `undefined` now and then, so that the caller can yield. */
function* walkDown(
  graph: PathGraph,
  layers: readonly ReadonlySet<number>[],
  from: number,
  length: number,
): Generator<readonly number[] | undefined> {
  const path = [from];
  const onPath = new Set(path);
  /** The number of neighbors already tried, by depth. */
  const tried = [0];
  let steps = 0;
  while (path.length > 0) {
    if (++steps % 1000 === 0) yield undefined;
    const depth = path.length - 1;
    const node = path[depth] as number;
    if (depth === length) yield [...path];
    const neighbors = depth === length ? [] : graph.next(node);
    const layer = layers[length - depth - 1];
    let at = tried[depth] as number;
    while (at < neighbors.length && !(layer?.has(neighbors[at] as number) && !onPath.has(neighbors[at] as number))) at++;
    if (at >= neighbors.length) {
      path.pop();
      tried.pop();
      onPath.delete(node);
      continue;
    }
    tried[depth] = at + 1;
    const next = neighbors[at] as number;
    path.push(next);
    tried.push(0);
    onPath.add(next);
  }
}

function describePath(projection: Projection, question: PathQuestion, nodes: readonly GraphNode[]): Path {
  const links = nodes.slice(1).map((node, i) => findLink(projection, question, nodes[i] as GraphNode, node));
  return { nodes, links, isCustody: isCustodyOfOne(projection, nodes, links) };
}

/** The link of one step. Throws if no link joins the two nodes. */
function findLink(projection: Projection, { kinds, isDirected, artifact }: PathQuestion, from: GraphNode, to: GraphNode): GraphLink {
  const { transfers } = projection;
  const bundles = bundlesAt(projection, from, kinds ?? linkKinds)
    .filter((bundle) => bundle.otherKind === to.kind && (bundle.isOutgoing || !isDirected))
    .map((bundle) => {
      const all = bundle.links.rowsOf(to.index);
      const isNarrowed = bundle.kind === 'TRANSFER' && artifact !== undefined;
      return { end: bundle, facts: isNarrowed ? all.filter((t) => transfers.artifact[t] === artifact) : all };
    })
    .filter(({ facts }) => facts.length > 0)
    .sort(({ end: a }, { end: b }) => linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind) || Number(b.isOutgoing) - Number(a.isOutgoing));
  const [best] = bundles;
  if (best === undefined) throw new Error('No link joins two nodes of a path.');
  return toLink(projection, from, best.end, to.index, best.facts);
}
