import { flag, readState, type StateOf, text, words, writeState } from '../../shared/url/address-table.ts';
import { hrefOf } from '../../shared/url/location.ts';
import { WATCH_KINDS } from './watch-words.ts';

/** The whole state of the Inbox page. */
const INBOX = {
  /** The event that is open. */
  event: text('event'),
  /** The watch that is open. The list has its events alone. */
  watch: text('watch'),
  isUnread: flag('unread'),
  /** Kinds of watches; empty: any. */
  kinds: words('kind', WATCH_KINDS),
};

export type InboxPlace = StateOf<typeof INBOX>;

export const parseInboxPlace = (params: URLSearchParams): InboxPlace => readState(INBOX, params);

export const inboxHref = (place: Partial<InboxPlace> = {}): string =>
  hrefOf('/inbox', writeState(INBOX, { ...parseInboxPlace(new URLSearchParams()), ...place }));
