import { ExposureError } from '../../domain/errors.ts';
import type { ClosedWindow } from '../../domain/instants.ts';
import { findCustodyPaths } from '../../explore/custody-paths.ts';
import type { Neighborhood } from '../../explore/neighborhood.ts';
import { findNeighborhood, listNeighbors } from '../../explore/neighborhood.ts';
import type { Path } from '../../explore/paths.ts';
import { findPaths } from '../../explore/paths.ts';
import { checkWindow, getIndex } from '../../exposure/radius/resolve-radius-input.ts';
import type { GraphNode, LinkCount, LinkKind } from '../../projection/links.ts';
import { countLinks } from '../../projection/links.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import { readMissing, resolveMergedIds } from '../resolved-ids.ts';

/** A node by its id. Exactly one of the two is given. */
interface NodeReference {
  readonly organization?: string | null | undefined;
  readonly artifact?: string | null | undefined;
}

const maxStarts = 100;

/**
 * Some nodes, their neighbors, and the links among them all.
 *
 * @param of 1 to 100 nodes
 * @param kinds the kinds of links to return; null or absent: all kinds
 * @param maxNodes 1 to 2,000
 * @param validIn a window in which links must be valid; null or absent: any time
 * Throws BAD_USER_INPUT, NOT_FOUND (a node), QUERY_TIMEOUT.
 */
export async function askNeighborhood(
  asker: Asker,
  of: readonly NodeReference[],
  kinds: readonly LinkKind[] | null | undefined,
  maxNodes = 200,
  validIn?: ClosedWindow | null,
): Promise<Neighborhood & { readonly projection: Projection }> {
  const projection = await asker.facts();
  checkCount('The number of nodes in of', of.length, 1, maxStarts);
  if (validIn) checkWindow('validIn', validIn);
  const starts = await getNodes(asker, projection, of);
  const steps = findNeighborhood(projection, starts, kinds ?? undefined, checkCount('maxNodes', maxNodes, 1, 2000), validIn ?? undefined);
  return { projection, ...(await asker.run(steps)) };
}

/** The number of links at a node in the whole graph. */
export function askLinkCounts(asker: Asker, projection: Projection, node: GraphNode): LinkCount[] | Promise<LinkCount[]> {
  const type = node.kind === 'organization' ? 'Organization' : 'Artifact';
  return asker.onWhole({ type, projection, index: node.index }, (whole) => countLinks(whole.projection, node));
}

/** The nodes of some references, with merged ids resolved. Throws NOT_FOUND. */
async function getNodes(asker: Asker, projection: Projection, references: readonly NodeReference[]): Promise<GraphNode[]> {
  const named = references.flatMap(({ organization }) => organization ?? []);
  const meanings = await readMissing(asker.questions.store, projection, named);
  return references.map(({ organization, artifact }) =>
    typeof organization === 'string'
      ? getNode(projection, 'organization', meanings.get(organization) ?? organization)
      : getNode(projection, 'artifact', artifact ?? ''),
  );
}

function getNode(projection: Projection, kind: GraphNode['kind'], id: string): GraphNode {
  const index = (kind === 'organization' ? projection.organizations : projection.artifacts).id.find(id);
  if (index < 0)
    throw new ExposureError('NOT_FOUND', `There is no ${kind} "${id.slice(0, 80)}" among the facts; check the id, or search for its name.`);
  return { kind, index };
}

const maxTextLength = 200;

/**
 * The nodes linked to one node by one kind of link, in either direction, by name, then id. Reads only the facts around the node, so that a
 * server with EXPOSURE_PROJECTION=local answers too.
 *
 * @param text a part of the names to keep, in any case and accents; null, absent or empty: all
 * Throws BAD_USER_INPUT (a text of more than 200 characters), NOT_FOUND (the node), QUERY_TIMEOUT.
 */
export async function askNeighbors(
  asker: Asker,
  of: NodeReference,
  kind: LinkKind,
  text: string | null | undefined,
): Promise<{ readonly projection: Projection; readonly nodes: readonly GraphNode[] }> {
  if (text && text.length > maxTextLength) {
    throw new ExposureError('BAD_USER_INPUT', `text has ${text.length} characters; expected at most ${maxTextLength}.`);
  }
  const resolved = await resolveMergedIds(asker, await asker.facts(), of, ['organization']);
  const projection = await asker.factsAbout(resolved);
  const [node] = (await getNodes(asker, projection, [resolved])) as [GraphNode];
  return { projection, nodes: await asker.turn(() => listNeighbors(projection, node, kind, text ?? '')) };
}

const maxPathLength = 20;
const maxPaths = 500;

interface PathsQuestion {
  readonly from: NodeReference;
  readonly to: NodeReference;
  /** Null or absent: all. */
  readonly kinds?: readonly LinkKind[] | null | undefined;
  /** If given, only paths along this artifact's custody. */
  readonly artifact?: string | null | undefined;
  /** Default: true. */
  readonly isDirected?: boolean | null | undefined;
  /** 1 to 20; default 6. */
  readonly maxLength?: number | null | undefined;
  /** 0 to 500; default 10. */
  readonly first?: number | null | undefined;
}

/** The shortest paths from one node to another. Throws BAD_USER_INPUT, NOT_FOUND, QUERY_TIMEOUT. */
export async function askPaths(asker: Asker, requested: PathsQuestion): Promise<{ projection: Projection; paths: readonly Path[] }> {
  const projection = await asker.facts();
  const [from, to] = (await getNodes(asker, projection, [requested.from, requested.to])) as [GraphNode, GraphNode];
  const maxLength = checkCount('maxLength', requested.maxLength ?? 6, 1, maxPathLength);
  const limit = checkCount('first', requested.first ?? 10, 0, maxPaths);
  if (from.kind === to.kind && from.index === to.index)
    throw new ExposureError('BAD_USER_INPUT', 'from and to are the same; name two different nodes.');
  const artifact = typeof requested.artifact === 'string' ? getIndex(projection, 'artifacts', 'artifact', requested.artifact) : undefined;
  const isDirected = requested.isDirected ?? true;
  if (artifact === undefined) {
    const question = { from, to, kinds: requested.kinds, isDirected, artifact, maxLength, limit };
    return { projection, paths: limit === 0 ? [] : await asker.run(findPaths(projection, question)) };
  }
  if (from.kind === 'artifact' || to.kind === 'artifact') {
    throw new ExposureError(
      'BAD_USER_INPUT',
      'from or to is an artifact, and custody goes from organization to organization; name two organizations, or leave artifact out.',
    );
  }
  if (limit === 0 || (requested.kinds && !requested.kinds.includes('TRANSFER'))) return { projection, paths: [] };
  const steps = isDirected
    ? findCustodyPaths(projection, { artifact, from: from.index, to: to.index, maxLength, limit })
    : findPaths(projection, { from, to, kinds: ['TRANSFER'], isDirected, artifact, maxLength, limit });
  return { projection, paths: await asker.run(steps) };
}
