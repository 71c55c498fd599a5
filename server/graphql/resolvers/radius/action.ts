import type { ActionResolvers } from '../../generated/resolvers.ts';
import { accessAt, organizationAt } from '../../models.ts';

export const Action: ActionResolvers = {
  kind: ({ value }) => value.kind,
  organization: ({ projection, value }) => (value.kind === 'REVOKE_ACCESS' ? null : organizationAt(projection, value.organization)),
  access: ({ projection, value }) => (value.kind === 'REVOKE_ACCESS' ? accessAt(projection, value.access) : null),
  owner: ({ projection, value }) => ('owner' in value && value.owner >= 0 ? organizationAt(projection, value.owner) : null),
  at: ({ value }) => value.at,
};
