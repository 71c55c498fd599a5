import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '../auth/identity.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { ExposureError } from '../domain/errors.ts';
import type { Inbox, InboxEntry, Watch, WatchEvent, WatchKind } from '../domain/records/watch.ts';
import { keptMs, maxEntries, maxWatches } from '../domain/records/watch.ts';
import type { Questions } from '../questions/questions.ts';
import type { Fault } from '../questions/records/faults.ts';
import { notFound } from '../questions/records/faults.ts';
import { changeDocument } from '../store/change-document.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { StoredDocument } from '../store/store-record.ts';
import type { Delivery } from '../webhooks/endpoint-records.ts';
import { deleteQueues, findEndpointFaults, queueEvent, readEndpoint, replayEvent } from '../webhooks/endpoint-records.ts';
import type { TargetRules } from '../webhooks/target-rules.ts';
import { evaluationLimit, PointFacts, readBeside } from './asked-point.ts';
import { findDifferences, findNextInstant } from './find-difference.ts';
import type { WatchInput } from './watch-input.ts';
import { readWatchInput } from './watch-input.ts';

/** The owner of watches: a name, and the view that answers it. Under other rights, a person has other watches. */
export type WatchOwner = Pick<Identity, 'name' | 'labs'>;

export interface SavedWatch {
  readonly id: string;
  readonly version: number;
  readonly watch: Watch;
}

export interface SavedEvent {
  readonly id: string;
  readonly isRead: boolean;
  readonly event: WatchEvent;
}

export const toSavedWatch = ({ id, version, json }: StoredDocument): SavedWatch => ({ id, version, watch: JSON.parse(json) as Watch });

/** The watches of an owner, by name, then id. */
export async function listWatches(store: FactStore, owner: WatchOwner): Promise<SavedWatch[]> {
  const all = (await store.listDocuments('watch')).map(toSavedWatch).filter(({ watch }) => isOf(watch, owner));
  return all.sort((a, b) => compareCodePoints(a.watch.name, b.watch.name) || compareCodePoints(a.id, b.id));
}

export async function findWatch(store: FactStore, owner: WatchOwner, id: string): Promise<SavedWatch | undefined> {
  const found = await store.findDocument('watch', id);
  const saved = found && toSavedWatch(found);
  return saved !== undefined && isOf(saved.watch, owner) ? saved : undefined;
}

function isOf({ owner, labs }: Pick<Watch, 'owner' | 'labs'>, { name, labs: own }: WatchOwner): boolean {
  return owner === name && isDeepStrictEqual(labs, own === null ? null : [...own].sort());
}

/**
 * Saves a watch. It is evaluated from now on: the question is asked once, so that one that cannot be asked is refused. Another name or condition, or
 * a mute, goes on from the last evaluation.
 *
 * @param store of all facts
 * @param questions of the owner's view
 * @param input its endpoints were checked before
 * @returns the faults, for a person to correct, and no watch
 * Throws LIMIT_EXCEEDED if the server holds a part of the facts, QUERY_TIMEOUT, STORE_UNAVAILABLE.
 */
export async function saveWatch(
  store: FactStore,
  questions: Questions,
  owner: WatchOwner,
  input: WatchInput,
): Promise<{ readonly saved: SavedWatch | null; readonly faults: readonly Fault[] }> {
  const refuse = (...faults: readonly Fault[]) => ({ saved: null, faults });
  const { question, condition, faults } = readWatchInput(input);
  if (faults.length > 0) return refuse(...faults);
  const before = input.id ? await findWatch(store, owner, input.id) : undefined;
  if (input.id && before === undefined) return refuse(notFound('watch', input.id));
  if (before === undefined && (await listWatches(store, owner)).length >= maxWatches) {
    const message = `${owner.name} has ${maxWatches} watches, which is the maximum. Delete one that nobody needs, then save again.`;
    return refuse({ code: 'LIMIT_EXCEEDED', path: ['id'], message });
  }
  const endpoints = [...new Set(input.endpoints ?? before?.watch.endpoints ?? [])];
  const stated = { name: input.name, question, condition, isMuted: input.isMuted ?? before?.watch.isMuted ?? false, endpoints };
  if (before !== undefined && !before.watch.isEnded && isDeepStrictEqual(before.watch.question, JSON.parse(JSON.stringify(question)))) {
    const saved = await changeWatch(store, before.id, (watch) => ({ ...watch, ...stated }));
    return saved === undefined ? refuse(notFound('watch', before.id)) : { saved, faults: [] };
  }
  const limit = evaluationLimit();
  try {
    const facts = new PointFacts(questions);
    const { revision } = await facts.readCurrent(limit);
    const last = { revision, instant: questions.clock(), ...(await readBeside(questions, question)) };
    const point = await facts.open(last, limit);
    point.asker.needAllFacts();
    if (question.kind === 'EDITION' && last.imports.length === 0)
      throw new ExposureError(
        'NOT_FOUND',
        `No import has the source "${question.source?.slice(0, 80)}". Name the source of a committed import.`,
      );
    await findDifferences(question, condition, point, point);
    const watch: Watch = {
      ...stated,
      owner: owner.name,
      labs: owner.labs === null ? null : [...owner.labs].sort(),
      last,
      evaluatedAt: null,
      nextInstant: await findNextInstant(question, point),
      lease: null,
      failure: null,
      failedAt: null,
      isEnded: false,
    };
    const saved = await store.saveDocument('watch', before?.id ?? randomUUID(), JSON.stringify(watch), before?.version ?? 0);
    return { saved: toSavedWatch(saved), faults: [] };
  } catch (error) {
    if (!isUnaskable(error)) throw error;
    return refuse({ code: error.code, path: ['kind'], message: error.message });
  }
}

/** Whether a question cannot be asked, for a reason that asking again does not change. */
export function isUnaskable(error: unknown): error is ExposureError {
  return error instanceof ExposureError && ['NOT_FOUND', 'BAD_USER_INPUT', 'FORBIDDEN'].includes(error.code);
}

/** Changes a watch, whatever others save meanwhile. Undefined: it is gone, or `change` gives it up. */
export async function changeWatch(
  store: FactStore,
  id: string,
  change: (watch: Watch) => Watch | undefined,
): Promise<SavedWatch | undefined> {
  const saved = await changeDocument<Watch>(store, 'watch', id, (watch) => watch && change(watch));
  return saved && { id, version: saved.version, watch: saved.value };
}

/** Sends an event of an owner to an endpoint, again or for the first time. @returns the faults, for a person to correct, and no delivery */
export async function replayToEndpoint(
  store: FactStore,
  rules: TargetRules,
  owner: WatchOwner & Pick<Identity, 'canExport'>,
  event: string,
  endpoint: string,
  now: number,
): Promise<{ readonly delivery: Delivery | null; readonly faults: readonly Fault[] }> {
  const refuse = (...faults: readonly Fault[]) => ({ delivery: null, faults });
  const entry = (await listEvents(store, owner)).entries.find(({ id }) => id === event);
  if (entry === undefined) return refuse({ ...notFound('event', event), path: ['event'] });
  const path = ['endpoint'];
  const faults = await findEndpointFaults(store, owner, [endpoint]);
  if (faults.length > 0) return refuse(...faults.map((fault) => ({ ...fault, path })));
  const found = await readEndpoint(store, endpoint);
  const fault = rules.findFault(found?.url ?? '');
  if (fault !== undefined) return refuse({ code: 'ENDPOINT_NOT_ALLOWED', path, message: fault });
  if (found?.state === 'DISABLED')
    return refuse({
      code: 'CONFLICT',
      path,
      message: `The endpoint ${endpoint} is disabled. Save it, which makes it active, then send again.`,
    });
  return { delivery: await replayEvent(store, { endpoint, watch: entry.watch, owner: owner.name }, event, now), faults: [] };
}

/** Deletes a watch and its events. Returns whether there was one. */
export async function deleteWatch(store: FactStore, owner: WatchOwner, id: string): Promise<boolean> {
  const found = await findWatch(store, owner, id);
  if (found === undefined) return false;
  const isDeleted = await store.deleteDocument('watch', id);
  const { entries } = await readInbox(store, owner.name);
  const gone = entries.filter((entry) => entry.watch === id);
  await changeInbox(store, owner.name, (before) => before.filter((entry) => entry.watch !== id));
  for (const entry of gone) await store.deleteDocument('event', entry.id);
  await deleteQueues(store, (queue) => queue.watch === id);
  return isDeleted;
}

/** The id of an event is the same whoever evaluates it, and however often. */
function eventIdOf({ watch, type, fromRevision, fromInstant, toRevision, instant }: WatchEvent): string {
  // A watch ends once, whenever that is seen.
  const target = type === 'watch.ended' ? [] : [toRevision, instant];
  return createHash('sha256')
    .update(JSON.stringify([watch, type, fromRevision, fromInstant, ...target]))
    .digest('base64url');
}

/** Records an event, once, and queues it for the endpoints of its watch. The events of a muted watch are read from the start, and go nowhere. */
export async function recordEvent(
  store: FactStore,
  event: WatchEvent,
  { isMuted, endpoints = [] }: Pick<Watch, 'isMuted' | 'endpoints'>,
  now: number,
): Promise<void> {
  const id = eventIdOf(event);
  try {
    await store.saveDocument('event', id, JSON.stringify(event), 0);
  } catch (error) {
    // It was recorded before.
    if (!(error instanceof ExposureError && error.code === 'CONFLICT')) throw error;
  }
  const { watch, instant, labs, owner } = event;
  let dropped: readonly InboxEntry[] = [];
  await changeInbox(store, owner, (entries) => {
    if (entries.some((entry) => entry.id === id)) return entries;
    const all = [{ id, watch, instant, isRead: isMuted, labs }, ...entries];
    const kept = all.filter((entry, i) => i < maxEntries && entry.instant > instant - keptMs);
    dropped = all.filter((entry) => !kept.includes(entry));
    return kept;
  });
  for (const entry of dropped) await store.deleteDocument('event', entry.id);
  if (!isMuted) for (const endpoint of endpoints) await queueEvent(store, { endpoint, watch, owner }, id, now);
}

/** Which events of an inbox are listed. */
export interface EventFilter {
  readonly unreadOnly?: boolean;
  readonly watch?: string | undefined;
  /** Kinds of watches; empty or absent: any. */
  readonly kinds?: readonly WatchKind[] | undefined;
}

/**
 * The events of an owner, the latest recorded first. Without those of a watch that is gone.
 *
 * @returns `unreadCount` counts all events that are listed without the filter, those of one watch if it names one
 */
export async function listEvents(
  store: FactStore,
  owner: WatchOwner,
  { unreadOnly = false, watch, kinds = [] }: EventFilter = {},
): Promise<{ readonly entries: readonly InboxEntry[]; readonly unreadCount: number }> {
  const { entries } = await readInbox(store, owner.name);
  // Pages ask every few seconds, and most inboxes are empty.
  const kindOf = new Map(entries.length === 0 ? [] : (await listWatches(store, owner)).map((one) => [one.id, one.watch.question.kind]));
  const own = entries.filter(
    (entry) =>
      kindOf.has(entry.watch) && isOf({ owner: owner.name, labs: entry.labs }, owner) && (watch === undefined || watch === entry.watch),
  );
  const listed = own.filter(
    (entry) => !(unreadOnly && entry.isRead) && (kinds.length === 0 || kinds.includes(kindOf.get(entry.watch) as WatchKind)),
  );
  return { entries: listed, unreadCount: own.filter(({ isRead }) => !isRead).length };
}

/** An event with its rows. Throws NOT_FOUND if it was dropped meanwhile. */
export async function getEvent(store: FactStore, { id, isRead }: InboxEntry): Promise<SavedEvent> {
  const found = await store.findDocument('event', id);
  if (found === undefined) throw new ExposureError('NOT_FOUND', `The event ${id} was deleted meanwhile. Ask for the events again.`);
  return { id, isRead, event: JSON.parse(found.json) as WatchEvent };
}

/** Marks events of an owner as read, or as unread. Unknown ids are ignored. Returns how many are unread. */
export async function readEvents(store: FactStore, owner: WatchOwner, ids: readonly string[], isRead: boolean): Promise<number> {
  const wanted = new Set(ids);
  await changeInbox(store, owner.name, (entries) =>
    entries.map((entry) => (wanted.has(entry.id) && isOf({ owner: owner.name, labs: entry.labs }, owner) ? { ...entry, isRead } : entry)),
  );
  return (await listEvents(store, owner)).unreadCount;
}

async function readInbox(store: FactStore, owner: string): Promise<Inbox> {
  const found = await store.findDocument('inbox', inboxIdOf(owner));
  return found === undefined ? { owner, entries: [] } : (JSON.parse(found.json) as Inbox);
}

async function changeInbox(
  store: FactStore,
  owner: string,
  change: (entries: readonly InboxEntry[]) => readonly InboxEntry[],
): Promise<void> {
  await changeDocument<Inbox>(store, 'inbox', inboxIdOf(owner), (inbox) => {
    const before = inbox?.entries ?? [];
    const entries = change(before);
    return entries === before ? undefined : { owner, entries };
  });
}

/** A name may be longer than an id, and hold any character. */
function inboxIdOf(owner: string): string {
  return createHash('sha256').update(owner).digest('base64url');
}
