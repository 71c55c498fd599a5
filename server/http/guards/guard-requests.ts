import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { checkRight, routeRights } from '../../auth/rights.ts';
import type { Config } from '../../configuration/config.ts';
import { isLoopback } from '../../configuration/config.ts';
import { ExposureError } from '../../domain/errors.ts';
import { holdsToken, isSecretName, redactSecrets } from '../../domain/text/secrets.ts';
import type { Scheduler } from '../../questions/run/scheduler.ts';
import { identityOf } from './authenticate.ts';
import { sendError } from './error-response.ts';
import type { Failures } from './failures.ts';
import { toRateLimit } from './failures.ts';

/**
 * Refuses requests from pages of other sites. Without authentication, this check is the only protection against DNS rebinding
 * (Host), scripts (Origin), and images or links (Sec-Fetch-Site).
 *
 * A server with authentication and without a public URL does not know its name, so it takes any Host. A page that reaches it by
 * DNS rebinding has no token there.
 *
 * An Origin is ours if its scheme, host and port are: those of the public URL, else those under which the request came. Another program on
 * this machine has another port. A page of the public host under another scheme or port is not ours either.
 */
export function guardHost({ publicUrl, isAuthRequired }: Pick<Config, 'publicUrl' | 'isAuthRequired'>): RequestHandler {
  const { hostname: publicHost, origin: publicOrigin } =
    publicUrl === null ? { hostname: undefined, origin: undefined } : new URL(publicUrl);
  const isNameless = isAuthRequired && publicUrl === null;
  const isOurs = (host: string | undefined) => host !== undefined && (isLoopback(host) || host === publicHost);
  return (request, response, next) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    const refuse = (message: string) => sendError(response, 'FORBIDDEN', message);
    // Node keeps only the first Host header, but a proxy in front may have checked another one.
    if (request.rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1)
      return sendError(response, 'BAD_REQUEST', 'The request has more than one Host header; send one.');
    // In a URL, `evil@localhost` and `localhost/evil` would read as localhost.
    const hostname = /[/\\?#@]/.test(host ?? '') ? undefined : hostnameOf(`http://${host ?? ''}`);
    if (!(isNameless ? hostname !== undefined : isOurs(hostname)))
      return refuse(
        `This server is not available under the host name "${(host ?? '').slice(0, 80)}"; use the address that it printed at startup.`,
      );
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (origin !== undefined && !isReading) {
      const from = originOf(origin);
      const isOwn = from !== undefined && (from === publicOrigin || (hostname !== publicHost && from === ownOrigin(request)));
      if (!isOwn) {
        const advice = 'If that is the address that people type, set EXPOSURE_PUBLIC_URL to it.';
        return refuse(`Pages of "${origin.slice(0, 80)}" may not write to this server. ${advice}`);
      }
    }
    const isAsking = /^\/(api|graphql|auth|metrics|mcp)\b/i.test(request.path) && !/^\/auth\/(login|callback)$/.test(request.path);
    if (site === 'cross-site' && isAsking) return refuse('Pages of other sites may not use this server.');
    return next();
  };
}

/** The address under which the request came, as its sender says. */
function ownOrigin(request: Request): string | undefined {
  return originOf(`${request.protocol}://${request.headers.host}`);
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

const howToSend = 'Send a token as the header Authorization: Bearer TOKEN.';
/** Parameters of a GraphQL request by GET. They may hold other names and values. */
const graphqlParameters: ReadonlySet<string> = new Set(['query', 'variables', 'extensions']);

/**
 * Refuses a request with a secret in its address, even if its header has a valid one: proxies, browsers and shells keep addresses. The answer
 * and the trail never hold the address.
 */
export function guardSecrets(failures: Failures): RequestHandler {
  return async (request, response, next) => {
    const what = findSecret(request.originalUrl);
    if (what === undefined) return next();
    await failures.note(request, response, { subject: 'a secret in the address', outcome: '400' });
    return sendError(
      response,
      'BAD_REQUEST',
      `The address holds ${what}, and proxies and browsers keep addresses. ${howToSend} Revoke the one in the address: it may have been read.`,
    );
  };
}

/** The kind of secret in an address, without the secret. */
function findSecret(address: string): string | undefined {
  const mark = address.indexOf('?');
  if (holdsToken(decode(mark < 0 ? address : address.slice(0, mark)))) return 'a token';
  if (mark < 0) return undefined;
  for (const [name, value] of new URLSearchParams(address.slice(mark + 1))) {
    // `/auth/login?token` asks for the form.
    if (value !== '' && isSecretName(name)) return name.length > 40 ? 'a secret' : `the parameter "${redactSecrets(name)}"`;
    if (holdsToken(name) || holdsToken(value)) return 'a token';
    if (graphqlParameters.has(name) && redactSecrets(value) !== value) return 'a secret';
  }
  return undefined;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Refuses a body with a token in it, before the body is parsed: no field takes one. Throws BAD_USER_INPUT. */
export function guardTokens(body: Buffer): void {
  const at = body.indexOf('exposure_');
  if (at >= 0 && holdsToken(body.toString('latin1', at))) throw new ExposureError('BAD_USER_INPUT', `The body holds a token. ${howToSend}`);
}

/** Refuses variables that are named like secrets, unless the query declares them. Throws BAD_USER_INPUT. */
export function guardVariables(query: unknown, variables: unknown): void {
  if (typeof variables !== 'object' || variables === null) return;
  for (const name of Object.keys(variables)) {
    if (isSecretName(name) && !(typeof query === 'string' && query.includes(`$${name}`)))
      throw new ExposureError('BAD_USER_INPUT', `No query takes the variable "${redactSecrets(name.slice(0, 40))}". ${howToSend}`);
  }
}

/** Limits of a JSON body. The largest honest body is `putFacts` with 10,000 facts, which has about 300,000 values. */
const maxDepth = 64;
const maxValues = 1_000_000;
/** Elements of one list, or fields of one object. Reading 100,000 ids takes tens of milliseconds, and no list of the API may be so long. */
const maxLength = 100_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Refuses a body that nests too deep, has a list that is too long or too many values, before the body is parsed. Reads the bytes once, up to
 * the first limit that they break, and leaves invalid JSON to the parser. Throws LIMIT_EXCEEDED, BAD_USER_INPUT (an encoding other than UTF-8).
 *
 * @param body in UTF-8, where the bytes of brackets, commas and quotes are never part of another character
 */
export function guardJson(body: Uint8Array, encoding: string): void {
  if (encoding.toLowerCase() !== 'utf-8')
    throw new ExposureError('BAD_USER_INPUT', 'The body has another encoding than UTF-8; send UTF-8.');
  let depth = 0;
  let values = 1;
  let isInString = false;
  /** The elements so far of the list or object at each depth. */
  const lengths = new Uint32Array(maxDepth + 1);
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (isInString) {
      if (byte === backslash) at++;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === comma) {
      values++;
      // In invalid JSON, a depth below 0 has no length.
      const length = (lengths[depth] ?? 0) + 1;
      lengths[depth] = length;
      if (length > maxLength)
        throw new ExposureError(
          'LIMIT_EXCEEDED',
          'A list in the JSON body has more than 100,000 elements; send less, or import a file instead.',
        );
    } else if (byte === openBracket || byte === openBrace) {
      depth++;
      values++;
      if (depth > maxDepth)
        throw new ExposureError('LIMIT_EXCEEDED', `The JSON body is nested more than ${maxDepth} deep; send a flatter one.`);
      lengths[depth] = 1;
    } else if (byte === closeBracket || byte === closeBrace) depth--;
    if (values > maxValues) {
      throw new ExposureError('LIMIT_EXCEEDED', 'The JSON body has more than 1,000,000 values; import a file instead.');
    }
  }
}

interface GuardedRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly name: string;
}

const routes: readonly GuardedRoute[] = Object.keys(routeRights).map((name) => {
  const [method, path] = name.split(' ') as [string, string];
  const pattern = path.replaceAll('.', '\\.').replaceAll(/:[a-z]+/g, '[^/]+');
  return { method, pattern: new RegExp(`^${pattern}/?$`, 'i'), name };
});

/** Refuses a request under `/api` whose sender may not use the route. A route without a row in `routeRights` does not exist. */
export function guardRoute(): RequestHandler {
  return (request, response, next) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = routes.find((each) => each.method === method && each.pattern.test(request.path));
    // An unknown route reaches the handler that answers NOT_FOUND, and no other.
    if (route === undefined) return next('router');
    checkRight(identityOf(response), routeRights[route.name], `${method} /api${request.path}`);
    return next();
  };
}

/** Requests of one token in a minute. The page sends a few for each view. */
const requestsOfOne = 6000;

/** Bounds the requests of one sender. Put it after `authenticate`. */
export function limitSender(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsOfOne,
    keyGenerator: (_request, response) => identityOf(response).name,
    standardHeaders: false,
    legacyHeaders: false,
    handler: (request, response, next) => {
      const { rateLimit: state } = request as typeof request & { rateLimit: { resetTime?: Date } };
      next(toRateLimit(response, `${identityOf(response).name} sent more than 6,000 requests in a minute`, state.resetTime));
    },
  });
}

/** Refuses a question with 429 while the queue is full, so that the waiting questions are answered in time. */
export function guardQueue(scheduler: Pick<Scheduler, 'isFull'>): RequestHandler {
  return (_request, response, next) => {
    if (!scheduler.isFull) return next();
    response.setHeader('Retry-After', '1');
    return sendError(response, 'RATE_LIMITED', 'The server is busy with earlier questions. Ask again in 1 second.');
  };
}

interface Pace {
  readonly windowMs: number;
  /** Bytes that must arrive in each window until the body is whole. */
  readonly minBytes: number;
}

/** The slowest line that is served: 10 kB a minute. */
const slowest: Pace = { windowMs: 60_000, minBytes: 10_000 };

/**
 * Judges a slow client by its progress, and not by the time that its body takes. A body that stops arriving is answered with 408. A body that
 * waits for this server, because the disk is slow, is not.
 */
export function guardProgress({ windowMs, minBytes }: Pace = slowest): RequestHandler {
  return (request, response, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (length === undefined && encoding === undefined) return next();
    let seen = request.socket.bytesRead;
    const timer = setInterval(() => {
      if (request.complete || response.headersSent) return clearInterval(timer);
      const arrived = request.socket.bytesRead - seen;
      seen += arrived;
      if (arrived >= minBytes || request.readableLength > 0) return;
      clearInterval(timer);
      response.once('finish', () => request.destroy());
      const message = `The body stopped arriving: ${arrived} bytes in ${windowMs / 1000} seconds. Send it again.`;
      response
        .status(408)
        .setHeader('Connection', 'close')
        .json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    }, windowMs).unref();
    response.once('close', () => clearInterval(timer));
    next();
  };
}
