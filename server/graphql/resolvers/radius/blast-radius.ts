import type { PagedList } from '../../../domain/paged-list.ts';
import { askRadius } from '../../../questions/ask-radius.ts';
import {
  askHolderRows,
  askHolderTimelines,
  askIntegrity,
  askSubgraph,
  buildTimelineOf,
  countUncertainOf,
  listArtifactsOf,
  listDependentsOf,
  listFlowsOf,
  listRecallsOf,
  sumArtifactsOf,
  sumByLabAndTierOf,
} from '../../../questions/radius/ask-radius-parts.ts';
import { askRadiusFindings } from '../../../questions/rankings/ask-findings.ts';
import type { BlastRadiusResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import type { RadiusModel } from '../../models.ts';
import { copyAt, organizationAt } from '../../models.ts';
import type { PageArguments } from '../../page.ts';
import { pageOfArray } from '../../page.ts';
import { simulation } from './simulation.ts';

export const blastRadiusQueries = {
  blastRadius: (_, { input }, context) => askRadius(context, input),
} satisfies QueryResolvers;

function page<T, N>(model: RadiusModel, field: string, args: PageArguments, filter: unknown, rows: PagedList<T>, toNode: (row: T) => N) {
  const identity = { list: `BlastRadius.${field}`, question: [model.question, filter], revision: model.radius.projection.revision };
  return pageOfArray(identity, args, rows, toNode);
}

export const BlastRadius: BlastRadiusResolvers = {
  revision: ({ radius }) => radius.projection.revision,
  answeredAt: ({ answeredAt }) => answeredAt,
  knownAt: ({ knownAt }) => knownAt,
  origins: ({ radius }) => radius.input.origins.map((origin) => organizationAt(radius.projection, origin)),
  core: ({ radius }) => radius.input.core,
  widest: ({ radius }) => radius.input.widest,
  maxHops: ({ radius }) => radius.input.maxHops,
  transferLikelihood: ({ radius }) => radius.input.transferLikelihood,
  minDegree: ({ radius }) => radius.input.minDegree,
  summary: ({ radius }) => radius.summary,
  reached: (model, args) => {
    const { projection, reached } = model.radius;
    return page(model, 'reached', args, null, reached, (value) => ({ projection, value }));
  },
  artifacts: async (model, { first, after, ...filter }, context) =>
    page(model, 'artifacts', { first, after }, filter, await listArtifactsOf(context, model, filter), (value) => ({ model, value })),
  labs: (model, args) => {
    const { projection, labs } = model.radius;
    return page(model, 'labs', args, null, labs, (value) => ({ projection, value }));
  },
  notifiers: (model, args) => {
    const { projection, notifiers } = model.radius;
    return page(model, 'notifiers', args, null, notifiers, (index) => organizationAt(projection, index));
  },
  otherCopies: (model, args) => {
    const { projection, scenario } = model.radius;
    return page(model, 'otherCopies', args, null, listRecallsOf(model), ({ copy, isEncrypted }) =>
      copyAt(projection, copy, scenario, isEncrypted),
    );
  },
  dependents: (model, { first, after, blindSpotsOnly }) => {
    const { projection } = model.radius;
    const isOnly = blindSpotsOnly ?? false;
    return page(model, 'dependents', { first, after }, isOnly, listDependentsOf(model, isOnly), (value) => ({ projection, value }));
  },
  findings: async (model, args, context) => {
    const { projection } = model.radius;
    const findings = await askRadiusFindings(context, model);
    const { edges, pageInfo, totalCount } = page(model, 'findings', args, null, findings, (value) => ({ projection, value }));
    return { edges, pageInfo, totalCount, progress: null };
  },
  integrity: async (model, _, context) => ({ model, value: await askIntegrity(context, model.radius) }),
  simulation,
  timeline: (model, { buckets }) => buildTimelineOf(model, buckets ?? undefined),
  holderTimeline: async (model, { first, after, ...question }, context) => {
    const { projection } = model.radius;
    const { rows, buckets } = await askHolderRows(context, model, question);
    const listed = page(model, 'holderTimeline', { first, after }, question, rows, (row) => row);
    const nodes = listed.edges.map(({ node }) => node);
    const timelines = await askHolderTimelines(context, model, nodes, buckets);
    const edges = timelines.map((timeline, i) => {
      const { cursor, node } = listed.edges[i] as (typeof listed.edges)[number];
      const lab = node.lab === undefined ? null : organizationAt(projection, node.lab);
      return { cursor, node: { ...timeline, holder: { projection, value: node.holder }, lab } };
    });
    return { edges, pageInfo: listed.pageInfo, totalCount: listed.totalCount, instants: [...buckets.edges] };
  },
  subgraph: async (model, { maxNodes }, context) => {
    const { projection } = model.radius;
    const { nodes, links, omittedCount } = await askSubgraph(context, model, maxNodes ?? undefined);
    return {
      nodes: nodes.map(({ node, reached, exposed, worstCaseLossUsd }) => ({
        node: { projection, value: node },
        hops: reached?.hops ?? null,
        likelihood: reached?.likelihood ?? null,
        tier: exposed?.tier ?? null,
        basis: exposed?.basis ?? null,
        worstCaseLossUsd,
      })),
      links: links.map((value) => ({ link: { projection, value }, tier: value.tier, isSpread: value.isSpread })),
      omittedCount,
    };
  },
  flows: (model) => {
    const { projection } = model.radius;
    return listFlowsOf(model).map(({ holder, lab, ...figures }) => ({
      ...figures,
      holder: holder === undefined ? null : { projection, value: holder },
      lab: organizationAt(projection, lab),
    }));
  },
  certainty: (model) => countUncertainOf(model),
  totals: (model, filter, context) => sumArtifactsOf(context, model, filter),
  labTiers: async (model, filter, context) =>
    (await sumByLabAndTierOf(context, model, filter)).map(({ lab, ...sum }) => ({
      ...sum,
      lab: organizationAt(model.radius.projection, lab),
    })),
};
