import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import type { WatchHistoryQuery, WatchLineFragment } from '../../shared/generated/operations.ts';
import { OneEventDocument, SaveWatchDocument, WatchHistoryDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence, instantsInWords } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { navigate, useLocation } from '../../shared/url/location.ts';
import { isRedacting } from '../../shared/url/shared-parameters.ts';
import { EventDetail } from './event-detail.tsx';
import { EventList } from './event-list.tsx';
import { UnreadPill, WatchesLink } from './inbox-drawer.tsx';
import { type ListedWatch, refreshWatches, useInbox, useWatches } from './inbox-store.ts';
import { type InboxPlace, inboxHref, parseInboxPlace } from './inbox-url.ts';
import { asksOf, EndWatch, WatchForm } from './watch-form.tsx';
import { KIND_ICONS } from './watch-icons.tsx';
import { asksInWords, eventFigures, eventTitle, KIND_WORDS, toldSentences } from './watch-words.ts';
import classes from './watches.module.css';

/** The Inbox page: events, one event or one watch with its settings and history, or all watches. */
export default function InboxView() {
  const place = parseInboxPlace(useLocation().params);
  const { event, watch } = place;
  const eventId = useMemo(() => (event === null ? null : { id: event }), [event]);
  const asked = useQuestion(OneEventDocument, eventId);
  const shownWatch = event === null ? watch : asked.isStale ? null : (asked.data?.event?.watch.id ?? null);
  const isChosen = event !== null || watch !== null;
  return (
    <div className={classes.view} data-chosen={isChosen || undefined}>
      {isChosen && <SettingsOf watch={shownWatch} place={place} />}
      <ScrollBox label="Details" className={classes.main}>
        {isChosen && (
          <p className={classes.back}>
            <Link href={inboxHref({ ...place, event: null, watch: null })}>
              <span aria-hidden="true">← </span>Inbox
            </Link>
          </p>
        )}
        {event !== null ? (
          <EventDetail key={event} asked={asked} place={place} />
        ) : watch !== null ? (
          <WatchDetail key={watch} id={watch} place={place} />
        ) : (
          <Watches place={place} />
        )}
      </ScrollBox>
      <section className={classes.list} aria-label="Inbox">
        <header className={classes.drawerHead}>
          <h2>Inbox</h2>
          <UnreadPill />
          <span className={classes.grow} />
          {isChosen && <WatchesLink />}
        </header>
        <EventList place={place} onPlace={(next) => navigate(inboxHref(next), 'replace')} />
        <footer className={classes.drawerFoot}>Events are kept for 30 days.</footer>
      </section>
    </div>
  );
}

interface SettingsOfProps {
  /** Null: it is not known yet. */
  readonly watch: string | null;
  readonly place: InboxPlace;
}

/** The settings of the watch that is open, or whose event is. */
function SettingsOf({ watch: id, place }: SettingsOfProps) {
  const watches = useWatches();
  const found = watches?.find((one) => one.id === id) ?? null;
  const choices = useMemo(() => (found === null ? [] : [asksOf(found)]), [found]);
  return (
    <ScrollBox label="Watch settings" className={classes.settings}>
      {found !== null && watches !== null && (
        <>
          <header className={classes.settingsHead}>
            <h2>Watch settings</h2>
            <WatchState watch={found} />
          </header>
          <WatchForm
            key={found.id}
            choices={choices}
            watches={[found]}
            onSaved={() => undefined}
            onDeleted={() => navigate(inboxHref({ ...place, event: null, watch: null }))}
          />
          {place.event !== null && (
            <>
              <h3>History</h3>
              <History id={found.id} place={place} />
            </>
          )}
        </>
      )}
    </ScrollBox>
  );
}

function WatchState({ watch: { isEnded, failure, isMuted } }: { readonly watch: WatchLineFragment }) {
  const [state, word] = isEnded
    ? ['ended', 'Ended']
    : failure !== null
      ? ['failing', 'Cannot be asked']
      : isMuted
        ? ['muted', 'Muted']
        : ['active', 'Active'];
  return (
    <span className={classes.state} data-state={state}>
      {word}
    </span>
  );
}

/** The events that a watch told, the latest first. */
function History({ id, place }: { readonly id: string; readonly place: InboxPlace }) {
  const { latest } = useInbox();
  const asked = useQuestion(
    WatchHistoryDocument,
    useMemo(() => ({ id }), [id]),
  );
  const { retry } = asked;
  const known = useRef(latest);
  useEffect(() => {
    if (known.current !== latest) retry();
    known.current = latest;
  }, [latest, retry]);
  return (
    <AnswerFrame asked={asked} waiting="Reading the history">
      {({ watch }) => (watch === null ? null : <HistoryRows watch={watch} place={place} />)}
    </AnswerFrame>
  );
}

type WatchedHistory = NonNullable<WatchHistoryQuery['watch']>;

function HistoryRows({ watch, place }: { readonly watch: WatchedHistory; readonly place: InboxPlace }) {
  const list = useMoreRows(watch.events, async (after) => {
    const { data } = await client.query({ query: WatchHistoryDocument, variables: { id: watch.id, after } });
    return data?.watch?.events ?? null;
  });
  if (list.rows.length === 0)
    return <p className={classes.quiet}>It has told nothing yet. It was evaluated up to {formatInstantUtc(watch.lastInstant)}.</p>;
  return (
    <>
      <ul className={classes.history}>
        {list.rows.map((event) => (
          <li key={event.id}>
            <Link href={inboxHref({ ...place, event: event.id })} aria-current={event.id === place.event ? 'true' : undefined}>
              <time dateTime={event.instant}>
                {formatInstantUtc(event.instant)
                  .replace(/, \d{4}/, '')
                  .replace(' UTC', '')}
              </time>
              <span>{eventFigures(event) || eventTitle(event)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="events" />
    </>
  );
}

/** One watch: what it asks, what it tells, how far it was evaluated, and all that it told. */
function WatchDetail({ id, place }: { readonly id: string; readonly place: InboxPlace }) {
  const watches = useWatches();
  const watch = watches?.find((one) => one.id === id);
  if (watches === null) return <p className={classes.quiet}>Reading the watches …</p>;
  if (watch === undefined)
    return (
      <section className={classes.gone}>
        <h1>This watch is gone</h1>
        <p>It was deleted, or is somebody else’s.</p>
        <Link href={inboxHref()}>All watches</Link>
      </section>
    );
  const Icon = KIND_ICONS[watch.kind];
  return (
    <article className={classes.article} aria-label={watch.name}>
      <header className={classes.articleHead}>
        <p>
          <Link href={inboxHref()}>
            <span aria-hidden="true">← </span>Watches
          </Link>
        </p>
        <div className={classes.titleLine}>
          <h1>{watch.name}</h1>
          <span className={classes.pill}>
            <Icon size={12} stroke={1.8} /> {KIND_WORDS[watch.kind].word}
          </span>
        </div>
        <p>{asksInWords(watch)}.</p>
        {toldSentences(watch.kind, watch.settings).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <EvaluatedLine watch={watch} />
      </header>
      <section className={classes.changes} aria-labelledby="history-of-watch">
        <h2 id="history-of-watch">
          What it told <span>{countOf(watch.events.totalCount, 'event', 'events')}, kept for 30 days</span>
        </h2>
        <div className={classes.padded}>
          <History id={watch.id} place={place} />
        </div>
      </section>
    </article>
  );
}

/** The number of events that a watch told, how far it was evaluated, and why it cannot be. */
function EvaluatedLine({ watch: { lastRevision, lastInstant, failure, isEnded, events } }: { readonly watch: ListedWatch }) {
  const told = countOf(events.totalCount, 'event', 'events');
  const unread = events.unreadCount === 0 ? '' : `, ${formatCount(events.unreadCount)} unread`;
  return (
    <>
      <p className={classes.quiet}>
        {told}
        {unread} · evaluated up to revision {formatCount(lastRevision)}, {formatInstantUtc(lastInstant)}
      </p>
      {failure !== null && (
        <p className={classes.warning} role="status">
          {isEnded ? 'It has ended: ' : 'It cannot be asked: '}
          {instantsInWords(failure)}
        </p>
      )}
    </>
  );
}

/** All watches of the reader. */
function Watches({ place }: { readonly place: InboxPlace }) {
  const watches = useWatches();
  const { watchesProblem } = useInbox();
  return (
    <section className={classes.article} aria-labelledby="watches">
      <header className={classes.articleHead}>
        <div className={classes.titleLine}>
          <h1 id="watches">Watches</h1>
          {watches !== null && <span className={classes.pill}>{formatCount(watches.length)} of 100</span>}
        </div>
        <p>
          Each asks a question again whenever facts, an incident or the time change its answer, once a minute at most. What changed stands
          in the inbox. They are yours alone.
        </p>
      </header>
      {watchesProblem !== null && (
        <p className={classes.problem} role="alert">
          {watchesProblem}{' '}
          <Button variant="default" size="compact-sm" onClick={() => void refreshWatches()}>
            Retry
          </Button>
        </p>
      )}
      {watches?.length === 0 && (
        <div className={classes.empty}>
          <p>
            <strong>Nothing is watched yet.</strong>
          </p>
          <p>
            Press the bell on a radius, an incident, an organization, an artifact, a kind of findings, an advisory, an import or a ranking.{' '}
            <Link href="/incidents">Incidents</Link> are a good start.
          </p>
        </div>
      )}
      <ul className={classes.watches}>
        {(watches ?? []).map((watch) => (
          <WatchCard key={watch.id} watch={watch} place={place} />
        ))}
      </ul>
    </section>
  );
}

function WatchCard({ watch, place }: { readonly watch: ListedWatch; readonly place: InboxPlace }) {
  const { id, name, kind, isMuted, isEnded } = watch;
  const announce = useAnnounce();
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const Icon = KIND_ICONS[kind];
  const mute = async () => {
    setSaving(true);
    const failed = await saveMuted(watch, !isMuted);
    setSaving(false);
    setProblem(failed);
    if (failed === null) announce(`${name} is ${isMuted ? 'no longer muted' : 'muted'}.`);
  };
  return (
    <li className={classes.watch}>
      <span className={classes.kind}>
        <Icon size={16} stroke={1.7} />
      </span>
      <div className={classes.words}>
        <h2>
          <Link href={inboxHref({ ...place, watch: id })}>{name}</Link> <WatchState watch={watch} />
        </h2>
        <p>
          {asksInWords(watch)}. {toldSentences(kind, watch.settings)[0]}
        </p>
        <EvaluatedLine watch={watch} />
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Settings of ${name}`}
            onClick={() => navigate(inboxHref({ ...place, watch: id }))}
          >
            Settings
          </Button>
          {!isEnded && !isRedacting() && (
            <Button
              variant="default"
              size="compact-sm"
              loading={isSaving}
              aria-label={`${isMuted ? 'Unmute' : 'Mute'} ${name}`}
              onClick={mute}
            >
              {isMuted ? 'Unmute' : 'Mute'}
            </Button>
          )}
          <EndWatch watch={watch} size="compact-sm" onProblem={setProblem} onDeleted={() => undefined} />
        </div>
      </div>
    </li>
  );
}

async function saveMuted(watch: ListedWatch, isMuted: boolean): Promise<string | null> {
  const { on, minTier, worstCaseLossUsd, affectedLabs, count, withinHours, first } = watch.settings;
  const { asks } = asksOf(watch);
  const condition = { on: [...on], minTier, worstCaseLossUsd, affectedLabs, count, withinHours, first };
  try {
    const input = { id: watch.id, name: watch.name, ...asks, ...condition, isMuted };
    const { data } = await client.mutate({ mutation: SaveWatchDocument, variables: { input } });
    await refreshWatches();
    return data?.saveWatch.userErrors[0]?.message ?? null;
  } catch (error) {
    return errorSentence(error);
  }
}
