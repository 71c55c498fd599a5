import { linkKey, nodeKey } from '../../../projection/links.ts';
import { askLinkCounts, askNeighborhood } from '../../../questions/explore/ask-neighborhood.ts';
import { askNeighbors } from '../../../questions/explore/ask-neighbors.ts';
import type { GraphLinkResolvers, GraphNodeResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { artifactAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { factAt } from '../facts/fact-at.ts';

export const neighborhoodQueries = {
  neighborhood: async (_, { of, kinds, validIn, maxNodes }, context) => {
    const { projection, nodes, links, omittedCount } = await askNeighborhood(context, of, kinds, maxNodes ?? undefined, validIn);
    return {
      nodes: nodes.map((value) => ({ projection, value })),
      links: links.map((value) => ({ projection, value })),
      omittedCount,
    };
  },
  neighbors: async (_, { of, kind, text, first, after }, context) => {
    const { projection, nodes } = await askNeighbors(context, of, kind, text);
    const identity = { list: 'Query.neighbors', question: { of, kind, text }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, nodes, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

export const GraphNode: GraphNodeResolvers = {
  key: ({ projection, value }) => nodeKey(projection, value),
  organization: ({ projection, value }) => (value.kind === 'organization' ? organizationAt(projection, value.index) : null),
  artifact: ({ projection, value }) => (value.kind === 'artifact' ? artifactAt(projection, value.index) : null),
  linkCounts: ({ projection, value }, _, context) => askLinkCounts(context, projection, value),
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
