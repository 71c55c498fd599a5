import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { isLoopback } from '../config.ts';
import { sendError } from './error-response.ts';

/**
 * Lets through only who addresses this server by its own name. Nobody logs in on a loopback address, so a page of another
 * site must not be able to ask here: not by a name that it has pointed at this machine (Host), nor from the browser's
 * window on it (Origin).
 */
export function guardHost({ publicUrl }: Pick<Config, 'publicUrl'>): RequestHandler {
  const publicHost = publicUrl === null ? undefined : new URL(publicUrl).hostname;
  const isOurs = (host: string | undefined) => host !== undefined && (isLoopback(host) || host === publicHost);
  return (request, response, next) => {
    const host = hostnameOf(`http://${request.headers.host ?? ''}`);
    if (!isOurs(host)) {
      return sendError(
        response,
        'FORBIDDEN',
        `This server does not answer to the name "${(request.headers.host ?? '').slice(0, 80)}"; use the address that it printed.`,
      );
    }
    const { origin } = request.headers;
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (origin !== undefined && !isReading && !isOurs(hostnameOf(origin))) {
      return sendError(response, 'FORBIDDEN', `Pages of "${origin.slice(0, 80)}" may not write here.`);
    }
    return next();
  };
}

function hostnameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
