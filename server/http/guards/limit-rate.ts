import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { identityOf } from './authenticate.ts';
import { toRateLimit } from './failures.ts';

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
