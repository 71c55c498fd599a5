import { ExposureError } from '../../domain/errors.ts';
import type { ClosedWindow } from '../../domain/instants.ts';
import { findNeighborhood, listNeighbors, type Neighborhood } from '../../explore/neighborhood.ts';
import { checkWindow } from '../../exposure/radius/resolve-radius-input.ts';
import { countLinks, type GraphNode, type LinkCount, type LinkKind } from '../../projection/links.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import { readMissing, resolveMergedIds } from '../resolved-ids.ts';

/** A node by its id. Exactly one of the two is given. */
export interface NodeReference {
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
export async function getNodes(asker: Asker, projection: Projection, references: readonly NodeReference[]): Promise<GraphNode[]> {
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
