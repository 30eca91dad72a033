import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';

/** A request as the gateway got it. */
const receivedSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  remoteAddress: z.string(),
  bodyBytes: z.number(),
});

/** Stands where the gateway is and says what arrived. */
export interface EchoGateway {
  readonly port: number;
  /** How many requests have arrived. */
  requests(): number;
  /** Ends the answers of `GET /api/v1/events/stream`, which have begun. */
  endStreams(): void;
  close(): Promise<void>;
}

/** What an answer of the {@link EchoGateway} says. */
export function receivedIn(text: string): z.infer<typeof receivedSchema> {
  return receivedSchema.parse(JSON.parse(text));
}

/** Starts one on a free port. `GET /api/v1/audit/export` breaks off half-way. */
export async function startEchoGateway(): Promise<EchoGateway> {
  let requests = 0;
  const streams = new Set<ServerResponse>();
  const { port, close } = await listen((req, res) => {
    requests += 1;
    if (req.url === '/api/v1/events/stream') {
      streams.add(res.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' }));
      res.write('data: first\n\n');
    } else if (req.url === '/api/v1/audit/export') {
      res.writeHead(200, { 'content-type': 'text/csv' });
      res.write('half of it\n', () => setImmediate(() => res.destroy()));
    } else echo(req, res).catch(() => res.destroy());
  });
  return {
    port,
    requests: () => requests,
    endStreams: () => {
      for (const res of streams) res.end('data: last\n\n');
      streams.clear();
    },
    close,
  };
}

async function echo(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let bodyBytes = 0;
  for await (const chunk of req) bodyBytes += Buffer.byteLength(chunk);
  const { method, url, headers, socket } = req;
  res.writeHead(200, { 'content-type': 'application/json', 'strict-transport-security': 'max-age=1' });
  res.end(JSON.stringify({ method, url, headers, remoteAddress: socket.remoteAddress, bodyBytes }));
}
