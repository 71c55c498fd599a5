import { ExposureError } from '../../domain/errors.ts';
import { hasLoneSurrogate } from '../../domain/fact-rules.ts';
import { pairKey } from '../../domain/facts.ts';
import { askHiddenByMerge, askHistory, askHistoryQuestion } from '../../questions/explore/ask-history.ts';
import type { MergeOutcome } from '../../questions/merge-organizations.ts';
import { checkMerge, findMergeAuthor, listMerges, mergeOrganizations, unmergeOrganizations } from '../../questions/merge-organizations.ts';
import { resolveMergedId } from '../../questions/resolved-ids.ts';
import type { HistoryScope } from '../../store/fact-store.ts';
import type { Context } from '../context.ts';
import type { FactChangeResolvers, FactRef, MutationResolvers, QueryResolvers } from '../generated/resolvers.ts';
import { organizationAt, readFrom } from '../models.ts';
import { readPage, toConnection } from '../page.ts';
import { factsByKey, nameReferences, oneById } from './facts-by-key.ts';

export const historyQueries = {
  history: async (_, { of, sinceRevision, first, after }, context) => {
    if (of && typeof sinceRevision === 'number') {
      throw new ExposureError(
        'BAD_USER_INPUT',
        'of and sinceRevision are both given; use of for the history of one fact, or sinceRevision for all changes after a revision.',
      );
    }
    const question = await askHistoryQuestion(context, of ? toScope(of) : { sinceRevision: sinceRevision ?? 0 });
    const identity = { list: 'Query.history', question: question.scope, revision: question.until };
    const { offset, limit } = readPage(identity, { first, after });
    const { changes, totalCount } = await askHistory(context, question, offset, limit);
    return toConnection(
      identity,
      offset,
      changes.map((change) => ({ change })),
      totalCount,
    );
  },
} satisfies QueryResolvers;

function toScope(of: FactRef): HistoryScope {
  if (typeof of.organization === 'string') return { kind: 'ORGANIZATION', key: of.organization };
  if (typeof of.artifact === 'string') return { kind: 'ARTIFACT', key: of.artifact };
  if (typeof of.transfer === 'string') return { kind: 'TRANSFER', key: of.transfer };
  if (typeof of.access === 'string') return { kind: 'ACCESS', key: of.access };
  if (typeof of.engagement === 'string') return { kind: 'ENGAGEMENT', key: of.engagement };
  if (of.reveals) return { kind: 'REVEALS', key: wellFormedPair(of.reveals.artifact, of.reveals.reveals) };
  const control = of.control;
  if (!control) throw new ExposureError('BAD_USER_INPUT', 'of names no fact; name exactly one.');
  return { kind: 'CONTROL', key: wellFormedPair(control.organization, control.control) };
}

/** Throws BAD_USER_INPUT for a key that is not valid Unicode: no fact can have it. */
function wellFormedPair(first: string, second: string): string {
  if (hasLoneSurrogate(first + second))
    throw new ExposureError('BAD_USER_INPUT', 'The key contains a lone surrogate; expected valid Unicode.');
  return pairKey(first, second);
}

export const FactChange: FactChangeResolvers = {
  kind: ({ change }) => change.change,
  factKind: ({ change }) => change.kind,
  factId: ({ change }) => change.key,
  ...readFrom('change', 'name', 'file', 'line', 'source'),
  fields: ({ change }, _, context) => nameReferences(context, change.kind, change.fields),
  ...readFrom('change', 'revision', 'at', 'by'),
  import: async ({ change }, _, context) => (change.importId === null ? null : ((await context.findImport(change.importId)) ?? null)),
};

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
