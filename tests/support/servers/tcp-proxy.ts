import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The treatment of bytes: forwarded; forwarded after a delay; forwarded only to the server, so that no answer comes back; or
 * dropped, while all connections stay open and new ones are accepted.
 */
export type ProxyMode = 'pass' | { readonly delayMs: number } | 'deaf' | 'black hole';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** A proxy between a client and a server on this machine that simulates network faults. */
export class TcpProxy {
  mode: ProxyMode = 'pass';
  /** Gets the client's bytes before they are forwarded. */
  onRequest: (bytes: Buffer) => void = () => undefined;
  /** Gets the server's bytes before they are forwarded. */
  onAnswer: (bytes: Buffer) => void = () => undefined;
  /** Holds the client's bytes, and later bytes of the same connection, until this promise resolves. */
  hold: (bytes: Buffer) => Promise<unknown> | undefined = () => undefined;
  /** Another one after the server was started again. */
  serverPort: number;
  /** Client connections since the start. */
  connectionCount = 0;
  readonly #pairs = new Set<Pair>();
  #listener: Server | undefined;
  #port = 0;

  private constructor(serverPort: number) {
    this.serverPort = serverPort;
  }

  static async open(serverPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(serverPort);
    await proxy.listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Accepts connections, after `refuse` at the same port as before. Does nothing if it already accepts them. */
  async listen(): Promise<void> {
    if (this.#listener !== undefined) return;
    const listener = createServer((client) => this.#accept(client));
    this.#listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (listener.address() as { port: number }).port;
  }

  /** Ends all connections and accepts no new ones, as a stopped server. */
  async refuse(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    const closed = new Promise((resolve) => (listener === undefined ? resolve(undefined) : listener.close(resolve)));
    this.cut();
    await closed;
  }

  /** Ends all connections, as a server does. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  /** Tears down all connections, as a firewall does. */
  reset(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  close(): Promise<void> {
    return this.refuse();
  }

  #accept(client: Socket): void {
    this.connectionCount++;
    const server = connect(this.serverPort, '127.0.0.1');
    const pair: Pair = { client, server };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      // In the mode that drops bytes, the other side must not see that a connection closed.
      socket.on('close', () => {
        if (this.mode !== 'black hole') end();
      });
    }
    let held: Promise<unknown> | undefined;
    client.on('data', (bytes) => {
      this.onRequest(bytes);
      const pass = () => this.#pass(bytes, server, this.mode !== 'black hole');
      const until = this.hold(bytes);
      if (held === undefined && until === undefined) pass();
      else held = Promise.all([held, until]).then(pass);
    });
    server.on('data', (bytes) => {
      this.onAnswer(bytes);
      this.#pass(bytes, client, this.mode !== 'black hole' && this.mode !== 'deaf');
    });
  }

  #pass(bytes: Buffer, to: Socket, isPassed: boolean): void {
    if (!isPassed) return;
    const write = () => {
      if (!to.destroyed) to.write(bytes);
    };
    // Timers of one length fire in the order in which they were set, so bytes keep their order.
    if (typeof this.mode === 'object') setTimeout(write, this.mode.delayMs).unref();
    else write();
  }
}
