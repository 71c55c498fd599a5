import { listExposedArtifacts } from '../../../exposure/radius/list-exposed-artifacts.ts';
import { listOtherCopies } from '../../../exposure/radius/notifiers.ts';
import { buildRadiusSubgraph } from '../../../exposure/radius/subgraph.ts';
import { buildTimeline } from '../../../exposure/radius/timeline.ts';
import { askRadiusFindings } from '../../../questions/ask-findings.ts';
import { askRadius } from '../../../questions/ask-radius.ts';
import { checkCount } from '../../check-count.ts';
import type { Context } from '../../context.ts';
import type { BlastRadiusInput, BlastRadiusResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import type { RadiusModel } from '../../models.ts';
import { copyAt, organizationAt } from '../../models.ts';
import type { PageArguments } from '../../page.ts';
import { pageOfArray } from '../../page.ts';
import { simulation } from './simulation.ts';

export const blastRadiusQueries = {
  blastRadius: (_, { input }, context) => askRadiusHere(input, context),
} satisfies QueryResolvers;

/** Of the facts that the context is about, unless the input says of which. */
export async function askRadiusHere(input: BlastRadiusInput, context: Context): Promise<RadiusModel> {
  const { projection } = await context.snapshot();
  return askRadius(context.services, { ...input, knownAt: input.knownAt ?? context.knownAt }, context.now, projection);
}

function page<T, N>(model: RadiusModel, field: string, args: PageArguments, filter: unknown, rows: ArrayLike<T>, toNode: (row: T) => N) {
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
    const { projection, scenario } = model.radius;
    return page(model, 'otherCopies', args, null, listOtherCopies(model.radius), ({ copy, isEncrypted }) =>
      copyAt(projection, copy, scenario, isEncrypted),
    );
  },
  dependents: (model, { first, after, blindSpotsOnly }) => {
    const { projection, dependents } = model.radius;
    const isOnly = blindSpotsOnly ?? false;
    const rows = isOnly ? dependents.filter((dependent) => dependent.isBlindSpot) : dependents;
    return page(model, 'dependents', { first, after }, isOnly, rows, (value) => ({ projection, value }));
  },
  findings: async (model, args, context) => {
    context.needAllFacts();
    const { projection } = model.radius;
    const findings = await askRadiusFindings(context.services, model.radius);
    return page(model, 'findings', args, null, findings, (value) => ({ projection, value }));
  },
  integrity: (model) => ({ model, value: model.radius.integrity }),
  simulation,
  timeline: ({ radius }, { buckets }) => buildTimeline(radius, checkCount('buckets', buckets ?? 200, 10, 500)),
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
