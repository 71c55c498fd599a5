import type { Request, Response } from 'express';
import express, { Router } from 'express';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { FoundSession, OpenSession, Sessions } from '../../auth/sessions.ts';
import { recordRequest } from '../guards/audit-requests.ts';
import type { Authenticator, SessionCookie } from '../guards/authenticate.ts';
import { escapeHtml, sendPage } from './login-page.ts';

export interface SessionOptions {
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly trail: AuditTrail;
  readonly authenticator: Authenticator;
  readonly clock: () => number;
}

export const sessionsPath = '/auth/sessions';
/** Ending other sessions needs a log-in within this time: a stolen cookie must not lock out its owner. */
const freshMs = 10 * 60_000;

/** The open sessions of the person or token that is logged in, and ending them. */
export function sessionRoutes({ sessions, cookie, trail, authenticator, clock }: SessionOptions): Router {
  const router = Router();

  /** Sends to the log-in, and answers undefined, without a valid session. */
  const findOwn = async (request: Request, response: Response): Promise<FoundSession | undefined> => {
    const identity = await authenticator.identify(request, response);
    const value = cookie.read(request);
    const own = identity === undefined || value === undefined ? undefined : sessions.find(value, clock());
    if (own === undefined) response.redirect(303, `/auth/login?to=${sessionsPath}`);
    response.locals.identity = identity;
    return own;
  };
  const send = (response: Response, own: FoundSession, problem?: string) =>
    sendSessionsPage(response, {
      sessions: sessions.list(own.subject, clock()),
      ownId: sessions.idOf(own.handle),
      isFresh: isFresh(own),
      isToken: own.subject.kind === 'token',
      problem,
    });
  const isFresh = ({ startedAt }: FoundSession) => clock() - startedAt < freshMs;

  router.get(sessionsPath, async (request, response) => {
    const own = await findOwn(request, response);
    if (own !== undefined) send(response, own);
  });

  router.post(`${sessionsPath}/end`, express.urlencoded({ extended: false, limit: '8kb' }), async (request, response) => {
    const own = await findOwn(request, response);
    if (own === undefined) return;
    if (!isFresh(own)) {
      response.status(403);
      send(response, own, 'Log in again first: your last log-in was over ten minutes ago.');
      return;
    }
    const { session } = (request.body ?? {}) as { session?: unknown };
    const ownId = sessions.idOf(own.handle);
    const others = sessions.list(own.subject, clock()).filter(({ id }) => id !== ownId);
    const chosen = session === 'others' ? others : others.filter(({ id }) => id === session);
    for (const other of chosen) {
      sessions.endListed(other);
      recordRequest(trail, clock, response, { action: 'logout', subject: `session ${other.id.slice(0, 8)}` });
    }
    if (chosen.length > 0) return response.redirect(303, sessionsPath);
    response.status(404);
    send(response, own, 'This session has ended already.');
  });
  return router;
}

interface SessionsPage {
  readonly sessions: readonly OpenSession[];
  /** The session of the reader. */
  readonly ownId: string;
  /** Whether the reader logged in recently enough to end the others. */
  readonly isFresh: boolean;
  /** Whether an API token logged in. */
  readonly isToken: boolean;
  readonly problem?: string | undefined;
}

/** Sends the list of open sessions. Like the log-in page, it works without scripts. */
function sendSessionsPage(response: Response, { sessions, ownId, isFresh, isToken, problem }: SessionsPage): void {
  const others = sessions.filter(({ id }) => id !== ownId);
  const rows = sessions.map((session) => sessionRow(session, session.id === ownId, isFresh)).join('\n      ');
  const again = `/auth/login?again${isToken ? '&amp;token' : ''}&amp;to=/auth/sessions`;
  sendPage(
    response,
    'Sessions',
    `<h2>Your sessions</h2>
    <p>Each log-in begins one. If you do not know one of them, end it${isToken ? ' and ask an administrator for another token' : ''}.</p>
    ${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
    <ul>
      ${rows}
    </ul>
    ${others.length > 1 && isFresh ? endForm('others', 'End all others') : ''}
    ${others.length > 0 && !isFresh ? `<p><a href="${again}">Log in again</a> to end one of the others.</p>` : ''}
    <p><a href="/">Open Exposure Graph</a></p>`,
  );
}

function sessionRow({ id, startedAt, usedAt, from }: OpenSession, isOwn: boolean, isFresh: boolean): string {
  const end = isOwn ? '<form method="post" action="/auth/logout"><button>Log out</button></form>' : isFresh ? endForm(id, 'End') : '';
  return `<li>
        <strong>
          ${isOwn ? 'This session' : 'Another session'}
          <span>From ${escapeHtml(from)}</span>
          <span>Begun ${instant(startedAt)}</span>
          <span>Last used ${instant(usedAt)}</span>
        </strong>
        ${end}
      </li>`;
}

function endForm(session: string, label: string): string {
  return `<form method="post" action="/auth/sessions/end"><button name="session" value="${session}" aria-label="${label}">${label}</button></form>`;
}

const instantFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC', hourCycle: 'h23' });

function instant(at: number): string {
  return `${instantFormat.format(at)} UTC`;
}
