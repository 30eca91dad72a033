import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import {
  auditEventDataSchema,
  type CloudEvent,
  cloudEventSchema,
  eventRoute,
  newId,
  problemSchema,
  type Role,
} from '@todo-chatbot/contracts';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { type Clock, createLogger, type Dapr, loadConfig, ProblemError } from '@todo-chatbot/service-kit';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import { build } from '../build.ts';
import { configSchema } from '../config.ts';

const issuer = 'https://todo-chatbot.local';
const audience = 'todo-chatbot';
const appApiToken = 'the-sidecar-of-the-component-test';

/** Somebody with an access token. */
export interface Person {
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  /** `null`: no token. */
  readonly as: Person | null;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** As it came. */
  readonly text: string;
  /** Parsed when it is JSON, `undefined` when empty. */
  readonly body: unknown;
}

export type BookingService = Awaited<ReturnType<typeof startBookingService>>;

/**
 * The whole service on a database of its own, behind HTTP; only the sidecar is faked. The broker is down unless a test says
 * otherwise, so that what a transaction left in the outbox can be looked at.
 */
export async function startBookingService() {
  const database = await startTestDatabase({ service: 'booking' });
  // The server may stop while the pools' last connections are still saying goodbye, and tells them so.
  for (const pool of [database.pool, database.ownerPool]) pool.on('error', () => undefined);
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const clock = createTestClock('2026-11-23T07:00:00.000Z');
  const broker = { isUp: false, published: [] as CloudEvent[] };

  const dapr: Dapr = {
    invoke: async ({ appId, path, responseSchema }) => {
      if (appId !== 'auth' || path !== '/v1/jwks') throw new ProblemError('upstream.unavailable');
      const body = responseSchema.parse({ keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] });
      return { status: 200, body, headers: new Headers() };
    },
    invokeText: () => Promise.reject(new ProblemError('upstream.unavailable')),
    publish: async ({ event }) => {
      if (!broker.isUp) throw new ProblemError('upstream.unavailable');
      broker.published.push(event);
    },
    secret: async (name) => (name === 'booking-database' ? { password: database.connection.password } : {}),
  };
  const config = loadConfig(configSchema, {
    APP_ID: 'booking',
    RUN_MODE: 'local',
    APP_PORT: '1',
    DAPR_HTTP_PORT: '1',
    DAPR_API_TOKEN: 'the-service-of-the-component-test',
    APP_API_TOKEN: appApiToken,
    DATABASE_HOST: database.connection.host,
    DATABASE_PORT: String(database.connection.port),
    DATABASE_NAME: database.connection.database,
    DATABASE_USER: database.connection.user,
    DATABASE_CA_FILE: database.connection.caFile,
    TOKEN_ISSUER: issuer,
    TOKEN_AUDIENCE: audience,
  });
  const logged: string[] = [];
  const destination = { write: (line: string) => void logged.push(line) };
  const logger = createLogger({ appId: 'booking', level: 'debug', destination });
  const service = await build({ config, logger, dapr, clock });
  await service.start();
  const server = createServer(service.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());

  const signIn = async (roles: readonly Role[] = ['user']): Promise<Person> => {
    const person = { userId: newId('user'), sessionId: newId('session') };
    const issuedAt = Math.floor(clock.now().getTime() / 1000);
    const token = await new SignJWT({ sid: person.sessionId, roles })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(person.userId)
      .setJti(newId('token'))
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 1800)
      .sign(privateKey);
    return { ...person, token };
  };

  const call = async ({ method, path, as, body, key, headers }: Call): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        'dapr-api-token': appApiToken,
        'dapr-caller-app-id': 'chat-gateway',
        ...(as ? { authorization: `Bearer ${as.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) };
  };

  /** Brings an event as the sidecar does, which names no caller. */
  const deliver = async (event: CloudEvent): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}${eventRoute('auth.events')}`, {
      method: 'POST',
      headers: { 'dapr-api-token': appApiToken, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) };
  };

  /** Events that wait in the outbox for a subject, or all of one person's audit entries, in their order. */
  const outbox = async (subject: string): Promise<CloudEvent[]> => {
    const { rows } = await database.ownerPool.query('SELECT event FROM outbox WHERE subject = $1 ORDER BY seq', [
      subject,
    ]);
    return z
      .array(z.object({ event: cloudEventSchema }))
      .parse(rows)
      .map(({ event }) => event);
  };

  return {
    database,
    clock,
    broker,
    /** Lines of the service's log. */
    logged,
    signIn,
    call,
    deliver,
    outbox,
    /** Starts and stops another replica on the same database, with work to do in between. */
    withReplica: async (work: () => Promise<void>) => {
      const replica = await build({ config, logger, dapr, clock });
      await replica.start();
      await work().finally(() => replica.close());
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await service.close();
      await database.close();
    },
  };
}

function createTestClock(start: string): Clock & { advance(milliseconds: number): void } {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** The audit entries among events. */
export function auditEntries(events: readonly CloudEvent[]) {
  return events.filter(({ type }) => type === 'audit.recorded.v1').map(({ data }) => auditEventDataSchema.parse(data));
}

/** Code of a problem details answer. */
export function codeOf(answer: Answer): string {
  return problemSchema.parse(answer.body).code;
}

/** A key that no other test uses. */
export function newKey(): string {
  return randomUUID();
}

/** Waits until the condition holds. */
export async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited 10 s in vain');
    await setTimeout(20);
  }
}

/** Id of the service that the migrations put on offer. */
export const consultationId = 'svc_019aa9d0-0000-7000-8000-000000000001';

let nextSlot = 0;

/** A slot that no other test of this file uses: half-hours of Tuesdays from 9 to 17 o'clock in Berlin, in summer time. */
export function newSlot(): { startsAt: string; endsAt: string } {
  const [week, half] = [Math.floor(nextSlot / 16), nextSlot % 16];
  nextSlot += 1;
  const startsAt = Date.parse('2027-04-06T07:00:00.000Z') + week * 7 * 86_400_000 + half * 1_800_000;
  return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 1_800_000).toISOString() };
}

/** Who books in these tests. */
export const ada = { name: 'Ada Canary', email: 'ada.canary@example.com', phone: '+4915112345678' };
