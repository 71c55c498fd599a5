import { createHmac } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { formatInstant } from '../domain/instants.ts';
import type { Endpoint, EndpointSecret } from '../domain/records/endpoint.ts';
import type { Watch, WatchEvent } from '../domain/records/watch.ts';
import type { TargetRules } from './target-rules.ts';
import { hostOf } from './target-rules.ts';

export interface Outlet {
  readonly rules: TargetRules;
  /** Addresses of name servers; absent: those of the machine. */
  readonly nameServers?: readonly string[];
  /** Certificates that are trusted, as PEM; absent: those of Node. */
  readonly certificates?: string;
  /** Of one attempt, the look-up of the name included. */
  readonly timeoutMs?: number;
}

/** The outcome of an attempt. */
export interface Sent {
  /** Null: nobody answered, or nothing was sent. */
  readonly status: number | null;
  /** A sentence, without the url, the body and the secrets; null: it was delivered. */
  readonly error: string | null;
  /** The header of the answer. */
  readonly retryAfter: string | null;
}

export const attemptMs = 20_000;
/** Of an answer. The rest is not read. */
const maxAnswerBytes = 64 * 1024;
const maxHeaderBytes = 16 * 1024;
/** For the rest of an answer, once its status is known. */
const drainMs = 1000;

// Own agents: those of the process may have a proxy from the environment, or keep a connection to an address that was checked long ago.
const agents = { 'http:': new HttpAgent({ keepAlive: false }), 'https:': new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 }) };

/**
 * Sends one request, and reads the status of the answer. The name of the host is resolved once, each of its addresses is checked, and the connection
 * goes to an address that was checked, under the name in SNI, certificate and Host. Follows no redirect and uses no proxy.
 *
 * The name servers are asked directly: a file of hosts is not read, and a slow name server holds no thread of the process.
 *
 * @param signal ends the attempt, as when the server stops
 * @returns whatever happens; it never throws
 */
export async function sendWebhook(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  outlet: Outlet,
  signal?: AbortSignal,
): Promise<Sent> {
  const { rules, timeoutMs = attemptMs } = outlet;
  const fault = rules.findFault(address);
  if (fault !== undefined) return failed(fault);
  const url = new URL(address);
  const attempt = new AbortController();
  const end = () => attempt.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, timeoutMs);
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted === true) end();
  try {
    const found = await resolveOnce(hostOf(url), outlet.nameServers, attempt.signal);
    if (typeof found === 'string') return failed(`The name of the host could not be looked up (${found}).`);
    const refused = found.find((one) => !rules.isAllowed(one, url));
    if (refused !== undefined) return failed(`The host leads to ${refused}, which is no address that webhooks may reach.`);
    return await post(url, headers, body, found, attempt.signal, outlet.certificates);
  } catch (error) {
    if (isLate) return failed(`There was no answer within ${(timeoutMs / 1000).toLocaleString('en-US')} s.`);
    if (signal?.aborted === true) return failed('The server stopped.');
    return failed(`The connection failed (${codeOf(error)}).`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function failed(error: string): Sent {
  return { status: null, error, retryAfter: null };
}

/** All addresses of a host, at least one, IPv4 first; an address is its own. Else the code of what the name servers say. Throws when the attempt ends. */
async function resolveOnce(
  host: string,
  nameServers: readonly string[] | undefined,
  ends: AbortSignal,
): Promise<readonly string[] | string> {
  if (isIP(host) !== 0) return [host];
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (nameServers !== undefined) resolver.setServers(nameServers);
  const cancel = () => resolver.cancel();
  ends.addEventListener('abort', cancel, { once: true });
  try {
    ends.throwIfAborted();
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    ends.throwIfAborted();
    const found = [four, six].flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    return found.length > 0 ? found : four.status === 'rejected' ? codeOf(four.reason) : 'ENODATA';
  } finally {
    ends.removeEventListener('abort', cancel);
  }
}

function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  addresses: readonly string[],
  ends: AbortSignal,
  certificates: string | undefined,
): Promise<Sent> {
  const content = Buffer.from(body);
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': `${content.length}` },
    lookup: lookupOf(addresses),
    maxHeaderSize: maxHeaderBytes,
    signal: ends,
  };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, {
            ...options,
            agent: agents['https:'],
            rejectUnauthorized: true,
            ...(certificates === undefined ? {} : { ca: certificates }),
          })
        : httpRequest(url, { ...options, agent: agents['http:'] });
    // An error or a close after the status changes nothing.
    request.on('error', reject);
    // An answer that would change the protocol is neither an answer nor an error.
    request.on('close', () => reject(new Error('The connection was closed.')));
    request.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      const isDelivered = status >= 200 && status <= 299;
      resolve({ status, error: isDelivered ? null : `The answer was ${status}.`, retryAfter: answer.headers['retry-after'] ?? null });
      let left = maxAnswerBytes;
      const leave = setTimeout(() => answer.destroy(), drainMs);
      answer.on('data', (piece: Buffer) => {
        left -= piece.length;
        if (left <= 0) answer.destroy();
      });
      answer.on('error', () => undefined);
      answer.on('close', () => clearTimeout(leave));
    });
    // A body that goes on while the answer is there already breaks nothing.
    request.end(content);
  });
}

/** Gives the addresses that were checked, whatever the name means by now. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all: isAll }, callback) => {
    const [first] = all as [(typeof all)[number]];
    if (isAll === true) callback(null, all);
    else callback(null, first.address, first.family);
  };
}

function codeOf(error: unknown): string {
  const { code, cause } = error as NodeJS.ErrnoException & { readonly cause?: { readonly code?: string } };
  return code ?? cause?.code ?? 'unknown reason';
}

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
