import { askHiddenByMerge } from '../../../questions/ask-hidden-by-merge.ts';
import {
  checkMerge,
  findMergeAuthor,
  listMerges,
  type MergeOutcome,
  mergeOrganizations,
  unmergeOrganizations,
} from '../../../questions/merge-organizations.ts';
import { resolveMergedId } from '../../../questions/resolved-ids.ts';
import type { Context } from '../../context.ts';
import type { MutationResolvers, QueryResolvers } from '../../generated/resolvers.ts';
import { organizationAt } from '../../models.ts';
import { readPage, toConnection } from '../../page.ts';
import { factsByKey } from './facts-by-key.ts';
import { oneById } from './one-by-id.ts';

export const mergeQueries = {
  hiddenByMerge: async (_, { organization, into, first, after }, context) => {
    const { store } = context.questions;
    const { revision } = await context.facts();
    const isRefused = (await checkMerge(store, organization, into)) !== null;
    const hidden = isRefused ? [] : await askHiddenByMerge(context, organization, into);
    const identity = { list: 'Query.hiddenByMerge', question: [organization, into], revision };
    const { offset, limit } = readPage(identity, { first, after });
    const facts = await factsByKey(context, hidden.slice(offset, offset + limit));
    return toConnection(identity, offset, facts, hidden.length);
  },
  merges: async (_, { into, first, after }, context) => {
    const { store } = context.questions;
    const projection = await context.facts();
    const all = await listMerges(store, context.knownAt);
    const resolved = typeof into === 'string' ? await resolveMergedId(context, projection, into) : undefined;
    const merges = resolved === undefined ? all : all.filter((merge) => merge.into === resolved);
    const identity = { list: 'Query.merges', question: into ?? null, revision: projection.revision };
    const { offset, limit } = readPage(identity, { first, after });
    const nodes = [];
    for (const { id, name, into: resolved } of merges.slice(offset, offset + limit)) {
      const organization = oneById(projection, 'organizations', resolved, organizationAt);
      if (organization !== null) nodes.push({ id, name, into: organization, ...(await findMergeAuthor(store, id)) });
    }
    return toConnection(identity, offset, nodes, merges.length);
  },
} satisfies QueryResolvers;

export const mergeMutations = {
  mergeOrganizations: async (_, { input: { organization, into } }, context) => {
    const { store } = context.questions;
    const author = { by: context.by, at: context.now };
    // A request may hold many merges. When its client leaves, those that it has not reached are not made.
    return toPayload(context, into, await mergeOrganizations(store, organization, into, author, context.limit.signal));
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
  // An import that is about to be shown comes before this merge.
  await context.questions.current.shown();
  context.seeWrites();
  return { revision, organization: oneById(await context.facts(), 'organizations', shown, organizationAt), userErrors: [] };
}
