import type { Response } from 'express';
import type { Identity } from '../../auth/identity.ts';

export interface LoginPage {
  /** Somebody who is logged in may log out here. */
  readonly identity?: Identity | undefined;
  /** Whether people log in at a provider. */
  readonly hasProvider: boolean;
  /** Shows the form for tokens at once. */
  readonly isTokenAsked?: boolean;
  /** The path of this server to open after the log-in. */
  readonly to: string;
  /** Why the last attempt failed. */
  readonly problem?: string;
}

/** Sends the log-in page. It works without scripts, so nothing of the program is sent to somebody who has not logged in. */
export function sendLoginPage(response: Response, page: LoginPage): void {
  const { identity, problem, hasProvider } = page;
  const alert = problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`;
  const body = identity !== undefined ? loggedIn(identity) : hasProvider ? byProvider(page, alert) : tokenForm(page, alert);
  sendPage(response, 'Log in', body);
}

/** Goes on to a path of this server. The browser counts that as its own step, so it sends the new cookie. */
export function sendOnward(response: Response, to: string): void {
  const address = escapeHtml(to);
  sendPage(
    response,
    'Logged in',
    `<p>You are logged in.</p>\n    <p><a href="${address}">Open Exposure Graph</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${address}" />`,
  );
}

function byProvider(page: LoginPage, alert: string): string {
  const isOpen = page.isTokenAsked === true ? ' open' : '';
  return `${alert}
    <a class="button" href="/auth/login?to=${encodeURIComponent(page.to)}">Log in</a>
    <details${isOpen}>
      <summary>Use an API token</summary>
      ${tokenForm(page, '')}
    </details>`;
}

function tokenForm({ to }: LoginPage, alert: string): string {
  return `<form method="post" action="/auth/login">
      <input type="hidden" name="to" value="${escapeHtml(to)}" />
      <label for="token">API token</label>
      <input id="token" name="token" type="password" autocomplete="off" required aria-describedby="how" />
      ${alert}
      <button>Log in</button>
      <p id="how">An administrator makes a token with <code>exposure token create</code>.</p>
    </form>`;
}

function loggedIn({ name, role, labs }: Identity): string {
  const bound = labs === null ? '' : ` You see what ${escapeHtml(labs.join(', '))} may be told.`;
  return `<form method="post" action="/auth/logout">
      <p>You are logged in as ${escapeHtml(name)}, with the role ${role.toLowerCase()}.${bound}</p>
      <p><a href="/">Open Exposure Graph</a> · <a href="/auth/sessions">Sessions</a></p>
      <button>Log out</button>
    </form>`;
}

/** Sends one of the pages that work without scripts. @param body HTML */
export function sendPage(response: Response, title: string, body: string, head = ''): void {
  const { nonce } = response.locals as { nonce: string };
  response
    .setHeader('Cache-Control', 'no-store')
    .type('html')
    .send(`<!doctype html>
<html lang="en">
  <head>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    ${head}
    <title>${title} · Exposure Graph</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>
    <main>
    <h1>${mark}Exposure Graph</h1>
    ${body}
    </main>
  </body>
</html>
`);
}

const mark =
  '<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" aria-hidden="true"><circle cx="5.5" cy="18.5" r="2.2" fill="currentColor" stroke="none" /><path d="M4.5 11.5a8 8 0 0 1 8 8M4.5 4.5a15 15 0 0 1 15 15" /></svg>';

const style = `
  :root { color-scheme: light dark; font: 15px/1.5 'Inter Variable', Inter, system-ui, sans-serif; --page: #fff; --line: #8a8f98; --soft: #5a6069; --accent: #2c5bd4; --link: #2c5bd4; --alarm: #b3261e }
  @media (prefers-color-scheme: dark) { :root { --page: #14161a; --line: #6c727c; --soft: #a7adb7; --accent: #2f5fd8; --link: #8fb0ff; --alarm: #ff8a80 } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page) }
  main { width: min(360px, calc(100vw - 48px)) }
  h1 { display: flex; align-items: center; gap: 10px; font-size: 20px; font-weight: 600; margin: 0 0 24px }
  h1 svg { color: var(--link) }
  a { color: var(--link) }
  label { display: block; font-weight: 500; margin-bottom: 6px }
  input { box-sizing: border-box; width: 100%; height: 40px; padding: 0 10px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px }
  button, .button { box-sizing: border-box; display: block; width: 100%; height: 40px; margin-top: 14px; font: inherit; line-height: 40px; font-weight: 500; text-align: center; text-decoration: none; color: #fff; background: var(--accent); border: 0; border-radius: 6px; cursor: pointer }
  button:hover, .button:hover { filter: brightness(1.08) }
  input:focus-visible, button:focus-visible, .button:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
  h2 { font-size: 16px; font-weight: 600; margin: 0 }
  ul { list-style: none; margin: 16px 0; padding: 0 }
  li { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: 12px; padding: 10px 0; border-top: 1px solid var(--line) }
  li span { display: block; font-size: 13px; font-weight: 400; color: var(--soft) }
  li button, ul + form button { width: auto; height: 32px; margin: 0; padding: 0 12px; line-height: 30px; color: inherit; background: transparent; border: 1px solid var(--line) }
  details { margin-top: 24px }
  summary { color: var(--soft); cursor: pointer; border-radius: 4px }
  details form { margin-top: 16px }
  [role='alert'] { color: var(--alarm); margin: 10px 0 }
  #how { font-size: 13px; color: var(--soft); margin: 20px 0 0 }
`;

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}
