import type { RadiusQuestion } from '../../../exposure/radius/resolve-radius-input.ts';
import { resolveSettings } from '../../../exposure/radius/resolve-radius-input.ts';
import type { ExposingOrganization as Exposing } from '../../../exposure/rankings/artifact-exposure.ts';
import { findExposing, shareOf } from '../../../exposure/rankings/artifact-exposure.ts';
import type { Projection } from '../../../projection/projection.ts';
import { askExposures } from '../../../questions/ask-exposures.ts';
import type { Context } from '../../context.ts';
import type {
  ArtifactExposureResolvers,
  ExposingOrganizationResolvers,
  ExposureResolvers,
  QueryResolvers,
} from '../../generated/resolvers.ts';
import type { ExposureModel } from '../../models.ts';
import { artifactAt, organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.artifactExposures';

export const artifactExposureQueries = {
  artifactExposures: async (_, { core, widest, options, owners, first, after }, context) => {
    const { projection } = await context.snapshot();
    const instant = findInstantOfCursor(list, after) ?? context.now;
    const settings = resolveSettings({ core, widest, options }, undefined, instant);
    const rows = await askExposures(context.services, projection, settings, owners, context.limits());
    const identity = { list, question: { settings, owners }, revision: revisionAt(projection.revision, instant) };
    return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

type Question = Pick<RadiusQuestion, 'core' | 'widest' | 'options'>;

/** Throws BAD_USER_INPUT (a window, an option), LIMIT_EXCEEDED. */
export function exposureOf(projection: Projection, artifact: number, question: Question, context: Context): ExposureModel {
  context.needAllFacts();
  const known = new Map<number, readonly Exposing[]>();
  const exposingAt = (instant: number): readonly Exposing[] => {
    context.checkTime();
    const exposing = known.get(instant) ?? findExposing(projection, resolveSettings(question, undefined, instant), artifact);
    known.set(instant, exposing);
    return exposing;
  };
  exposingAt(context.now);
  return { projection, artifact, now: context.now, question, exposingAt };
}

const exposureList = 'Exposure.organizations';

export const Exposure: ExposureResolvers = {
  organizations: ({ projection, artifact, now, question, exposingAt }, { first, after }) => {
    const instant = findInstantOfCursor(exposureList, after) ?? now;
    const identity = {
      list: exposureList,
      question: [projection.artifacts.id.get(artifact), question],
      revision: revisionAt(projection.revision, instant),
    };
    return pageOfArray(identity, { first, after }, exposingAt(instant), (value) => ({ projection, value }));
  },
  count: ({ now, exposingAt }) => exposingAt(now).length,
  share: ({ projection, now, exposingAt }) => shareOf(exposingAt(now).length, projection.organizations.count - 1),
};

export const ArtifactExposure: ArtifactExposureResolvers = {
  artifact: ({ projection, value }) => artifactAt(projection, value.artifact),
  count: ({ value }) => value.count,
  share: ({ value }) => value.share,
};

export const ExposingOrganization: ExposingOrganizationResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  tier: ({ value }) => value.tier,
  likelihood: ({ value }) => value.likelihood,
};
