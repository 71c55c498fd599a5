import type { RequestHandler } from 'express';
import { checkRight, routeRights } from '../../auth/rights.ts';
import { ExposureError } from '../../domain/errors.ts';
import { identityOf } from './authenticate.ts';

/** Limits of a JSON body. The largest honest body is `putFacts` with 10,000 facts, which has about 300,000 values. */
const maxDepth = 64;
const maxValues = 1_000_000;
/** Elements of one list, or fields of one object. Reading 100,000 ids takes tens of milliseconds, and no list of the API may be so long. */
const maxLength = 100_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Refuses a body that nests too deep, has a list that is too long or too many values, before the body is parsed. Reads the bytes once, up to
 * the first limit that they break, and leaves invalid JSON to the parser. Throws LIMIT_EXCEEDED, BAD_USER_INPUT (an encoding other than UTF-8).
 *
 * @param body in UTF-8, where the bytes of brackets, commas and quotes are never part of another character
 */
export function guardJson(body: Uint8Array, encoding: string): void {
  if (encoding.toLowerCase() !== 'utf-8')
    throw new ExposureError('BAD_USER_INPUT', 'The body has another encoding than UTF-8; send UTF-8.');
  let depth = 0;
  let values = 1;
  let isInString = false;
  /** The elements so far of the list or object at each depth. */
  const lengths = new Uint32Array(maxDepth + 1);
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (isInString) {
      if (byte === backslash) at++;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === comma) {
      values++;
      // In invalid JSON, a depth below 0 has no length.
      const length = (lengths[depth] ?? 0) + 1;
      lengths[depth] = length;
      if (length > maxLength)
        throw new ExposureError(
          'LIMIT_EXCEEDED',
          'A list in the JSON body has more than 100,000 elements; send less, or import a file instead.',
        );
    } else if (byte === openBracket || byte === openBrace) {
      depth++;
      values++;
      if (depth > maxDepth)
        throw new ExposureError('LIMIT_EXCEEDED', `The JSON body is nested more than ${maxDepth} deep; send a flatter one.`);
      lengths[depth] = 1;
    } else if (byte === closeBracket || byte === closeBrace) depth--;
    if (values > maxValues) {
      throw new ExposureError('LIMIT_EXCEEDED', 'The JSON body has more than 1,000,000 values; import a file instead.');
    }
  }
}

interface GuardedRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly name: string;
}

const routes: readonly GuardedRoute[] = Object.keys(routeRights).map((name) => {
  const [method, path] = name.split(' ') as [string, string];
  const pattern = path.replaceAll('.', '\\.').replaceAll(/:[a-z]+/g, '[^/]+');
  return { method, pattern: new RegExp(`^${pattern}/?$`, 'i'), name };
});

/** Refuses a request under `/api` whose sender may not use the route. A route without a row in `routeRights` does not exist. */
export function guardRoute(): RequestHandler {
  return (request, response, next) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = routes.find((each) => each.method === method && each.pattern.test(request.path));
    // An unknown route reaches the handler that answers NOT_FOUND, and no other.
    if (route === undefined) return next('router');
    checkRight(identityOf(response), routeRights[route.name], `${method} /api${request.path}`);
    return next();
  };
}
