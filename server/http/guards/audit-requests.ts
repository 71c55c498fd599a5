import type { RequestHandler, Response } from 'express';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Identity } from '../../auth/identity.ts';
import { addressOf, pathOf } from './failures.ts';

/** The parameters of exports that hold one id. */
const idNames = ['incident', 'lab', 'holder', 'owner'] as const;

/**
 * Records every request to the API's files and every refusal, once its answer is sent or its client has left: a client that breaks off a download
 * may have read all but its last byte. GraphQL records its own fields, and each call of an assistant records itself. Of `/metrics`, which is read every few
 * seconds, and of other requests of assistants, refusals are enough.
 * `Failures` has recorded a request whose sender is unknown.
 */
export function auditRequests(trail: AuditTrail, clock: () => number): RequestHandler {
  return (request, response, next) => {
    const path = pathOf(request);
    const [isGraphql, isRefusalOnly] = [/^\/graphql/i.test(path), /^\/(metrics|mcp)/i.test(path)];
    response.once('close', () => {
      const { statusCode, locals } = response;
      const isUnknown = locals.identity === undefined && (statusCode === 401 || statusCode === 429);
      if (isUnknown || isGraphql || (isRefusalOnly && (statusCode < 400 || locals.isRecorded === true))) return;
      const subject = statusCode < 400 ? subjectOf(request.originalUrl) : null;
      recordRequest(trail, clock, response, { action: `${request.method} ${path}`, subject });
    });
    next();
  };
}

/** Records one request. @param outcome absent: the status of its answer */
export function recordRequest(
  trail: AuditTrail,
  clock: () => number,
  response: Response,
  {
    action,
    subject,
    by,
    outcome,
  }: { readonly action: string; readonly subject: string | null; readonly by?: string; readonly outcome?: string },
): void {
  const { identity } = response.locals as { identity?: Identity };
  trail.record({
    at: clock(),
    by: by ?? identity?.name ?? 'nobody',
    from: addressOf(response),
    action,
    subject,
    outcome: outcome ?? outcomeOf(response),
  });
}

function outcomeOf(response: Response): string {
  if (response.statusCode >= 400) return String(response.statusCode);
  return response.closed && !response.writableFinished ? 'broken off' : 'ok';
}

/** The ids in the address of an answered request, which exist; origins by their number. Never a query string, which may hold anything. */
function subjectOf(address: string): string | null {
  const parameters = new URLSearchParams(address.split('?')[1]);
  const origins = parameters.getAll('origins').length;
  const parts = idNames.flatMap((name) => (parameters.get(name) ? [`${name} ${parameters.get(name)}`] : []));
  if (origins > 0) parts.push(`${origins} origins`);
  return parts.length === 0 ? null : parts.join(', ');
}
