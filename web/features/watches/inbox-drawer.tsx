import { useEffect, useRef, useState } from 'react';
import { formatCount } from '../../shared/format/count.ts';
import { IconButton } from '../../shared/ui/icon-button.tsx';
import { IconX } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { EventList } from './event-list.tsx';
import { useInbox, useWatches } from './inbox-store.ts';
import { type InboxPlace, inboxHref } from './inbox-url.ts';
import classes from './watches.module.css';

const START: InboxPlace = { event: null, watch: null, isUnread: false, kinds: [] };

interface InboxDrawerProps {
  /** Closes it, and the focus goes back. */
  readonly onClose: () => void;
  /** Another view opens. */
  readonly onLeave: () => void;
}

/** The inbox beside whatever is open. It is not modal: the page stays in use. */
export function InboxDrawer({ onClose, onLeave }: InboxDrawerProps) {
  const [place, setPlace] = useState(START);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div
      className={classes.drawer}
      role="dialog"
      aria-label="Inbox"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={classes.drawerHead}>
        <h2 ref={heading} tabIndex={-1}>
          Inbox
        </h2>
        <UnreadPill />
        <span className={classes.grow} />
        <WatchesLink onLeave={onLeave} />
        <IconButton label="Close the inbox" onClick={onClose}>
          <IconX size={18} stroke={1.6} />
        </IconButton>
      </div>
      <EventList place={place} onPlace={setPlace} onOpen={onLeave} />
      <div className={classes.drawerFoot}>
        <span>Events are kept for 30 days.</span>
        <Link href={inboxHref(place)} onClick={onLeave}>
          Open as a page
        </Link>
      </div>
    </div>
  );
}

export function UnreadPill() {
  const { unreadCount } = useInbox();
  return unreadCount === null || unreadCount === 0 ? null : <span className={classes.pill}>{formatCount(unreadCount)} unread</span>;
}

export function WatchesLink({ onLeave }: { readonly onLeave?: () => void }) {
  const watches = useWatches();
  return (
    <Link href={inboxHref()} onClick={onLeave}>
      Watches{watches === null ? '' : ` ${formatCount(watches.length)}`}
    </Link>
  );
}
