import type { RequestHandler, Response } from 'express';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Identity } from '../../auth/identity.ts';
import { addressOf } from './client-address.ts';

/**
 * Records every request to the API's files and every refusal, once its answer is sent or its client has left: whoever breaks off a download
 * may have read all but its last byte. GraphQL records its own fields, and of `/metrics`, which is read every few seconds, refusals are enough.
 */
export function auditRequests(trail: AuditTrail, clock: () => number): RequestHandler {
  return (request, response, next) => {
    const path = (request.baseUrl + request.path).replace(/\/$/, '');
    const [isGraphql, isMetrics] = [/^\/graphql/i.test(path), /^\/metrics/i.test(path)];
    response.once('close', () => {
      if (isGraphql ? response.statusCode !== 401 : isMetrics && response.statusCode < 400) return;
      const query = request.originalUrl.split('?')[1];
      recordRequest(trail, clock, response, {
        action: `${request.method} ${path}`,
        subject: query === undefined ? null : decode(query),
      });
    });
    next();
  };
}

/** Records one request, with the status of its answer as outcome. */
export function recordRequest(
  trail: AuditTrail,
  clock: () => number,
  response: Response,
  { action, subject, by }: { readonly action: string; readonly subject: string | null; readonly by?: string },
): void {
  const { identity } = response.locals as { identity?: Identity };
  trail.record({
    at: clock(),
    by: by ?? identity?.name ?? 'nobody',
    from: addressOf(response),
    action,
    subject,
    outcome: outcomeOf(response),
  });
}

function outcomeOf(response: Response): string {
  if (response.statusCode >= 400) return String(response.statusCode);
  return response.closed && !response.writableFinished ? 'broken off' : 'ok';
}

function decode(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}
