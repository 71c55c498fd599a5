import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Scheduler } from '../../questions/run/scheduler.ts';
import { identityOf } from './authenticate.ts';
import { sendError } from './error-response.ts';
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
