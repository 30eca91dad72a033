import { createHash } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ensurePrivateDirectory, privateFileMode } from './files.ts';
import type { StateLayout } from './layout.ts';

/** A Unix socket's path has to fit into 104 bytes on macOS and 108 on Linux. */
const longestSocketPathBytes = 100;
/** A restart waits for a graceful stop and for readiness. */
const requestTimeoutMs = 180_000;

export const platformStatusSchema = z.object({
  /** True when every process is. */
  ready: z.boolean(),
  phase: z.enum(['stopped', 'starting', 'running', 'stopping']),
  url: z.string(),
  /** Where the mails are shown. */
  mailUrl: z.string(),
  processes: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['database', 'broker', 'certificates', 'tracing', 'witness', 'sidecar', 'service']),
      pid: z.int().nullable(),
      port: z.int(),
      ready: z.boolean(),
      restarts: z.int(),
      rssBytes: z.int().nullable(),
    }),
  ),
});
export type PlatformStatus = z.infer<typeof platformStatusSchema>;

/** What the supervisor does on request. A rejection's message goes back to who asked. */
export interface ControlHandlers {
  status(): Promise<PlatformStatus>;
  stop(): Promise<void>;
  restart(name: string): Promise<void>;
  kill(name: string): Promise<void>;
}

/** Where the supervisor listens: in the state folder, or in a private folder with a short name when that path is too long. */
export async function controlPathFor(layout: StateLayout): Promise<string> {
  const inside = join(layout.stateDir, 'control.sock');
  if (Buffer.byteLength(inside) <= longestSocketPathBytes) return inside;
  const name = createHash('sha256').update(layout.stateDir).digest('hex').slice(0, 16);
  // A folder of somebody else under this name makes the mode change fail, and us with it.
  const folder = await ensurePrivateDirectory(join(tmpdir(), `todo-chatbot-${process.getuid?.() ?? 'user'}`));
  return join(folder, `${name}.sock`);
}

/** Listens for requests of our own account: the socket's mode keeps others out. */
export async function serveControl(path: string, handlers: ControlHandlers): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://supervisor');
    respond(handlers, `${incoming.method} ${pathname}`, searchParams.get('name') ?? '').then(
      (body) => outgoing.end(JSON.stringify(body)),
      (error: unknown) => {
        outgoing.statusCode = 400;
        outgoing.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, privateFileMode);
  return server;
}

async function respond(handlers: ControlHandlers, operation: string, name: string): Promise<unknown> {
  switch (operation) {
    case 'GET /status':
      return handlers.status();
    case 'POST /stop':
      await handlers.stop();
      return {};
    case 'POST /restart':
      await handlers.restart(name);
      return {};
    case 'POST /kill':
      await handlers.kill(name);
      return {};
    default:
      throw new Error(`The supervisor does not know ${operation}.`);
  }
}

/** Asks the supervisor behind the socket. */
export function controlClient(path: string): ControlHandlers {
  return {
    status: async () => platformStatusSchema.parse(await ask(path, 'GET', '/status')),
    stop: async () => void (await ask(path, 'POST', '/stop')),
    restart: async (name) => void (await ask(path, 'POST', `/restart?name=${encodeURIComponent(name)}`)),
    kill: async (name) => void (await ask(path, 'POST', `/kill?name=${encodeURIComponent(name)}`)),
  };
}

const failureSchema = z.object({ error: z.string() });

function ask(socketPath: string, method: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // No agent: a kept connection may be closed by the other side just when it is used again.
    const asking = request({ socketPath, method, path, timeout: requestTimeoutMs, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(failureSchema.parse(body).error));
      });
    });
    asking.once('timeout', () => asking.destroy(new Error('The supervisor did not answer.')));
    asking.once('error', reject);
    asking.end();
  });
}
