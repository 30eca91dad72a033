import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import {
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
  /** `null`: no token. */
  readonly as: Person | null;
  readonly body?: unknown;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** Parsed when it is JSON, `undefined` when empty. */
  readonly body: unknown;
}

export type GuardrailService = Awaited<ReturnType<typeof startGuardrailService>>;

/**
 * The whole service on a database of its own, behind HTTP; only the sidecar is faked. The broker is down unless a test says
 * otherwise, so that what a transaction left in the outbox can be looked at.
 */
export async function startGuardrailService() {
  const database = await startTestDatabase({ service: 'guardrail' });
  // The server may stop while the pools' last connections are still saying goodbye, and tells them so.
  for (const pool of [database.pool, database.ownerPool]) pool.on('error', () => undefined);
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const now = new Date('2026-11-23T07:00:00.000Z');
  const clock: Clock = { now: () => now };
  const broker = { isUp: false, published: [] as CloudEvent[] };
  const logLines: string[] = [];

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
    secret: async (name) => (name === 'guardrail-database' ? { password: database.connection.password } : {}),
  };
  const config = loadConfig(configSchema, {
    APP_ID: 'guardrail',
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
  const logger = createLogger({
    appId: 'guardrail',
    level: 'trace',
    destination: { write: (line) => logLines.push(line) },
  });
  const service = await build({ config, logger, dapr, clock });
  await service.start();
  const server = createServer(service.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());

  const signIn = async (roles: readonly Role[] = ['user']): Promise<Person> => {
    const person = { userId: newId('user'), sessionId: newId('session') };
    const issuedAt = Math.floor(now.getTime() / 1000);
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

  const send = async (
    path: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'dapr-api-token': appApiToken, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    database,
    broker,
    logLines,
    signIn,
    /** Calls as the gateway does. A string body goes out as it is. */
    call: ({ as, body, method = 'POST', path = '/v1/judgements', headers }: Call): Promise<Answer> =>
      send(
        path,
        method,
        { 'dapr-caller-app-id': 'chat-gateway', ...(as ? { authorization: `Bearer ${as.token}` } : {}), ...headers },
        body,
      ),
    /** Brings an event as the sidecar does, which names no caller. */
    deliver: (event: CloudEvent): Promise<Answer> => send(eventRoute('auth.events'), 'POST', {}, event),
    /** Events that wait in the outbox for a subject, in their order. */
    outbox: async (subject: string): Promise<CloudEvent[]> => {
      const { rows } = await database.ownerPool.query('SELECT event FROM outbox WHERE subject = $1 ORDER BY seq', [
        subject,
      ]);
      return z
        .array(z.object({ event: cloudEventSchema }))
        .parse(rows)
        .map(({ event }) => event);
    },
    /** The decisions on a person's texts, all columns. */
    decisions: async (userId: string): Promise<Record<string, unknown>[]> => {
      const { rows } = await database.ownerPool.query('SELECT * FROM decisions WHERE user_id = $1 ORDER BY id', [
        userId,
      ]);
      return rows;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await service.close();
      await database.close();
    },
  };
}

/** Code of a problem details answer. */
export function codeOf(answer: Answer): string {
  return problemSchema.parse(answer.body).code;
}

/** Waits until the condition holds. */
export async function waitFor(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited 10 s in vain');
    await setTimeout(20);
  }
}
