import type { Request, RequestHandler, Response } from 'express';
import type { Identity } from '../../auth/identity.ts';
import { localIdentity } from '../../auth/identity.ts';
import type { Tokens } from '../../auth/tokens.ts';
import { sendError } from '../error-response.ts';

/** The page's session: an API token that a person pasted into the log-in page. Scripts cannot read it. */
export const sessionCookie = 'exposure_session';

/** Finds the sender of a request. */
export interface Authenticator {
  /** Undefined: the request has no valid token. Throws STORE_UNAVAILABLE. */
  identify(request: Request): Promise<Identity | undefined>;
  readonly isRequired: boolean;
}

/** @param isRequired false: everybody is `local`, and tokens are not looked at */
export function buildAuthenticator(tokens: Tokens, isRequired: boolean, clock: () => number): Authenticator {
  return {
    isRequired,
    async identify(request) {
      if (!isRequired) return localIdentity;
      const text = tokenOf(request);
      return text === undefined ? undefined : tokens.identify(text, clock());
    },
  };
}

/** Refuses a request without a valid token with 401, before its body is read. Keeps the sender for `identityOf`. */
export function authenticate(authenticator: Authenticator): RequestHandler {
  return async (request, response, next) => {
    const identity = await authenticator.identify(request);
    if (identity === undefined) {
      response.setHeader('WWW-Authenticate', 'Bearer realm="exposure"');
      sendError(
        response,
        'UNAUTHENTICATED',
        tokenOf(request) === undefined
          ? 'This server needs a token: send Authorization: Bearer TOKEN. An administrator makes one with exposure token create.'
          : 'The token is unknown, expired or revoked. Ask an administrator for another one.',
      );
      return;
    }
    response.locals.identity = identity;
    next();
  };
}

/** The sender of a request that `authenticate` let through. */
export function identityOf(response: Response): Identity {
  const { identity } = response.locals as { identity?: Identity };
  if (identity === undefined) throw new Error('The route is not behind authenticate.');
  return identity;
}

/** The header wins over the cookie. */
function tokenOf(request: Request): string | undefined {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
  for (const pair of cookie?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=');
    if (name === sessionCookie && value !== undefined && value !== '') return value;
  }
  return undefined;
}
