import type { Socket } from 'node:net';

const answers: Readonly<Record<string, { readonly status: string; readonly code: string; readonly message: string }>> = {
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
  const { status, code, message } = answers[error.code ?? ''] ?? malformed;
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\n\r\n${body}`);
}
