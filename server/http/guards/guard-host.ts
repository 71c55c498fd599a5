import type { RequestHandler } from 'express';
import type { Config } from '../../config.ts';
import { isLoopback } from '../../config.ts';
import { sendError } from '../error-response.ts';

/**
 * Refuses requests from pages of other sites. Without authentication, this check is the only protection against DNS rebinding
 * (Host), scripts (Origin), and images or links (Sec-Fetch-Site).
 *
 * A server with authentication and without a public URL does not know its name, so it takes any Host. A page that reaches it by
 * DNS rebinding has no token there.
 */
export function guardHost({ publicUrl, isAuthRequired }: Pick<Config, 'publicUrl' | 'isAuthRequired'>): RequestHandler {
  const publicHost = publicUrl === null ? undefined : new URL(publicUrl).hostname;
  const isNameless = isAuthRequired && publicUrl === null;
  const isOurs = (host: string | undefined) => host !== undefined && (isLoopback(host) || host === publicHost);
  return (request, response, next) => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    const refuse = (message: string) => sendError(response, 'FORBIDDEN', message);
    // Node keeps only the first Host header, but a proxy in front may have checked another one.
    if (request.rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1)
      return sendError(response, 'BAD_REQUEST', 'The request has more than one Host header; send one.');
    // In a URL, `evil@localhost` and `localhost/evil` would read as localhost.
    const hostname = /[/\\?#@]/.test(host ?? '') ? undefined : hostnameOf(`http://${host ?? ''}`);
    if (!(isNameless ? hostname !== undefined : isOurs(hostname)))
      return refuse(
        `This server is not available under the host name "${(host ?? '').slice(0, 80)}"; use the address that it printed at startup.`,
      );
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (origin !== undefined && !isReading && !(isNameless ? hostnameOf(origin) === hostname : isOurs(hostnameOf(origin))))
      return refuse(`Pages of "${origin.slice(0, 80)}" may not write to this server.`);
    const isAsking = /^\/(api|graphql|auth|metrics)\b/i.test(request.path) && !/^\/auth\/(login|callback)$/.test(request.path);
    if (site === 'cross-site' && isAsking) return refuse('Pages of other sites may not use this server.');
    return next();
  };
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
