import type { RequestHandler } from 'express';

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
