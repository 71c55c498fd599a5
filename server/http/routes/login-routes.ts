import type { Request, Response } from 'express';
import express, { Router } from 'express';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Tokens } from '../../auth/tokens.ts';
import { recordRequest } from '../guards/audit-requests.ts';
import type { Authenticator } from '../guards/authenticate.ts';
import { sessionCookie } from '../guards/authenticate.ts';

/** A person pastes a token again after this time. */
const sessionMs = 12 * 3_600_000;

export interface LoginOptions {
  readonly tokens: Tokens;
  readonly trail: AuditTrail;
  readonly authenticator: Authenticator;
  readonly clock: () => number;
  /** Whether people reach the server over https. If so, the cookie is sent only over https. */
  readonly isSecure: boolean;
}

/**
 * Logging in to the page: a form without scripts takes an API token and puts it into a cookie that scripts cannot read and that
 * other sites cannot send. Revoking the token ends the session.
 */
export function loginRoutes({ tokens, trail, authenticator, clock, isSecure }: LoginOptions): Router {
  const router = Router();
  const cookie = { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure } as const;
  router.get('/auth/login', async (request, response) => {
    sendForm(response, await authenticator.identify(request), '');
  });
  router.post('/auth/login', express.urlencoded({ extended: false, limit: '8kb' }), async (request, response) => {
    const { token } = (request.body ?? {}) as { token?: unknown };
    const text = typeof token === 'string' ? token.trim() : '';
    const identity = await tokens.identify(text, clock());
    if (identity === undefined) {
      response.status(401);
      recordRequest(trail, clock, request, response, { action: 'login', subject: null });
      sendForm(response, undefined, 'This token is unknown, expired or revoked.');
      return;
    }
    recordRequest(trail, clock, request, response, { action: 'login', subject: null, by: identity.name });
    response.cookie(sessionCookie, text, { ...cookie, maxAge: sessionMs }).redirect(303, '/');
  });
  router.post('/auth/logout', async (request, response) => {
    const identity = await authenticator.identify(request);
    if (identity !== undefined) recordRequest(trail, clock, request, response, { action: 'logout', subject: null, by: identity.name });
    response.clearCookie(sessionCookie, cookie).redirect(303, '/auth/login');
  });
  return router;
}

/** Shows the login form instead of the page to a person without a valid session. */
export function requireSession(authenticator: Authenticator) {
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const isPage = request.method === 'GET' && request.accepts(['html', 'json']) === 'html' && !/\.[a-z0-9]+$/i.test(request.path);
    if (!isPage || !authenticator.isRequired || (await authenticator.identify(request)) !== undefined) return next();
    response.status(401);
    sendForm(response, undefined, '');
  };
}

function sendForm(response: Response, identity: Identity | undefined, problem: string): void {
  const { nonce } = response.locals as { nonce: string };
  const form =
    identity === undefined
      ? `<form method="post" action="/auth/login">
      <label for="token">API token</label>
      <input id="token" name="token" type="password" autocomplete="off" required autofocus aria-describedby="how" />
      ${problem === '' ? '' : `<p role="alert">${problem}</p>`}
      <button>Log in</button>
      <p id="how">An administrator makes a token with <code>exposure token create</code>.</p>
    </form>`
      : `<form method="post" action="/auth/logout">
      <p>You are logged in as ${escapeHtml(identity.name)}, with the role ${identity.role.toLowerCase()}.</p>
      <p><a href="/">Open Exposure Graph</a></p>
      <button>Log out</button>
    </form>`;
  response
    .setHeader('Cache-Control', 'no-store')
    .type('html')
    .send(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Log in - Exposure Graph</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>
    <main>
    <h1>Exposure Graph</h1>
    ${form}
    </main>
  </body>
</html>
`);
}

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 Inter, system-ui, sans-serif; --line: #8a8f98; --accent: #2c5bd4; --alarm: #b3261e }
  @media (prefers-color-scheme: dark) { :root { --accent: #2f5fd8; --alarm: #ff8a80 } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center }
  main { width: min(360px, calc(100vw - 48px)) }
  h1 { font-size: 20px; font-weight: 600; margin: 0 0 20px }
  label { display: block; font-weight: 500; margin-bottom: 6px }
  input { box-sizing: border-box; width: 100%; height: 38px; padding: 0 10px; font: inherit; border: 1px solid var(--line); border-radius: 6px }
  button { height: 38px; margin-top: 12px; padding: 0 18px; font: inherit; font-weight: 500; color: #fff; background: var(--accent); border: 0; border-radius: 6px }
  input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  [role='alert'] { color: var(--alarm); margin: 8px 0 0 }
  #how { font-size: 13px; opacity: 0.8; margin: 20px 0 0 }
`;

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
