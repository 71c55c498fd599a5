import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventLineFragment, InboxQueryVariables } from '../../shared/generated/operations.ts';
import { InboxDocument, UnreadEventsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useLocationPart } from '../../shared/url/location.ts';
import { markEvents, useInbox } from './inbox-store.ts';

/** Which events are listed. */
export type EventFilter = Pick<InboxQueryVariables, 'unreadOnly' | 'watch' | 'kinds'>;

interface Loaded {
  readonly rows: readonly EventLineFragment[];
  readonly totalCount: number;
  readonly next: string | null;
  /** The inbox when the list was read; null: it was not known yet. */
  readonly at: { readonly latest: string | null; readonly totalCount: number } | null;
}

export interface EventRows {
  /** Null: the first page is on its way, or failed. */
  readonly loaded: Loaded | null;
  readonly isLoading: boolean;
  readonly problem: string | null;
  /** How many events came since the list was read. */
  readonly newCount: number;
  readonly reload: () => void;
  readonly more: () => void;
  /** Marks all events that the filter lists, the loaded ones or not. Resolves with a sentence if they could not be marked. */
  readonly markAll: () => Promise<string | null>;
}

/**
 * The events of the inbox, page by page. New events do not move what is read: the list stays until the reader asks for them. An empty list has
 * nothing to move, so it is read again.
 */
export function useEvents(filter: EventFilter): EventRows {
  const inbox = useInbox();
  const [loaded, setLoaded] = useState<(Loaded & { readonly key: string }) | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const redact = useLocationPart(({ params }) => params.get('redact'));
  const key = JSON.stringify([filter, redact, inbox.deletions]);
  const latest = useRef({ key, filter, inbox });
  latest.current = { key, filter, inbox };
  const turn = useRef(0);

  const load = useCallback(async (after: string | null) => {
    const { key: asked, filter: variables, inbox: known } = latest.current;
    const mine = ++turn.current;
    setLoading(true);
    setProblem(null);
    try {
      const { data } = await client.query({ query: InboxDocument, variables: { ...variables, after } });
      if (turn.current !== mine || data === undefined) return;
      const { edges, totalCount, pageInfo } = data.events;
      const rows = edges.map(({ node }) => node);
      setLoaded((before) => ({
        key: asked,
        rows: after === null || before?.key !== asked ? rows : [...before.rows, ...rows],
        totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
        at: after !== null && before !== null ? before.at : known.unreadCount === null ? null : known,
      }));
    } catch (error) {
      if (turn.current === mine) setProblem(errorSentence(error));
    } finally {
      if (turn.current === mine) setLoading(false);
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list.
  useEffect(() => {
    void load(null);
  }, [key, load]);

  const current = loaded?.key === key ? loaded : null;
  const at = current?.at;
  const isBehind = at != null && inbox.latest !== null && inbox.latest !== at.latest && inbox.latest !== current?.rows[0]?.id;
  const isEmpty = current?.rows.length === 0;
  useEffect(() => {
    if (inbox.unreadCount !== null) setLoaded((before) => (before === null || before.at !== null ? before : { ...before, at: inbox }));
  }, [inbox]);
  useEffect(() => {
    if (isBehind && isEmpty) void load(null);
  }, [isBehind, isEmpty, load]);
  return {
    loaded: current,
    isLoading,
    problem,
    newCount: isBehind && !isEmpty ? Math.max(1, inbox.totalCount - (at?.totalCount ?? 0)) : 0,
    reload: () => void load(null),
    more: () => current?.next != null && void load(current.next),
    markAll: () => markAllUnread(filter),
  };
}

async function markAllUnread({ watch, kinds }: EventFilter): Promise<string | null> {
  try {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data }: { data?: { events: UnreadPage } | undefined } = await client.query({
        query: UnreadEventsDocument,
        variables: { after, watch: watch ?? null, kinds: kinds ?? null },
      });
      ids.push(...(data?.events.edges.map(({ node }) => node.id) ?? []));
      after = data?.events.pageInfo.hasNextPage === true ? data.events.pageInfo.endCursor : null;
      if (after === null) break;
    }
    return await markEvents(ids, true);
  } catch (error) {
    return errorSentence(error);
  }
}

interface UnreadPage {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
