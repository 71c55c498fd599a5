import type { RequestHandler } from 'express';
import { ExposureError } from '../../domain/errors.ts';
import { holdsToken, isSecretName, redactSecrets } from '../../domain/text/secrets.ts';
import { sendError } from './error-response.ts';
import type { Failures } from './failures.ts';

const howToSend = 'Send a token as the header Authorization: Bearer TOKEN.';
/** Parameters of a GraphQL request by GET. They may hold other names and values. */
const graphqlParameters: ReadonlySet<string> = new Set(['query', 'variables', 'extensions']);

/**
 * Refuses a request with a secret in its address, even if its header has a valid one: proxies, browsers and shells keep addresses. The answer
 * and the trail never hold the address.
 */
export function guardSecrets(failures: Failures): RequestHandler {
  return async (request, response, next) => {
    const what = findSecret(request.originalUrl);
    if (what === undefined) return next();
    await failures.note(request, response, { subject: 'a secret in the address', outcome: '400' });
    return sendError(
      response,
      'BAD_REQUEST',
      `The address holds ${what}, and proxies and browsers keep addresses. ${howToSend} Revoke the one in the address: it may have been read.`,
    );
  };
}

/** The kind of secret in an address, without the secret. */
function findSecret(address: string): string | undefined {
  const mark = address.indexOf('?');
  if (holdsToken(decode(mark < 0 ? address : address.slice(0, mark)))) return 'a token';
  if (mark < 0) return undefined;
  for (const [name, value] of new URLSearchParams(address.slice(mark + 1))) {
    // `/auth/login?token` asks for the form.
    if (value !== '' && isSecretName(name)) return name.length > 40 ? 'a secret' : `the parameter "${redactSecrets(name)}"`;
    if (holdsToken(name) || holdsToken(value)) return 'a token';
    if (graphqlParameters.has(name) && redactSecrets(value) !== value) return 'a secret';
  }
  return undefined;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Refuses a body with a token in it, before the body is parsed: no field takes one. Throws BAD_USER_INPUT. */
export function guardTokens(body: Buffer): void {
  const at = body.indexOf('exposure_');
  if (at >= 0 && holdsToken(body.toString('latin1', at))) throw new ExposureError('BAD_USER_INPUT', `The body holds a token. ${howToSend}`);
}

/** Refuses variables that are named like secrets, unless the query declares them. Throws BAD_USER_INPUT. */
export function guardVariables(query: unknown, variables: unknown): void {
  if (typeof variables !== 'object' || variables === null) return;
  for (const name of Object.keys(variables)) {
    if (isSecretName(name) && !(typeof query === 'string' && query.includes(`$${name}`)))
      throw new ExposureError('BAD_USER_INPUT', `No query takes the variable "${redactSecrets(name.slice(0, 40))}". ${howToSend}`);
  }
}
