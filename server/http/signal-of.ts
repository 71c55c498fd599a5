import type { ServerResponse } from 'node:http';
import { ExposureError } from '../domain/errors.ts';
import { changeKeyHeader } from '../graphql/repeat-plugin.ts';

const signals = new WeakMap<ServerResponse, AbortSignal>();

/**
 * A signal that aborts when the client disconnects before its answer is sent. Work for the lost client then stops. One for each answer. A change
 * with a key goes on: its client may send it again for the answer.
 */
export function signalOf(response: ServerResponse): AbortSignal {
  const known = signals.get(response);
  if (known !== undefined) return known;
  const controller = new AbortController();
  signals.set(response, controller.signal);
  if (response.req.headers[changeKeyHeader.toLowerCase()] !== undefined) return controller.signal;
  response.once('close', () => {
    if (!response.writableFinished)
      controller.abort(new ExposureError('QUERY_TIMEOUT', 'The client disconnected before the answer was ready.'));
  });
  return controller.signal;
}
