import { type MergeOutcome, mergeOrganizations, unmergeOrganizations } from '../../../questions/merge-organizations.ts';
import type { Context } from '../../context.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { oneById } from './one-by-id.ts';

export const mergeMutations = {
  mergeOrganizations: async (_, { input: { organization, into } }, context) => {
    const { store } = context.questions;
    return toPayload(context, into, await mergeOrganizations(store, organization, into, { by: context.by, at: context.now }));
  },
  unmergeOrganizations: async (_, { input: { organization } }, context) => {
    const { store } = context.questions;
    return toPayload(context, organization, await unmergeOrganizations(store, organization, { by: context.by, at: context.now }));
  },
} satisfies MutationResolvers;

/** @param shown the id of the organization in the payload; its facts are read after the write */
async function toPayload(context: Context, shown: string, { revision, refusal }: MergeOutcome) {
  if (refusal !== null) {
    const { code, field, message } = refusal;
    return { revision, organization: null, userErrors: [{ code, message, path: ['input', field] }] };
  }
  context.seeWrites();
  return { revision, organization: oneById(await context.facts(), 'organizations', shown, organizationAt), userErrors: [] };
}
