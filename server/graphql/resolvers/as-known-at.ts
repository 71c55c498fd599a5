import { ExposureError } from '../../domain/errors.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const asKnownAtQueries = {
  asKnownAt: async (_, { instant }, context, { path }) => {
    if (context.knownAt !== null || path.prev !== undefined) {
      throw new ExposureError('BAD_USER_INPUT', 'asKnownAt is nested in another asKnownAt; use each at the root of the query.');
    }
    await context.openPast(String(path.key), instant);
    return {};
  },
} satisfies QueryResolvers;
