import type { ApolloServer } from '@apollo/server';
import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Identity } from '../../auth/identity.ts';
import { localIdentity, reservedNames } from '../../auth/identity.ts';
import type { AccessTokens } from '../../auth/provider-identities.ts';
import type { Config } from '../../configuration/config.ts';
import type { Context, Services } from '../../graphql/context.ts';
import { identityOf, tokenOf } from '../guards/authenticate.ts';
import { sendError } from '../guards/error-response.ts';
import type { Failures } from '../guards/failures.ts';
import { addressOf } from '../guards/failures.ts';
import { signalOf } from '../signal-of.ts';

/** Calls of one token that are answered at once. */
const callsAtOnce = 4;

export interface McpOptions {
  readonly config: Config;
  readonly services: Services;
  readonly schema: GraphQLSchema;
  readonly graphql: ApolloServer<Context>;
  readonly accessTokens: AccessTokens | null;
  readonly failures: Failures;
  readonly onError: (error: Error) => void;
}

/** The address at which clients of the Model Context Protocol learn where to log in (RFC 9728). */
const metadataPath = '/.well-known/oauth-protected-resource';

/** Where to get an access token; nothing without a provider and an audience. */
export function mcpMetadataRoute({ openId, mcp: { audience } }: Config): Router {
  const router = Router();
  router.get([metadataPath, `${metadataPath}/mcp`], (_request, response) => {
    if (openId === null || audience === null)
      return sendError(response, 'NOT_FOUND', 'This server takes API tokens alone: EXPOSURE_MCP_AUDIENCE is not set.');
    response.json({
      resource: audience,
      resource_name: 'Exposure Graph',
      authorization_servers: [openId.issuer],
      bearer_methods_supported: ['header'],
    });
  });
  return router;
}

/**
 * Refuses requests of assistants without a token that has an end. Cookies are not looked at: what a browser sends by itself must not make an assistant's
 * call. Without authentication, everybody who reaches the server is `local`, as everywhere.
 */
export function authenticateAssistant({ config, services, accessTokens, failures }: McpOptions): RequestHandler {
  const { tokens, questions } = services;
  const identify = async (request: Request): Promise<Identity | 'endless' | undefined> => {
    const token = tokenOf(request);
    if (token === undefined) return undefined;
    const now = questions.clock();
    const found = await tokens.identifyWithEnd(token, now);
    if (found !== undefined) return found.expiresAt === null ? 'endless' : found.identity;
    if (accessTokens === null || tokens.idOf(token) !== undefined || token === '') return undefined;
    const identity = await accessTokens.identify(token, now);
    // Records use the name as the author's, so a person cannot have that of a token.
    if (identity === undefined || reservedNames.includes(identity.name)) return undefined;
    return (await tokens.list()).some(({ name }) => name === identity.name) ? undefined : identity;
  };
  return async (request, response, next) => {
    if (!config.isAuthRequired) {
      response.locals.identity = localIdentity;
      return next();
    }
    const identity = await identify(request);
    if (identity === 'endless') {
      await failures.note(request, response, { subject: 'a token without an end', outcome: '403' });
      response.locals.isRecorded = true;
      const advice = 'Make one for the assistant: exposure token create NAME --role viewer --expires INSTANT.';
      return sendError(response, 'FORBIDDEN', `This token never expires, and assistants need one that does. ${advice}`);
    }
    if (identity === undefined) {
      await failures.note(request, response);
      const metadata = config.mcp.audience === null ? '' : `, resource_metadata="${pageUrlOf(config, request)}${metadataPath}"`;
      response.setHeader('WWW-Authenticate', `Bearer realm="exposure"${metadata}`);
      const message =
        'Assistants need a token that expires: send Authorization: Bearer TOKEN. exposure token create NAME --role viewer --expires INSTANT makes one.';
      return sendError(response, 'UNAUTHENTICATED', message);
    }
    response.locals.identity = identity;
    next();
  };
}

/** Refuses the fifth request of one token while four are being answered. */
export function limitCalls(): RequestHandler {
  const running = new Map<string, number>();
  return (_request, response, next) => {
    const { name } = identityOf(response);
    const now = running.get(name) ?? 0;
    if (now >= callsAtOnce) {
      response.setHeader('Retry-After', '1');
      return sendError(
        response,
        'RATE_LIMITED',
        `${name} has ${callsAtOnce} calls that are being answered. Call again when one of them is.`,
      );
    }
    running.set(name, now + 1);
    response.once('close', () => {
      const left = (running.get(name) ?? 1) - 1;
      if (left === 0) running.delete(name);
      else running.set(name, left);
    });
    next();
  };
}

/** Answers requests of the Model Context Protocol. Its library is loaded with the first of them. */
export function mcpHandler({ config, services, schema, graphql, onError }: McpOptions): RequestHandler {
  let loaded: Promise<typeof import('../../mcp/mcp-host.ts')> | undefined;
  return async (request, response) => {
    // Silence would show the names that the sender wanted hidden.
    if (request.get('X-Exposure-Redact') !== undefined || request.query.redact !== undefined)
      return sendError(
        response,
        'BAD_USER_INPUT',
        'The names in results of assistants cannot be hidden. Ask GraphQL with redact=names instead.',
      );
    loaded ??= import('../../mcp/mcp-host.ts');
    const { answerRequest } = await loaded;
    // Each call records itself.
    response.locals.isRecorded = true;
    const sender = { identity: identityOf(response), address: addressOf(response) };
    const pageUrl = pageUrlOf(config, request);
    const host = { services, schema, graphql, sender, mcp: config.mcp, pageUrl, connection: signalOf(response) };
    await send(await answerRequest(toWebRequest(request, pageUrl), request.body, host, onError), response);
  };
}

/** The address that people type, without a slash at its end. */
function pageUrlOf({ publicUrl }: Config, request: Request): string {
  return (publicUrl ?? `${request.protocol}://${request.headers.host}`).replace(/\/$/, '');
}

/** The headers that the protocol reads. Its library gets no other, so no token. */
const protocolHeaders = /^(accept|content-type|content-length|host|origin|last-event-id|mcp-.+)$/;

/** The request as `fetch` has it. Its body was read and checked before. The call has the signal of its connection: that of a `Request` costs as much as all the rest of it. */
function toWebRequest(request: Request, pageUrl: string): globalThis.Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && protocolHeaders.test(name)) for (const each of [value].flat()) headers.append(name, each);
  return new globalThis.Request(`${pageUrl}/mcp`, { method: request.method, headers });
}

async function send(answer: globalThis.Response, response: Response): Promise<void> {
  // A client that has gone gets nothing, and 499 is no status of ours.
  if (response.closed) return;
  response.status(answer.status);
  answer.headers.forEach((value, name) => {
    response.setHeader(name, value);
  });
  // No tool sends anything before its result, so an answer of events is one event.
  response.end(await answer.text());
}
