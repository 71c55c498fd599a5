import { randomBytes, randomUUID } from 'node:crypto';
import type { Identity } from '../auth/identity.ts';
import { compareCodePoints } from '../domain/compare.ts';
import type {
  Attempt,
  DeliveryQueue,
  Endpoint,
  EndpointDetail,
  EndpointFormat,
  EndpointSecret,
  WaitingEvent,
} from '../domain/records/endpoint.ts';
import { keptAttempts, maxEndpoints } from '../domain/records/endpoint.ts';
import type { Watch } from '../domain/records/watch.ts';
import { maxEntries } from '../domain/records/watch.ts';
import type { Fault } from '../questions/records/faults.ts';
import { notFound } from '../questions/records/faults.ts';
import { changeDocument } from '../store/change-document.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { StoredDocument } from '../store/store-record.ts';
import type { TargetRules } from './target-rules.ts';

/** An endpoint without its secrets. */
export interface SavedEndpoint extends Omit<Endpoint, 'secrets'> {
  readonly id: string;
  /** Whether nothing can be signed, as after a restore. */
  readonly hasSecret: boolean;
}

/** An attempt, with where it went. */
export interface Delivery extends Attempt {
  readonly endpoint: string;
}

/** An endpoint as somebody states it. What is left out stays, or is as by default. */
export interface EndpointInput {
  readonly id?: string | null | undefined;
  readonly url: string;
  readonly format?: EndpointFormat | null | undefined;
  readonly detail?: EndpointDetail | null | undefined;
}

/** The only moment at which a secret can be read. */
export interface ShownSecret {
  readonly endpoint: SavedEndpoint | null;
  /** Null: the endpoint keeps its secret. */
  readonly secret: string | null;
  readonly faults: readonly Fault[];
}

/** How long a secret signs after another took its place. */
const rotationMs = 86_400_000;
const secretBytes = 32;

/** The oldest first. */
export async function listEndpoints(store: FactStore): Promise<SavedEndpoint[]> {
  const all = (await store.listDocuments('endpoint')).map(withoutSecrets);
  return all.sort((a, b) => a.createdAt - b.createdAt || compareCodePoints(a.id, b.id));
}

function withoutSecrets({ id, json }: Pick<StoredDocument, 'id' | 'json'>): SavedEndpoint {
  return toSaved(id, JSON.parse(json) as Endpoint);
}

function toSaved(id: string, { secrets, ...endpoint }: Endpoint): SavedEndpoint {
  return { id, ...endpoint, hasSecret: secrets.length > 0 };
}

/** With its secrets, for whoever signs. */
export async function readEndpoint(store: FactStore, id: string): Promise<Endpoint | undefined> {
  const found = await store.findDocument('endpoint', id);
  return found && (JSON.parse(found.json) as Endpoint);
}

/**
 * Saves an endpoint. A new one gets a secret. One that was disabled becomes active. What waits for it is due.
 *
 * @returns the faults, for a person to correct, and no endpoint
 */
export async function saveEndpoint(
  store: FactStore,
  rules: TargetRules,
  { canExport }: Pick<Identity, 'canExport'>,
  { id: stated, url, format, detail }: EndpointInput,
  now: number,
): Promise<ShownSecret> {
  const refuse = (code: string, path: string, message: string) => ({
    ...{ endpoint: null, secret: null },
    faults: [{ code, path: [path], message }],
  });
  const fault = rules.findFault(url);
  if (fault !== undefined) return refuse('ENDPOINT_NOT_ALLOWED', 'url', fault);
  const before = stated ? await readEndpoint(store, stated) : undefined;
  if (stated && before === undefined) return { endpoint: null, secret: null, faults: [notFound('endpoint', stated)] };
  if ((detail ?? before?.detail) === 'FULL' && !canExport)
    return refuse(
      'FORBIDDEN',
      'detail',
      'FULL sends names and sentences, which needs the right to export. Choose THIN, or ask for that right.',
    );
  if (before === undefined && (await store.listDocuments('endpoint')).length >= maxEndpoints)
    return refuse(
      'LIMIT_EXCEEDED',
      'url',
      `There are ${maxEndpoints} endpoints, which is the maximum. Delete one that nobody needs, then save again.`,
    );
  const id = stated || randomUUID();
  let secret: string | null = null;
  const changed = await changeDocument<Endpoint>(store, 'endpoint', id, (endpoint) => {
    // It was deleted meanwhile.
    if (stated && endpoint === undefined) return undefined;
    secret = endpoint === undefined || endpoint.secrets.length === 0 ? makeSecret() : null;
    return {
      url: new URL(url).href,
      format: format ?? endpoint?.format ?? 'STANDARD_WEBHOOKS',
      detail: detail ?? endpoint?.detail ?? 'THIN',
      state: endpoint === undefined || endpoint.state === 'DISABLED' ? 'ACTIVE' : endpoint.state,
      createdAt: endpoint?.createdAt ?? now,
      secrets: secret === null ? (endpoint?.secrets ?? []) : [{ secret, until: null }],
    };
  });
  if (changed === undefined) return { endpoint: null, secret: null, faults: [notFound('endpoint', id)] };
  if (before !== undefined) await beginAnew(store, id, now);
  return { endpoint: toSaved(id, changed.value), secret, faults: [] };
}

/** Gives an endpoint another secret. The one before signs too, for 24 hours, and one before that no more. */
export async function rotateSecret(store: FactStore, id: string, now: number): Promise<ShownSecret> {
  const secret = makeSecret();
  const changed = await changeDocument<Endpoint>(store, 'endpoint', id, (endpoint) => {
    const [present] = endpoint?.secrets ?? [];
    const kept: EndpointSecret[] = present === undefined ? [] : [{ ...present, until: now + rotationMs }];
    return endpoint && { ...endpoint, secrets: [{ secret, until: null }, ...kept] };
  });
  if (changed === undefined) return { endpoint: null, secret: null, faults: [notFound('endpoint', id)] };
  return { endpoint: toSaved(id, changed.value), secret, faults: [] };
}

function makeSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** Deletes an endpoint, and what waits for it. Watches name it no more. Returns whether there was one. */
export async function deleteEndpoint(store: FactStore, id: string): Promise<boolean> {
  const isDeleted = await store.deleteDocument('endpoint', id);
  for (const { id: watch, json } of await store.listDocuments('watch'))
    if ((JSON.parse(json) as Watch).endpoints?.includes(id) === true)
      await changeDocument<Watch>(
        store,
        'watch',
        watch,
        (one) => one && { ...one, endpoints: one.endpoints?.filter((other) => other !== id) ?? [] },
      );
  await deleteQueues(store, ({ endpoint }) => endpoint === id);
  return isDeleted;
}

/** The faults of endpoints that a watch, or a replay, names. */
export async function findEndpointFaults(
  store: FactStore,
  { canExport }: Pick<Identity, 'canExport'>,
  ids: readonly string[],
): Promise<readonly Fault[]> {
  const known = new Map((await listEndpoints(store)).map((endpoint) => [endpoint.id, endpoint]));
  return ids.flatMap((id): Fault[] => {
    const endpoint = known.get(id);
    if (endpoint === undefined) return [{ ...notFound('endpoint', id), path: ['endpoints'] }];
    if (endpoint.detail === 'THIN' || canExport) return [];
    const message = `The endpoint ${id} gets names and sentences (FULL), which needs the right to export. Name another, or ask for that right.`;
    return [{ code: 'FORBIDDEN', path: ['endpoints'], message }];
  });
}

interface QueueKey {
  readonly endpoint: string;
  readonly watch: string | null;
  readonly owner: string | null;
}

function queueIdOf({ endpoint, watch }: Pick<QueueKey, 'endpoint' | 'watch'>): string {
  return `${endpoint}/${watch ?? ''}`;
}

/** Queues an event, once, however often it is recorded. */
export async function queueEvent(store: FactStore, key: QueueKey, event: string, now: number): Promise<void> {
  await changeDocument<DeliveryQueue>(store, 'delivery', queueIdOf(key), (queue) => {
    const { waiting, attempts } = queue ?? emptyQueue;
    if ([...waiting, ...attempts].some((one) => one.event === event)) return undefined;
    return { ...(queue ?? emptyQueue), ...key, waiting: [...waiting, { event, attempts: 0, nextAt: now }].slice(-maxEntries) };
  });
}

/** Queues an event again. One that still waits is due now. */
export async function replayEvent(store: FactStore, key: QueueKey, event: string, now: number): Promise<Delivery> {
  const again = (waiting: WaitingEvent): WaitingEvent => ({ ...waiting, nextAt: Math.min(waiting.nextAt, now) });
  const changed = await changeDocument<DeliveryQueue>(store, 'delivery', queueIdOf(key), (queue) => {
    const { waiting } = queue ?? emptyQueue;
    const isWaiting = waiting.some((one) => one.event === event);
    const all = isWaiting ? waiting : [...waiting, { event, attempts: 0, nextAt: now }].slice(-maxEntries);
    return { ...(queue ?? emptyQueue), ...key, waiting: all.map((one) => (one.event === event ? again(one) : one)) };
  });
  const attempt = changed?.value.waiting.find((one) => one.event === event)?.attempts ?? 0;
  return { ...{ event, endpoint: key.endpoint, attempt, at: now }, ...{ status: null, error: null, nextAt: now } };
}

const emptyQueue: DeliveryQueue = { endpoint: '', watch: null, owner: null, waiting: [], attempts: [], lease: null };

/** Makes all waiting events of an endpoint due, from their first attempt. */
async function beginAnew(store: FactStore, endpoint: string, now: number): Promise<void> {
  for (const { id, queue } of await listQueues(store))
    if (queue.endpoint === endpoint && queue.waiting.length > 0)
      await changeDocument<DeliveryQueue>(
        store,
        'delivery',
        id,
        (latest) => latest && { ...latest, waiting: latest.waiting.map(({ event }) => ({ event, attempts: 0, nextAt: now })) },
      );
}

/** Adds an attempt to those that a queue remembers. */
export function withAttempt(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  return [attempt, ...attempts].slice(0, keptAttempts);
}

/** Remembers a test of an endpoint. */
export async function recordTest(store: FactStore, endpoint: string, attempt: Attempt): Promise<void> {
  const key = { endpoint, watch: null, owner: null };
  await changeDocument<DeliveryQueue>(store, 'delivery', queueIdOf(key), (queue) => ({
    ...(queue ?? emptyQueue),
    ...key,
    attempts: withAttempt(queue?.attempts ?? [], attempt),
  }));
}

export async function listQueues(store: FactStore): Promise<{ readonly id: string; readonly queue: DeliveryQueue }[]> {
  return (await store.listDocuments('delivery')).map(({ id, json }) => ({ id, queue: JSON.parse(json) as DeliveryQueue }));
}

export async function deleteQueues(store: FactStore, isGone: (queue: DeliveryQueue) => boolean): Promise<void> {
  for (const { id, queue } of await listQueues(store)) if (isGone(queue)) await store.deleteDocument('delivery', id);
}

/** Attempts to reach an endpoint, or to deliver an event, the latest first. */
export async function listDeliveries(
  store: FactStore,
  of: { readonly endpoint: string } | { readonly watch: string; readonly event: string },
): Promise<Delivery[]> {
  const isOf = (queue: DeliveryQueue) => ('endpoint' in of ? queue.endpoint === of.endpoint : queue.watch === of.watch);
  const queues = (await listQueues(store)).map(({ queue }) => queue).filter(isOf);
  const all = queues.flatMap(({ endpoint, attempts }) => attempts.map((attempt): Delivery => ({ ...attempt, endpoint })));
  const own = 'endpoint' in of ? all : all.filter(({ event }) => event === of.event);
  return own.sort((a, b) => b.at - a.at || b.attempt - a.attempt);
}

/** Changes the state of an endpoint. Returns whether it was another. Only who saves a disabled one makes it active. */
export async function changeState(store: FactStore, id: string, state: Endpoint['state']): Promise<boolean> {
  let isChanged = false;
  await changeDocument<Endpoint>(store, 'endpoint', id, (endpoint) => {
    isChanged = endpoint !== undefined && endpoint.state !== 'DISABLED' && endpoint.state !== state;
    return isChanged ? { ...(endpoint as Endpoint), state } : undefined;
  });
  return isChanged;
}
