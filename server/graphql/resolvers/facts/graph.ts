import { ExposureError } from '../../../domain/errors.ts';
import { findNeighborhood } from '../../../explore/neighborhood.ts';
import type { GraphNode as Node } from '../../../projection/links.ts';
import { countLinks, linkKey, nodeKey } from '../../../projection/links.ts';
import type { Projection } from '../../../projection/projection.ts';
import { checkCount } from '../../check-count.ts';
import type { GraphLinkResolvers, GraphNodeResolvers, NodeRef, QueryResolvers } from '../../generated/resolvers.ts';
import { artifactAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { factAt } from './fact-at.ts';

const maxStarts = 100;

export const neighborhoodQueries = {
  neighborhood: async (_, { of, kinds, maxNodes }, context) => {
    const { projection } = await context.snapshot();
    if (of.length < 1 || of.length > maxStarts) {
      throw new ExposureError('BAD_USER_INPUT', `of names ${of.length} nodes; expected 1 to ${maxStarts}.`);
    }
    const starts = of.map((ref) => getNode(projection, ref));
    const found = findNeighborhood(projection, starts, kinds ?? undefined, checkCount('maxNodes', maxNodes ?? 200, 1, 2000));
    return {
      nodes: found.nodes.map((value) => ({ projection, value })),
      links: found.links.map((value) => ({ projection, value })),
      omittedCount: found.omittedCount,
    };
  },
} satisfies QueryResolvers;

/** Throws NOT_FOUND. */
export function getNode(projection: Projection, ref: NodeRef): Node {
  const kind = typeof ref.organization === 'string' ? 'organization' : 'artifact';
  const id = ref.organization ?? ref.artifact ?? '';
  const index = (kind === 'organization' ? projection.organizations : projection.artifacts).id.find(id);
  if (index < 0)
    throw new ExposureError('NOT_FOUND', `There is no ${kind} "${id.slice(0, 80)}" among the facts; check the id, or search for its name.`);
  return { kind, index };
}

export const GraphNode: GraphNodeResolvers = {
  key: ({ projection, value }) => nodeKey(projection, value),
  organization: ({ projection, value }) => (value.kind === 'organization' ? organizationAt(projection, value.index) : null),
  artifact: ({ projection, value }) => (value.kind === 'artifact' ? artifactAt(projection, value.index) : null),
  linkCounts: ({ projection, value }, _, context) => {
    context.checkTime();
    const record = value.kind === 'organization' ? organizationAt(projection, value.index) : artifactAt(projection, value.index);
    return context.onWhole(record, (whole) => countLinks(whole.projection, value));
  },
};

export const GraphLink: GraphLinkResolvers = {
  key: ({ projection, value }) => linkKey(projection, value),
  kind: ({ value }) => value.kind,
  source: ({ projection, value }) => nodeKey(projection, value.source),
  target: ({ projection, value }) => nodeKey(projection, value.target),
  count: ({ value }) => value.count,
  readableCount: ({ value }) => value.readableCount,
  facts: ({ projection, value }, args) => {
    const identity = { list: 'GraphLink.facts', question: linkKey(projection, value), revision: projection.revision };
    return pageOfArray(identity, args, value.facts, (index) => factAt(projection, value.factKind, index));
  },
};
