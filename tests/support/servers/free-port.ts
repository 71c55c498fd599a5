import { createServer } from 'node:net';

/** A free port of 127.0.0.1, for a server that must know its port before it starts or must restart at the same port. */
export function findFreePort(): Promise<number> {
  return listenOnce(0);
}

/** Whether a process listens on a port of 127.0.0.1. */
export function isPortTaken(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => false,
    () => true,
  );
}

/** @returns the port */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
