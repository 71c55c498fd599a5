import type { WatchKind } from '../../shared/generated/operations.ts';
import { readWords, writeList, writeValue } from '../../shared/url/params.ts';
import { WATCH_KINDS } from './watch-words.ts';

/** The whole state of the Inbox page. */
export interface InboxPlace {
  /** The event that is open. */
  readonly event: string | null;
  /** The watch that is open. The list has its events alone. */
  readonly watch: string | null;
  readonly isUnread: boolean;
  /** Kinds of watches; empty: any. */
  readonly kinds: readonly WatchKind[];
}

export function parseInboxPlace(params: URLSearchParams): InboxPlace {
  return {
    event: params.get('event') || null,
    watch: params.get('watch') || null,
    isUnread: params.has('unread'),
    kinds: readWords(params, 'kind', WATCH_KINDS),
  };
}

export function inboxHref({ event = null, watch = null, isUnread = false, kinds = [] }: Partial<InboxPlace> = {}): string {
  const params = new URLSearchParams();
  writeValue(params, 'event', event);
  writeValue(params, 'watch', watch);
  if (isUnread) params.set('unread', '');
  writeList(params, 'kind', kinds);
  return params.size === 0 ? '/inbox' : `/inbox?${params}`;
}
