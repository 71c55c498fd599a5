import { ExposureError } from '../../domain/errors.ts';
import type { FactStore, HistoryPage, HistoryScope } from '../../store/fact-store.ts';
import type { Asker } from '../asker.ts';

/** The most changes read of one fact. */
const longestHistory = 100_000;

/** Asks for the changes of one fact, or for all after a revision. The asker sees no changes after revision `until`. */
export interface HistoryQuestion {
  readonly scope: HistoryScope;
  readonly until: number;
}

/** Throws BAD_USER_INPUT, STORE_UNAVAILABLE. */
export async function askHistoryQuestion(asker: Asker, scope: HistoryScope): Promise<HistoryQuestion> {
  if ('sinceRevision' in scope && scope.sinceRevision < 0) {
    throw new ExposureError('BAD_USER_INPUT', `sinceRevision is ${scope.sinceRevision}; expected 0 or more.`);
  }
  return { scope, until: asker.knownAt === null ? await asker.questions.current.readRevision() : (await asker.facts()).revision };
}

/** Throws QUERY_TIMEOUT, STORE_UNAVAILABLE. */
export function askHistory(asker: Asker, question: HistoryQuestion, offset: number, limit: number): Promise<HistoryPage> {
  return asker.read(readHistory(asker.questions.store, question, offset, limit));
}

async function readHistory(store: FactStore, { scope, until }: HistoryQuestion, offset: number, limit: number): Promise<HistoryPage> {
  if ((await store.readRevision()) === until) return store.readHistory(scope, offset, limit);
  // The latest changes come first. Skip those after `until`.
  const later = await countLater(store, scope, until);
  const { changes, totalCount } = await store.readHistory(scope, later + offset, limit);
  return { changes, totalCount: totalCount - later };
}

async function countLater(store: FactStore, scope: HistoryScope, until: number): Promise<number> {
  if ('sinceRevision' in scope) return (await store.readHistory({ sinceRevision: Math.max(until, scope.sinceRevision) }, 0, 0)).totalCount;
  const { changes } = await store.readHistory(scope, 0, longestHistory);
  return changes.filter(({ revision }) => revision !== null && revision > until).length;
}
