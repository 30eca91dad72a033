import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CloudEvent, cloudEventSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { listen, startTestDatabase, type TestDatabase, testEnvironment } from '@todo-chatbot/local-platform/testing';
import { createLogger, type Dapr, loadConfig } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { build } from '../build.ts';
import { configSchema } from '../config.ts';

/** 32 random bytes as a secret holds them. */
export const randomKey = () => randomBytes(32).toString('base64');
/** Secrets of the service under test, but for the password of its database. */
export const testSecrets = {
  'auth-pepper': { key: randomKey() },
  'auth-index-key': { key: randomKey() },
  'auth-master-key': { key: randomKey(), next: randomKey() },
  'auth-smtp': { user: '', password: '' },
};
type TestSecrets = typeof testSecrets;

/** The blind index of an address, by which tests find a row. */
export function emailIndexOf(email: string): Buffer {
  const key = Buffer.from(testSecrets['auth-index-key'].key, 'base64');
  return createHmac('sha256', key).update(`email:${email}`).digest();
}

/** Origin of the public door. */
export const testOrigin = 'http://localhost:8080';

/** What the service needs besides what every service does. */
const authEnvironment = {
  PUBLIC_ORIGIN: testOrigin,
  SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional',
  // All tests come from one address; the limit itself is tested where it is set.
  LOCKOUT_ADDRESS_ATTEMPTS: '100000',
  MAIL_TRANSPORT: 'folder',
  MAIL_FOLDER: join(tmpdir(), `todo-chatbot-mail-${randomUUID()}`),
  MAIL_FROM: 'no-reply@todo-chatbot.example',
};

/** A password that keeps every rule. */
export const goodPassword = 'Correct-Horse-7';

/** A clock that tests move. */
function createTestClock() {
  let offsetMs = 0;
  return {
    now: () => new Date(Date.now() + offsetMs),
    advance(ms: number) {
      offsetMs += ms;
    },
  };
}

/** What a request to the app port may carry beside its body. */
export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string;
  readonly userAgent?: string;
  /** Truncated network address of the person. */
  readonly address?: string;
  /** The service that calls; chat-gateway when unset. */
  readonly caller?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Starts the service as its sidecar would meet it: over HTTP, on the real database. Neither the relay nor the mail worker is started, so
 * that events can be read in the outbox, and mail in its queue.
 */
export async function startAuth(
  database: TestDatabase,
  clock = createTestClock(),
  overrides: Readonly<Record<string, string>> = {},
  secrets: Partial<TestSecrets> = {},
) {
  const publications = new EventEmitter();
  const environment = { ...testEnvironment('auth', database), ...authEnvironment, ...overrides };
  const context = {
    config: loadConfig(configSchema, environment),
    logger: createLogger({ appId: 'auth', level: 'fatal' }),
    dapr: fakeDapr(database.connection.password, { ...testSecrets, ...secrets }, publications),
    clock,
  };
  const service = await build(context);
  const appPort = await listen(service.app);
  const callerHeaders = { 'dapr-api-token': environment.APP_API_TOKEN, 'dapr-caller-app-id': 'chat-gateway' };

  async function call(method: string, path: string, options: CallOptions = {}) {
    const response = await fetch(`${appPort.url}${path}`, {
      method,
      headers: {
        ...callerHeaders,
        ...(options.caller === undefined ? {} : { 'dapr-caller-app-id': options.caller }),
        'x-client-address': options.address ?? '203.0.113.0',
        'x-client-user-agent': options.userAgent ?? 'test-browser/1',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body };
  }

  return {
    clock,
    /** What the service was built in; an operator's command runs in it too. */
    context,
    service,
    /** For clients of one's own: where the app port is, and what a request of the gateway carries. */
    url: appPort.url,
    callerHeaders,
    /** Emits each event that the relay publishes, by its type. */
    publications,
    call,
    register: (person: { readonly email: string; readonly password?: string }) =>
      call('POST', '/v1/register', { body: { password: goodPassword, name: 'Ada Example', ...person } }),
    login: (email: string, password = goodPassword, userAgent?: string) =>
      call('POST', '/v1/login', { body: { email, password }, ...(userAgent === undefined ? {} : { userAgent }) }),
    refresh: (refreshToken: string, userAgent?: string) =>
      call('POST', '/v1/refresh', { body: { refreshToken }, ...(userAgent === undefined ? {} : { userAgent }) }),
    /** Registers a new person, signs in, and answers the grant. */
    async signUp(userAgent?: string) {
      const email = uniqueEmail();
      await this.register({ email });
      return tokenGrantSchema.parse((await this.login(email, goodPassword, userAgent)).body);
    },
    async close() {
      await appPort.close();
      await service.close();
    },
  };
}

/** One database and one service for a test file. */
export async function startAuthOnNewDatabase(
  overrides: Readonly<Record<string, string>> = {},
  clock = createTestClock(),
) {
  const database = await startTestDatabase({ service: 'auth' });
  const auth = await startAuth(database, clock, overrides);
  // The first start makes signing keys and records that.
  await database.ownerPool.query('DELETE FROM outbox');
  return {
    auth,
    database,
    async close() {
      await auth.close();
      await database.close();
    },
  };
}

/** An address that no other test uses. */
export function uniqueEmail(): string {
  return `person-${randomUUID()}@example.com`;
}

/** Parses a token grant. */
export function grantOf(answer: { readonly body: unknown }) {
  return tokenGrantSchema.parse(answer.body);
}

/**
 * Events that wait in the outbox, oldest first. Refusals of the guards are left out: they are recorded behind the answer, and
 * so would show up in the next test. So are heartbeats, which come when they like.
 */
export async function outboxEvents(database: TestDatabase): Promise<CloudEvent[]> {
  const { rows } = await database.ownerPool.query(
    `SELECT event FROM outbox WHERE event->'data'->>'action' IS DISTINCT FROM 'access.refuse'
       AND event->>'type' <> 'audit.heartbeat.v1' ORDER BY seq`,
  );
  return z
    .array(z.object({ event: cloudEventSchema }))
    .parse(rows)
    .map((row) => row.event);
}

/** Empties the outbox and answers what was in it as `type` or, for audit events, `action: outcome`. */
export async function takeEventNames(database: TestDatabase): Promise<string[]> {
  const events = await outboxEvents(database);
  await database.ownerPool.query('DELETE FROM outbox');
  return events.map((event) => {
    if (event.type !== 'audit.recorded.v1') return event.type;
    const { action, success, reason } = auditSchema.parse(event.data);
    return `${action}: ${success ? 'success' : reason}`;
  });
}

const auditSchema = z.object({ action: z.string(), success: z.boolean(), reason: z.string().nullable() });

function fakeDapr(databasePassword: string, secrets: TestSecrets, publications: EventEmitter): Dapr {
  const known: Record<string, Record<string, string>> = { ...secrets, 'auth-database': { password: databasePassword } };
  const refuse = async () => {
    throw new Error('auth calls nobody');
  };
  return {
    invoke: refuse,
    invokeText: refuse,
    invokeBytes: refuse,
    publish: async ({ event }) => {
      publications.emit(event.type, event);
    },
    secret: async (name) => known[name] ?? {},
  };
}
