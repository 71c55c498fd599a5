import { firstIndex } from '../domain/compare.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Keys } from '../projection/grouped-rows.ts';
import type { GraphLink, GraphNode, LinkKind } from '../projection/links.ts';
import { bundlesAt, linkKinds, toLink } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import { copyKinds, rowOf } from '../projection/projection.ts';

/** The sending times of some transfers. Tells whether one of them fits a copy, by `fitsInside` (semantics §2). */
export class SentTimes {
  readonly #hasUnknown: boolean;
  readonly #known: Float64Array;

  constructor({ transfers }: Projection, sent: Iterable<number>) {
    const times = Float64Array.from(sent, (t) => transfers.sentAt.at(t));
    this.#known = times.filter((time) => !Number.isNaN(time)).sort();
    this.#hasUnknown = this.#known.length < times.length;
  }

  /** O(log n). */
  fitsAfter({ copies }: Projection, copy: number): boolean {
    if (this.#hasUnknown) return true;
    const from = copies.possibleFrom.at(copy);
    const next = firstIndex(this.#known.length, (i) => (this.#known[i] as number) >= from);
    return (this.#known[next] ?? Infinity) < copies.possibleUntil.at(copy);
  }
}

/** The possible intervals of some copies. Tells whether a transfer fits into one of them. */
export class HeldTimes {
  /** Merged, ascending: [from, until, from, until, ...]. */
  readonly #edges: number[] = [];

  constructor({ copies }: Projection, held: Iterable<number>) {
    const intervals = Array.from(held, (copy) => [copies.possibleFrom.at(copy), copies.possibleUntil.at(copy)] as const)
      .filter(([from, until]) => from < until)
      .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    for (const [from, until] of intervals) {
      const last = this.#edges.length - 1;
      if (last > 0 && from <= (this.#edges[last] as number)) this.#edges[last] = Math.max(this.#edges[last] as number, until);
      else this.#edges.push(from, until);
    }
  }

  /** An unknown instant always fits. O(log n). */
  fitsBefore({ transfers }: Projection, transfer: number): boolean {
    const sentAt = transfers.sentAt.at(transfer);
    if (Number.isNaN(sentAt)) return true;
    // If an odd number of interval ends lie at or before the instant, it is inside an interval.
    return firstIndex(this.#edges.length, (i) => (this.#edges[i] as number) > sentAt) % 2 === 1;
  }
}

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
      return { end: bundle, facts: isNarrowed ? all.filter((t) => transfers.artifact.at(t) === artifact) : all };
    })
    .filter(({ facts }) => facts.length > 0)
    .sort(({ end: a }, { end: b }) => linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind) || Number(b.isOutgoing) - Number(a.isOutgoing));
  const [best] = bundles;
  if (best === undefined) throw new Error('No link joins two nodes of a path.');
  return toLink(projection, from, best.end, to.index, best.facts);
}

const owned = copyKinds.indexOf('OWNED');

/**
 * Whether each step of a path is custody of one artifact (semantics §2). A step is custody if it is the owner's ownership, a
 * holder's copy, or a transfer inside the possible interval of the copy before. Any other path shows contact between
 * organizations, not custody.
 *
 * Complexity: O(n log n) for n copies and transfers in the links.
 */
function isCustodyOfOne(projection: Projection, nodes: readonly GraphNode[], links: readonly GraphLink[]): boolean {
  const isAlong = links.every(
    ({ kind, source, target }, i) =>
      (kind === 'OWNS' || kind === 'HOLDS' || kind === 'TRANSFER') && isSame(source, nodes[i]) && isSame(target, nodes[i + 1]),
  );
  if (!isAlong) return false;
  const named = new Set(nodes.filter(({ kind }) => kind === 'artifact').map(({ index }) => index));
  const transferred = links.find(({ kind }) => kind === 'TRANSFER');
  const candidates = named.size > 0 ? named : new Set((transferred?.facts ?? []).map((t) => projection.transfers.artifact.at(t)));
  if (named.size > 1) return false;
  // Owning an artifact after handing over a copy is not custody of that copy.
  if (links.some(({ kind }, i) => kind === 'OWNS' && i > 0)) return false;
  return [...candidates].some((artifact) => isHandedOn(projection, links, artifact));
}

function isSame(a: GraphNode, b: GraphNode | undefined): boolean {
  return a.kind === b?.kind && a.index === b.index;
}

/** Whether copies of the artifact lead along the links. */
function isHandedOn(projection: Projection, links: readonly GraphLink[], artifact: number): boolean {
  const { artifacts, copies, transfers } = projection;
  let held: number[] | undefined;
  for (const { kind, target, facts } of links) {
    if (kind === 'OWNS') continue;
    if (kind === 'HOLDS') {
      held = [...rowOf(artifacts.copies, artifact)].filter(
        (copy) => copies.kind.at(copy) !== owned && copies.holder.at(copy) === target.index,
      );
      continue;
    }
    const before = held === undefined ? undefined : new HeldTimes(projection, held);
    held = facts
      .filter((t) => transfers.artifact.at(t) === artifact && (before === undefined || before.fitsBefore(projection, t)))
      .map((t) => transfers.copy.at(t));
    if (held.length === 0) return false;
  }
  return true;
}

const pathGraphOwned = copyKinds.indexOf('OWNED');

/**
 * Adjacency for path searches over numbered nodes: artifacts first, then organizations, each by index. So the numbers sort like
 * the keys (`artifact:` before `organization:`). Each node's neighbors are collected once, on demand.
 */
class PathGraph {
  readonly #projection: Projection;
  readonly #kinds: ReadonlySet<LinkKind>;
  readonly #isDirected: boolean;
  readonly #artifact: number | undefined;
  readonly #next = new Map<number, Int32Array>();
  readonly #previous = new Map<number, Int32Array>();

  /**
   * @param isDirected false: follows links both ways
   * @param artifact if given, only transfers of this artifact count
   */
  constructor(projection: Projection, kinds: readonly LinkKind[], isDirected: boolean, artifact?: number) {
    this.#projection = projection;
    this.#kinds = new Set(kinds);
    this.#isDirected = isDirected;
    this.#artifact = artifact;
  }

  numberOf({ kind, index }: GraphNode): number {
    return kind === 'artifact' ? index : this.#projection.artifacts.count + index;
  }

  nodeOf(number: number): GraphNode {
    const { count } = this.#projection.artifacts;
    return number < count ? { kind: 'artifact', index: number } : { kind: 'organization', index: number - count };
  }

  /** The nodes one step after this node, ascending. */
  next(number: number): Int32Array {
    return getOrInsert(this.#next, number, () => this.#gather(number, true));
  }

  /** The nodes one step before this node, ascending. */
  previous(number: number): Int32Array {
    return this.#isDirected ? getOrInsert(this.#previous, number, () => this.#gather(number, false)) : this.next(number);
  }

  #gather(number: number, isForward: boolean): Int32Array {
    const found: number[] = [];
    const node = this.nodeOf(number);
    for (const isOutgoing of this.#isDirected ? [isForward] : [true, false]) {
      if (node.kind === 'artifact') this.#gatherAtArtifact(node.index, isOutgoing, found);
      else this.#gatherAtOrganization(node.index, isOutgoing, found);
    }
    const sorted = Int32Array.from(found).sort();
    return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  }

  #gatherAtArtifact(artifact: number, isOutgoing: boolean, found: number[]): void {
    const { artifacts, copies, reveals } = this.#projection;
    const first = artifacts.count;
    if (isOutgoing && this.#kinds.has('HOLDS')) {
      for (const copy of rowOf(artifacts.copies, artifact))
        if (copies.kind.at(copy) !== pathGraphOwned) found.push(first + copies.holder.at(copy));
    }
    if (!isOutgoing && this.#kinds.has('OWNS')) found.push(first + (artifacts.owner[artifact] as number));
    if (!this.#kinds.has('REVEALS')) return;
    for (const r of rowOf(isOutgoing ? artifacts.reveals : artifacts.revealedBy, artifact))
      found.push((isOutgoing ? reveals.reveals : reveals.artifact)[r] as number);
  }

  #gatherAtOrganization(organization: number, isOutgoing: boolean, found: number[]): void {
    const { access, artifacts, copies, engagements, organizations, transfers } = this.#projection;
    const first = artifacts.count;
    if (isOutgoing && this.#kinds.has('OWNS')) for (const artifact of rowOf(organizations.artifacts, organization)) found.push(artifact);
    if (!isOutgoing && this.#kinds.has('HOLDS')) {
      for (const copy of rowOf(organizations.copies, organization))
        if (copies.kind.at(copy) !== pathGraphOwned) found.push(copies.artifact.at(copy));
    }
    const add = (kind: LinkKind, rows: Int32Array, other: Keys) => {
      if (this.#kinds.has(kind)) for (const row of rows) found.push(first + (other.at(row) as number));
    };
    const isWanted = (t: number) => this.#artifact === undefined || transfers.artifact.at(t) === this.#artifact;
    if (isOutgoing) {
      add('TRANSFER', rowOf(organizations.sent, organization).filter(isWanted), transfers.recipient);
      add('ACCESS', rowOf(organizations.accessHeld, organization), access.grantor);
      add('ENGAGEMENT', rowOf(organizations.engagementsAsClient, organization), engagements.provider);
    } else {
      add('TRANSFER', rowOf(organizations.received, organization).filter(isWanted), transfers.sender);
      add('ACCESS', rowOf(organizations.accessGranted, organization), access.grantee);
      add('ENGAGEMENT', rowOf(organizations.engagementsAsProvider, organization), engagements.client);
    }
  }
}
