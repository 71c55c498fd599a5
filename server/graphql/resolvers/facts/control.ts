import { evidenceTypes } from '../../../domain/facts.ts';
import { askControls } from '../../../questions/explore/ask-facts.ts';
import { toInstant } from '../../date-time.ts';
import type { ControlResolvers, EvidenceType, QueryResolvers } from '../../generated/resolvers.ts';
import { controlAt, organizationAt } from '../../models.ts';
import { pageOfArray } from '../../page.ts';

export const controlQueries = {
  controls: async (_, { first, after, organization, issuer }, context) => {
    const { projection, rows } = await askControls(context, { organization, issuer });
    const identity = { list: 'Query.controls', question: { organization, issuer }, revision: projection.revision };
    return pageOfArray(identity, { first, after }, rows, (i) => controlAt(projection, i));
  },
} satisfies QueryResolvers;

export const Control: ControlResolvers = {
  organization: ({ projection, index }) => organizationAt(projection, projection.controls.organization[index] as number),
  control: ({ projection, index }) => projection.controls.control.get(index) as string,
  evidenceType: ({ projection, index }) => evidenceTypes[projection.controls.evidenceType[index] as number] as EvidenceType,
  issuedAt: ({ projection, index }) => toInstant(projection.controls.issuedAt[index] as number),
  expiresAt: ({ projection, index }) => toInstant(projection.controls.expiresAt[index] as number),
  issuer: ({ projection, index }) => {
    const issuer = projection.controls.issuer[index] as number;
    return issuer < 0 ? null : organizationAt(projection, issuer);
  },
  provenance: (control) => control,
};
