import { useEffect } from 'react';
import {
  DeleteWatchDocument,
  InboxCountDocument,
  ReadEventsDocument,
  WatchesDocument,
  type WatchesQuery,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorCode, errorSentence } from '../../shared/graphql/error-sentence.ts';
import { SharedValue, useShared } from '../../shared/ui/shared-value.ts';

export type ListedWatch = WatchesQuery['watches']['edges'][number]['node'];

/** The facts of the inbox that every part of the page knows. */
interface InboxState {
  /** Null: not known yet. */
  readonly unreadCount: number | null;
  readonly totalCount: number;
  /** The latest event; null: there is none. */
  readonly latest: string | null;
  /** Since when the server does not answer; null: it does. */
  readonly missingSince: string | null;
  /** The marks that the reader has set since the lists were read. */
  readonly marked: ReadonlyMap<string, boolean>;
  /** The reader's watches, by name; null: not read yet. */
  readonly watches: readonly ListedWatch[] | null;
  /** How many watches the reader has deleted since the page was opened: their events are gone from the lists. */
  readonly deletions: number;
  /** Why the watches could not be read. */
  readonly watchesProblem: string | null;
}

const inbox = new SharedValue<InboxState>({
  ...{ unreadCount: null, totalCount: 0, latest: null, missingSince: null, marked: new Map(), watches: null, watchesProblem: null },
  deletions: 0,
});

const change = (next: Partial<InboxState>): void => inbox.set({ ...inbox.current, ...next });

/** The inbox as last heard of. */
export const useInbox = (): InboxState => useShared(inbox);

/** Rises with each question for the counts and each mark, so that a late answer does not undo what came after it was asked. */
let turn = 0;

/** Asks how many events are unread. A server that is silent is as good as away. */
export async function refreshInbox(): Promise<void> {
  const mine = ++turn;
  try {
    const { data } = await client.query({ query: InboxCountDocument, context: { fetchOptions: { signal: AbortSignal.timeout(8000) } } });
    if (data === undefined || turn !== mine) return;
    const { totalCount, unreadCount, edges } = data.events;
    const latest = edges[0]?.node.id ?? null;
    const isSame = latest === inbox.current.latest && totalCount === inbox.current.totalCount && unreadCount === inbox.current.unreadCount;
    if (isSame && inbox.current.missingSince === null) return;
    // Marks that somebody else has set meanwhile are in the lists that are read now.
    change({ totalCount, unreadCount, latest, missingSince: null });
    if (!isSame) void refreshWatches();
  } catch (error) {
    if (errorCode(error) !== 'UNAUTHENTICATED' && inbox.current.missingSince === null) change({ missingSince: new Date().toISOString() });
  }
}

let reading: Promise<void> | null = null;
let readingNext: Promise<void> | null = null;

/** Reads the reader's watches, once at a time. An answer that is under way may be of before a change, so it is followed by another. */
export function refreshWatches(): Promise<void> {
  if (reading !== null) {
    readingNext ??= reading.then(() => {
      readingNext = null;
      return refreshWatches();
    });
    return readingNext;
  }
  reading = client
    .query({ query: WatchesDocument })
    .then(
      ({ data }) => change({ watches: data?.watches.edges.map(({ node }) => node) ?? [], watchesProblem: null }),
      (error: unknown) => change({ watchesProblem: errorSentence(error) }),
    )
    .finally(() => {
      reading = null;
    });
  return reading;
}

/** The watches, read when a part of the page first asks for them. */
export function useWatches(): readonly ListedWatch[] | null {
  const { watches } = useInbox();
  useEffect(() => {
    if (inbox.current.watches === null) void refreshWatches();
  }, []);
  return watches;
}

let marking: Promise<unknown> = Promise.resolve();

/** Marks events as read or unread: on the page at once, on the server one after the other. @returns a sentence if they could not be */
export function markEvents(ids: readonly string[], isRead: boolean): Promise<string | null> {
  const before = inbox.current.marked;
  turn++;
  change({ marked: new Map([...before, ...ids.map((id) => [id, isRead] as const)]) });
  const sent = marking.then(async () => {
    try {
      const { data } = await client.mutate({ mutation: ReadEventsDocument, variables: { ids: [...ids], isRead } });
      turn++;
      change({ unreadCount: data?.readEvents.unreadCount ?? inbox.current.unreadCount });
      return null;
    } catch (error) {
      change({ marked: withMarksOf(before, ids) });
      return errorSentence(error);
    }
  });
  marking = sent;
  return sent;
}

/** The marks, with those of some events as they were. */
function withMarksOf(before: ReadonlyMap<string, boolean>, ids: readonly string[]): ReadonlyMap<string, boolean> {
  const marked = new Map(inbox.current.marked);
  for (const id of ids) {
    const was = before.get(id);
    if (was === undefined) marked.delete(id);
    else marked.set(id, was);
  }
  return marked;
}

/** Deletes a watch and its events. @returns a sentence if it could not be */
export async function deleteWatch(id: string): Promise<string | null> {
  try {
    const { data } = await client.mutate({ mutation: DeleteWatchDocument, variables: { id } });
    await Promise.all([refreshWatches(), refreshInbox()]);
    change({ deletions: inbox.current.deletions + 1 });
    return data?.deleteWatch.userErrors[0]?.message ?? null;
  } catch (error) {
    return errorSentence(error);
  }
}
