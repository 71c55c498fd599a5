import type { Socket } from 'node:net';
import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { ExposureError } from '../../domain/errors.ts';
import { redactSecrets } from '../../domain/text/secrets.ts';
import { internalMessage, translateError } from '../../graphql/format-error.ts';

const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  LIMIT_EXCEEDED: 422,
  RATE_LIMITED: 429,
  STORE_UNAVAILABLE: 503,
  QUERY_TIMEOUT: 504,
};

/** Sends an error as JSON, in the format of GraphQL errors. The message quotes no secret. */
export function sendError(response: Response, code: string, message: string): void {
  response.status(statuses[code] ?? 500).json({ errors: [{ message: redactSecrets(message), extensions: { code } }] });
}

/** The last handler: answers every thrown error as JSON, and logs internal errors. */
export function errorHandler(log: Logger, onCode: (code: string) => void = () => undefined): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof ExposureError) {
      const { code, message } = translateError(error);
      onCode(code);
      return sendError(response, code, message);
    }
    const { type, status } = error as { type?: unknown; status?: unknown };
    if (type === 'entity.too.large')
      return sendError(response, 'PAYLOAD_TOO_LARGE', 'The body is larger than 8 MB (1 MB for a viewer); import a file instead.');
    if (type === 'entity.parse.failed') return sendError(response, 'BAD_REQUEST', 'The body is not JSON.');
    if (status === 404) return sendError(response, 'NOT_FOUND', 'The file does not exist.');
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return sendError(response, 'BAD_REQUEST', 'The request is malformed: check its address, headers and body.');
    }
    const { requestId } = response.locals as { requestId?: string };
    log.error({ err: error, requestId }, 'a request failed');
    onCode('INTERNAL_SERVER_ERROR');
    return sendError(response, 'INTERNAL_SERVER_ERROR', internalMessage);
  };
}

const clientErrors: Readonly<Record<string, { readonly status: string; readonly code: string; readonly message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'LIMIT_EXCEEDED',
    message: 'The address and the headers are longer than 16 kB together; send a shorter address, or ask at POST /graphql.',
  },
};
const malformed = { status: '400 Bad Request', code: 'BAD_REQUEST', message: 'The request is no HTTP.' };

/** Answers as JSON what Node's parser refuses before any handler sees it, and closes the connection. For `clientError` of a server. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, code, message } = clientErrors[error.code ?? ''] ?? malformed;
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\n\r\n${body}`);
}
