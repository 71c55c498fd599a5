import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import compression from 'compression';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import express, { Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Provider } from '../auth/provider-identities.ts';
import { AccessTokens, SessionIdentities } from '../auth/provider-identities.ts';
import { hasRight } from '../auth/rights.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Config } from '../configuration/config.ts';
import { ExposureError } from '../domain/errors.ts';
import type { Sender, Services } from '../graphql/context.ts';
import { Context } from '../graphql/context.ts';
import { scimRoutes } from '../scim/scim-routes.ts';
import { auditRequests, recordRequest } from './guards/audit-requests.ts';
import { authenticate, buildAuthenticator, chooseQuestions, identityOf, SessionCookie } from './guards/authenticate.ts';
import { errorHandler, sendError } from './guards/error-response.ts';
import { addressOf, Failures, noteAddress, pathOf } from './guards/failures.ts';
import {
  guardHost,
  guardJson,
  guardProgress,
  guardQueue,
  guardRoute,
  guardSecrets,
  guardTokens,
  guardVariables,
  limitSender,
} from './guards/guard-requests.ts';
import type { Metrics } from './guards/metrics.ts';
import { logRequests } from './guards/metrics.ts';
import { redactAnswers } from './redact-answers.ts';
import { auditRoute, exportRoutes, factsZipRoutes, holdingsRoute, listRoutes } from './routes/export-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { loginRoutes, requireSession } from './routes/login-routes.ts';
import type { McpOptions } from './routes/mcp-routes.ts';
import { authenticateAssistant, limitCalls, mcpHandler, mcpMetadataRoute } from './routes/mcp-routes.ts';
import { packRoutes } from './routes/pack-routes.ts';
import { makeNonce, pageRoutes } from './routes/page-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { signalOf } from './signal-of.ts';

/** Limits after decompression. Only writes need large bodies. */
const maxBodyOfWriter = '8mb';
const maxBodyOfReader = '1mb';
/** The most characters of a query. */
const maxQueryLength = 100_000;

/**
 * Answers are compressed once each, files of the page for every visitor: level 3 of gzip takes half the time of 6, for a sixth more bytes.
 * Quality 1 of Brotli takes half the time of that, for about as many bytes.
 */
const answerCompression = { level: 3, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } } };
const isAnswer = /^\/(graphql|api|mcp)(\/|$)/;

export interface AppOptions {
  readonly config: Config;
  readonly services: Services;
  readonly graphql: ApolloServer<Context>;
  /** The schema that it serves. */
  readonly schema: GraphQLSchema;
  /** The sessions of people, and where they log in. */
  readonly logIns: { readonly sessions: Sessions; readonly provider: Provider | null };
  readonly log: Logger;
  readonly metrics: Metrics;
  /** dist/web. */
  readonly pageFolder: string;
}

/** The HTTP application: security headers, health, the API, uploads and exports, and the page. */
export function buildApp({ config, services, graphql, schema, logIns, log, metrics, pageFolder }: AppOptions): Express {
  const { drafts, questions } = services;
  const app = express();
  const isSecure = config.publicUrl?.startsWith('https:') ?? false;
  app.disable('x-powered-by');
  // No answer of the API may be stored (Cache-Control), so a hash of each would be for nothing.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies);

  app.use(noteAddress, logRequests(log, metrics));
  app.use((_request, response, next) => {
    response.locals.nonce = makeNonce();
    // A dozen parts wait for the end of an answer. Node warns from eleven on.
    response.setMaxListeners(20);
    next();
  });
  app.use(securityHeaders(isSecure));
  // No answer combines a secret with text that an attacker chooses, so compression leaks nothing (BREACH).
  const [compressAnswer, compressFile] = [compression(answerCompression), compression()];
  app.use((request, response, next) => (isAnswer.test(request.path) ? compressAnswer : compressFile)(request, response, next));
  const { tokens, trail } = services;
  const failures = new Failures((response, entry) => recordRequest(trail, questions.clock, response, { ...entry, by: 'nobody' }));
  app.use(guardSecrets(failures));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  const { isAuthRequired } = config;
  const cookie = new SessionCookie(isSecure);
  const sessions = new SessionIdentities(logIns.sessions, tokens, logIns.provider);
  const authenticator = buildAuthenticator({ tokens, sessions, cookie, isRequired: isAuthRequired, failures, clock: questions.clock });
  app.get('/readyz', async (request, response) => {
    try {
      const revision = await questions.current.readRevision();
      // The revision rises with every write, so only a person who sees all facts gets it.
      const seesAll = (await authenticator.identify(request, response))?.labs === null;
      response.json({ status: 'ready', ...(seesAll && { revision }) });
    } catch (error) {
      if (!(error instanceof ExposureError) || error.code === 'RATE_LIMITED') throw error;
      sendError(response, 'STORE_UNAVAILABLE', error.message);
    }
  });
  // Applies to refusals too.
  app.use(['/graphql', '/api', '/metrics', '/mcp'], (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  app.use(guardHost(config), guardProgress());
  const logInOptions = { ...logIns, trail, cookie, authenticator, failures, clock: questions.clock };
  app.use(loginRoutes({ ...logInOptions, tokens, isSecure }), sessionRoutes(logInOptions));
  app.use(['/graphql', '/api', '/metrics'], auditRequests(trail, questions.clock), authenticate(authenticator, failures));
  app.use(['/graphql', '/api'], chooseQuestions(services.bound));
  if (isAuthRequired) app.use(['/graphql', '/api', '/metrics'], limitSender());

  app.get('/metrics', async (_request, response) => {
    // Counts and ages reveal the work of others, so only people who see all facts may read them.
    if (identityOf(response).labs !== null) return sendError(response, 'FORBIDDEN', 'The metrics are for those who see all facts.');
    response.type(metrics.contentType).send(await metrics.read());
  });

  const takeTurn = guardQueue(questions.scheduler);
  const parserOf = (limit: string) =>
    express.json({
      limit,
      type: ['application/json', 'application/scim+json'],
      verify(_request, _response, bytes, encoding) {
        guardJson(bytes, encoding);
        guardTokens(bytes);
      },
    });
  const { scimToken, publicUrl } = config;
  const directory = logIns.provider?.directory ?? null;
  if (scimToken !== null && publicUrl !== null && directory !== null)
    app.use(
      '/scim/v2',
      scimRoutes({ token: scimToken, publicUrl, directory, tokens, questions, trail, failures, parseBody: parserOf(maxBodyOfReader) }),
    );
  const [parseLarge, parseSmall] = [parserOf(maxBodyOfWriter), parserOf(maxBodyOfReader)];
  const parseBody: RequestHandler = (request, response, next) =>
    (hasRight(identityOf(response), 'write') ? parseLarge : parseSmall)(request, response, next);
  app.use('/graphql', takeTurn, parseBody, (request, response, next) => {
    // Apollo requires a body, even for a GET request.
    request.body ??= {};
    const { query, variables } = request.body as { query?: unknown; variables?: unknown };
    guardVariables(query, variables);
    if (typeof query === 'string' && query.length > maxQueryLength)
      sendError(response, 'LIMIT_EXCEEDED', 'The query has more than 100,000 characters; split it, or pass values as variables.');
    else next();
  });
  app.use('/graphql', redactAnswers());
  app.use('/graphql', expressMiddleware(graphql, { context: async ({ res }) => new Context(services, senderOf(res), signalOf(res)) }));
  const api = Router();
  api.use(guardRoute());
  // Files: uploads and the archive of all facts do not wait in the queue.
  api.use((request, response, next) =>
    /^\/[a-z-]+\.(csv|json|md|ics|pdf|docx)$/.test(request.path) ? takeTurn(request, response, next) : next(),
  );
  api.use(redactAnswers());
  api.use(exportRoutes());
  api.use(listRoutes());
  api.use(holdingsRoute());
  api.use(packRoutes());
  api.use(importRoutes({ drafts }));
  api.use(factsZipRoutes());
  api.use(auditRoute(trail));
  app.use('/api', api);
  app.use('/api', (request, response) => {
    sendError(response, 'NOT_FOUND', `${request.method} ${pathOf(request).slice(0, 80)} does not exist.`);
  });
  const { audience } = config.mcp;
  const mcp: McpOptions = {
    ...{ config, services, schema, graphql, failures },
    accessTokens: logIns.provider === null || audience === null ? null : new AccessTokens(logIns.provider, audience),
    onError: (error) => log.debug({ err: error }, 'a request of an assistant was refused'),
  };
  app.use(mcpMetadataRoute(config));
  app.use('/mcp', auditRequests(trail, questions.clock), authenticateAssistant(mcp));
  if (isAuthRequired) app.use('/mcp', limitSender());
  app.all('/mcp', limitCalls(), takeTurn, parseSmall, mcpHandler(mcp));
  app.use(requireSession(authenticator, logIns.provider !== null));
  app.use(pageRoutes(pageFolder));
  app.use((request, response) => {
    sendError(response, 'NOT_FOUND', `${request.method} ${pathOf(request).slice(0, 80)} does not exist.`);
  });
  app.use(errorHandler(log, (code) => metrics.countError(code)));
  return app;
}

function senderOf(response: Response): Sender {
  return { identity: identityOf(response), address: addressOf(response) };
}

/** With these headers, the page loads nothing from other hosts, sends nothing to them, and cannot be framed. */
function securityHeaders(isSecure: boolean) {
  // Over plain http, browsers ignore it.
  const strictTransportSecurity = isSecure ? { maxAge: 31_536_000, includeSubDomains: true } : false;
  const nonceSource = (_request: IncomingMessage, response: ServerResponse) =>
    `'nonce-${(response as unknown as { locals: { nonce: string } }).locals.nonce}'`;
  const headersOf = (isConsole: boolean) =>
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          workerSrc: ["'self'"],
          styleSrc: ["'self'", nonceSource],
          fontSrc: ["'self'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          baseUri: ["'none'"],
          objectSrc: ["'none'"],
          formAction: ["'self'"],
          ...(isConsole ? {} : { requireTrustedTypesFor: ["'script'"], trustedTypes: ['default'] }),
          frameAncestors: ["'none'"],
          // The server speaks plain HTTP. A proxy in front may serve HTTPS under its own name.
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity,
      // Other hosts learn nothing. With no-referrer, browsers would send the page's own forms with the origin "null".
      referrerPolicy: { policy: 'same-origin' },
    });
  const [ofPages, ofConsole] = [headersOf(false), headersOf(true)];
  // An answer of the API and a file of the page load nothing by themselves, even if somebody opens them as a page. Their headers are short.
  const ofApi = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity,
    referrerPolicy: { policy: 'same-origin' },
  });
  return (request: Request, response: Response, next: NextFunction) => {
    // GraphiQL renders descriptions of the schema as HTML.
    const headers = /^\/(graphql|api|scim|assets|healthz|readyz|metrics|mcp|\.well-known)\b/i.test(request.path)
      ? ofApi
      : request.path === '/graphiql'
        ? ofConsole
        : ofPages;
    headers(request, response, next);
  };
}
