import type { GraphLink, GraphNode, LinkKind } from '../../../projection/links.ts';
import { bundlesAt, compareLinks, linkKinds, toLink } from '../../../projection/links.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import type { BlastRadius } from '../blast-radius.ts';
import type { ExposedArtifact, ReachedOrganization } from '../radius-types.ts';
import { SpreadSteps } from '../spread.ts';

export interface RadiusNode {
  readonly node: GraphNode;
  readonly reached: ReachedOrganization | undefined;
  readonly exposed: ExposedArtifact | undefined;
  /** For an artifact, its worst-case loss; for a holder, the sum over the artifacts it holds; null for others. */
  readonly worstCaseLossUsd: number | null;
}

interface RadiusLink {
  readonly link: GraphLink;
  /** The strongest tier of the copies in the link. */
  readonly tier: Tier | null;
  /** Whether compromise may spread along the link. */
  readonly isSpread: boolean;
}

export interface RadiusSubgraph {
  /** To be described by `describeNodes`. */
  readonly nodes: readonly GraphNode[];
  readonly links: readonly RadiusLink[];
  readonly omittedCount: number;
}

/**
 * The part of the graph that explains a radius, for drawing. Its nodes: the origins, the suspected ones, the artifacts in the radius (the strongest
 * first) with their owners and holders, then the other reached organizations. Its links: copies with a tier, ownership, reveals,
 * and the steps over which compromise may spread.
 *
 * @param maxNodes the most nodes; the least exposed are left out
 * @param kinds the kinds of links to return
 * Complexity: O(nodes + facts and copies at them), one node per step.
 */
export function* buildRadiusSubgraph(radius: BlastRadius, maxNodes: number, kinds: readonly LinkKind[] = linkKinds): Steps<RadiusSubgraph> {
  const kept = yield* chooseNodes(radius, maxNodes);
  return { nodes: kept.nodes, links: yield* findLinks(radius, kept, new Set(kinds)), omittedCount: kept.omittedCount };
}

interface Kept {
  readonly nodes: readonly GraphNode[];
  readonly organizations: ReadonlySet<number>;
  readonly artifacts: ReadonlySet<number>;
  readonly omittedCount: number;
}

function* chooseNodes({ input, artifacts, reached, projection, columns }: BlastRadius, maxNodes: number): Steps<Kept> {
  const seen = { organization: new Set<number>(), artifact: new Set<number>() };
  const nodes: GraphNode[] = [];
  const add = (kind: GraphNode['kind'], index: number) => {
    if (seen[kind].has(index)) return;
    seen[kind].add(index);
    nodes.push({ kind, index });
  };
  for (const origin of input.origins) add('organization', origin);
  for (const { organization } of input.suspected ?? []) add('organization', organization);
  const isAdded = new Uint8Array(columns.reached.length);
  for (const { artifact } of artifacts) {
    add('artifact', artifact);
    add('organization', projection.artifacts.owner[artifact] as number);
    for (const position of columns.holdersOf(columns.rowOf(artifact))) {
      if (isAdded[position] === 1) continue;
      isAdded[position] = 1;
      const { path, organization } = columns.reached[position] as ReachedOrganization;
      for (const step of path) add('organization', step.from);
      add('organization', organization);
    }
    yield;
  }
  for (const { organization } of reached) add('organization', organization);
  const within = nodes.slice(0, maxNodes);
  const indexes = (kind: GraphNode['kind']) => new Set(within.filter((node) => node.kind === kind).map((node) => node.index));
  return {
    nodes: within,
    organizations: indexes('organization'),
    artifacts: indexes('artifact'),
    omittedCount: nodes.length - within.length,
  };
}

/** The figures of some nodes. Complexity: O(n log n) in the artifacts of the radius, and their holders; one artifact per step. */
export function* describeNodes(radius: BlastRadius, nodes: readonly GraphNode[]): Steps<RadiusNode[]> {
  const reachedAt = new Map(radius.reached.map((reached) => [reached.organization, reached]));
  const exposedAt = new Map(radius.artifacts.map((exposed) => [exposed.artifact, exposed]));
  const lossAt = new Map<number, number>();
  for (const { holders, worstCaseLossUsd } of [...radius.artifacts].sort((a, b) => a.artifact - b.artifact)) {
    for (const { organization } of holders) lossAt.set(organization, (lossAt.get(organization) ?? 0) + worstCaseLossUsd);
    yield;
  }
  return nodes.map((node) => {
    const isOrganization = node.kind === 'organization';
    const exposed = isOrganization ? undefined : exposedAt.get(node.index);
    const reached = isOrganization ? reachedAt.get(node.index) : undefined;
    const worstCaseLossUsd = isOrganization ? (lossAt.get(node.index) ?? null) : (exposed?.worstCaseLossUsd ?? null);
    return { node, reached, exposed, worstCaseLossUsd };
  });
}

function* findLinks(radius: BlastRadius, kept: Kept, kinds: ReadonlySet<LinkKind>): Steps<RadiusLink[]> {
  const { projection, input } = radius;
  const links: RadiusLink[] = [];
  const ofArtifacts = (['OWNS', 'REVEALS'] as const).filter((kind) => kinds.has(kind));
  for (const index of ofArtifacts.length === 0 ? [] : kept.artifacts) {
    const node: GraphNode = { kind: 'artifact', index };
    for (const bundle of bundlesAt(projection, node, ofArtifacts)) {
      if (bundle.kind === 'REVEALS' && !bundle.isOutgoing) continue;
      const present = bundle.otherKind === 'artifact' ? kept.artifacts : kept.organizations;
      bundle.links.keys.forEach((other, at) => {
        if (present.has(other))
          links.push({ link: toLink(projection, node, bundle, other, bundle.links.rowsAt(at)), tier: null, isSpread: false });
      });
    }
    yield;
  }
  if (kinds.has('HOLDS')) yield* findHeldLinks(radius, kept, links);
  for (const { organization, hops } of radius.reached) {
    if (!kept.organizations.has(organization)) continue;
    if (hops < input.maxHops) links.push(...findSpreadLinks(radius, organization, kept.organizations, kinds));
    yield;
  }
  return links.sort((a, b) => compareLinks(a.link, b.link));
}

/** Adds the copies with a tier at reached organizations, by artifact and holder. One step for each artifact. */
function* findHeldLinks({ projection, columns }: BlastRadius, kept: Kept, links: RadiusLink[]): Steps<void> {
  for (const [place, index] of columns.held.artifact.entries()) {
    if (!kept.artifacts.has(index)) continue;
    for (const { holder, copies, tier } of columns.copiesByHolder(place)) {
      if (!kept.organizations.has(holder.organization)) continue;
      links.push({ link: toLink(projection, { kind: 'artifact', index }, holds, holder.organization, copies), tier, isSpread: false });
    }
    yield;
  }
}

const holds = { kind: 'HOLDS', isOutgoing: true, otherKind: 'organization' } as const;

/** The steps over which compromise may spread from a reached organization (semantics §3). */
function findSpreadLinks(
  { projection, input, scenario }: BlastRadius,
  from: number,
  organizations: ReadonlySet<number>,
  kinds: ReadonlySet<LinkKind>,
): RadiusLink[] {
  const node: GraphNode = { kind: 'organization', index: from };
  const steps = new SpreadSteps(projection, input, scenario);
  const isOpen = (kind: string, fact: number) => (kind === 'ACCESS' ? steps.isAccessOpen(fact) : steps.isTransferOpen(fact));
  const links: RadiusLink[] = [];
  const spreading = (['ACCESS', ...(input.transferLikelihood > 0 ? (['TRANSFER'] as const) : [])] as const).filter((kind) =>
    kinds.has(kind),
  );
  for (const bundle of bundlesAt(projection, node, spreading)) {
    if (!bundle.isOutgoing) continue;
    bundle.links.keys.forEach((other, at) => {
      const open = organizations.has(other) ? bundle.links.rowsAt(at).filter((fact) => isOpen(bundle.kind, fact)) : [];
      if (open.length > 0) links.push({ link: toLink(projection, node, bundle, other, open), tier: null, isSpread: true });
    });
  }
  return links;
}
