import type { Request, Response } from 'express';
import express, { Router } from 'express';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import { localIdentity, reservedNames } from '../../auth/identity.ts';
import { attemptMs } from '../../auth/open-id.ts';
import type { Provider } from '../../auth/provider-identities.ts';
import { findIdentity } from '../../auth/provider-identities.ts';
import type { SessionSubject, Sessions } from '../../auth/sessions.ts';
import type { Tokens } from '../../auth/tokens.ts';
import { ExposureError } from '../../domain/errors.ts';
import { isLocalUrl } from '../../domain/records/saved-texts.ts';
import { recordRequest } from '../guards/audit-requests.ts';
import type { Authenticator, SessionCookie } from '../guards/authenticate.ts';
import { readCookie } from '../guards/authenticate.ts';
import type { Failures } from '../guards/failures.ts';
import { addressOf } from '../guards/failures.ts';
import { sendLoginPage, sendOnward } from './login-page.ts';
import { sessionsPath } from './session-routes.ts';

export interface LoginOptions {
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  /** Null: people paste API tokens. */
  readonly provider: Provider | null;
  readonly cookie: SessionCookie;
  readonly trail: AuditTrail;
  readonly authenticator: Authenticator;
  readonly failures: Failures;
  readonly clock: () => number;
  /** Whether people reach the server over https. */
  readonly isSecure: boolean;
}

/** Holds a log-in that is under way at the provider. The provider's page sends the browser back, so it cannot be `strict`. */
const attemptName = 'exposure_login';

/**
 * Logging in to the page, at the provider or with an API token. Each log-in begins a new session on the server and ends the one before it.
 * Revoking the token, disabling the person at the provider and logging out end the session.
 */
export function loginRoutes(options: LoginOptions): Router {
  const { tokens, sessions, provider, cookie, trail, authenticator, failures, clock, isSecure } = options;
  const router = Router();
  const attemptCookie = isSecure ? `__Secure-${attemptName}` : attemptName;
  const attempt = { httpOnly: true, sameSite: 'lax', path: '/auth', secure: isSecure } as const;
  const hasProvider = provider !== null;
  const record = (response: Response, action: 'login' | 'logout', by?: string) =>
    recordRequest(trail, clock, response, { action, subject: null, ...(by !== undefined && { by }) });
  const endSession = (request: Request) => {
    const value = cookie.read(request);
    const found = value === undefined ? undefined : sessions.find(value, clock());
    if (found !== undefined) sessions.end(found.handle);
  };
  const begin = (request: Request, response: Response, subject: SessionSubject) => {
    endSession(request);
    cookie.set(response, sessions.begin(subject, addressOf(response), clock()));
  };

  router.get('/auth/login', async (request, response) => {
    const to = localPath(request.query.to);
    const { token, out, again } = request.query;
    const isAgain = again !== undefined;
    const identity = isAgain ? undefined : await authenticator.identify(request, response);
    if (provider === null || identity !== undefined || token !== undefined || out !== undefined)
      return sendLoginPage(response, { identity, hasProvider, isTokenAsked: token !== undefined, to });
    try {
      const { address, cookie: sealed } = await provider.openId.begin(to, isAgain, clock());
      response.cookie(attemptCookie, sealed, { ...attempt, maxAge: attemptMs }).redirect(303, address);
    } catch (error) {
      const { message } = toRefusal(error);
      response.status(503);
      sendLoginPage(response, { hasProvider, to, problem: message });
    }
  });

  router.post('/auth/login', express.urlencoded({ extended: false, limit: '8kb' }), async (request, response) => {
    const { token, to: wanted } = (request.body ?? {}) as { token?: unknown; to?: unknown };
    const text = typeof token === 'string' ? token.trim() : '';
    const to = localPath(wanted);
    const identity = await tokens.identify(text, clock());
    if (identity === undefined) {
      await failures.note(request, response, { action: 'login' });
      response.status(401);
      return sendLoginPage(response, { hasProvider, isTokenAsked: true, to, problem: 'This token is unknown, expired or revoked.' });
    }
    begin(request, response, { kind: 'token', id: tokens.idOf(text) as string });
    record(response, 'login', identity.name);
    response.redirect(303, to);
  });

  router.get('/auth/callback', async (request, response) => {
    response.clearCookie(attemptCookie, attempt);
    const refuse = (status: number, problem: string, by?: string) => {
      response.status(status);
      record(response, 'login', by);
      sendLoginPage(response, { hasProvider, to: '/', problem });
    };
    if (provider === null) return refuse(404, 'This server has no identity provider.');
    try {
      const query = new URL(request.originalUrl, 'http://localhost').search;
      const { person, to } = await provider.openId.finish(query, readCookie(request, attemptCookie), clock());
      const { name } = person;
      if ((await findIdentity(person, provider)) === undefined) {
        const what = provider.directory === null ? 'is in no group' : 'is not active in the directory, or is in no group';
        return refuse(403, `${name} ${what} that may use this server. Ask an administrator.`, name);
      }
      if (reservedNames.includes(name))
        return refuse(
          403,
          `${name} is the name of ${name === localIdentity.name ? 'the command line' : 'an identity provider here'}, so your records could be mistaken for its own. Ask an administrator.`,
          name,
        );
      if ((await tokens.list()).some((token) => token.name === name))
        return refuse(
          403,
          `There is or was an API token named ${name}, so its records could be mistaken for yours. Ask an administrator.`,
          name,
        );
      begin(request, response, person);
      record(response, 'login', name);
      sendOnward(response, to);
    } catch (error) {
      const { code, message } = toRefusal(error);
      if (code !== 'UNAUTHENTICATED') return refuse(503, message);
      await failures.note(request, response, { action: 'login' });
      response.status(401);
      sendLoginPage(response, { hasProvider, to: '/', problem: message });
    }
  });

  router.post('/auth/logout', async (request, response) => {
    const identity = await authenticator.identify(request, response);
    endSession(request);
    if (identity !== undefined) record(response, 'logout', identity.name);
    cookie.clear(response);
    response.setHeader('Clear-Site-Data', '"cache"');
    response.redirect(303, '/auth/login?out');
  });
  return router;
}

/** Shows the log-in page instead of the page to a person without a valid session. */
export function requireSession(authenticator: Authenticator, hasProvider: boolean) {
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    const isPage = request.method === 'GET' && request.accepts(['html', 'json']) === 'html' && !/\.[a-z0-9]+$/i.test(request.path);
    if (!isPage || !authenticator.isRequired || (await authenticator.identify(request, response)) !== undefined) return next();
    response.status(401);
    sendLoginPage(response, { hasProvider, to: localPath(request.originalUrl) });
  };
}

/** The wanted path of this server, or the start page. */
function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 10_000 || !isLocalUrl(wanted)) return '/';
  return wanted.startsWith('/auth/') && wanted !== sessionsPath ? '/' : wanted;
}

/** Rethrows what is not a refusal of the provider. */
function toRefusal(error: unknown): ExposureError {
  if (error instanceof ExposureError && (error.code === 'UNAUTHENTICATED' || error.code === 'STORE_UNAVAILABLE')) return error;
  throw error;
}
