import { explainWay } from '../../../exposure/radius/because.ts';
import { checkCount } from '../../../questions/check-count.ts';
import type {
  AffectedLabResolvers,
  DependentResolvers,
  ExposedArtifactResolvers,
  IntegrityRadiusResolvers,
  ReachedOrganizationResolvers,
  SpreadStepResolvers,
  TaintedHoldingResolvers,
  WayInResolvers,
} from '../../generated/resolvers.ts';
import { accessAt, artifactAt, copyAt, engagementAt, organizationAt, revealsAt, transferAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';

/* Resolvers for the rows in the lists of a radius. */

const maxWays = 100;
const maxChain = 100;

export const ReachedOrganization: ReachedOrganizationResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  hops: ({ value }) => value.hops,
  likelihood: ({ value }) => value.likelihood,
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
  tier: ({ value }) => value.tier,
  basis: ({ value }) => value.basis,
  portion: ({ value }) => value.portion,
  exposedPortion: ({ value }) => value.exposedPortion,
  isUsable: ({ value }) => value.isUsable,
  holders: ({ model, value }, args) => {
    const { projection } = model.radius;
    const identity = { list: 'ExposedArtifact.holders', question: [model.question, value.artifact], revision: projection.revision };
    return pageOfArray(identity, args, value.holders, (holder) => ({ projection, value: holder }));
  },
  likelihood: ({ value }) => value.likelihood,
  weightedShare: ({ value }) => value.weightedShare,
  worstCaseLossUsd: ({ value }) => value.worstCaseLossUsd,
  weightedLossUsd: ({ value }) => value.weightedLossUsd,
  records: ({ value }) => value.records,
  bytes: ({ value }) => value.bytes,
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
  exposedCount: ({ value }) => value.exposedCount,
  possibleCount: ({ value }) => value.possibleCount,
  containedCount: ({ value }) => value.containedCount,
  worstCaseLossUsd: ({ value }) => value.worstCaseLossUsd,
  weightedLossUsd: ({ value }) => value.weightedLossUsd,
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
  chain: ({ projection, value }) => value.chain(maxChain).map((transfer) => transferAt(projection, transfer)),
  chainLength: ({ value }) => value.chainLength,
};
