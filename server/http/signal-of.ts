import type { ServerResponse } from 'node:http';
import { ExposureError } from '../domain/errors.ts';

/** A signal that aborts when the client disconnects before its answer is sent. Work for the lost client then stops. */
export function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished)
      controller.abort(new ExposureError('QUERY_TIMEOUT', 'The client disconnected before the answer was ready.'));
  });
  return controller.signal;
}
