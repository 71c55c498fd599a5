import { createHash } from 'node:crypto';
import { checkRight, hasRight } from '../../auth/rights.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { maxAttempts } from '../../domain/records/endpoint.ts';
import type { WatchEventType, WatchQuestion } from '../../domain/records/watch.ts';
import { findIncident } from '../../questions/incidents/ask-incidents.ts';
import { type Fault, notFound } from '../../questions/records/faults.ts';
import { resolveMergedId } from '../../questions/resolved-ids.ts';
import {
  deleteWatch,
  type EventFilter,
  findWatch,
  getEvent,
  listEvents,
  listWatches,
  readEvents,
  replayToEndpoint,
  type SavedEvent,
  saveWatch,
} from '../../watches/watch-records.ts';
import { describeWatch, writeRadius } from '../../watches/watch-sentences.ts';
import { testEndpoint } from '../../webhooks/delivery-engine.ts';
import {
  deleteEndpoint,
  findEndpointFaults,
  listDeliveries,
  listEndpoints,
  rotateSecret,
  type ShownSecret,
  saveEndpoint,
} from '../../webhooks/endpoint-records.ts';
import type { Context } from '../context.ts';
import type {
  EndpointResolvers,
  FindingKind,
  MutationResolvers,
  QueryResolvers,
  WatchEventResolvers,
  WatchItemResolvers,
  WatchResolvers,
} from '../generated/resolvers.ts';
import { artifactAt, organizationAt, readFrom } from '../models.ts';
import type { Connection, PageArguments } from '../page.ts';
import { pageOfArray, readPage, toConnection } from '../page.ts';
import { oneById } from './facts-by-key.ts';

/** Watches are documents of the whole store, also those of people bound to labs. */
const storeOf = ({ services }: Context) => services.questions.store;

export const watchQueries = {
  watches: async (_, page, context) => {
    const watches = await listWatches(storeOf(context), context.identity);
    return pageOfArray({ list: 'Query.watches', question: null, revision: digestOf(watches) }, page, watches, (watch) => watch);
  },
  watch: async (_, { id }, context) => (await findWatch(storeOf(context), context.identity, id)) ?? null,
  events: (_, { unreadOnly, watch, kinds, ...page }, context) =>
    pageOfEvents(context, 'Query.events', page, { unreadOnly: unreadOnly ?? false, watch: watch ?? undefined, kinds: kinds ?? undefined }),
  event: async (_, { id }, context) => {
    const { entries } = await listEvents(storeOf(context), context.identity);
    const entry = entries.find((one) => one.id === id);
    return entry === undefined ? null : getEvent(storeOf(context), entry);
  },
} satisfies QueryResolvers;

/** A page of events. The rows of those on the page alone are read. */
async function pageOfEvents(
  context: Context,
  list: string,
  page: PageArguments,
  filter: EventFilter,
): Promise<Connection<SavedEvent> & { readonly unreadCount: number }> {
  const store = storeOf(context);
  const { entries, unreadCount } = await listEvents(store, context.identity, filter);
  const identity = { list, question: filter, revision: digestOf(entries.map(({ id }) => id)) };
  const { offset, limit } = readPage(identity, page);
  const events: SavedEvent[] = [];
  for (const entry of entries.slice(offset, offset + limit)) events.push(await getEvent(store, entry));
  return { ...toConnection(identity, offset, events, entries.length), unreadCount };
}

function digestOf(list: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 16);
}

export const watchMutations = {
  saveWatch: async (_, { input }, context) => {
    const endpointFaults = await checkEndpoints(context, input.endpoints ?? []);
    if (endpointFaults.length > 0) return { watch: null, userErrors: [...endpointFaults] };
    const { saved, faults } = await saveWatch(storeOf(context), context.questions, context.identity, input);
    return { watch: saved, userErrors: [...faults] };
  },
  deleteWatch: async (_, { input: { id } }, context) =>
    (await deleteWatch(storeOf(context), context.identity, id))
      ? { deletedId: id, userErrors: [] }
      : { deletedId: null, userErrors: [notFound('watch', id)] },
  readEvents: async (_, { input: { ids, isRead } }, context) => ({
    unreadCount: await readEvents(storeOf(context), context.identity, ids, isRead ?? true),
    userErrors: [],
  }),
} satisfies MutationResolvers;

/** Where data may leave the server is for administrators. Throws FORBIDDEN. */
async function checkEndpoints(context: Context, ids: readonly string[]): Promise<readonly Fault[]> {
  if (ids.length === 0) return [];
  checkRight(context.identity, 'admin', 'saveWatch with endpoints');
  return findEndpointFaults(storeOf(context), context.identity, ids);
}

export const Watch: WatchResolvers = {
  name: ({ watch }) => watch.name,
  owner: ({ watch }) => watch.owner,
  kind: ({ watch }) => watch.question.kind,
  question: ({ watch }) => describeWatch(watch),
  settings: ({ watch: { question, condition } }) => {
    const { kind: _, radius, findings, ...rest } = question;
    return {
      ...rest,
      ...condition,
      on: [...condition.on],
      radius: radius === null ? null : writeRadius(radius),
      findings: findings as FindingKind[] | null,
    };
  },
  names: ({ watch }, _, context) => findWatchedNames(context, watch.question),
  isMuted: ({ watch }) => watch.isMuted,
  isEnded: ({ watch }) => watch.isEnded,
  endpoints: async ({ watch }, _, context) =>
    hasRight(context.identity, 'admin') && watch.endpoints?.length
      ? (await listEndpoints(storeOf(context))).filter(({ id }) => watch.endpoints?.includes(id) === true)
      : [],
  endpointCount: ({ watch }) => watch.endpoints?.length ?? 0,
  lastRevision: ({ watch }) => watch.last.revision,
  lastInstant: ({ watch }) => watch.last.instant,
  failure: ({ watch }) => watch.failure,
  events: ({ id }, page, context) => pageOfEvents(context, 'Watch.events', page, { watch: id }),
};

export const WatchEvent: WatchEventResolvers = {
  watch: async ({ event }, _, context) => {
    const found = await findWatch(storeOf(context), context.identity, event.watch);
    if (found === undefined)
      throw new ExposureError('NOT_FOUND', `The watch ${event.watch} was deleted meanwhile. Ask for the events again.`);
    return found;
  },
  ...readFrom('event', 'type', 'fromRevision', 'toRevision', 'instant', 'fromInstant', 'before', 'after'),
  items: ({ id, event: { items, type } }, page) =>
    pageOfArray({ list: 'WatchEvent.items', question: id, revision: 0 }, page, items, (item) => ({ ...item, type })),
  counts: ({ event }) => [...event.counts],
  summary: ({ event }) => event.summary,
  url: ({ event }) => event.url,
  deliveries: async ({ id, event: { watch } }, _, context) =>
    hasRight(context.identity, 'admin') ? listDeliveries(storeOf(context), { watch, event: id }) : [],
};

const artifactEvents: ReadonlySet<WatchEventType> = new Set(['radius.changed', 'lab.changed']);
const organizationEvents: ReadonlySet<WatchEventType> = new Set([
  ...(['artifact.exposure.changed', 'notice.due', 'notice.overdue', 'advisory.matched', 'ranking.entered'] as const),
]);

export const WatchItem: WatchItemResolvers = {
  artifact: async ({ type, subject }, _, context) =>
    artifactEvents.has(type) ? oneById(await context.facts(), 'artifacts', subject, artifactAt) : null,
  organization: async ({ type, subject }, _, context) => {
    if (!organizationEvents.has(type)) return null;
    const projection = await context.facts();
    return oneById(projection, 'organizations', await resolveMergedId(context, projection, subject), organizationAt);
  },
  worstCaseLossUsd: ({ worstCaseLossUsd }) => worstCaseLossUsd ?? null,
};

/** The names of what a watch asks about, in the reader's view: an incident by its origins, or by its name where its notices are watched. */
async function findWatchedNames(context: Context, { kind, incident, radius, lab, artifact }: WatchQuestion): Promise<string[]> {
  const saved = incident === null ? undefined : (await findIncident(context, incident))?.incident;
  if (kind === 'NOTICE') return saved === undefined ? [] : [saved.name];
  const stated = (radius ?? {}) as Partial<Pick<Incident, 'origins' | 'suspectedOrigins'>>;
  const origins = stated.origins ?? saved?.origins ?? [];
  const suspected = (stated.suspectedOrigins ?? saved?.suspectedOrigins ?? []).map(({ organization }) => organization);
  const ids = [lab, ...origins, ...suspected].filter((id) => id !== null);
  if (ids.length === 0 && artifact === null) return [];
  const projection = await context.facts();
  const { organizations, artifacts } = projection;
  const names: string[] = [];
  for (const id of ids) {
    const index = organizations.id.find(await resolveMergedId(context, projection, id));
    if (index >= 0) names.push(organizations.name.get(index));
  }
  const index = artifact === null ? -1 : artifacts.id.find(artifact);
  return index < 0 ? names : [...names, artifacts.name.get(index)];
}

const watchClockOf = ({ services }: Context) => services.questions.clock;

export const endpointQueries = {
  endpoints: (_, _args, context) => listEndpoints(storeOf(context)),
} satisfies QueryResolvers;

export const endpointMutations = {
  saveEndpoint: async (_, { input }, context) => {
    const { rules } = context.services.webhooks.outlet;
    return toPayload(await saveEndpoint(storeOf(context), rules, context.identity, input, watchClockOf(context)()));
  },
  rotateEndpointSecret: async (_, { input: { id } }, context) =>
    toPayload(await rotateSecret(storeOf(context), id, watchClockOf(context)())),
  deleteEndpoint: async (_, { input: { id } }, context) =>
    (await deleteEndpoint(storeOf(context), id))
      ? { deletedId: id, userErrors: [] }
      : { deletedId: null, userErrors: [notFound('endpoint', id)] },
  testEndpoint: async (_, { input: { id } }, context) => {
    const delivery = await testEndpoint(storeOf(context), context.services.webhooks, id, watchClockOf(context));
    return delivery === undefined ? { delivery: null, userErrors: [notFound('endpoint', id)] } : { delivery, userErrors: [] };
  },
  replayEvent: async (_, { input: { event, endpoint } }, context) => {
    const { rules } = context.services.webhooks.outlet;
    const { delivery, faults } = await replayToEndpoint(
      storeOf(context),
      rules,
      context.identity,
      event,
      endpoint,
      watchClockOf(context)(),
    );
    return { delivery, userErrors: [...faults] };
  },
} satisfies MutationResolvers;

function toPayload({ endpoint, secret, faults }: ShownSecret) {
  return { endpoint, secret, userErrors: [...faults] };
}

export const Endpoint: EndpointResolvers = {
  deliveries: async ({ id }, { first }, context) => {
    const count = Math.max(0, Math.min(first ?? 10, maxAttempts));
    return (await listDeliveries(storeOf(context), { endpoint: id })).slice(0, count);
  },
};
