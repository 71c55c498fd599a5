import type { Request, RequestHandler, Response } from 'express';
import type { Identity } from '../../auth/identity.ts';
import { localIdentity } from '../../auth/identity.ts';
import type { SessionIdentities } from '../../auth/provider-identities.ts';
import { absoluteMs } from '../../auth/sessions.ts';
import type { Tokens } from '../../auth/tokens.ts';
import type { BoundQuestions } from '../../questions/lab/bound-questions.ts';
import type { Questions } from '../../questions/questions.ts';
import { sendError } from './error-response.ts';
import type { Failures } from './failures.ts';

/** The cookie of a session. Scripts cannot read it, and other sites cannot send it. */
export class SessionCookie {
  readonly #name: string;
  readonly #options: { readonly httpOnly: true; readonly sameSite: 'strict'; readonly path: '/'; readonly secure: boolean };

  /** @param isSecure people reach the server over https; the cookie is then sent over https only, and bound to this host */
  constructor(isSecure: boolean) {
    this.#name = isSecure ? '__Host-exposure_session' : 'exposure_session';
    this.#options = { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure };
  }

  read(request: Request): string | undefined {
    return readCookie(request, this.#name);
  }

  set(response: Response, value: string): void {
    response.cookie(this.#name, value, { ...this.#options, maxAge: absoluteMs });
  }

  clear(response: Response): void {
    response.clearCookie(this.#name, this.#options);
  }
}

export function readCookie(request: Request, wanted: string): string | undefined {
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=');
    if (name === wanted && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Finds the sender of a request. */
export interface Authenticator {
  /**
   * Undefined: the request has no valid token and no session. A wrong token is counted and recorded, and waits its time. Throws
   * STORE_UNAVAILABLE, RATE_LIMITED (many failing requests of this address).
   */
  identify(request: Request, response: Response): Promise<Identity | undefined>;
  readonly isRequired: boolean;
}

interface AuthenticatorOptions {
  readonly tokens: Tokens;
  readonly sessions: SessionIdentities;
  readonly cookie: SessionCookie;
  /** False: everybody is `local`, and tokens are not looked at. */
  readonly isRequired: boolean;
  readonly failures: Failures;
  readonly clock: () => number;
}

/** A token in the header wins over the session. */
export function buildAuthenticator({ tokens, sessions, cookie, isRequired, failures, clock }: AuthenticatorOptions): Authenticator {
  return {
    isRequired,
    async identify(request, response) {
      if (!isRequired) return localIdentity;
      const token = tokenOf(request);
      if (token !== undefined) {
        const identity = await tokens.identify(token, clock());
        if (identity === undefined) await failures.note(request, response);
        return identity;
      }
      const value = cookie.read(request);
      if (value === undefined) return undefined;
      const found = await sessions.identify(value, clock());
      if (found?.newCookie !== undefined) cookie.set(response, found.newCookie);
      return found?.identity;
    },
  };
}

/** Refuses a request without a valid token or session with 401, before its body is read. Keeps the sender for `identityOf`. */
export function authenticate(authenticator: Authenticator, failures: Failures): RequestHandler {
  return async (request, response, next) => {
    const identity = await authenticator.identify(request, response);
    if (identity === undefined) {
      if (tokenOf(request) === undefined) await failures.note(request, response);
      response.setHeader('WWW-Authenticate', 'Bearer realm="exposure"');
      sendError(response, 'UNAUTHENTICATED', whyUnknown(request));
      return;
    }
    response.locals.identity = identity;
    next();
  };
}

function whyUnknown(request: Request): string {
  if (tokenOf(request) !== undefined) return 'The token is unknown, expired or revoked. Ask an administrator for another one.';
  if (request.headers.cookie?.includes('exposure_session=')) return 'The session has ended. Log in again.';
  return 'This server needs a token: send Authorization: Bearer TOKEN. An administrator makes one with exposure token create.';
}

/** The sender of a request that `authenticate` let through. */
export function identityOf(response: Response): Identity {
  const { identity } = response.locals as { identity?: Identity };
  if (identity === undefined) throw new Error('The route is not behind authenticate.');
  return identity;
}

/** The token in the header. Empty: a header of another form. */
export function tokenOf(request: Request): string | undefined {
  const { authorization } = request.headers;
  return authorization === undefined ? undefined : (/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '');
}

/** Chooses the facts that answer a request by its sender (semantics §10). Routes get them by `questionsOf`, and have no others. */
export function chooseQuestions(bound: BoundQuestions): RequestHandler {
  return (_request, response, next) => {
    response.locals.questions = bound.of(identityOf(response).labs);
    next();
  };
}

export function questionsOf(response: Response): Questions {
  const { questions } = response.locals as { questions?: Questions };
  if (questions === undefined) throw new Error('The route is not behind chooseQuestions.');
  return questions;
}
