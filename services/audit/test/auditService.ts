import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { eventRoute, newId, type Role } from '@todo-chatbot/contracts';
import { createLogger, type Dapr, loadConfig, newEvent, ProblemError, systemClock } from '@todo-chatbot/service-kit';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { build } from '../src/build.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { configSchema } from '../src/config.ts';
import { createNoteSigner } from '../src/domain/signedNote.ts';
import { startLogDatabase } from './support.ts';

const issuer = 'https://todo-chatbot.local';
const audience = 'todo-chatbot';
const appApiToken = 'the-sidecar-of-the-component-test';
const origin = 'log.example/test';

/** Somebody with an access token. */
export interface Person {
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
}

/** The whole service on a database of its own, behind HTTP; the sidecar is faked, and the broker does not answer. */
export async function startAuditService() {
  const database = await startLogDatabase();
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const checkpointKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const secrets: Record<string, Record<string, string>> = {
    'audit-database': { password: database.connection.password },
    'audit-kafka': { password: randomUUID() },
    'audit-checkpoint-key': { privateKey: checkpointKey },
  };
  const dapr: Dapr = {
    invoke: async ({ appId, path, responseSchema }) => {
      if (appId !== 'auth' || path !== '/v1/jwks') throw new ProblemError('upstream.unavailable');
      const body = responseSchema.parse({ keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] });
      return { status: 200, body, headers: new Headers() };
    },
    invokeText: () => Promise.reject(new ProblemError('upstream.unavailable')),
    publish: () => Promise.reject(new ProblemError('upstream.unavailable')),
    secret: async (name) => secrets[name] ?? {},
  };
  const config = loadConfig(configSchema, {
    APP_ID: 'audit',
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
    KAFKA_BROKERS: '127.0.0.1:1',
    KAFKA_CA_FILE: database.connection.caFile,
    TOKEN_ISSUER: issuer,
    TOKEN_AUDIENCE: audience,
    LOG_ORIGIN: origin,
  });
  const service = await build({
    config,
    logger: createLogger({ appId: 'audit', level: 'silent' }),
    dapr,
    clock: systemClock,
  });
  await service.start();
  const server = createServer(service.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const signer = createNoteSigner(origin, createPrivateKey(checkpointKey));

  async function signIn(roles: readonly Role[] = ['user']): Promise<Person> {
    const person = { userId: newId('user'), sessionId: newId('session') };
    const token = await new SignJWT({ sid: person.sessionId, roles })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(person.userId)
      .setJti(newId('token'))
      .setIssuedAt()
      .setExpirationTime('30 minutes')
      .sign(privateKey);
    return { ...person, token };
  }

  async function request(path: string, headers: Record<string, string>, body?: unknown) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'dapr-api-token': appApiToken, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const json: unknown = type.includes('json') ? JSON.parse(text) : undefined;
    return { status: response.status, type, text, json };
  }

  return {
    database,
    signer,
    signIn,
    service,
    /** A second writer on the same log, to put entries there. */
    writer: createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock }),
    /** Calls as the gateway does; `as: null` without a token. */
    get: (path: string, as: Person | null, headers: Record<string, string> = {}) =>
      request(path, {
        'dapr-caller-app-id': 'chat-gateway',
        ...(as ? { authorization: `Bearer ${as.token}` } : {}),
        ...headers,
      }),
    /** Delivers the news that a session ended, as the sidecar does. */
    revoke: ({ userId, sessionId }: Person) =>
      request(
        eventRoute('auth.events'),
        {},
        newEvent({
          type: 'auth.session_revoked.v1',
          subject: userId,
          source: 'auth',
          data: { userId, sessionId, accessTokensExpireAt: new Date(Date.now() + 60_000).toISOString() },
        }),
      ),
    async close() {
      server.closeAllConnections();
      server.close();
      await service.close();
      await database.close();
    },
  };
}
