import { accessKinds } from '../../../domain/facts.ts';
import { askAccess } from '../../../questions/explore/ask-facts.ts';
import { toInstant } from '../../date-time.ts';
import type { AccessKind, AccessResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { accessAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';
import { oneById } from './one-by-id.ts';
import { resolveOptionalTexts } from './optional-texts.ts';

export const accessQueries = {
  access: async (_, { id }, context) => oneById(await context.factsWith('ACCESS', [id]), 'access', id, accessAt),
  accessFacts: async (_, { first, after, grantee, grantor, software }, context) => {
    const question = { grantee, grantor, software };
    const { projection, rows } = await askAccess(context, question);
    const identity = { list: 'Query.accessFacts', question, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => accessAt(projection, i));
  },
} satisfies QueryResolvers;

export const Access: AccessResolvers = {
  id: ({ projection, index }) => projection.access.id.get(index),
  grantee: ({ projection, index }) => organizationAt(projection, projection.access.grantee[index] as number),
  grantor: ({ projection, index }) => organizationAt(projection, projection.access.grantor[index] as number),
  kind: ({ projection, index }) => accessKinds[projection.access.accessKind[index] as number] as AccessKind,
  likelihood: ({ projection, index }) => projection.access.likelihood[index] as number,
  validFrom: ({ projection, index }) => toInstant(projection.access.validFrom[index] as number),
  validUntil: ({ projection, index }) => toInstant(projection.access.validUntil[index] as number),
  ...resolveOptionalTexts('ACCESS'),
  provenance: (access) => access,
};
