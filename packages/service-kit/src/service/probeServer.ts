import { createServer, type Server } from 'node:http';

/** A kubelet has one probe of a kind under way at a time; the rest is room for it when somebody else holds connections. */
const connectionsLimit = 50;
/** A probe is one line and a few headers. */
const headerBytesLimit = 4 * 1024;
/** Whoever sends slowly on purpose loses the connection after this time. */
const requestTimeoutMs = 2_000;
const timeoutCheckMs = 500;

/** The server of `PROBE_PORT`. */
export interface ProbeServer {
  listen(port: number, address: string): Promise<void>;
  /** Ends at once: nobody waits for an answer of a process that is about to end. */
  close(): void;
}

/**
 * Answers GET `/healthz` (the process lives) and `/readyz` (requests may come) and nothing else, without a token: the app port is the
 * sidecar's alone, and a kubelet has to ask from outside of the pod. However many ask, readiness is looked up once at a time.
 */
export function createProbeServer(isReady: () => Promise<boolean>): ProbeServer {
  let asked: Promise<boolean> | undefined;
  const readiness = (): Promise<boolean> => {
    asked ??= isReady()
      .catch(() => false)
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };

  const server: Server = createServer(
    {
      maxHeaderSize: headerBytesLimit,
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: timeoutCheckMs,
    },
    async (req, res) => {
      const [status, word] = await answerTo(req.method, req.url);
      // One question for each connection, so that none is held for nothing.
      res.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      res.end(JSON.stringify({ status: word }));
    },
  );
  server.maxConnections = connectionsLimit;

  async function answerTo(method: string | undefined, url: string | undefined): Promise<readonly [number, string]> {
    if (method === 'GET' && url === '/healthz') return [200, 'ok'];
    if (method === 'GET' && url === '/readyz') return (await readiness()) ? [200, 'ready'] : [503, 'not ready'];
    return [404, 'not found'];
  }

  return {
    listen: (port, address) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, resolve);
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
