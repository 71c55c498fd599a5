import { compareCodePoints } from '../domain/compare.ts';
import type { FactKind } from '../domain/facts.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { meets } from '../rules/copy-interval.ts';
import { isCurrent } from '../rules/engagement-term.ts';
import { isAccessOpen } from '../rules/spread-step.ts';
import { rowOf } from './csr.ts';
import { OncePerNode } from './once-per-node.ts';
import type { Projection } from './projection.ts';
import { copyKinds } from './projection.ts';
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
  readonly factKind: FactKind;
  /** Indexes of facts of that kind, ascending. */
  readonly facts: readonly number[];
}

/** The links of one kind and direction at a node: for each node at the other end, the facts between the two (HOLDS: the copies). */
export interface LinkBundle {
  readonly kind: LinkKind;
  readonly isOutgoing: boolean;
  /** The other node's index -> facts or copies, ascending. */
  readonly members: ReadonlyMap<number, readonly number[]>;
  readonly otherKind: GraphNode['kind'];
}

const owned = copyKinds.indexOf('OWNED');

export function nodeKey(projection: Projection, { kind, index }: GraphNode): string {
  return `${kind}:${(kind === 'organization' ? projection.organizations : projection.artifacts).id.get(index)}`;
}

export function linkKey(projection: Projection, link: GraphLink): string {
  return JSON.stringify([link.kind, nodeKey(projection, link.source), nodeKey(projection, link.target)]);
}

/**
 * All links at a node, grouped by kind, direction and the other node. HOLDS leaves out OWNED copies, because OWNS covers them.
 *
 * @param validIn leaves out facts and copies that are not valid at any instant of this window; absent: keeps all
 * @param among only outgoing links to these nodes, by their index; absent: all links
 * Complexity: O(facts and copies at the node).
 */
export function bundlesAt(
  projection: Projection,
  node: GraphNode,
  kinds: readonly LinkKind[] = linkKinds,
  validIn?: ClosedWindow,
  among?: Readonly<Record<GraphNode['kind'], ReadonlySet<number>>>,
): LinkBundle[] {
  const { organizations, artifacts, transfers, access, engagements, reveals, copies } = projection;
  const n = node.index;
  const bundles: LinkBundle[] = [];
  const add = (
    kind: LinkKind,
    isOutgoing: boolean,
    otherKind: GraphNode['kind'],
    rows: () => ArrayLike<number>,
    other: (row: number) => number,
  ) => {
    if (!kinds.includes(kind) || (among !== undefined && !isOutgoing)) return;
    const members = new Map<number, number[]>();
    const list = rows();
    const wanted = among?.[otherKind];
    for (let i = 0; i < list.length; i++) {
      const row = list[i] as number;
      if (wanted !== undefined && !wanted.has(other(row))) continue;
      if (validIn !== undefined && !isValidIn(projection, kind, row, validIn)) continue;
      getOrInsert(members, other(row), (): number[] => []).push(row);
    }
    if (members.size > 0) bundles.push({ kind, isOutgoing, members, otherKind });
  };
  const handedOver = (rows: Int32Array) => rows.filter((copy) => copies.kind[copy] !== owned);
  if (node.kind === 'organization') {
    add(
      'OWNS',
      true,
      'artifact',
      () => rowOf(organizations.artifacts, n),
      (artifact) => artifact,
    );
    add(
      'HOLDS',
      false,
      'artifact',
      () => handedOver(rowOf(organizations.copies, n)),
      (copy) => copies.artifact[copy] as number,
    );
    add(
      'TRANSFER',
      true,
      'organization',
      () => rowOf(organizations.sent, n),
      (t) => transfers.recipient[t] as number,
    );
    add(
      'TRANSFER',
      false,
      'organization',
      () => rowOf(organizations.received, n),
      (t) => transfers.sender[t] as number,
    );
    add(
      'ACCESS',
      true,
      'organization',
      () => rowOf(organizations.accessHeld, n),
      (a) => access.grantor[a] as number,
    );
    add(
      'ACCESS',
      false,
      'organization',
      () => rowOf(organizations.accessGranted, n),
      (a) => access.grantee[a] as number,
    );
    add(
      'ENGAGEMENT',
      true,
      'organization',
      () => rowOf(organizations.engagementsAsClient, n),
      (e) => engagements.provider[e] as number,
    );
    add(
      'ENGAGEMENT',
      false,
      'organization',
      () => rowOf(organizations.engagementsAsProvider, n),
      (e) => engagements.client[e] as number,
    );
  } else {
    add(
      'OWNS',
      false,
      'organization',
      () => [n],
      (artifact) => artifacts.owner[artifact] as number,
    );
    add(
      'HOLDS',
      true,
      'organization',
      () => handedOver(rowOf(artifacts.copies, n)),
      (copy) => copies.holder[copy] as number,
    );
    add(
      'REVEALS',
      true,
      'artifact',
      () => rowOf(artifacts.reveals, n),
      (r) => reveals.reveals[r] as number,
    );
    add(
      'REVEALS',
      false,
      'artifact',
      () => rowOf(artifacts.revealedBy, n),
      (r) => reveals.artifact[r] as number,
    );
  }
  return bundles;
}

/** A closed window, in epoch milliseconds. */
export interface ClosedWindow {
  readonly from: number;
  readonly to: number;
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
      return meets(copies.possibleFrom[row] as number, copies.possibleUntil[row] as number, from, to);
    case 'TRANSFER': {
      const copy = transfers.copy[row] as number;
      return meets(copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number, from, to);
    }
    case 'ACCESS':
      return isAccessOpen(access.validFrom[row] as number, access.validUntil[row] as number, from, to);
    case 'ENGAGEMENT':
      return isCurrent(engagements.startsAt[row] as number, engagements.endsAt[row] as number, from, to);
  }
}

/** The link of a bundle to one node at its other end. */
export function toLink(projection: Projection, node: GraphNode, bundle: LinkBundle, other: number): GraphLink {
  const { copies, transfers } = projection;
  const members = bundle.members.get(other) ?? [];
  const far: GraphNode = { kind: bundle.otherKind, index: other };
  const ends = bundle.isOutgoing ? { source: node, target: far } : { source: far, target: node };
  const base = { kind: bundle.kind, ...ends, count: members.length };
  switch (bundle.kind) {
    case 'HOLDS':
      return { ...base, ...standFor(projection, members) };
    case 'TRANSFER': {
      const readableCount = members.filter((t) => copies.isReadable[transfers.copy[t] as number] === 1).length;
      return { ...base, readableCount, factKind: 'TRANSFER', facts: members };
    }
    case 'OWNS':
      return { ...base, readableCount: null, factKind: 'ARTIFACT', facts: members };
    case 'ACCESS':
    case 'ENGAGEMENT':
    case 'REVEALS':
      return { ...base, readableCount: null, factKind: bundle.kind, facts: members };
  }
}

/** Counts copies, and lists the transfers that delivered or imply them. */
export function standFor(projection: Projection, copies: readonly number[]): Pick<GraphLink, 'readableCount' | 'factKind' | 'facts'> {
  const columns = projection.copies;
  const facts = [...new Set(copies.map((copy) => columns.transfer[copy] as number))].filter((t) => t >= 0).sort((a, b) => a - b);
  return { readableCount: copies.filter((copy) => columns.isReadable[copy] === 1).length, factKind: 'TRANSFER', facts };
}

/** The links among these nodes, by kind, then by the keys of their ends. One step for each node. */
export function* linksAmong(
  projection: Projection,
  nodes: readonly GraphNode[],
  kinds: readonly LinkKind[],
  validIn?: ClosedWindow,
): Steps<GraphLink[]> {
  const present = { organization: new Set<number>(), artifact: new Set<number>() };
  for (const { kind, index } of nodes) present[kind].add(index);
  const links: GraphLink[] = [];
  for (const node of nodes) {
    for (const bundle of bundlesAt(projection, node, kinds, validIn, present)) {
      for (const other of bundle.members.keys()) links.push(toLink(projection, node, bundle, other));
    }
    yield;
  }
  return sortLinks(links);
}

/** By kind, then the keys of source and target. */
export function sortLinks<L extends GraphLink>(links: L[]): L[] {
  return links.sort(
    (a, b) => linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind) || compareNodes(a.source, b.source) || compareNodes(a.target, b.target),
  );
}

/** Compares nodes in the order of their keys: `artifact:` before `organization:`, then by id. */
export function compareNodes(a: GraphNode, b: GraphNode): number {
  return compareCodePoints(a.kind, b.kind) || a.index - b.index;
}

export interface LinkCount {
  readonly kind: LinkKind;
  readonly incoming: number;
  readonly outgoing: number;
}

const linkCounts = new OncePerNode<LinkCount[]>();

/** The number of links of each kind at a node in the whole graph. Leaves out kinds without links. Computed once per projection. */
export function countLinks(projection: Projection, node: GraphNode): LinkCount[] {
  return linkCounts.get(projection, node.kind, node.index, () => countLinksAnew(projection, node));
}

function countLinksAnew(projection: Projection, node: GraphNode): LinkCount[] {
  const bundles = bundlesAt(projection, node);
  const count = (kind: LinkKind, isOutgoing: boolean) =>
    bundles.find((bundle) => bundle.kind === kind && bundle.isOutgoing === isOutgoing)?.members.size ?? 0;
  return linkKinds
    .map((kind) => ({ kind, incoming: count(kind, false), outgoing: count(kind, true) }))
    .filter(({ incoming, outgoing }) => incoming + outgoing > 0);
}
