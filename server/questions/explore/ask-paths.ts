import { ExposureError } from '../../domain/errors.ts';
import { findCustodyPaths } from '../../explore/custody-paths.ts';
import type { Path } from '../../explore/paths.ts';
import { findPaths } from '../../explore/paths.ts';

import { getIndex } from '../../exposure/radius/resolve-radius-input.ts';
import type { GraphNode, LinkKind } from '../../projection/links.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { checkCount } from '../check-count.ts';
import type { NodeReference } from './ask-neighborhood.ts';
import { getNodes } from './ask-neighborhood.ts';

const maxPathLength = 20;
const maxPaths = 500;

export interface PathsQuestion {
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
