import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { sendError } from '../error-response.ts';
import { identityOf } from './authenticate.ts';

const windowMs = 60_000;
/** Requests of one token in a minute. The page sends a few for each view. */
const requestsOfOne = 6000;
/** Requests of one address with a wrong token in a minute. This also bounds what they add to the audit trail. */
const wrongTokens = 300;

const refuse: RequestHandler = (_request, response) =>
  sendError(response, 'RATE_LIMITED', 'Too many requests in this minute. Try again when the time in Retry-After has passed.');

/** Refuses an address that sends many wrong tokens. Put it before `authenticate`. */
export function limitWrongTokens(): RequestHandler {
  return rateLimit({
    windowMs,
    limit: wrongTokens,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    standardHeaders: false,
    legacyHeaders: false,
    handler: refuse,
  });
}

/** Bounds the requests of one sender. Put it after `authenticate`. */
export function limitSender(): RequestHandler {
  return rateLimit({
    windowMs,
    limit: requestsOfOne,
    keyGenerator: (_request, response) => identityOf(response).name,
    standardHeaders: false,
    legacyHeaders: false,
    handler: refuse,
  });
}
