import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { isLoopback } from '../config.ts';
import { sendError } from './error-response.ts';

/**
 * Refuses requests that a page of another site made. Nobody logs in on a loopback address, so such a page must not be able to ask
 * here: not by a name that it has pointed at this machine (Host), not by a script (Origin), and not by an image or a link
 * (Sec-Fetch-Site).
 */
export function guardHost({ publicUrl }: Pick<Config, 'publicUrl'>): RequestHandler {
  const publicHost = publicUrl === null ? undefined : new URL(publicUrl).hostname;
  const isOurs = (host: string | undefined) => host !== undefined && (isLoopback(host) || host === publicHost);
  return (request, response, next) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    const refuse = (message: string) => sendError(response, 'FORBIDDEN', message);
    // Node keeps the first of several; a proxy in front may have looked at another.
    if (request.rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1)
      return sendError(response, 'BAD_REQUEST', 'The request has several Host headers; send one.');
    if (!isOurs(hostnameOf(`http://${host ?? ''}`)))
      return refuse(`This server does not answer to the name "${(host ?? '').slice(0, 80)}"; use the address that it printed.`);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (origin !== undefined && !isReading && !isOurs(hostnameOf(origin)))
      return refuse(`Pages of "${origin.slice(0, 80)}" may not write here.`);
    const isAsking = request.path.startsWith('/api/') || request.path.startsWith('/graphql');
    if (site === 'cross-site' && isAsking) return refuse('Pages of other sites may not ask here.');
    return next();
  };
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
