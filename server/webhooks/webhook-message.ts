import { createHmac } from 'node:crypto';
import { formatInstant } from '../domain/instants.ts';
import type { Endpoint, EndpointSecret } from '../domain/records/endpoint.ts';
import type { Watch, WatchEvent } from '../domain/records/watch.ts';

/*
 * The message on the wire (docs/webhooks.md): Standard Webhooks 1.0.0, or CloudEvents 1.0 in the body, both with the headers of the first. THIN is
 * ids and figures alone. FULL has names and sentences too.
 */

export interface Message {
  /** The same whenever it is sent again, so that receivers drop doubles. */
  readonly id: string;
  readonly type: string;
  /** Epoch milliseconds of what it tells. */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The most rows of an event in a message. */
export const maxRows = 10;
const maxBodyBytes = 20_000;
/** A longer address of the page, as of a thousand origins, is that of the event in the inbox. */
const maxLinkLength = 2000;

/**
 * The message of an event.
 *
 * @param names of FULL: the names of its first rows, by subject
 * @param publicUrl null: the link is the path alone
 */
export function messageOf(
  { detail }: Pick<Endpoint, 'detail'>,
  id: string,
  event: WatchEvent,
  { question, name }: Pick<Watch, 'question' | 'name'>,
  names: ReadonlyMap<string, string>,
  publicUrl: string | null,
): Message {
  const isFull = detail === 'FULL';
  const { type, fromRevision, fromInstant, toRevision, instant, before, after, counts, items, summary } = event;
  const link = event.url.length > maxLinkLength ? `/inbox?event=${encodeURIComponent(id)}` : event.url;
  const rows = items.slice(0, maxRows).map(({ kind, subject, before: was, after: is, because }) => ({
    ...{ kind, subject, before: was, after: is },
    ...(isFull ? { name: names.get(subject) ?? null, because } : {}),
  }));
  const data = (shown: number) => ({
    ...{ event: id, watch: event.watch, kind: question.kind, incident: question.incident },
    ...(isFull ? { name, summary } : {}),
    ...{ fromRevision, toRevision, fromInstant: formatInstant(fromInstant), toInstant: formatInstant(instant) },
    ...{ before, after, counts, items: rows.slice(0, shown) },
    url: publicUrl === null ? link : new URL(link, publicUrl).href,
  });
  let shown = rows.length;
  // The envelope takes the rest.
  while (shown > 0 && Buffer.byteLength(JSON.stringify(data(shown))) > maxBodyBytes - 1000) shown--;
  return { id, type, at: instant, data: data(shown) };
}

/** The body, and the headers that say what it is. */
export function writeMessage(
  { format }: Pick<Endpoint, 'format'>,
  { id, type, at, data }: Message,
  publicUrl: string | null,
): { readonly body: string; readonly contentType: string } {
  const time = formatInstant(at);
  if (format === 'STANDARD_WEBHOOKS') return { body: JSON.stringify({ type, timestamp: time, data }), contentType: 'application/json' };
  const source = publicUrl ?? 'urn:exposure-graph';
  return {
    body: JSON.stringify({ specversion: '1.0', id, source, type, time, datacontenttype: 'application/json', data }),
    contentType: 'application/cloudevents+json; charset=utf-8',
  };
}

/**
 * The headers of Standard Webhooks, with a signature by each secret that is valid.
 *
 * @param now of the attempt, epoch milliseconds
 */
export function sign(secrets: readonly EndpointSecret[], id: string, now: number, body: string): Record<string, string> {
  const timestamp = Math.floor(now / 1000);
  const signatures = validAt(secrets, now).map(
    ({ secret }) => `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': `${timestamp}`, 'webhook-signature': signatures.join(' ') };
}

export function validAt(secrets: readonly EndpointSecret[], now: number): readonly EndpointSecret[] {
  return secrets.filter(({ until }) => until === null || until > now);
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
