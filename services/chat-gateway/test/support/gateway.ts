import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEventDataSchema, cloudEventSchema, newId } from '@todo-chatbot/contracts';
import { listen, startTestDatabase, testEnvironment } from '@todo-chatbot/local-platform/testing';
import { createLogger, loadConfig, systemClock } from '@todo-chatbot/service-kit';
import { decodeJwt } from 'jose';
import { build } from '../../src/build.ts';
import { configSchema } from '../../src/config.ts';
import { fakeMesh } from './fakeMesh.ts';

const requestTimeoutMs = 30_000;

/** What came back of a call. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `undefined` when it is none. */
  readonly body: unknown;
}

/** What a call may carry. */
export interface CallOptions {
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The whole service on a real database, the other services faked, both ports open. */
export async function startGateway(
  changes: Readonly<Record<string, string>> = {},
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
) {
  const database = await startTestDatabase({ service: 'chat-gateway' });
  const webRoot = await mkdtemp(join(tmpdir(), 'todo-chatbot-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(webRoot, 'assets', 'app-1a2b3c.js'), 'export {};');
  await writeFile(join(webRoot, '.env'), 'SECRET=1');
  const { connection } = database;
  const mesh = await fakeMesh({
    'chat-gateway-database': { password: String(connection.password) },
    'chat-gateway-csrf-key': { key: randomBytes(32).toString('base64') },
    ...secrets,
  });
  const publicPort = await freePort();
  const environment = testEnvironment('chat-gateway', database);
  const config = loadConfig(configSchema, {
    ...environment,
    PUBLIC_PORT: String(publicPort),
    PUBLIC_ORIGIN: `http://localhost:${publicPort}`,
    WEB_ROOT: webRoot,
    RATE_LIMIT_MESSAGES_PER_MINUTE: '10000',
    RATE_LIMIT_API_CALLS_PER_MINUTE: '10000',
    RATE_LIMIT_API_KEY_CALLS_PER_MINUTE: '10000',
    RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: '10000',
    ...changes,
  });
  const logged: string[] = [];
  const destination = { write: (line: string) => void logged.push(line) };
  const logger = createLogger({ appId: 'chat-gateway', level: 'trace', destination });
  const service = await build({ config, logger, dapr: mesh.dapr, clock: systemClock });
  await service.start();
  const appPort = await listen(service.app);
  const origin = `http://127.0.0.1:${publicPort}`;

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { body, token, headers } = options;
    const sent = options.rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }

  async function eventsOf(topic: string) {
    const { rows } = await database.ownerPool.query('SELECT event FROM outbox WHERE topic = $1 ORDER BY seq', [topic]);
    const waiting = rows.map((row) => cloudEventSchema.parse(row.event));
    const sent = mesh.published.filter((published) => published.topic === topic).map(({ event }) => event);
    return [...new Map([...sent, ...waiting].map((event) => [event.id, event])).values()];
  }

  async function deliver(topic: string, event: { type: string; subject: string; data: unknown }): Promise<Answer> {
    const response = await fetch(`${appPort.url}/events/${topic}`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json', 'dapr-api-token': environment.APP_API_TOKEN },
      body: JSON.stringify({
        specversion: '1.0',
        id: newId('event'),
        source: 'task',
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        ...event,
      }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  }

  return {
    mesh,
    database,
    /** Lines of the service's log. */
    logged,
    origin,
    publicPort,
    call,
    /** A signed-in person with a bearer token. */
    async newPerson() {
      const token = await mesh.tokenFor();
      const userId = String(decodeJwt(token).sub);
      return {
        userId,
        token,
        call: (method: string, path: string, options: CallOptions = {}) => call(method, path, { ...options, token }),
        say: (text: string, options: { key?: string; conversationId?: string; timeZone?: string } = {}) => {
          const { key, ...rest } = options;
          const headers = key === undefined ? {} : { 'idempotency-key': key };
          return call('POST', '/api/v1/chat/messages', { token, body: { text, ...rest }, headers });
        },
      };
    },
    /** Somebody who signs in with a browser: the cookies, and the token that the page's script reads. */
    async newBrowser() {
      const credentials = { email: `${randomUUID()}@example.com`, password: 'Correct-Horse-1' };
      await call('POST', '/api/v1/auth/register', { body: { ...credentials, name: 'Ada' } });
      const login = await call('POST', '/api/v1/auth/login', { body: credentials });
      return { credentials, login, ...jarOf(login) };
    },
    /** What the sidecar does with an event from Kafka. */
    deliver,
    /** News that a person's earlier tokens are outdated, though not those of {@link newPerson}: their keys are forgotten. */
    async outdate(userId: string): Promise<void> {
      const accessTokensExpireAt = new Date(Date.now() + 60_000).toISOString();
      const data = { userId, minimumVersion: 0, accessTokensExpireAt };
      const answer = await deliver('auth-events', { type: 'auth.access_changed.v1', subject: userId, data });
      if (answer.text !== '{"status":"SUCCESS"}') throw new Error(answer.text);
    },
    /** What the sidecar does when a binding's time has come. */
    async fire(binding: string): Promise<number> {
      const headers = { 'dapr-api-token': environment.APP_API_TOKEN };
      return (await fetch(`${appPort.url}/bindings/${binding}`, { method: 'POST', headers })).status;
    },
    /** Events of a topic, waiting in the outbox or already published. */
    eventsOf,
    /** The audit events of a person (`null`: of nobody signed in), waiting in the outbox or already published. */
    async auditEvents(actorId: string | null) {
      const events = (await eventsOf('audit.events.chat-gateway'))
        .filter(({ type }) => type === 'audit.recorded.v1')
        .map(({ data }) => auditEventDataSchema.parse(data));
      return events.filter(({ actor }) => actor.id === actorId);
    },
    async close() {
      await service.close();
      await appPort.close();
      await database.close();
      await rm(webRoot, { recursive: true, force: true });
    },
  };
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** The cookies of an answer as a browser would send them back. */
export function jarOf(answer: Answer): { cookies: string; csrf: string } {
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return { cookies: cookies.join('; '), csrf: /__Host-csrf=([^;]+)/.exec(cookies.join('; '))?.[1] ?? '' };
}

/** A request with exactly these headers, as no browser and no `fetch` would send it. */
export function rawRequest(
  port: number,
  options: { method?: string; path: string; headers: Record<string, string> },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, agent: false, ...options }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

async function freePort(): Promise<number> {
  const { port, close } = await listen(() => undefined);
  await close();
  return port;
}
