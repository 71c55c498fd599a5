import type { Logger } from 'pino';

/**
 * Ends the process after an error that nothing handled. Its effects on the state are unknown, so the process does not go on: it logs the error
 * as one line, finishes requests in progress, and exits with 1. A supervisor starts it again.
 *
 * @param close stops the server; called once
 * @param withinMs the process ends by then, even if something does not close
 */
export function endOnUnhandledErrors(log: Logger, close: () => Promise<unknown>, withinMs: number): void {
  let isEnding = false;
  // Without a listener of its own, an unhandled rejection arrives here too.
  process.on('uncaughtException', (error: unknown, origin: NodeJS.UncaughtExceptionOrigin) => {
    log.fatal(
      { err: error instanceof Error ? error : new Error(String(error)), origin },
      'an error that nothing handled: the process ends',
    );
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(1), withinMs).unref();
    void close()
      .catch((failure: unknown) => log.fatal({ err: failure }, 'the server could not be closed'))
      .finally(() => process.exit(1));
  });
}
