import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Free ports are taken from this range. It lies below the kernel's ephemeral ports (from 32768 on Linux), so that an outgoing
 * connection cannot sit on the port of a process that is about to be started again.
 */
const firstFreePort = 20_000;
const lastFreePort = 32_000;
/** More tries than a machine has busy ports in the range. */
const freePortTries = 500;

/** True when nothing listens on the port of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A free port of 127.0.0.1 that is not among `taken`. */
export async function findFreePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < freePortTries; attempt++) {
    const port = randomInt(firstFreePort, lastFreePort);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`No free port between ${firstFreePort} and ${lastFreePort} on 127.0.0.1.`);
}
