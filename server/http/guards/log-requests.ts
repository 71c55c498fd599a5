import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Identity } from '../../auth/identity.ts';
import type { Metrics } from './metrics.ts';

/** Ids that a proxy in front may have given. */
const knownId = /^[\w.-]{1,100}$/;
/** Requests for files of the page are counted, and not logged. */
const logged = /^\/(graphql|api|auth|metrics)\b/;

/**
 * Counts every answer, and logs those of the API with an id. A request that brings `X-Request-Id` keeps that id, in its answer too. Logs
 * no query string, header or body.
 */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    const given = request.get('x-request-id');
    const isGiven = given !== undefined && knownId.test(given);
    const requestId = isGiven ? given : randomUUID();
    if (isGiven) response.setHeader('X-Request-Id', given);
    response.locals.requestId = requestId;
    const { method, path } = request;
    response.once('close', () => {
      const ms = Math.round(performance.now() - begun);
      const { statusCode: status, writableFinished: isAnswered } = response;
      metrics.countRequest(path, status, ms / 1000);
      const { identity } = response.locals as { identity?: Identity };
      if (logged.test(path)) log.info({ requestId, method, path, status, ms, by: identity?.name ?? null, isAnswered }, 'request');
    });
    next();
  };
}
