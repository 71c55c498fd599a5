import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Options } from 'express-rate-limit';
import { ipKeyGenerator, MemoryStore } from 'express-rate-limit';
import { ExposureError } from '../../domain/errors.ts';

/** Failing requests are counted in windows of this length. */
const windowMs = 60_000;
/** So many of one address are answered at once. The next ones wait a millisecond longer each. */
const undelayed = 100;
/** So many are answered with a delay of up to 200 ms. All others get 429. */
const answered = 300;

/** The trail's words for a failing request. */
interface FailureEntry {
  readonly action: string;
  readonly subject: string | null;
  /** The status that it would have got by itself. */
  readonly outcome: string;
}

/**
 * Slows down the failing requests of each network address: those with a wrong token, without a token that they need, or with a secret in their
 * address. A valid token is found valid first, so it never waits here, whatever else comes from its address. An IPv6 address counts with its
 * neighbors of the same /56, which one subscriber owns.
 *
 * Each failing request is in the audit trail, up to 300 a minute of one address, and then one entry with 429. So more failures do not fill the disk.
 */
export class Failures {
  readonly #counts = new MemoryStore();
  readonly #record: (response: Response, entry: FailureEntry) => void;

  constructor(record: (response: Response, entry: FailureEntry) => void) {
    this.#record = record;
    this.#counts.init({ windowMs } as Options);
  }

  /** Counts and records a failing request. Resolves when it may be answered. Throws RATE_LIMITED, with `Retry-After` set. */
  async note(request: Request, response: Response, entry: Partial<FailureEntry> = {}): Promise<void> {
    const whole = { action: `${request.method} ${pathOf(request)}`, subject: null, outcome: '401', ...entry };
    const { totalHits: count, resetTime } = await this.#counts.increment(ipKeyGenerator(addressOf(response)));
    if (count <= answered) {
      this.#record(response, whole);
      if (count > undelayed) await sleep(count - undelayed, undefined, { ref: false });
      return;
    }
    if (count === answered + 1) this.#record(response, { ...whole, outcome: '429' });
    throw toRateLimit(response, 'Too many requests of this address failed', resetTime);
  }
}

/** An error whose sentence and `Retry-After` name the same time. */
export function toRateLimit(response: Response, what: string, resetTime: Date | undefined): ExposureError {
  const ms = (resetTime?.getTime() ?? Date.now() + windowMs) - Date.now();
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  response.setHeader('Retry-After', String(seconds));
  return new ExposureError('RATE_LIMITED', `${what}. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`);
}

/** The path without its query string and last slash. */
export function pathOf(request: Request): string {
  return (request.baseUrl + request.path).replace(/(?<=.)\/$/, '');
}

/** Notes the address of the client. Later, the connection may be gone, and reading the address would throw. Put it first. */
export const noteAddress: RequestHandler = (request, response, next) => {
  response.locals.address = request.ip ?? 'unknown';
  next();
};

export function addressOf(response: Response): string {
  return response.locals.address as string;
}
