import type { PagedList } from '../../domain/paged-list.ts';
import { mapRadiusOptions } from '../../domain/radius-options.ts';
import { explainWay } from '../../exposure/radius/because.ts';
import { checkCount } from '../../questions/check-count.ts';
import { askRadius } from '../../questions/radius/ask-radius.ts';
import {
  askCopyEvents,
  askHolderRows,
  askHolderTimelines,
  askHoldingsAt,
  askIntegrity,
  askNodes,
  askPartners,
  askSimulation,
  askSubgraph,
  askSummariesByHops,
  buildTimelineOf,
  countUncertainOf,
  listArtifactsOf,
  listDependentsOf,
  listFlowsOf,
  listRecallsOf,
  sumArtifactsOf,
  sumByLabAndTierOf,
  sumRadiusOf,
} from '../../questions/radius/ask-radius-parts.ts';
import { askRadiusFindings, countEach } from '../../questions/rankings/ask-findings.ts';
import type {
  ActionResolvers,
  AffectedLabResolvers,
  BlastRadiusResolvers,
  DependentResolvers,
  ExposedArtifactResolvers,
  IntegrityRadiusResolvers,
  LabSimulationResolvers,
  QueryResolvers,
  RadiusSubgraphResolvers,
  ReachedOrganizationResolvers,
  SpreadStepResolvers,
  TaintedHoldingResolvers,
  WayInResolvers,
} from '../generated/resolvers.ts';
import type { RadiusModel } from '../models.ts';
import { accessAt, artifactAt, copyAt, engagementAt, organizationAt, readFrom, revealsAt, transferAt } from '../models.ts';
import type { PageArguments } from '../page.ts';
import { pageOfArray, selects } from '../page.ts';

/** Resolves `BlastRadius.simulation`. */
const simulation: NonNullable<BlastRadiusResolvers['simulation']> = async (answered, { runs, seed }, context) => {
  const { projection } = answered.radius;
  const simulated = await askSimulation(context, answered, runs ?? undefined, seed ?? undefined);
  return { ...simulated, exceedance: [...simulated.exceedance], labs: simulated.labs.map((value) => ({ projection, value })) };
};

export const LabSimulation: LabSimulationResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  ...readFrom('value', 'meanUsd', 'standardErrorUsd', 'p5Usd', 'p50Usd', 'p95Usd'),
};

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
  suspectedOrigins: ({ radius }) =>
    (radius.input.suspected ?? []).map(({ organization, likelihood }) => ({
      organization: organizationAt(radius.projection, organization),
      likelihood,
    })),
  hasCore: ({ radius }) => radius.input.hasCore ?? true,
  core: ({ radius }) => radius.input.core,
  widest: ({ radius }) => radius.input.widest,
  ...mapRadiusOptions(
    ({ name }) =>
      ({ radius }: RadiusModel) =>
        radius.input[name],
  ),
  summary: ({ radius }) => radius.summary,
  reached: (model, args) => {
    const { projection, reached } = model.radius;
    return page(model, 'reached', args, null, reached, (value) => ({ projection, value }));
  },
  artifacts: async (model, { first, after, ...filter }, context) =>
    page(model, 'artifacts', { first, after }, filter, await listArtifactsOf(context, model, filter), (value) => ({ model, value })),
  sums: (model, { by, ...filter }, context) => sumRadiusOf(context, model, by, filter),
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
  findings: async (model, args, context, info) => {
    const { projection } = model.radius;
    const findings = await askRadiusFindings(context, model);
    const counts = selects(info, 'counts') ? countEach(findings, await context.acceptances()) : [];
    const { edges, pageInfo, totalCount } = page(model, 'findings', args, null, findings, (value) => ({ projection, value }));
    return { edges, pageInfo, totalCount, progress: null, batch: null, counts };
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
  subgraph: async (model, { kinds, maxNodes }, context) => ({
    model,
    value: await askSubgraph(context, model, kinds, maxNodes ?? undefined),
  }),
  byHops: (model, _, context) => askSummariesByHops(context, model),
  holdingsAt: async (model, { instant }, context) => {
    const { projection } = model.radius;
    const held = await askHoldingsAt(context, model, instant);
    return held.map(({ holder, ...counts }) => ({ ...counts, holder: organizationAt(projection, holder.organization) }));
  },
  copyEvents: async (model, { span, ...args }, context) => {
    const { projection } = model.radius;
    return page(model, 'copyEvents', args, span, await askCopyEvents(context, model, span), ({ sender, holder, ...event }) => ({
      ...event,
      sender: sender < 0 ? null : organizationAt(projection, sender),
      holder: organizationAt(projection, holder),
    }));
  },
  partners: async (model, { holder, ...args }, context) => {
    const { projection } = model.radius;
    return page(model, 'partners', args, holder, await askPartners(context, model, holder), ({ organization, ...partner }) => ({
      ...partner,
      organization: organizationAt(projection, organization),
    }));
  },
  flows: async (model, filter, context) => {
    const { projection } = model.radius;
    return (await listFlowsOf(context, model, filter)).map(({ holder, lab, ...figures }) => ({
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

export const RadiusSubgraph: RadiusSubgraphResolvers = {
  nodes: async ({ model, value }, _, context) =>
    (await askNodes(context, model, value)).map(({ node, reached, exposed, worstCaseLossUsd }) => ({
      node: { projection: model.radius.projection, value: node },
      hops: reached?.hops ?? null,
      likelihood: reached?.likelihood ?? null,
      tier: exposed?.tier ?? null,
      basis: exposed?.basis ?? null,
      worstCaseLossUsd,
    })),
  links: ({
    model: {
      radius: { projection },
    },
    value,
  }) => value.links.map(({ link, tier, isSpread }) => ({ link: { projection, value: link }, tier, isSpread })),
  ...readFrom('value', 'omittedCount'),
};

/* Resolvers for the rows in the lists of a radius. */

const maxWays = 100;
const maxHolders = 100;
const maxChain = 100;

export const ReachedOrganization: ReachedOrganizationResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  ...readFrom('value', 'hops', 'isSuspected', 'likelihood'),
  path: ({ projection, value }) => value.path.map((step) => ({ projection, value: step })),
};

export const SpreadStep: SpreadStepResolvers = {
  from: ({ projection, value }) => organizationAt(projection, value.from),
  to: ({ projection, value }) => organizationAt(projection, value.to),
  likelihood: ({ value }) => value.likelihood,
  access: ({ projection, value }) => (value.access < 0 ? null : accessAt(projection, value.access)),
};

export const ExposedArtifact: ExposedArtifactResolvers = {
  artifact: ({ model, value }) => artifactAt(model.radius.projection, value.artifact),
  ...readFrom('value', 'tier', 'basis', 'portion', 'exposedPortion', 'isUsable'),
  holders: ({ model, value }, args) => {
    const { projection } = model.radius;
    const identity = { list: 'ExposedArtifact.holders', question: [model.question, value.artifact], revision: projection.revision };
    return pageOfArray(identity, args, value.holders, (holder) => ({ projection, value: holder }));
  },
  holderCount: ({ value }) => value.holders.length,
  copiesByHolder: ({ model, value }, { first }) =>
    value.copiesByHolder.slice(0, checkCount('first', first ?? 50, 0, maxHolders)).map(({ holder, copies, tier }) => ({
      holder: organizationAt(model.radius.projection, holder.organization),
      tier,
      count: copies.length,
    })),
  ...readFrom('value', 'likelihood', 'weightedShare', 'worstCaseLossUsd', 'weightedLossUsd', 'records', 'bytes'),
  ways: ({ model, value }, { first }) => value.ways(checkCount('first', first ?? 10, 0, maxWays)).map((way) => ({ model, value: way })),
  wayCount: ({ value }) => value.wayCount,
  assessment: ({ model, value }) => {
    const { projection } = model.radius;
    const assessment = model.assessments.get(projection.artifacts.id.get(value.artifact));
    return assessment === undefined ? null : { projection, artifact: value.artifact, assessment };
  },
};

export const WayIn: WayInResolvers = {
  copy: ({ model, value }) => copyAt(model.radius.projection, value.copy, model.radius.scenario, value.isEncrypted),
  tier: ({ value }) => value.tier,
  holder: ({ model, value }) => ({ projection: model.radius.projection, value: value.holder }),
  reveals: ({ model, value }) => value.reveals.map((reveals) => revealsAt(model.radius.projection, reveals)),
  chance: ({ value }) => value.chance,
  yieldShare: ({ value }) => value.yieldShare,
  because: ({ model, value }) => explainWay(model.radius, value),
};

export const AffectedLab: AffectedLabResolvers = {
  lab: ({ projection, value }) => organizationAt(projection, value.lab),
  ...readFrom('value', 'exposedCount', 'possibleCount', 'containedCount', 'worstCaseLossUsd', 'weightedLossUsd'),
};

export const Dependent: DependentResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  rank: ({ value }) => value.rank,
  path: ({ projection, value }) => value.path.map((engagement) => engagementAt(projection, engagement)),
  isFormer: ({ value }) => value.isFormer,
  isBlindSpot: ({ value }) => value.isBlindSpot,
};

export const IntegrityRadius: IntegrityRadiusResolvers = {
  labs: ({ model, value }, args) => {
    const { projection } = model.radius;
    const identity = { list: 'IntegrityRadius.labs', question: model.question, revision: projection.revision };
    return pageOfArray(identity, args, value.labs, (lab) => organizationAt(projection, lab));
  },
  tainted: ({ model, value }, args) => {
    const { projection } = model.radius;
    const identity = { list: 'IntegrityRadius.tainted', question: model.question, revision: projection.revision };
    return pageOfArray(identity, args, value.tainted, (tainted) => ({ projection, value: tainted }));
  },
};

export const TaintedHolding: TaintedHoldingResolvers = {
  artifact: ({ projection, value }) => artifactAt(projection, value.artifact),
  holder: ({ projection, value }) => organizationAt(projection, value.holder),
  since: ({ value }) => value.since,
  isSinceKnown: ({ value }) => value.isSinceKnown,
  firstDated: ({ value }) => value.firstDated ?? null,
  isSuspected: ({ value }) => value.isSuspected,
  chain: ({ projection, value }) => value.chain(maxChain).map((transfer) => transferAt(projection, transfer)),
  chainLength: ({ value }) => value.chainLength,
};

export const Action: ActionResolvers = {
  kind: ({ value }) => value.kind,
  organization: ({ projection, value }) => (value.kind === 'REVOKE_ACCESS' ? null : organizationAt(projection, value.organization)),
  access: ({ projection, value }) => (value.kind === 'REVOKE_ACCESS' ? accessAt(projection, value.access) : null),
  owner: ({ projection, value }) => ('owner' in value && value.owner >= 0 ? organizationAt(projection, value.owner) : null),
  at: ({ value }) => value.at,
};
