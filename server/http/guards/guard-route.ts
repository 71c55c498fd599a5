import type { RequestHandler } from 'express';
import { checkRight, routeRights } from '../../auth/rights.ts';
import { identityOf } from './authenticate.ts';

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
