import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import {
  type AppId,
  auditEventDataSchema,
  bindingRoute,
  type CloudEvent,
  type ConsentPurpose,
  cloudEventSchema,
  denialsSchema,
  eventRoute,
  privacyRequestTopic,
  problemSchema,
  type Role,
} from '@todo-chatbot/contracts';
import {
  type BaseConfig,
  type BuiltService,
  type Clock,
  createLogger,
  type Dapr,
  loadConfig,
  newEvent,
  ProblemError,
  type ServiceContext,
} from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { startTestDatabase, type TestDatabase } from './testDatabase.ts';
import { createTestDataKeys } from './testDataKeys.ts';
import { createTestIssuer, type Person, testAudience, testIssuerName } from './testIssuer.ts';
import { createTestRetention } from './testRetention.ts';

/** A call as the gateway makes it through the sidecar. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** `null`: no token. */
  readonly as: Person | null;
  /** Goes out as JSON, a string as it is. */
  readonly body?: unknown;
  /** Idempotency key. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back of a call. */
export interface Answer {
  readonly status: number;
  /** Content type. */
  readonly type: string;
  /** As it came. */
  readonly bytes: Buffer;
  readonly text: string;
  /** Parsed when it is JSON, otherwise `undefined`. */
  readonly body: unknown;
}

/** What a fake `auth` answers at `GET /v1/denials`. */
export const noDenials = denialsSchema.parse({ items: [], next: '0', isComplete: true });

/** Shown by the sidecar of component tests. */
const appApiToken = randomBytes(24).toString('hex');

/** Environment of a service in a component test, as the platform would set it. Ports that nothing listens on are 1. */
export function testEnvironment(service: AppId, { connection }: TestDatabase) {
  return {
    APP_ID: service,
    RUN_MODE: 'local',
    APP_PORT: '1',
    DAPR_HTTP_PORT: '1',
    DAPR_API_TOKEN: randomBytes(24).toString('hex'),
    APP_API_TOKEN: appApiToken,
    DATABASE_HOST: connection.host,
    DATABASE_PORT: String(connection.port),
    DATABASE_NAME: connection.database,
    DATABASE_USER: connection.user,
    DATABASE_CA_FILE: connection.caFile,
    TOKEN_ISSUER: testIssuerName,
    TOKEN_AUDIENCE: testAudience,
  };
}

/** Serves on a free port of 127.0.0.1. */
export async function listen(handler: RequestListener) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * A whole service on a database of its own, behind HTTP; only the sidecar is faked, with `auth` behind it. The broker is down unless
 * a test says otherwise, so that what a transaction left in the outbox can be looked at.
 */
export async function startTestService<C extends BaseConfig>(options: {
  readonly service: AppId;
  readonly configSchema: z.ZodType<C>;
  readonly build: (context: ServiceContext<C>) => Promise<BuiltService>;
  readonly clock: Clock;
  /** Variables beside those that every service has. */
  readonly environment?: (database: TestDatabase) => Readonly<Record<string, string>>;
  /** Secrets beside the password of the database. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}) {
  const { service: appId, configSchema, clock } = options;
  const database = await startTestDatabase({ service: appId });
  const issuer = await createTestIssuer({ clock });
  const dataKeys = createTestDataKeys(appId);
  const retention = createTestRetention();
  const broker = { isUp: false, published: [] as CloudEvent[] };
  const secrets = { ...options.secrets, [`${appId}-database`]: { password: database.connection.password } };
  const dapr: Dapr = {
    invoke: async ({ appId: callee, path, responseSchema }) => {
      const answers: Record<string, unknown> = {
        '/v1/jwks': issuer.jwks,
        '/v1/denials': noDenials,
        ...dataKeys.answers(path),
        ...retention.answers(path),
      };
      if (callee !== 'auth' || !(path in answers)) throw new ProblemError('upstream.unavailable');
      return { status: 200, body: responseSchema.parse(answers[path]), headers: new Headers() };
    },
    invokeText: () => Promise.reject(new ProblemError('upstream.unavailable')),
    invokeBytes: () => Promise.reject(new ProblemError('upstream.unavailable')),
    publish: async ({ event }) => {
      if (!broker.isUp) throw new ProblemError('upstream.unavailable');
      broker.published.push(event);
    },
    secret: async (name) => secrets[name] ?? {},
  };
  const logged: string[] = [];
  const service = await options.build({
    config: loadConfig(configSchema, { ...testEnvironment(appId, database), ...options.environment?.(database) }),
    logger: createLogger({ appId, level: 'trace', destination: { write: (line) => void logged.push(line) } }),
    dapr,
    clock,
  });
  await service.start();
  const appPort = await listen(service.app);

  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${appPort.url}${path}`, init);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, bytes, text, body: type.includes('json') ? JSON.parse(text) : undefined };
  };
  const call = ({ method, path, as, body, key, headers }: Call): Promise<Answer> =>
    send(path, {
      method,
      headers: {
        'dapr-api-token': appApiToken,
        'dapr-caller-app-id': 'chat-gateway',
        ...(as ? { authorization: `Bearer ${as.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  /** Brings an event of `auth` as the sidecar does, which names no caller. */
  const deliver = (event: CloudEvent): Promise<Answer> =>
    send(eventRoute(event.type.startsWith('privacy.') ? privacyRequestTopic : 'auth.events'), {
      method: 'POST',
      headers: { 'dapr-api-token': appApiToken, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });

  return {
    database,
    broker,
    /** The keys of people, as `auth` has them. */
    dataKeys,
    /** The periods, as `auth` has them. */
    retention,
    /** Lines of the service's log. */
    logged,
    service,
    signIn: (roles?: readonly Role[]): Promise<Person> => issuer.signIn(roles === undefined ? {} : { roles }),
    /** Signs somebody in with whatever claims a test wants. */
    signInAs: (options: Parameters<typeof issuer.signIn>[0]): Promise<Person> => issuer.signIn(options),
    /** Signs somebody in who agrees to these purposes and to no others. */
    signInAgreeingTo: (...consents: readonly ConsentPurpose[]): Promise<Person> => issuer.signIn({ consents }),
    call,
    deliver,
    /** Calls a binding as the sidecar does, which names no caller. */
    fire: (
      binding: string,
      headers: Readonly<Record<string, string>> = { 'dapr-api-token': appApiToken },
    ): Promise<Answer> => send(bindingRoute(binding), { method: 'POST', headers }),
    /** Delivers the news that a person's session has ended. */
    revoke: ({ userId, sessionId }: Person): Promise<Answer> =>
      deliver(
        newEvent({
          type: 'auth.session_revoked.v1',
          subject: sessionId,
          source: 'auth',
          data: { userId, sessionId, accessTokensExpireAt: new Date(clock.now().getTime() + 1_800_000).toISOString() },
        }),
      ),
    /** Events that wait in the outbox for a subject, or all of one person's audit entries, in their order. */
    async outbox(subject: string): Promise<CloudEvent[]> {
      const query = 'SELECT event FROM outbox WHERE subject = $1 ORDER BY seq';
      const { rows } = await database.ownerPool.query(query, [subject]);
      return rows.map(({ event }) => cloudEventSchema.parse(event));
    },
    async close(): Promise<void> {
      await appPort.close();
      await service.close();
      await database.close();
    },
  };
}

/** A clock that stands still until a test moves it. */
export function createTestClock(start: string): Clock & { advance(milliseconds: number): void } {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

/** The audit entries among events. */
export function auditEntries(events: readonly CloudEvent[]) {
  return events.filter(({ type }) => type === 'audit.recorded.v1').map(({ data }) => auditEventDataSchema.parse(data));
}

/** Code of a problem details answer; fails when it is none. */
export function codeOf({ body }: { readonly body: unknown }): string {
  return problemSchema.parse(body).code;
}
