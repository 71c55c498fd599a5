import { ExposureError } from '../../../domain/errors.ts';
import { pairKey } from '../../../domain/facts.ts';
import { hasLoneSurrogate } from '../../../domain/field-rules.ts';
import { askHistory, askHistoryQuestion } from '../../../questions/explore/ask-history.ts';
import type { HistoryScope } from '../../../store/fact-store.ts';
import type { FactChangeResolvers, FactRef, QueryResolvers } from '../../generated/resolvers.ts';
import { readPage, toConnection } from '../../page.ts';

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
  name: ({ change }) => change.name,
  file: ({ change }) => change.file,
  line: ({ change }) => change.line,
  fields: ({ change }) => [...change.fields],
  revision: ({ change }) => change.revision,
  at: ({ change }) => change.at,
  by: ({ change }) => change.by,
  import: async ({ change }, _, context) => (change.importId === null ? null : ((await context.findImport(change.importId)) ?? null)),
};
