import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ExposureError } from '../domain/errors.ts';

/** Aborted when the client leaves before it is answered, so that nothing is worked out for nobody. */
export function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // Each part of an answer that takes long listens.
  setMaxListeners(0, controller.signal);
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new ExposureError('QUERY_TIMEOUT', 'Whoever asked has left.'));
  });
  return controller.signal;
}
