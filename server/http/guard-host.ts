import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { isLoopback } from '../config.ts';
import { sendError } from './error-response.ts';

/**
 * Refuses requests from pages of other sites. There is no login on a loopback address, so this check is the only protection
 * against DNS rebinding (Host), scripts (Origin), and images or links (Sec-Fetch-Site).
 */
export function guardHost({ publicUrl }: Pick<Config, 'publicUrl'>): RequestHandler {
  const publicHost = publicUrl === null ? undefined : new URL(publicUrl).hostname;
  const isOurs = (host: string | undefined) => host !== undefined && (isLoopback(host) || host === publicHost);
  return (request, response, next) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    const refuse = (message: string) => sendError(response, 'FORBIDDEN', message);
    // Node keeps only the first Host header, but a proxy in front may have checked another one.
    if (request.rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1)
      return sendError(response, 'BAD_REQUEST', 'The request has more than one Host header; send one.');
    if (!isOurs(hostnameOf(`http://${host ?? ''}`)))
      return refuse(
        `This server is not available under the host name "${(host ?? '').slice(0, 80)}"; use the address that it printed at startup.`,
      );
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (origin !== undefined && !isReading && !isOurs(hostnameOf(origin)))
      return refuse(`Pages of "${origin.slice(0, 80)}" may not write to this server.`);
    const isAsking = request.path.startsWith('/api/') || request.path.startsWith('/graphql');
    if (site === 'cross-site' && isAsking) return refuse('Pages of other sites may not use this server.');
    return next();
  };
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
