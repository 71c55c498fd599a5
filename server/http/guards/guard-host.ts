import type { Request, RequestHandler } from 'express';
import type { Config } from '../../configuration/config.ts';
import { isLoopback } from '../../configuration/config.ts';
import { sendError } from './error-response.ts';

/**
 * Refuses requests from pages of other sites. Without authentication, this check is the only protection against DNS rebinding
 * (Host), scripts (Origin), and images or links (Sec-Fetch-Site).
 *
 * A server with authentication and without a public URL does not know its name, so it takes any Host. A page that reaches it by
 * DNS rebinding has no token there.
 *
 * An Origin is ours if its scheme, host and port are: those of the public URL, else those under which the request came. Another program on
 * this machine has another port. A page of the public host under another scheme or port is not ours either.
 */
export function guardHost({ publicUrl, isAuthRequired }: Pick<Config, 'publicUrl' | 'isAuthRequired'>): RequestHandler {
  const { hostname: publicHost, origin: publicOrigin } =
    publicUrl === null ? { hostname: undefined, origin: undefined } : new URL(publicUrl);
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
    if (origin !== undefined && !isReading) {
      const from = originOf(origin);
      const isOwn = from !== undefined && (from === publicOrigin || (hostname !== publicHost && from === ownOrigin(request)));
      if (!isOwn) {
        const advice = 'If that is the address that people type, set EXPOSURE_PUBLIC_URL to it.';
        return refuse(`Pages of "${origin.slice(0, 80)}" may not write to this server. ${advice}`);
      }
    }
    const isAsking = /^\/(api|graphql|auth|metrics|mcp)\b/i.test(request.path) && !/^\/auth\/(login|callback)$/.test(request.path);
    if (site === 'cross-site' && isAsking) return refuse('Pages of other sites may not use this server.');
    return next();
  };
}

/** The address under which the request came, as its sender says. */
function ownOrigin(request: Request): string | undefined {
  return originOf(`${request.protocol}://${request.headers.host}`);
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
