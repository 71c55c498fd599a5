import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ExposureError } from '../domain/errors.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { Attempt, DeliveryQueue, Endpoint, WaitingEvent } from '../domain/records/endpoint.ts';
import type { Lease } from '../domain/records/lease.ts';
import { isHeld } from '../domain/records/lease.ts';
import type { Watch, WatchEvent, WatchEventType } from '../domain/records/watch.ts';
import { keptMs } from '../domain/records/watch.ts';
import { changeDocument } from '../store/change-document.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { Delivery } from './endpoint-records.ts';
import { changeState, listEndpoints, listQueues, readEndpoint, recordTest, withAttempt } from './endpoint-records.ts';
import type { Message, Outlet, Sent } from './send-webhook.ts';
import { attemptMs, maxRows, messageOf, sendWebhook, sign, validAt, writeMessage } from './send-webhook.ts';
import type { StatedTargets } from './target-rules.ts';
import { TargetRules } from './target-rules.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];
/** Between an attempt that failed and the next one. The first attempt is made at once. */
export const retryDelays: readonly number[] = [
  ...[5 * second, 5 * minute, 30 * minute],
  ...[2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
];
const mostAskedMs = 24 * hour;
/** Of a delay, so that what failed together does not come back together. */
const jitter = 0.1;

/**
 * When to try again.
 *
 * @param attempt that failed, from 1
 * @param at of its answer, epoch milliseconds
 * @param retryAfter the header of the answer: seconds, or a date. It is heeded up to 24 hours, and shortens nothing
 * @param chance from 0 to 1
 * @returns null: the calendar has no further attempt
 */
export function nextAttemptAt(attempt: number, at: number, retryAfter: string | null, chance: number): number | null {
  const delay = retryDelays[attempt - 1];
  if (delay === undefined) return null;
  const text = retryAfter?.trim() ?? '';
  const asked = /^\d{1,10}$/.test(text) ? Number(text) * second : Date.parse(text) - at;
  const heeded = asked > 0 ? Math.min(asked, mostAskedMs) : 0;
  return Math.round(at + Math.max(delay * (1 + jitter * chance), heeded));
}

/** Where webhooks go, and what they say of the page. */
export interface WebhookSettings {
  readonly outlet: Outlet;
  readonly publicUrl: string | null;
  readonly userAgent: string;
}

export function webhookSettings(targets: StatedTargets, publicUrl: string | null, version: string): WebhookSettings {
  return { outlet: { rules: new TargetRules(targets) }, publicUrl, userAgent: `exposure-graph/${version}` };
}

export interface DeliveryEngineOptions extends WebhookSettings {
  readonly store: FactStore;
  readonly clock: () => number;
  /** Gets an error whose reason passes, such as a store that is away. */
  readonly onError: (error: unknown) => void;
  readonly onAttempt?: (isDelivered: boolean) => void;
  /** @param reason a sentence */
  readonly onDisabled?: (endpoint: string, reason: string) => void;
  readonly tickMs?: number;
  readonly leaseMs?: number;
  /** From 0 to 1. */
  readonly chance?: () => number;
}

/** Queues of one endpoint that are sent at once, so that one that hangs holds neither memory nor connections without end. */
const mostAtOnce = 4;
/** A server that stops waits this long for attempts that it ended. */
const closeMs = 2000;

/**
 * Sends what waits (docs/webhooks.md): in order for an endpoint and watch, at least once. Queues run beside each other, so a receiver that hangs costs
 * others nothing.
 *
 * Several servers may run it. A lease in the document of the queue says who sends, and ends later than an attempt can take. A server that is killed
 * between sending and recording makes the next one send the same id again.
 */
export class DeliveryEngine {
  readonly #options: Required<DeliveryEngineOptions>;
  readonly #by = randomUUID();
  /** Deliveries under way, by queue. */
  readonly #sending = new Map<string, { readonly endpoint: string; readonly done: Promise<void> }>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #reported: string | undefined;

  constructor(options: DeliveryEngineOptions) {
    const nothing = () => undefined;
    // Each attempt listens, and Node takes more than ten for a leak.
    setMaxListeners(0, this.#closing.signal);
    this.#options = { ...{ tickMs: 2000, leaseMs: 30_000, chance: Math.random, onAttempt: nothing, onDisabled: nothing }, ...options };
  }

  /** Begins to look for what is due. It does nothing where no host is allowed. */
  start(): void {
    if (this.#options.outlet.rules.isOff) return;
    this.#timer = setTimeout(async () => {
      await this.#look().catch((error) => this.#report(error));
      if (!this.#closing.signal.aborted) this.start();
    }, this.#options.tickMs);
    this.#timer.unref();
  }

  /** Ends the attempts that are under way, and leaves what they would have delivered to the next server. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await Promise.race([this.#settle(), pause(closeMs, undefined, { ref: false })]);
  }

  /** Sends what is due, and waits for it. Throws STORE_UNAVAILABLE if the store cannot be read. */
  async pass(): Promise<void> {
    await this.#look();
    await this.#settle();
  }

  async #settle(): Promise<void> {
    await Promise.all([...this.#sending.values()].map(({ done }) => done));
  }

  async #look(): Promise<void> {
    const { store, clock } = this.#options;
    const queues = await listQueues(store);
    if (queues.length === 0) return;
    // Read after the queues: an endpoint is there before anything waits for it.
    const endpoints = new Map((await listEndpoints(store)).map((endpoint) => [endpoint.id, endpoint]));
    const now = clock();
    for (const { id, queue } of queues) {
      const endpoint = endpoints.get(queue.endpoint);
      const [head] = queue.waiting;
      const isOver = head === undefined && (queue.attempts[0]?.at ?? 0) <= now - keptMs;
      if (endpoint === undefined || isOver) {
        await store.deleteDocument('delivery', id);
        continue;
      }
      if (head === undefined || endpoint.state === 'DISABLED' || !endpoint.hasSecret) continue;
      if (head.nextAt > now || this.#isHeld(queue.lease, now) || this.#sending.has(id) || this.#closing.signal.aborted) continue;
      const busy = [...this.#sending.values()].filter((one) => one.endpoint === queue.endpoint).length;
      if (busy < mostAtOnce) this.#begin(id, queue.endpoint);
    }
  }

  #begin(id: string, endpoint: string): void {
    const done = this.#deliver(id)
      .catch((error) => this.#report(error))
      .finally(() => this.#sending.delete(id));
    this.#sending.set(id, { endpoint, done });
  }

  /** Sends what is due of a queue, one after the other. */
  async #deliver(id: string): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const leased = await this.#lease(id);
      if (leased === undefined || !(await this.#sendFirst(id, leased))) return;
    }
  }

  /** Undefined: nothing is due, or another server has it. */
  async #lease(id: string): Promise<{ readonly queue: DeliveryQueue; readonly lease: Lease } | undefined> {
    const { clock, leaseMs } = this.#options;
    const now = clock();
    const lease: Lease = { by: this.#by, until: now + leaseMs };
    const changed = await this.#change(id, (queue) => {
      const [head] = queue.waiting;
      return head === undefined || head.nextAt > now || this.#isHeld(queue.lease, now) ? undefined : { ...queue, lease };
    });
    return changed && { queue: changed, lease };
  }

  /** The clocks of servers that share a store may differ by a lease. */
  #isHeld(lease: Lease | null, now: number): boolean {
    return isHeld(lease, now, 2 * this.#options.leaseMs);
  }

  /** Returns whether the next one may follow. */
  async #sendFirst(id: string, { queue, lease }: { readonly queue: DeliveryQueue; readonly lease: Lease }): Promise<boolean> {
    const { store, clock, outlet } = this.#options;
    const head = queue.waiting[0] as WaitingEvent;
    const endpoint = await readEndpoint(store, queue.endpoint);
    const release = async () => {
      await this.#changeOwn(id, lease, (latest) => ({ ...latest, lease: null }));
      return false;
    };
    if (endpoint === undefined || endpoint.state === 'DISABLED') return release();
    const message = await this.#read(endpoint, queue.watch, head.event);
    if (message === undefined) {
      await this.#changeOwn(id, lease, (latest) => ({
        ...latest,
        lease: null,
        waiting: latest.waiting.filter((one) => one.event !== head.event),
      }));
      return true;
    }
    // Another server would send the same while this attempt goes on.
    if (clock() + (outlet.timeoutMs ?? attemptMs) > lease.until) return release();
    const sent = await send(this.#options, endpoint, message, clock(), this.#closing.signal);
    if (sent === undefined || (this.#closing.signal.aborted && sent.status === null)) return release();
    return this.#record(id, lease, head, sent);
  }

  async #record(id: string, lease: Lease, head: WaitingEvent, { status, error, retryAfter }: Sent): Promise<boolean> {
    const { store, clock, chance, onAttempt, onDisabled } = this.#options;
    const at = clock();
    const isDelivered = error === null;
    onAttempt(isDelivered);
    const attempt = head.attempts + 1;
    const nextAt = isDelivered || status === 410 ? null : nextAttemptAt(attempt, at, retryAfter, chance());
    const made: Attempt = { event: head.event, attempt, at, status, error, nextAt };
    const changed = await this.#changeOwn(id, lease, (queue) => ({
      ...queue,
      lease: null,
      // An event that was not delivered stays first, also when the endpoint is disabled.
      waiting: queue.waiting.flatMap((one) => {
        if (one.event !== head.event) return [one];
        return isDelivered ? [] : [{ event: one.event, attempts: attempt, nextAt: nextAt ?? at }];
      }),
      attempts: withAttempt(
        queue.attempts.filter((one) => one.at > at - keptMs),
        made,
      ),
    }));
    // Another server took over, and sends it again.
    if (changed === undefined) return false;
    if (isDelivered) await changeState(store, changed.endpoint, 'ACTIVE');
    else if (nextAt !== null) await changeState(store, changed.endpoint, 'FAILING');
    else if (await changeState(store, changed.endpoint, 'DISABLED'))
      onDisabled(changed.endpoint, status === 410 ? 'The receiver says that it is gone (410).' : `${attempt} attempts failed. ${error}`);
    return isDelivered;
  }

  /** Undefined: the event or its watch is gone, so there is nothing to tell. */
  async #read(endpoint: Endpoint, watchId: string | null, id: string): Promise<Message | undefined> {
    const { store, publicUrl } = this.#options;
    const [saved, found] = [await store.findDocument('event', id), await store.findDocument('watch', watchId ?? '')];
    if (saved === undefined || found === undefined) return undefined;
    const [event, watch] = [JSON.parse(saved.json) as WatchEvent, JSON.parse(found.json) as Watch];
    return messageOf(endpoint, id, event, watch, await readNames(store, endpoint, event), publicUrl);
  }

  /** Undefined: the queue is gone, or `change` gave up. */
  async #change(id: string, change: (queue: DeliveryQueue) => DeliveryQueue | undefined): Promise<DeliveryQueue | undefined> {
    return (await changeDocument<DeliveryQueue>(this.#options.store, 'delivery', id, (queue) => queue && change(queue)))?.value;
  }

  /** As `change`, as long as nobody else has taken the queue. */
  #changeOwn(id: string, { by, until }: Lease, change: (queue: DeliveryQueue) => DeliveryQueue): Promise<DeliveryQueue | undefined> {
    return this.#change(id, (queue) => (queue.lease?.by === by && queue.lease.until === until ? change(queue) : undefined));
  }

  /** Once, while a store is away for long. */
  #report(error: unknown): void {
    const text = String(error);
    if (text !== this.#reported && !this.#closing.signal.aborted) this.#options.onError(error);
    this.#reported = text;
  }
}

/** Of which kind the subjects of an event are. Others have no name. */
const subjectsOf: Partial<Record<WatchEventType, 'ARTIFACT' | 'ORGANIZATION'>> = {
  'radius.changed': 'ARTIFACT',
  'lab.changed': 'ARTIFACT',
  'artifact.exposure.changed': 'ORGANIZATION',
  'notice.due': 'ORGANIZATION',
  'notice.overdue': 'ORGANIZATION',
  'advisory.matched': 'ORGANIZATION',
  'ranking.entered': 'ORGANIZATION',
};

/** Names as recorded now. An endpoint without FULL needs none. */
async function readNames(store: FactStore, { detail }: Endpoint, { type, items }: WatchEvent): Promise<ReadonlyMap<string, string>> {
  const kind = subjectsOf[type];
  if (detail === 'THIN' || kind === undefined) return new Map();
  const ids = [...new Set(items.slice(0, maxRows).map(({ subject }) => subject))];
  const facts = await store.readFactsByKey(kind, ids);
  return new Map(facts.map(({ key, values }) => [key, values[fieldIndex(kind, 'name')] as string]));
}

/** Undefined: there is no secret to sign with. */
async function send(
  { outlet, publicUrl, userAgent }: WebhookSettings,
  endpoint: Endpoint,
  message: Message,
  now: number,
  signal?: AbortSignal,
): Promise<Sent | undefined> {
  if (validAt(endpoint.secrets, now).length === 0) return undefined;
  const { body, contentType } = writeMessage(endpoint, message, publicUrl);
  const headers = { 'content-type': contentType, 'user-agent': userAgent, ...sign(endpoint.secrets, message.id, now, body) };
  return sendWebhook(endpoint.url, headers, body, outlet, signal);
}

/** A person waits for it, and the time of a request is limited. */
const testMs = 8000;

/**
 * Sends a test (`endpoint.test`) at once and once, also to a disabled endpoint. It changes no state.
 *
 * @returns undefined if there is no such endpoint
 * Throws CONFLICT if it has no secret.
 */
export async function testEndpoint(
  store: FactStore,
  settings: WebhookSettings,
  id: string,
  clock: () => number,
): Promise<Delivery | undefined> {
  const endpoint = await readEndpoint(store, id);
  if (endpoint === undefined) return undefined;
  const now = clock();
  const message: Message = { id: `test_${randomUUID()}`, type: 'endpoint.test', at: now, data: { endpoint: id } };
  const outlet = { ...settings.outlet, timeoutMs: Math.min(testMs, settings.outlet.timeoutMs ?? testMs) };
  const sent = await send({ ...settings, outlet }, endpoint, message, now);
  if (sent === undefined)
    throw new ExposureError(
      'CONFLICT',
      `The endpoint ${id} has no secret, because a backup holds none. Save it, and give its receiver the secret that this shows.`,
    );
  const attempt: Attempt = { event: message.id, attempt: 1, at: clock(), status: sent.status, error: sent.error, nextAt: null };
  await recordTest(store, id, attempt);
  return { ...attempt, endpoint: id };
}
