import { createServer, type RequestListener } from 'node:http';

/** Our cookies and a bearer token need less than half of this. */
const headerBytesLimit = 16 * 1024;
/** Against clients that send slowly on purpose. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** How often the time-outs above are looked at. */
const timeoutCheckMs = 2_000;
/** Longer than most proxies keep their own side, so that they never use a connection that is just being closed. */
const keepAliveTimeoutMs = 65_000;
/** Streams hold their connection; the rest of the file descriptors is for the sidecar and the database. */
const connectionsLimit = 2_000;
/** Requests under way may take this long once the door closes. */
const drainMs = 10_000;
const idleSweepMs = 50;

/** The public door's HTTP server. */
export function createPublicServer(listener: RequestListener): {
  listen(port: number, address: string): Promise<void>;
  /** Takes no new connections and waits, bounded, for the requests under way. */
  close(): Promise<void>;
} {
  const server = createServer(
    {
      maxHeaderSize: headerBytesLimit,
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: timeoutCheckMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
    listener,
  );
  server.maxConnections = connectionsLimit;
  return {
    listen: (port, address) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, resolve);
      }),
    async close() {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const idle = setInterval(() => server.closeIdleConnections(), idleSweepMs);
      const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearInterval(idle);
      clearTimeout(deadline);
    },
  };
}
