import type { RequestHandler, Response } from 'express';

/** Notes the address of the client. Later, the connection may be gone, and reading the address would throw. Put it first. */
export const noteAddress: RequestHandler = (request, response, next) => {
  response.locals.address = request.ip ?? 'unknown';
  next();
};

export function addressOf(response: Response): string {
  return response.locals.address as string;
}
