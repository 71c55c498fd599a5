import { ExposureError } from '../../../domain/errors.ts';
import { findCustodyPaths } from '../../../explore/custody-paths.ts';
import { findPaths } from '../../../explore/paths.ts';
import { getIndex } from '../../../exposure/radius/resolve-radius-input.ts';
import { runInSlices } from '../../../questions/run/run-in-slices.ts';
import { checkCount } from '../../check-count.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';
import { maxPageSize } from '../../page.ts';
import { getNode } from './graph.ts';

const maxPathLength = 20;

export const pathQueries = {
  paths: async (_, { from: fromRef, to: toRef, kinds, artifact: artifactId, isDirected, maxLength, first }, context) => {
    const { projection } = await context.snapshot();
    const from = getNode(projection, fromRef);
    const to = getNode(projection, toRef);
    const length = checkCount('maxLength', maxLength ?? 6, 1, maxPathLength);
    const limit = checkCount('first', first ?? 10, 0, maxPageSize);
    if (from.kind === to.kind && from.index === to.index)
      throw new ExposureError('BAD_USER_INPUT', 'from and to are the same; name two different nodes.');
    const artifact = typeof artifactId === 'string' ? getIndex(projection, 'artifacts', 'artifact', artifactId) : undefined;
    if (artifact !== undefined && (from.kind === 'artifact' || to.kind === 'artifact')) {
      throw new ExposureError(
        'BAD_USER_INPUT',
        'from or to is an artifact, and custody goes from organization to organization; name two organizations, or leave artifact out.',
      );
    }
    const isCustody = artifact !== undefined;
    if (limit === 0 || (isCustody && kinds && !kinds.includes('TRANSFER'))) return [];
    const question = {
      from,
      to,
      kinds: isCustody ? (['TRANSFER'] as const) : kinds,
      isDirected: isDirected ?? true,
      artifact,
      maxLength: length,
      limit,
    };
    const work =
      artifact !== undefined && question.isDirected
        ? findCustodyPaths(projection, { artifact, from: from.index, to: to.index, maxLength: length, limit })
        : findPaths(projection, question);
    const paths = await runInSlices(work, () => context.checkTime());
    return paths.map((path) => ({
      nodes: path.nodes.map((value) => ({ projection, value })),
      links: path.links.map((value) => ({ projection, value })),
      isCustody: path.isCustody,
    }));
  },
} satisfies QueryResolvers;
