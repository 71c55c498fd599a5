import { connect, createServer, type Server } from 'node:net';

/** Answers are delayed this long, so that all messages a client sends without waiting arrive first. */
const answerDelayMs = 50;

/** A proxy between a client and a server. Counts how often the client sends after an answer. */
export class RoundTrips {
  /** The round trips since the start, over all connections. */
  count = 0;
  readonly #listener: Server;

  private constructor(listener: Server) {
    this.#listener = listener;
  }

  /** @param serverPort on this machine */
  static async open(serverPort: number): Promise<RoundTrips> {
    const listener = createServer();
    const trips = new RoundTrips(listener);
    listener.on('connection', (client) => {
      const server = connect(serverPort, '127.0.0.1');
      let wasAnswered = true;
      client.on('data', (bytes) => {
        if (wasAnswered) trips.count++;
        wasAnswered = false;
        server.write(bytes);
      });
      server.on('data', (bytes) => {
        setTimeout(() => {
          wasAnswered = true;
          if (!client.destroyed) client.write(bytes);
        }, answerDelayMs);
      });
      const end = () => {
        client.destroy();
        server.destroy();
      };
      for (const socket of [client, server]) {
        socket.setNoDelay(true);
        socket.on('error', end);
        socket.on('close', end);
      }
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return trips;
  }

  get port(): number {
    return (this.#listener.address() as { port: number }).port;
  }

  /** Stops the proxy. Call it after the client has closed its connections. */
  async close(): Promise<void> {
    await new Promise((resolve) => this.#listener.close(resolve));
  }
}
