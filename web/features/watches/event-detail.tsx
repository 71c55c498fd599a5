import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { TIER_WORDS } from '../../shared/format/words.ts';
import type { EventItemFragment, OneEventQuery, Tier, WatchKind } from '../../shared/generated/operations.ts';
import { MoreEventItemsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { instantsInWords } from '../../shared/graphql/error-sentence.ts';
import type { AskedQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useMoreRows } from '../../shared/lists/use-more-rows.ts';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { lazyPart } from '../../shared/ui/lazy-part.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { exploreHref } from '../../shared/url/explore-url.ts';
import { navigate } from '../../shared/url/location.ts';
import { markEvents, useInbox } from './inbox-store.ts';
import { type InboxPlace, inboxHref } from './inbox-url.ts';
import { eventFigures, eventTitle, KIND_WORDS, sideInWords } from './watch-words.ts';
import classes from './watches.module.css';

/** The picture is in the file of the canvas, which the bell and the inbox do not wait for. */
const ChangedPart = lazyPart(() => import('./changed-part/changed-part.tsx').then((part) => part.ChangedPart));
/** Artifacts in the picture of what changed. */
const mostDrawn = 12;

type OneEvent = NonNullable<OneEventQuery['event']>;

interface EventDetailProps {
  readonly asked: AskedQuestion<OneEventQuery, unknown>;
  readonly place: InboxPlace;
}

/** One event: what was before and is after, each change with its reason, and the way to the comparison. */
export function EventDetail({ asked, place }: EventDetailProps) {
  return (
    <AnswerFrame asked={asked} waiting="Reading the event">
      {({ event }) =>
        event === null ? (
          <section className={classes.gone}>
            <h1>This event is gone</h1>
            <p>Events are kept for 30 days, and as long as their watch is.</p>
            <Link href={inboxHref({ ...place, event: null })}>All events</Link>
          </section>
        ) : (
          <Event key={event.id} event={event} place={place} />
        )
      }
    </AnswerFrame>
  );
}

function Event({ event, place }: { readonly event: OneEvent; readonly place: InboxPlace }) {
  const { watch, instant, before, after, items, counts } = event;
  const { marked } = useInbox();
  const isRead = marked.get(event.id) ?? event.isRead;
  const isNew = useRef(!isRead);
  // An event that somebody opens is read.
  useEffect(() => {
    if (isNew.current) void markEvents([event.id], true);
    isNew.current = false;
  }, [event.id]);
  const title = eventTitle(event);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const changed = useMemo(
    () => items.edges.flatMap(({ node: { artifact } }) => (artifact === null ? [] : [artifact.id])).slice(0, mostDrawn),
    [items],
  );
  return (
    <article className={classes.article} aria-label={title}>
      <header className={classes.articleHead}>
        <p>
          <Link href={inboxHref({ ...place, event: null, watch: watch.id })}>
            <span aria-hidden="true">← </span>Watch: {watch.name}
          </Link>
        </p>
        <div className={classes.titleLine}>
          <h1 tabIndex={-1} data-result={`event:${event.id}`}>
            {title}
          </h1>
          <span className={classes.pill}>{watch.settings.incident ?? KIND_WORDS[watch.kind].word}</span>
        </div>
        <p>
          {formatInstantUtc(instant)} · {eventFigures(event)}
        </p>
        <div className={classes.buttons}>
          <Button onClick={() => navigate(event.url)}>{KIND_WORDS[watch.kind].open}</Button>
          <Button variant="default" onClick={() => void markEvents([event.id], !isRead)}>
            {isRead ? 'Mark as unread' : 'Mark as read'}
          </Button>
        </div>
      </header>
      <dl className={classes.ends}>
        <div>
          <dt>Before</dt>
          <dd>
            revision {formatCount(event.fromRevision)}, {formatInstantUtc(event.fromInstant)}
          </dd>
        </div>
        <span aria-hidden="true">→</span>
        <div data-after>
          <dt>After</dt>
          <dd>
            revision {formatCount(event.toRevision)}, {formatInstantUtc(instant)}
          </dd>
        </div>
      </dl>
      {before !== null && after !== null && <Sums before={before} after={after} hasLabs={watch.kind === 'RADIUS'} />}
      {total > 0 && (
        <section className={classes.changes} aria-labelledby="what-changed">
          <h2 id="what-changed">
            What changed{' '}
            <span>
              {total > items.totalCount
                ? `the first ${formatCount(items.totalCount)} of ${formatCount(total)}`
                : countOf(total, KIND_WORDS[watch.kind].rows[0], KIND_WORDS[watch.kind].rows[1])}
            </span>
          </h2>
          <Items event={event} />
        </section>
      )}
      {watch.kind === 'RADIUS' && changed.length > 0 && (
        <ChangedPart
          url={event.url}
          ids={changed}
          heading={growthInWords(counts)}
          title={title}
          note={total > changed.length ? `${formatCount(changed.length)} of ${formatCount(total)} are drawn` : null}
        />
      )}
    </article>
  );
}

/** The heading of the picture of what changed. */
function growthInWords(counts: OneEvent['counts']): string {
  const isAll = (...kinds: readonly string[]) => counts.every(({ kind, count }) => count === 0 || kinds.includes(kind));
  if (isAll('JOINED', 'STRENGTHENED')) return 'Where it grew';
  return isAll('LEFT', 'WEAKENED') ? 'Where it shrank' : 'Where it changed';
}

type Figures = NonNullable<OneEvent['before']>;

function Sums({ before, after, hasLabs }: { readonly before: Figures; readonly after: Figures; readonly hasLabs: boolean }) {
  const tiers = [
    ['EXPOSED', before.exposedCount, after.exposedCount],
    ['POSSIBLE', before.possibleCount, after.possibleCount],
    ['CONTAINED', before.containedCount, after.containedCount],
  ] as const;
  return (
    <dl className={classes.sums}>
      {tiers.map(([tier, was, is]) => (
        <Sum key={tier} tier={tier} label={TIER_WORDS[tier].word} was={was} is={is} format={formatCount} />
      ))}
      {hasLabs && <Sum label="Labs affected" was={before.affectedLabCount} is={after.affectedLabCount} format={formatCount} />}
      <Sum label="Worst case" was={before.worstCaseLossUsd} is={after.worstCaseLossUsd} format={formatMoney} />
    </dl>
  );
}

interface SumProps {
  readonly tier?: Tier;
  readonly label: string;
  readonly was: number;
  readonly is: number;
  readonly format: (value: number) => string;
}

function Sum({ tier, label, was, is, format }: SumProps) {
  const isSame = format(was) === format(is);
  const sign = is > was ? '+' : '−';
  return (
    <div>
      <dt>
        {tier !== undefined && <TierDisc tier={tier} size={12} />}
        {label}
      </dt>
      <dd>
        {isSame ? (
          format(is)
        ) : (
          <>
            <span className={classes.was}>{format(was)}</span> <span aria-hidden="true">→</span>
            <span className="visually-hidden"> becomes </span> {format(is)}
          </>
        )}
        <small>{isSame ? 'same' : `${sign}${format(Math.abs(is - was))}`}</small>
      </dd>
    </div>
  );
}

function Items({ event }: { readonly event: OneEvent }) {
  const list = useMoreRows(event.items, async (after) => {
    const { data } = await client.query({ query: MoreEventItemsDocument, variables: { id: event.id, after } });
    return data?.event?.items ?? null;
  });
  return (
    <>
      <ul className={classes.items}>
        {list.rows.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event never changes, and one subject may stand in it twice.
          <Item key={i} item={item} kind={event.watch.kind} />
        ))}
      </ul>
      <MoreRowsLine list={list} noun={KIND_WORDS[event.watch.kind].rows[1]} />
    </>
  );
}

function Item({ item, kind }: { readonly item: EventItemFragment; readonly kind: WatchKind }) {
  const { artifact, organization, because, worstCaseLossUsd } = item;
  const href =
    artifact !== null
      ? exploreHref(`artifact:${artifact.id}`)
      : organization !== null
        ? exploreHref(`organization:${organization.id}`)
        : null;
  const name = artifact?.name ?? organization?.name ?? nameOf(item, kind);
  return (
    <li>
      <span className={classes.change}>{KIND_WORDS[kind].changes[item.kind]}</span>
      <Sides item={item} kind={kind} />
      <div className={classes.because}>
        <p>
          {href === null ? <strong>{name}</strong> : <Link href={href}>{name}</Link>}
          {artifact !== null && <span> {artifact.owner.name}</span>}
        </p>
        <p>{instantsInWords(because)}</p>
      </div>
      {worstCaseLossUsd !== null && <span className={classes.loss}>{formatMoney(worstCaseLossUsd)}</span>}
    </li>
  );
}

/** The name of an item that has no record of its own any more, or is none. */
function nameOf({ subject, before, after }: EventItemFragment, kind: WatchKind): string {
  if (kind === 'EDITION' || kind === 'FINDINGS') return sideInWords(kind, after ?? before ?? subject);
  return subject;
}

/** Both sides: discs where they are tiers, else words. */
function Sides({ item: { before, after }, kind }: { readonly item: EventItemFragment; readonly kind: WatchKind }) {
  if (kind === 'EDITION' || kind === 'FINDINGS') return <span className={classes.sides} />;
  const [was, is] = [tierOf(before), tierOf(after)];
  if (was === null && is === null)
    return (
      <span className={classes.sides}>
        <span className={classes.sideWords}>
          {[before, after].flatMap((side) => (side === null ? [] : sideInWords(kind, side))).join(' → ')}
        </span>
      </span>
    );
  const words = [before, after].map((side) => (side === null ? 'not in reach' : sideInWords(kind, side)));
  return (
    <span className={classes.sides}>
      <span className="visually-hidden">
        {words[0]}, then {words[1]}
      </span>
      {was === null && <span aria-hidden="true">+</span>}
      {was !== null && was !== is && (
        <>
          <TierDisc tier={was} size={14} />
          <span aria-hidden="true">→</span>
        </>
      )}
      {is === null ? <OutRing /> : <TierDisc tier={is} size={14} />}
    </span>
  );
}

/** A dashed ring for an item that left. */
function OutRing() {
  return (
    <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true" style={{ flex: 'none' }}>
      <circle cx="7" cy="7" r="5.6" fill="none" stroke="var(--left)" strokeWidth="1.4" strokeDasharray="2.4 2" />
    </svg>
  );
}

function tierOf(side: string | null): Tier | null {
  const word = side?.split(', ')[0] ?? '';
  return word in TIER_WORDS ? (word as Tier) : null;
}
