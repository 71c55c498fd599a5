import type { Response } from 'express';
import type { OpenSession } from '../../auth/sessions.ts';
import { escapeHtml, sendPage } from './login-page.ts';

export interface SessionsPage {
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
export function sendSessionsPage(response: Response, { sessions, ownId, isFresh, isToken, problem }: SessionsPage): void {
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
          <span>From ${escapeHtml(from)}, begun ${instant(startedAt)}</span>
          <span>Last used ${instant(usedAt)}</span>
        </strong>
        ${end}
      </li>`;
}

function endForm(session: string, label: string, name = label): string {
  return `<form method="post" action="/auth/sessions/end"><button name="session" value="${session}" aria-label="${name}">${label}</button></form>`;
}

const instantFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

function instant(at: number): string {
  return `${instantFormat.format(at)} UTC`;
}
