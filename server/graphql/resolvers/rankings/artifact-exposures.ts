import type { Projection } from '../../../projection/projection.ts';
import type { SettingsQuestion } from '../../../questions/rankings/ask-exposures.ts';
import { askArtifactExposure, askExposures, settingsAt } from '../../../questions/rankings/ask-exposures.ts';
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
import { pageOrProgress } from '../../page-or-progress.ts';

const list = 'Query.artifactExposures';

export const artifactExposureQueries = {
  artifactExposures: async (_, { core, widest, options, owners, first, after }, context, info) => {
    const projection = await context.facts();
    const asked = { list, question: { core, widest, options }, after };
    return pageOrProgress(context, info, projection, asked, async (instant, patienceMs) => {
      const settings = settingsAt({ core, widest, options }, instant);
      const rows = await askExposures(context, projection, settings, owners, patienceMs);
      const identity = { list, question: { settings, owners }, revision: revisionAt(projection.revision, instant) };
      return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
    });
  },
} satisfies QueryResolvers;

/** Throws BAD_USER_INPUT (a window, an option), LIMIT_EXCEEDED. */
export function exposureOf(projection: Projection, artifact: number, question: SettingsQuestion, context: Context): ExposureModel {
  return { projection, artifact, now: context.now, question, exposure: askArtifactExposure(context, projection, artifact, question) };
}

const exposureList = 'Exposure.organizations';

export const Exposure: ExposureResolvers = {
  organizations: ({ projection, artifact, now, question, exposure }, { first, after }) => {
    const instant = findInstantOfCursor(exposureList, after) ?? now;
    const identity = {
      list: exposureList,
      question: [projection.artifacts.id.get(artifact), question],
      revision: revisionAt(projection.revision, instant),
    };
    return pageOfArray(identity, { first, after }, exposure.at(instant), (value) => ({ projection, value }));
  },
  count: ({ now, exposure }) => exposure.at(now).length,
  share: ({ now, exposure }) => exposure.shareAt(now),
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
