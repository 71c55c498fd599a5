import { compareCodePoints } from '../../domain/compare.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactStore, HistoryPage, HistoryScope } from '../../store/fact-store.ts';
import type { Asker } from '../asker.ts';
import { keepHiddenByMerge } from '../merge-organizations.ts';
import { resolveMergedId } from '../resolved-ids.ts';
import type { FactList } from './ask-facts.ts';
import { askAccess, askEngagements, askTransfers } from './ask-facts.ts';

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

interface FactKey {
  readonly kind: FactKind;
  readonly key: string;
}

/**
 * The facts that a merge would hide, by kind, then key: those between the two organizations. Read from the projection, so that the
 * preview of a merge takes as long in a large store as in a small one.
 *
 * An organization that is merged already leaves the one that it means. Only its own facts count then, and only the store knows them.
 */
export async function askHiddenByMerge(asker: Asker, organization: string, into: string): Promise<FactKey[]> {
  const projection = await asker.facts();
  const [from, to] = [await resolveMergedId(asker, projection, organization), await resolveMergedId(asker, projection, into)];
  if (from === to) return [];
  const hidden: FactKey[] = [];
  for (const kind of ['ENGAGEMENT', 'TRANSFER', 'ACCESS'] as const) {
    const keys = [...(await listBetween(asker, kind, from, to)), ...(await listBetween(asker, kind, to, from))];
    const kept = from === organization ? keys : await keepHiddenByMerge(asker.questions.store, kind, keys, organization, into);
    hidden.push(...kept.sort(compareCodePoints).map((key) => ({ kind, key })));
  }
  return hidden;
}

async function listBetween(asker: Asker, kind: 'TRANSFER' | 'ACCESS' | 'ENGAGEMENT', from: string, to: string): Promise<string[]> {
  switch (kind) {
    case 'TRANSFER':
      return idsOf(await askTransfers(asker, { sender: from, recipient: to }), 'transfers');
    case 'ACCESS':
      return idsOf(await askAccess(asker, { grantee: from, grantor: to }), 'access');
    case 'ENGAGEMENT':
      return idsOf(await askEngagements(asker, { client: from, provider: to }), 'engagements');
    default:
      return kind satisfies never;
  }
}

function idsOf({ projection, rows }: FactList, table: 'transfers' | 'access' | 'engagements'): string[] {
  return Array.from(rows.slice(0, rows.length), (row) => projection[table].id.get(row));
}
