import type { RequestHandler } from 'express';
import type { Scheduler } from '../../questions/run/scheduler.ts';
import { sendError } from '../error-response.ts';

/** Refuses a question with 429 while the queue is full, so that the waiting questions are answered in time. */
export function guardQueue(scheduler: Pick<Scheduler, 'isFull'>): RequestHandler {
  return (_request, response, next) => {
    if (!scheduler.isFull) return next();
    response.setHeader('Retry-After', '1');
    return sendError(response, 'RATE_LIMITED', 'The server is busy with earlier questions. Ask again in 1 second.');
  };
}
