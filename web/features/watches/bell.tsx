import { ActionIcon, Portal, Tooltip } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { useTabReturns } from '../../shared/graphql/tab-returns.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { useLocationPart } from '../../shared/url/location.ts';
import classes from './bell.module.css';
import { refreshInbox, useInbox } from './inbox-store.ts';
import { IconBell } from './watch-icons.tsx';

const InboxDrawer = lazyPart(async () => (await import('./inbox-drawer.tsx')).InboxDrawer, { isDialog: true });

const everyMs = 10_000;
/** By then, a change of facts has been evaluated. */
const evaluatedMs = 4000;

/** In the top bar: how many events are unread, and the way to them. */
export function Bell() {
  const { unreadCount, missingSince, watches } = useInbox();
  const isInbox = useLocationPart(({ path }) => path === '/inbox');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useNews();
  // The page has the list itself.
  const isShown = isOpen && !isInbox;
  const failing = (watches ?? []).filter(({ failure, isEnded }) => failure !== null && !isEnded).length;
  const words = [
    unreadCount === null || unreadCount === 0 ? 'Inbox' : `Inbox, ${formatCount(unreadCount)} unread`,
    ...(missingSince === null ? [] : ['events may be missing']),
    ...(failing === 0 ? [] : [`${countOf(failing, 'watch', 'watches')} cannot be asked`]),
  ].join(', ');
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <Tooltip label={words} disabled={isShown}>
        <ActionIcon
          ref={button}
          className={classes.bell}
          variant="subtle"
          color="gray"
          size={32}
          aria-label={words}
          aria-expanded={isShown}
          data-open={isShown || isInbox || undefined}
          onClick={() => (isInbox ? focusList() : setOpen(!isOpen))}
        >
          <IconBell size={18} stroke={1.6} />
          {unreadCount !== null && unreadCount > 0 && (
            <span className={classes.count} aria-hidden="true">
              {unreadCount > 99 ? '99+' : unreadCount}
            </span>
          )}
        </ActionIcon>
      </Tooltip>
      {isShown && (
        <Portal>
          <InboxDrawer onClose={close} onLeave={() => setOpen(false)} />
        </Portal>
      )}
    </>
  );
}

function focusList(): void {
  document.querySelector<HTMLElement>('main a[data-event][tabindex="0"]')?.focus();
}

/** Asks for news as the page hears of revisions: every ten seconds, when somebody comes back to the tab, and after each change of facts. */
function useNews(): void {
  const epoch = useFactsEpoch();
  const returns = useTabReturns();
  const { unreadCount } = useInbox();
  const announce = useAnnounce();
  const before = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each is a reason to ask again.
  useEffect(() => {
    void refreshInbox();
    const soon = setTimeout(() => void refreshInbox(), evaluatedMs);
    const timer = setInterval(() => {
      if (!document.hidden) void refreshInbox();
    }, everyMs);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [epoch, returns]);
  useEffect(() => {
    const more = unreadCount === null || before.current === null ? 0 : unreadCount - before.current;
    before.current = unreadCount;
    if (more > 0) announce(`${countOf(more, 'new event', 'new events')} in the inbox.`);
  }, [unreadCount, announce]);
}
