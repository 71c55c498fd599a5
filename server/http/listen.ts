import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { Config } from '../configuration/config.ts';
import { isLoopback } from '../configuration/config.ts';
import { ExposureError } from '../domain/errors.ts';
import { answerClientError } from './guards/error-response.ts';

/** Longer than proxies and browsers keep an idle connection, so that they close it first. A request on a connection that the server is closing would be lost. */
const keepAliveMs = 65_000;
/** Time for requests in progress to finish after the server gets a signal to stop. */
const closeGraceMs = 5000;

interface Listening {
  /** The server's address, e.g. `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Finishes requests in progress. */
  stop(): Promise<void>;
}

/** Serves the app on the host and port of the configuration. Throws BAD_CONFIGURATION where the system does not allow them, or anybody could reach a server without log-in. */
export async function listenTo(app: RequestListener, config: Config): Promise<Listening> {
  const server = createServer(app);
  server.keepAliveTimeout = keepAliveMs;
  // A large file may take long. guardProgress answers a client whose body stops.
  server.requestTimeout = 0;
  server.on('clientError', answerClientError);
  return { url: await listen(server, config), stop: () => stopListening(server) };
}

async function listen(server: Server, { host, port, isAuthRequired }: Config): Promise<string> {
  await new Promise<void>((resolveListening, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL') {
        const message = `EXPOSURE_HOST is "${host}"; this machine has no such address (${error.code}). Choose 127.0.0.1, or an address of this machine.`;
        return reject(new ExposureError('BAD_CONFIGURATION', message, { cause: error }));
      }
      const reason = error.code === 'EADDRINUSE' ? 'another program is using it' : `the system refused it (${error.code ?? error.message})`;
      return reject(
        new ExposureError(
          'BAD_CONFIGURATION',
          `EXPOSURE_PORT is "${port}"; the server cannot listen on ${host}:${port}: ${reason}. Choose another port, or 0 for any free port.`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, resolveListening);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null)
    throw new Error(`The server listens on ${address}, which is no address of a network.`);
  // A name such as localhost means what the system says.
  if (!isAuthRequired && !isLoopback(address.address)) {
    server.close();
    throw new ExposureError(
      'BAD_CONFIGURATION',
      `EXPOSURE_HOST is "${host}", which means ${address.address} here; expected a loopback address such as 127.0.0.1, or EXPOSURE_AUTH=required.`,
    );
  }
  return `http://${host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host}:${address.port}`;
}

async function stopListening(server: Server): Promise<void> {
  const closed = new Promise((end) => server.close(end));
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await closed;
  clearTimeout(cutOff);
}
