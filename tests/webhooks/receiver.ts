import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders & { readonly 'webhook-id': string };
  readonly body: string;
  readonly path: string;
}

/** `nothing`: it reads and never answers. `half a header`: it stops within one. `10 GB`: 200, and a body of that size. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string> }
  | 'nothing'
  | 'half a header'
  | '10 GB'
  | 'another protocol';

/** A real receiver of webhooks on this machine. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = { status: 204 };
  connections = 0;
  bytesWritten = 0;
  /** Of TLS: the name in SNI. */
  serverName: string | false | undefined;
  readonly #server: Server;

  private constructor(tls: { readonly key: string; readonly cert: string } | undefined) {
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      const pieces: Buffer[] = [];
      request.on('error', () => undefined);
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        this.received.push({
          headers: request.headers as Received['headers'],
          body: Buffer.concat(pieces).toString(),
          path: request.url ?? '',
        });
        this.#respond(response);
      });
    };
    this.#server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
    this.#server.on('connection', () => this.connections++);
    this.#server.on('secureConnection', ({ servername }: { servername: string | false }) => {
      this.serverName = servername;
    });
  }

  static async open(answer: Answer = { status: 204 }, host = '127.0.0.1', port = 0, tls?: { readonly key: string; readonly cert: string }) {
    const receiver = new Receiver(tls);
    receiver.answer = answer;
    receiver.#server.listen(port, host);
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** The ids of what came, in order. */
  get ids(): string[] {
    return this.received.map(({ headers }) => headers['webhook-id']);
  }

  async close(): Promise<void> {
    const server = this.#server as Server & { closeAllConnections(): void };
    const closed = new Promise((end) => server.close(end));
    server.closeAllConnections();
    await closed;
  }

  #respond(response: ServerResponse): void {
    const { answer } = this;
    if (answer === 'nothing') return;
    if (answer === 'half a header') response.socket?.write('HTTP/1.1 200 OK\r\nContent-Le');
    else if (answer === 'another protocol')
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nhello');
    else if (answer === '10 GB') this.#writeMuch(response);
    else response.writeHead(answer.status, answer.headers).end();
  }

  #writeMuch(response: ServerResponse): void {
    const size = 10 * 1024 ** 3;
    const piece = Buffer.alloc(64 * 1024);
    response.on('error', () => undefined);
    response.writeHead(200, { 'content-length': `${size}` });
    const write = () => {
      while (this.bytesWritten < size && !response.destroyed) {
        this.bytesWritten += piece.length;
        if (!response.write(piece)) {
          response.once('drain', write);
          return;
        }
      }
    };
    write();
  }
}

/** A name server that gives each name the addresses that `answer` says. @param ipv6 addresses of every name, in eight groups */
export async function openNameServer(answer: (name: string) => readonly string[], ipv6: readonly string[] = []) {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, { address, port }) => {
    let at = 12;
    const labels: string[] = [];
    for (let length = query[at] as number; length > 0; length = query[at] as number) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const isIpv4 = query.readUInt16BE(at + 1) === 1;
    const question = query.subarray(12, at + 5);
    const name = labels.join('.').toLowerCase();
    if (isIpv4) asked.push(name);
    const addresses = isIpv4 ? answer(name) : ipv6;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const records = addresses.map((one) => {
      const bytes = isIpv4 ? Buffer.from(one.split('.').map(Number)) : Buffer.from(one.replaceAll(':', ''), 'hex');
      return Buffer.concat([Buffer.from([0xc0, 0x0c, 0, isIpv4 ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, bytes.length]), bytes]);
    });
    socket.send(Buffer.concat([header, question, ...records]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    /** The names of which the IPv4 addresses were asked for. */
    asked,
    close: () => new Promise<void>((end) => socket.close(() => end())),
  };
}
