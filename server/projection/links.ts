import type { CustodyKind } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import type { ClosedWindow } from '../domain/instants.ts';
import { meets } from '../rules/copy-interval.ts';
import { isCurrent } from '../rules/engagement-term.ts';
import { isAccessOpen } from '../rules/spread-step.ts';
import type { Csr } from './columns/csr.ts';
import { sortById } from './columns/order-rows.ts';
import { type GroupedRows, groupBy, type Keys } from './grouped-rows.ts';
import { copyKinds, type Projection, type Rows, rowOf } from './projection.ts';
import type { Steps } from './turns.ts';

/** In the order of preference when nodes are limited. */
export const linkKinds = ['OWNS', 'HOLDS', 'TRANSFER', 'ACCESS', 'ENGAGEMENT', 'REVEALS'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A node of a drawing: an organization or an artifact, by index. */
export interface GraphNode {
  readonly kind: 'organization' | 'artifact';
  readonly index: number;
}

/** All facts or copies of one kind and direction between two nodes. */
export interface GraphLink {
  readonly kind: LinkKind;
  readonly source: GraphNode;
  readonly target: GraphNode;
  /** The number of facts, or copies, in the link. */
  readonly count: number;
  /** The number of readable copies in a TRANSFER or HOLDS link; null for other kinds. */
  readonly readableCount: number | null;
  readonly factKind: CustodyKind;
  /** Indexes of facts of that kind, by id. */
  readonly facts: readonly number[];
}

/** One end of the links of one kind and direction at a node. */
export interface LinkEnd {
  readonly kind: LinkKind;
  readonly isOutgoing: boolean;
  readonly otherKind: GraphNode['kind'];
}

/** The links of one kind and direction at a node. */
export interface LinkBundle extends LinkEnd {
  /** The facts between the node and each other node (HOLDS: the copies), by the index of the other node. */
  readonly links: GroupedRows;
}

const owned = copyKinds.indexOf('OWNED');

export function nodeKey(projection: Projection, { kind, index }: GraphNode): string {
  return `${kind}:${(kind === 'organization' ? projection.organizations : projection.artifacts).id.get(index)}`;
}

export function linkKey(projection: Projection, link: GraphLink): string {
  return JSON.stringify([link.kind, nodeKey(projection, link.source), nodeKey(projection, link.target)]);
}

/**
 * Values that follow from a projection and one of its nodes, each computed once. They are freed with the projection. Together they
 * must need no more memory than a few columns.
 */
export class OncePerNode<T> {
  readonly #values = new WeakMap<Projection, Map<string, Map<number, T>>>();

  /** @param list the meaning of the value, and of the index */
  get(projection: Projection, list: string, index: number, make: () => T): T {
    const lists = getOrInsert(this.#values, projection, () => new Map<string, Map<number, T>>());
    return getOrInsert(
      getOrInsert(lists, list, () => new Map<number, T>()),
      index,
      make,
    );
  }
}

const bundles = new OncePerNode<Partial<Record<LinkKind, readonly LinkBundle[]>>>();

/**
 * All links at a node, grouped by kind, direction and the other node. HOLDS leaves out OWNED copies, because OWNS covers them.
 *
 * Complexity: O(facts and copies at the node) once for each projection, node and kind. The projection keeps the result: two numbers for
 * each fact, if all nodes are asked for.
 */
export function bundlesAt(projection: Projection, node: GraphNode, kinds: readonly LinkKind[] = linkKinds): LinkBundle[] {
  const known = bundles.get(projection, node.kind, node.index, () => ({}));
  const found: LinkBundle[] = [];
  for (const kind of kinds) {
    known[kind] ??= bundleAnew(projection, node, kind);
    for (const each of known[kind]) found.push(each);
  }
  return found;
}

/** Facts or copies at a node, and the node at the other end of each, by fact or copy. Null: the fact is itself the other node. */
interface Ends {
  readonly rows: Int32Array;
  readonly others: Keys | null;
}

/** The bundles of one kind at a node: outgoing first, none without links. */
function bundleAnew(projection: Projection, { kind: nodeKind, index: n }: GraphNode, kind: LinkKind): readonly LinkBundle[] {
  const { organizations, artifacts, transfers, access, engagements, reveals, copies } = projection;
  const isOrganization = nodeKind === 'organization';
  const ends = (rows: Csr | Rows, others: Keys | null): Ends => ({ rows: rowOf(rows, n), others });
  const bundle = (otherKind: GraphNode['kind'], outgoing: Ends | null, incoming: Ends | null) =>
    bundlesOf(projection, kind, otherKind, outgoing, incoming);
  switch (kind) {
    case 'OWNS':
      if (isOrganization) return bundle('artifact', ends(organizations.artifacts, null), null);
      return bundle('organization', null, { rows: Int32Array.of(n), others: artifacts.owner });
    case 'HOLDS':
      if (isOrganization) return bundle('artifact', null, ends(organizations.copies, copies.artifact));
      return bundle('organization', ends(artifacts.copies, copies.holder), null);
    case 'REVEALS':
      if (isOrganization) return noBundles;
      return bundle('artifact', ends(artifacts.reveals, reveals.reveals), ends(artifacts.revealedBy, reveals.artifact));
    case 'TRANSFER':
      if (!isOrganization) return noBundles;
      return bundle('organization', ends(organizations.sent, transfers.recipient), ends(organizations.received, transfers.sender));
    case 'ACCESS':
      if (!isOrganization) return noBundles;
      return bundle('organization', ends(organizations.accessHeld, access.grantor), ends(organizations.accessGranted, access.grantee));
    case 'ENGAGEMENT': {
      if (!isOrganization) return noBundles;
      const { engagementsAsClient, engagementsAsProvider } = organizations;
      return bundle('organization', ends(engagementsAsClient, engagements.provider), ends(engagementsAsProvider, engagements.client));
    }
  }
}

const noBundles: readonly LinkBundle[] = [];

function bundlesOf(
  projection: Projection,
  kind: LinkKind,
  otherKind: GraphNode['kind'],
  outgoing: Ends | null,
  incoming: Ends | null,
): readonly LinkBundle[] {
  const count = (otherKind === 'organization' ? projection.organizations : projection.artifacts).count;
  const leftOut = kind === 'HOLDS' ? { column: projection.copies.kind, value: owned } : null;
  const found: LinkBundle[] = [];
  for (const ends of [outgoing, incoming]) {
    const links = ends && groupBy(ends.rows, ends.others, count, leftOut);
    if (links) found.push({ kind, isOutgoing: ends === outgoing, otherKind, links });
  }
  return found;
}

/**
 * Whether a fact, or for HOLDS a copy, is valid at some instant of a closed window: an access by its validity (semantics §3), an engagement
 * by its term (§5), a transfer and a copy while the copy is possibly live (§2). OWNS and REVEALS have no dates and are always valid.
 *
 * @param row a copy for HOLDS, a transfer for TRANSFER, otherwise the fact of that kind
 */
function isValidIn({ access, engagements, transfers, copies }: Projection, kind: LinkKind, row: number, window: ClosedWindow): boolean {
  const { from, to } = window;
  switch (kind) {
    case 'OWNS':
    case 'REVEALS':
      return true;
    case 'HOLDS':
      return meets(copies.possibleFrom.at(row), copies.possibleUntil.at(row), from, to);
    case 'TRANSFER': {
      const copy = transfers.copy.at(row);
      return meets(copies.possibleFrom.at(copy), copies.possibleUntil.at(copy), from, to);
    }
    case 'ACCESS':
      return isAccessOpen(access.validFrom[row] as number, access.validUntil[row] as number, from, to);
    case 'ENGAGEMENT':
      return isCurrent(engagements.startsAt[row] as number, engagements.endsAt[row] as number, from, to);
  }
}

/**
 * The link of a node to one node at its other end.
 *
 * @param facts the facts between the two, or for HOLDS the copies, ascending
 */
export function toLink(
  projection: Projection,
  node: GraphNode,
  { kind, isOutgoing, otherKind }: LinkEnd,
  other: number,
  facts: ArrayLike<number>,
): GraphLink {
  const far: GraphNode = { kind: otherKind, index: other };
  const ends = isOutgoing ? { source: node, target: far } : { source: far, target: node };
  const factKind = kind === 'HOLDS' ? 'TRANSFER' : kind === 'OWNS' ? 'ARTIFACT' : kind;
  return {
    kind,
    ...ends,
    count: facts.length,
    factKind,
    // Most answers leave these out.
    get readableCount() {
      return kind === 'HOLDS' || kind === 'TRANSFER' ? countReadable(projection, kind, facts) : null;
    },
    get facts() {
      if (kind === 'HOLDS') return listTransfers(projection, facts);
      return Array.from(kind === 'TRANSFER' ? sortById(projection.transfers, facts) : facts);
    },
  };
}

function countReadable({ copies, transfers }: Projection, kind: 'HOLDS' | 'TRANSFER', facts: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i] as number;
    count += copies.isReadable.at(kind === 'HOLDS' ? fact : transfers.copy.at(fact));
  }
  return count;
}

/** Counts readable copies, and lists the transfers that delivered or imply them. */
export function standFor(projection: Projection, copies: readonly number[]): Pick<GraphLink, 'readableCount' | 'factKind' | 'facts'> {
  return {
    readableCount: countReadable(projection, 'HOLDS', copies),
    factKind: 'TRANSFER',
    facts: listTransfers(projection, copies),
  };
}

/** The transfers that delivered or imply the copies, by id. */
function listTransfers({ copies, transfers }: Projection, held: ArrayLike<number>): number[] {
  return Array.from(
    sortById(
      transfers,
      [...new Set(Array.from(held, (copy) => copies.transfer.at(copy)))].filter((t) => t >= 0),
    ),
  );
}

/**
 * The links among these nodes, by kind, then by the keys of their ends. One step for each node.
 *
 * Complexity: O(nodes x neighbors + facts of the links), and what `bundlesAt` costs for nodes that were not requested before.
 */
export function* linksAmong(
  projection: Projection,
  nodes: readonly GraphNode[],
  kinds: readonly LinkKind[],
  validIn?: ClosedWindow,
): Steps<GraphLink[]> {
  const indexesOf = (kind: GraphNode['kind']) =>
    Int32Array.from(
      nodes.filter((node) => node.kind === kind),
      ({ index }) => index,
    ).sort();
  const present = { organization: indexesOf('organization'), artifact: indexesOf('artifact') };
  const links: GraphLink[] = [];
  for (const node of nodes) {
    for (const each of bundlesAt(projection, node, kinds)) {
      if (!each.isOutgoing) continue;
      for (const at of each.links.placesOf(present[each.otherKind])) {
        const facts = factsIn(projection, each, at, validIn);
        if (facts.length > 0) links.push(toLink(projection, node, each, each.links.keys[at] as number, facts));
      }
    }
    yield;
  }
  return links.sort(compareLinks);
}

/** The facts of one link of a bundle that are valid at some instant of the window; without a window all. */
export function factsIn(projection: Projection, of: LinkBundle, at: number, validIn: ClosedWindow | undefined): Int32Array {
  const facts = of.links.rowsAt(at);
  return validIn === undefined ? facts : facts.filter((fact) => isValidIn(projection, of.kind, fact, validIn));
}

/** By kind, then the keys of source and target. */
export function compareLinks(a: GraphLink, b: GraphLink): number {
  return linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind) || compareNodes(a.source, b.source) || compareNodes(a.target, b.target);
}

/** Compares nodes in the order of their keys: `artifact:` before `organization:`, then by id. */
export function compareNodes(a: GraphNode, b: GraphNode): number {
  return a.kind === b.kind ? a.index - b.index : a.kind === 'artifact' ? -1 : 1;
}

export interface LinkCount {
  readonly kind: LinkKind;
  readonly incoming: number;
  readonly outgoing: number;
}

/** The number of links of each kind at a node in the whole graph. Leaves out kinds without links. */
export function countLinks(projection: Projection, node: GraphNode): LinkCount[] {
  const counts: { kind: LinkKind; incoming: number; outgoing: number }[] = [];
  for (const { kind, isOutgoing, links } of bundlesAt(projection, node)) {
    let of = counts[counts.length - 1];
    if (of?.kind !== kind) {
      of = { kind, incoming: 0, outgoing: 0 };
      counts.push(of);
    }
    of[isOutgoing ? 'outgoing' : 'incoming'] = links.keys.length;
  }
  return counts;
}
