import { linkKey, nodeKey } from '../../projection/links.ts';
import { askLinkCounts, askNeighborhood, askNeighbors, askPaths } from '../../questions/explore/ask-graph.ts';
import type { FoundRecords } from '../../questions/explore/ask-search.ts';
import { askSearch } from '../../questions/explore/ask-search.ts';
import type { GraphLinkResolvers, GraphNodeResolvers, QueryResolvers } from '../generated/resolvers.ts';
import { artifactAt, engagementAt, organizationAt, transferAt } from '../models.ts';
import { pageOfArray } from '../page.ts';
import { factAt } from './facts-by-key.ts';

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

export const pathQueries = {
  paths: async (_, question, context) => {
    const { projection, paths } = await askPaths(context, question);
    return paths.map((path) => ({
      nodes: path.nodes.map((value) => ({ projection, value })),
      links: path.links.map((value) => ({ projection, value })),
      isCustody: path.isCustody,
    }));
  },
} satisfies QueryResolvers;

export const searchQueries = {
  search: async (_, { text, kinds, first }, context) => {
    const found = await askSearch(context, text, kinds, first ?? undefined);
    return found.hits.flatMap(({ kind, index, matched, score }) => {
      const record = foundAt(found, kind, index);
      return record === undefined ? [] : [{ found: record, matched, score }];
    });
  },
} satisfies QueryResolvers;

function foundAt(
  { projection, incidents, views, values, software }: FoundRecords,
  kind: FoundRecords['hits'][number]['kind'],
  index: number,
) {
  switch (kind) {
    case 'organization':
      return organizationAt(projection, index);
    case 'artifact':
      return artifactAt(projection, index);
    case 'transfer':
      return transferAt(projection, index);
    case 'engagement':
      return engagementAt(projection, index);
    case 'incident': {
      const incident = incidents[index];
      return incident && { type: 'Incident' as const, projection, ...incident };
    }
    case 'view': {
      const view = views[index];
      return view && { type: 'View' as const, ...view };
    }
    case 'softwareList': {
      const list = software.lists[index];
      return list && { type: 'SoftwareList' as const, projection, list };
    }
    case 'advisory': {
      const advisory = software.advisories[index];
      return advisory && { type: 'Advisory' as const, ...advisory };
    }
    case 'package': {
      const found = software.packages[index];
      return found && { type: 'FoundValue' as const, kind: 'PACKAGE' as const, value: found.value, count: found.count };
    }
    case 'value': {
      const value = values[index];
      return value && { type: 'FoundValue' as const, ...value };
    }
  }
}
