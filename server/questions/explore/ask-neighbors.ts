import { ExposureError } from '../../domain/errors.ts';
import { listNeighbors } from '../../explore/neighborhood.ts';
import type { GraphNode, LinkKind } from '../../projection/links.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import type { NodeReference } from './ask-neighborhood.ts';
import { getNodes } from './ask-neighborhood.ts';

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
