import { askControlGaps } from '../../../questions/rankings/ask-control-gaps.ts';
import type { ControlGapResolvers, MissingControlResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { controlAt, organizationAt } from '../../models.ts';
import { findInstantOfCursor, pageOfArray, revisionAt } from '../../page.ts';

const list = 'Query.controlGaps';

export const controlGapQueries = {
  controlGaps: async (_, { asOf, withoutIssuers, first, after }, context) => {
    const projection = await context.facts();
    const instant = asOf ?? findInstantOfCursor(list, after) ?? context.now;
    const rows = await askControlGaps(context, projection, instant, withoutIssuers);
    const identity = { list, question: { withoutIssuers }, revision: revisionAt(projection.revision, instant) };
    return pageOfArray(identity, { first, after }, rows, (value) => ({ projection, value }));
  },
} satisfies QueryResolvers;

export const ControlGap: ControlGapResolvers = {
  organization: ({ projection, value }) => organizationAt(projection, value.organization),
  highestSensitivity: ({ value }) => value.highestSensitivity,
  because: ({ value }) => value.because,
  required: ({ value }) => [...value.required],
  met: ({ value }) => [...value.met],
  missing: ({ projection, value }) => value.missing.map((missing) => ({ projection, value: missing })),
};

export const MissingControl: MissingControlResolvers = {
  control: ({ value }) => value.control,
  leastEvidence: ({ value }) => value.leastEvidence,
  reason: ({ value }) => value.reason,
  held: ({ projection, value }) => (value.held < 0 ? null : controlAt(projection, value.held)),
};
