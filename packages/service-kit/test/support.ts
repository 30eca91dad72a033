import { type CloudEvent, consentPurposes, newId, type Role } from '@todo-chatbot/contracts';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { BaseConfig, Dapr, KeySource, Logger } from '../src/index.ts';
import { createLogger } from '../src/index.ts';

/** A logger whose lines can be read. */
export function capturingLogger(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ appId: 'task', level: 'trace', destination }), lines };
}

/** Base configuration of a process that is never really started. */
export function testConfig(changes: Partial<BaseConfig> = {}): BaseConfig {
  return {
    APP_ID: 'task',
    RUN_MODE: 'local',
    APP_PORT: 1,
    LISTEN_ADDRESS: '127.0.0.1',
    DAPR_HTTP_PORT: 1,
    DAPR_API_TOKEN: 'dapr-api-token-of-this-test',
    APP_API_TOKEN: 'app-api-token-of-this-test',
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: 1,
    DATABASE_NAME: 'task',
    DATABASE_USER: 'task',
    DATABASE_CA_FILE: '/nowhere',
    TOKEN_ISSUER: 'https://todo-chatbot.local',
    TOKEN_AUDIENCE: 'todo-chatbot',
    LOG_LEVEL: 'trace',
    ...changes,
  };
}

/** A Dapr of which a test gives the parts it uses. */
export function fakeDapr(parts: Partial<Dapr>): Dapr {
  const missing = async () => {
    throw new Error('this test does not expect the call');
  };
  return { invoke: missing, invokeText: missing, invokeBytes: missing, publish: missing, secret: missing, ...parts };
}

/** An issuer of access tokens with a key made for the test. */
export async function testIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const { n = '', e = '' } = await exportJWK(publicKey);
  const kid = newId('token');
  const jwk = { kty: 'RSA' as const, use: 'sig' as const, alg: 'RS256' as const, kid, n, e };
  const userId = newId('user');
  const sessionId = newId('session');
  return {
    privateKey,
    publicKey,
    kid,
    jwks: { keys: [jwk] },
    userId,
    sessionId,
    /** A valid token, or one with the given faults. */
    token: async (
      faults: {
        header?: Record<string, string>;
        claims?: Record<string, unknown>;
        key?: CryptoKey | Uint8Array;
        roles?: readonly Role[];
      } = {},
    ) => {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: 'https://todo-chatbot.local',
        aud: 'todo-chatbot',
        sub: userId,
        sid: sessionId,
        ver: 0,
        jti: newId('token'),
        roles: faults.roles ?? ['user'],
        con: consentPurposes,
        iat: now,
        exp: now + 900,
        ...faults.claims,
      };
      return await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid, ...faults.header })
        .sign(faults.key ?? privateKey);
    },
  };
}

/** The keys of an issuer in this process. */
export function keysOf(...issuers: readonly { readonly kid: string; readonly publicKey: CryptoKey }[]): KeySource {
  const keys = new Map(issuers.map(({ kid, publicKey }) => [kid, publicKey]));
  return { keyFor: async (kid) => keys.get(kid) };
}

/** A CloudEvent that is valid in itself; its subject is the user. */
export function testEvent(changes: Partial<CloudEvent> = {}): CloudEvent {
  const userId = newId('user');
  return {
    specversion: '1.0',
    id: newId('event'),
    source: 'task',
    type: 'auth.user_registered.v1',
    subject: userId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { userId, roles: ['user'] },
    ...changes,
  };
}
