import { askRadiusFindings } from '../../ask-findings.ts';
import { askRadius } from '../../ask-radius.ts';
import { ExposureError } from '../../domain/errors.ts';
import { listExposedArtifacts } from '../../exposure/list-exposed-artifacts.ts';
import { buildRadiusSubgraph } from '../../exposure/subgraph.ts';
import { buildTimeline } from '../../exposure/timeline.ts';
import type { BlastRadiusResolvers, QueryResolvers } from '../generated/resolvers.ts';
import type { RadiusModel } from '../models.ts';
import { copyAt, organizationAt } from '../models.ts';
import type { PageArguments } from '../page.ts';
import { pageOfArray } from '../page.ts';

export const blastRadiusQueries = {
  blastRadius: async (_, { input }, context) => askRadius(context.services, input, context.now, (await context.snapshot()).projection),
} satisfies QueryResolvers;

function page<T, N>(model: RadiusModel, field: string, args: PageArguments, filter: unknown, rows: ArrayLike<T>, toNode: (row: T) => N) {
  const identity = { list: `BlastRadius.${field}`, question: [model.question, filter], revision: model.radius.projection.revision };
  return pageOfArray(identity, args, rows, toNode);
}

/** Throws BAD_USER_INPUT. */
export function checkCount(name: string, value: number, from: number, to: number): number {
  if (value < from || value > to)
    throw new ExposureError('BAD_USER_INPUT', `${name} is ${value}; expected a whole number from ${from} to ${to}.`);
  return value;
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
  artifacts: (model, { first, after, ...filter }) =>
    page(model, 'artifacts', { first, after }, filter, listExposedArtifacts(model.radius, filter), (value) => ({ model, value })),
  labs: (model, args) => {
    const { projection, labs } = model.radius;
    return page(model, 'labs', args, null, labs, (value) => ({ projection, value }));
  },
  notifiers: (model, args) => {
    const { projection, notifiers } = model.radius;
    return page(model, 'notifiers', args, null, notifiers, (index) => organizationAt(projection, index));
  },
  otherCopies: (model, args) => {
    const { projection, otherCopies } = model.radius;
    return page(model, 'otherCopies', args, null, otherCopies, (index) => copyAt(projection, index));
  },
  dependents: (model, { first, after, blindSpotsOnly }) => {
    const { projection, dependents } = model.radius;
    const isOnly = blindSpotsOnly ?? false;
    const rows = isOnly ? dependents.filter((dependent) => dependent.isBlindSpot) : dependents;
    return page(model, 'dependents', { first, after }, isOnly, rows, (value) => ({ projection, value }));
  },
  findings: async (model, args, context) => {
    context.requireAllFacts();
    const { projection } = model.radius;
    const findings = await askRadiusFindings(context.services, model.radius);
    return page(model, 'findings', args, null, findings, (value) => ({ projection, value }));
  },
  integrity: (model) => ({ model, value: model.radius.integrity }),
  timeline: ({ radius }, { buckets }) => buildTimeline(radius.projection, radius.input, checkCount('buckets', buckets ?? 200, 10, 500)),
  subgraph: ({ radius }, { maxNodes }) => {
    const { projection } = radius;
    const { nodes, links, omittedCount } = buildRadiusSubgraph(radius, checkCount('maxNodes', maxNodes ?? 500, 1, 2000));
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
};
