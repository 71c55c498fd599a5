import { Button, NativeSelect, SegmentedControl, Skeleton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay, formatInstantUtc } from '../../shared/format/instant.ts';
import type { EventLineFragment, Tier, WatchKind } from '../../shared/generated/operations.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { IconAlertTriangle } from '../../shared/ui/icons.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { markEvents, useInbox, useWatches } from './inbox-store.ts';
import type { InboxPlace } from './inbox-url.ts';
import { inboxHref } from './inbox-url.ts';
import { type EventRows, useEvents } from './use-events.ts';
import { KIND_ICONS } from './watch-icons.tsx';
import { eventFigures, eventTitle, KIND_WORDS, WATCH_KINDS } from './watch-words.ts';
import classes from './watches.module.css';

interface EventListProps {
  readonly place: InboxPlace;
  readonly onPlace: (next: InboxPlace) => void;
  /** Called when an event is opened. */
  readonly onOpen?: () => void;
}

/** The inbox: filters, and events by day. Up and down move, Enter opens, `U` marks. */
export function EventList({ place, onPlace, onOpen }: EventListProps) {
  const filter = { unreadOnly: place.isUnread, watch: place.watch, kinds: place.kinds.length === 0 ? null : [...place.kinds] };
  const rows = useEvents(filter);
  const { unreadCount, marked, missingSince } = useInbox();
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const mark = async (ids: readonly string[], isRead: boolean) => {
    const failed = await markEvents(ids, isRead);
    setProblem(failed);
    if (failed === null) announce(isRead ? 'Marked as read.' : 'Marked as unread.');
  };
  const markAll = async () => {
    const failed = await rows.markAll();
    setProblem(failed);
    if (failed === null) announce('All marked as read.');
  };
  const isRead = (event: EventLineFragment) => marked.get(event.id) ?? event.isRead;
  return (
    <div className={classes.inbox}>
      <Filters place={place} onPlace={onPlace} unreadCount={unreadCount ?? 0} onMarkAll={markAll} />
      {missingSince !== null && (
        <p className={classes.warning} role="status">
          <IconAlertTriangle size={14} stroke={1.8} /> Events may be missing since {formatInstantUtc(missingSince)}.
        </p>
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {rows.newCount > 0 && (
        <button
          type="button"
          className={classes.newer}
          onClick={() => {
            rows.reload();
            focusFirst(list.current);
          }}
        >
          {formatCount(rows.newCount)} new
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the keys. */}
      <div ref={list} className={classes.events} onKeyDown={(event) => moveInList(event, rows.loaded?.rows ?? [], isRead, mark)}>
        <ListState rows={rows} place={place} />
        <Days rows={rows.loaded?.rows ?? []} place={place} isRead={isRead} onOpen={onOpen} />
        {rows.loaded?.next != null && (
          <p className={classes.more}>
            <span>
              {formatCount(rows.loaded.rows.length)} of {formatCount(rows.loaded.totalCount)} events
            </span>
            <Button variant="default" size="compact-sm" loading={rows.isLoading} onClick={rows.more}>
              Show more
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

interface FiltersProps extends Pick<EventListProps, 'place' | 'onPlace'> {
  readonly unreadCount: number;
  readonly onMarkAll: () => void;
}

function Filters({ place, onPlace, unreadCount, onMarkAll }: FiltersProps) {
  const watches = useWatches() ?? [];
  return (
    <div className={classes.filters}>
      <div className={classes.filterLine}>
        <SegmentedControl
          size="xs"
          aria-label="Which events"
          value={place.isUnread ? 'unread' : 'all'}
          data={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: unreadCount === 0 ? 'Unread' : `Unread ${formatCount(unreadCount)}` },
          ]}
          onChange={(value) => onPlace({ ...place, isUnread: value === 'unread' })}
        />
        <Button variant="transparent" size="compact-sm" disabled={unreadCount === 0} onClick={onMarkAll}>
          Mark all read
        </Button>
      </div>
      <div className={classes.filterLine}>
        <NativeSelect
          size="xs"
          aria-label="Events of the watch"
          value={place.watch ?? ''}
          data={[{ value: '', label: 'Any watch' }, ...watches.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(event) => onPlace({ ...place, watch: event.currentTarget.value || null })}
        />
        <NativeSelect
          size="xs"
          aria-label="Events of the kind"
          value={place.kinds[0] ?? ''}
          data={[{ value: '', label: 'Any kind' }, ...WATCH_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind].word }))]}
          onChange={(event) => {
            const kind = event.currentTarget.value as WatchKind | '';
            onPlace({ ...place, kinds: kind === '' ? [] : [kind] });
          }}
        />
      </div>
    </div>
  );
}

/** The state in place of events: a skeleton, an error, or why there are none. */
function ListState({ rows, place }: { readonly rows: EventRows; readonly place: InboxPlace }) {
  const { loaded, problem, reload } = rows;
  const watches = useWatches();
  if (problem !== null)
    return (
      <p className={classes.problem} role="alert">
        {problem} {loaded !== null && 'The last events are shown. '}
        <Button variant="default" size="compact-sm" onClick={reload}>
          Retry
        </Button>
      </p>
    );
  if (loaded === null)
    return (
      <div className={classes.skeleton} role="status" aria-label="Reading the inbox">
        {[70, 55, 80, 60].map((width) => (
          <Skeleton key={width} height={14} width={`${width}%`} radius={4} />
        ))}
      </div>
    );
  if (loaded.rows.length > 0) return null;
  const isFiltered = place.isUnread || place.watch !== null || place.kinds.length > 0;
  return (
    <div className={classes.empty}>
      <p>
        <strong>{place.isUnread ? 'Nothing is unread.' : isFiltered ? 'No event fits these filters.' : 'Nothing happened yet.'}</strong>
      </p>
      {!isFiltered && (
        <p>
          {(watches ?? []).length === 0
            ? 'An event stands here once the answer of a watch changes.'
            : `${countOf((watches ?? []).length, 'watch looks', 'watches look')} for changes. An event stands here once an answer changes.`}
        </p>
      )}
    </div>
  );
}

interface DaysProps {
  readonly rows: readonly EventLineFragment[];
  readonly place: InboxPlace;
  readonly isRead: (event: EventLineFragment) => boolean;
  readonly onOpen: (() => void) | undefined;
}

function Days({ rows, place, isRead, onOpen }: DaysProps) {
  const id = useId();
  const [tabStop, setTabStop] = useState<string | null>(null);
  const today = new Date().toISOString();
  const days = new Map<string, EventLineFragment[]>();
  for (const event of rows) {
    const day = dayInWords(event.instant, today);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  const stop = rows.find((event) => event.id === tabStop)?.id ?? rows.find((event) => event.id === place.event)?.id ?? rows[0]?.id;
  return [...days].map(([day, events], i) => (
    <section key={day} aria-labelledby={`${id}-${i}`} className={classes.day}>
      <h3 id={`${id}-${i}`}>{day}</h3>
      <ul>
        {events.map((event) => (
          <EventLine
            key={event.id}
            event={event}
            href={inboxHref({ ...place, event: event.id })}
            isCurrent={event.id === place.event}
            isRead={isRead(event)}
            isTabStop={event.id === stop}
            onFocus={() => setTabStop(event.id)}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  ));
}

interface EventLineProps {
  readonly event: EventLineFragment;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly isRead: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (() => void) | undefined;
}

function EventLine({ event, href, isCurrent, isRead, isTabStop, onFocus, onOpen }: EventLineProps) {
  const { watch, instant } = event;
  const Icon = KIND_ICONS[watch.kind];
  const tier = strongestOf(event);
  const line = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCurrent) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <li>
      <Link
        href={href}
        ref={line}
        className={classes.event}
        data-event={event.id}
        data-unread={!isRead || undefined}
        aria-current={isCurrent ? 'true' : undefined}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={() => {
          // The keyboard follows what is opened.
          focusResult(`event:${event.id}`);
          onOpen?.();
        }}
      >
        <span className={classes.kind}>
          <Icon size={16} stroke={1.7} />
        </span>
        <span className={classes.words}>
          <strong>
            {!isRead && <span className="visually-hidden">Unread: </span>}
            {eventTitle(event)}
          </strong>
          <span className={classes.figures}>
            {tier !== null && <TierDisc tier={tier} size={11} />}
            <span>{eventFigures(event)}</span>
          </span>
          <small>
            {KIND_WORDS[watch.kind].word} · {watch.name} · {timeInWords(instant)}
          </small>
        </span>
        {!isRead && <span className={classes.dot} aria-hidden="true" />}
      </Link>
    </li>
  );
}

/** The tier of what changed, where it is one. */
function strongestOf({ firstItem }: EventLineFragment): Tier | null {
  const word = (firstItem.edges[0]?.node.after ?? firstItem.edges[0]?.node.before ?? '').split(', ')[0];
  return word === 'EXPOSED' || word === 'POSSIBLE' || word === 'CONTAINED' ? word : null;
}

const DAY_MS = 86_400_000;

/** `Today, Nov 29`, `Yesterday, Nov 28`, else the day. */
function dayInWords(instant: string, today: string): string {
  const [day, now] = [instant.slice(0, 10), today.slice(0, 10)];
  const short = formatDay(instant).replace(/, \d{4}$/, '');
  if (day === now) return `Today, ${short}`;
  return Date.parse(now) - Date.parse(day) === DAY_MS ? `Yesterday, ${short}` : formatDay(instant);
}

function timeInWords(instant: string): string {
  return formatInstantUtc(instant).slice(-9, -4);
}

function focusFirst(list: HTMLElement | null): void {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    list?.querySelector<HTMLElement>('a[data-event]')?.focus();
  });
  if (list !== null) observer.observe(list, { childList: true, subtree: true });
}

/** Up and down, Home and End move; `U` marks the event as read, or as unread. */
function moveInList(
  event: KeyboardEvent<HTMLElement>,
  rows: readonly EventLineFragment[],
  isRead: (event: EventLineFragment) => boolean,
  mark: (ids: readonly string[], isRead: boolean) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const here = event.target.closest<HTMLElement>('a[data-event]');
  if (here === null) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-event]')];
  const at = links.indexOf(here);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (to !== undefined) links[Math.max(0, Math.min(to, links.length - 1))]?.focus();
  else if (event.key === 'u' || event.key === 'U') {
    const row = rows.find(({ id }) => id === here.dataset.event);
    if (row !== undefined) mark([row.id], !isRead(row));
  } else return;
  event.preventDefault();
}
