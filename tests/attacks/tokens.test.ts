import assert from 'node:assert/strict';
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { jwksSchema, newId } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { call, newPerson, type Person } from '../support/client.ts';
import { guardedOperations } from '../support/guardedOperations.ts';
import { activeSigningKey } from '../support/signingKey.ts';
import { waitFor } from '../support/waitFor.ts';

describe('Token attacks: every service verifies again (AUTH-1, PRIN-3)', () => {
  let facts: PlatformState;
  let url = '';
  let person: Person;
  let publicKey: KeyObject;
  let keyId = '';
  let claims: JWTPayload = {};
  const { privateKey: foreignKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

  before(async () => {
    const platform = await testPlatform();
    facts = await platform.state();
    url = platform.url;
    person = await newPerson(url);
    const { daprHttpPort, daprApiToken } = facts.apps.task;
    const answer = await fetch(`http://127.0.0.1:${daprHttpPort}/v1.0/invoke/auth/method/v1/jwks`, {
      headers: { 'dapr-api-token': daprApiToken },
    });
    keyId = decodeProtectedHeader(person.token).kid ?? '';
    const jwk = jwksSchema.parse(await answer.json()).keys.find(({ kid }) => kid === keyId);
    assert.ok(jwk);
    publicKey = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    claims = decodeJwt(person.token);
  });

  /** Statuses that the gateway and, past Dapr, each service give to a request with this token. */
  async function statusesOf(token: string): Promise<Record<string, number>> {
    const statuses: Record<string, number> = {
      'chat-gateway': (await call(url, 'GET', '/api/v1/tasks', { token })).status,
    };
    for (const { appId, method, path, body } of guardedOperations) {
      const { appPort, appApiToken } = facts.apps[appId];
      const answer = await call(`http://127.0.0.1:${appPort}`, method, path, {
        token,
        headers: { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' },
        ...(body === undefined ? {} : { body }),
      });
      statuses[appId] = answer.status;
    }
    return statuses;
  }

  const everywhere = (status: number) => ({
    'chat-gateway': status,
    auth: status,
    task: status,
    booking: status,
    guardrail: status,
    audit: status,
  });

  const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('accepts the genuine token everywhere', async () => {
    assert.deepEqual(await statusesOf(person.token), everywhere(200));
  });

  it('issues RS256 at+jwt of at most 30 minutes with the claims of AUTH-1', () => {
    assert.deepEqual(decodeProtectedHeader(person.token), { alg: 'RS256', typ: 'at+jwt', kid: keyId });
    assert.ok((claims.exp ?? 0) - (claims.iat ?? 0) <= 1800);
    for (const claim of ['iss', 'aud', 'sub', 'sid', 'jti', 'roles']) assert.ok(Object.hasOwn(claims, claim), claim);
  });

  const forgeries: Record<string, () => Promise<string> | string> = {
    'signed by a foreign key under the genuine kid': () =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keyId }).sign(foreignKey),
    'signed by a foreign key under an unknown kid': () =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'unknown' }).sign(foreignKey),
    'signed by a foreign key given in its own header': () =>
      new SignJWT(claims)
        .setProtectedHeader({
          alg: 'RS256',
          typ: 'at+jwt',
          kid: keyId,
          jwk: { ...createPublicKey(foreignKey).export({ format: 'jwk' }), kty: 'RSA' },
        })
        .sign(foreignKey),
    'alg none': () => `${base64url({ alg: 'none', typ: 'at+jwt', kid: keyId })}.${base64url(claims)}.`,
    'HS256 with the public key as secret': () => {
      const signed = `${base64url({ alg: 'HS256', typ: 'at+jwt', kid: keyId })}.${base64url(claims)}`;
      const secret = publicKey.export({ type: 'spki', format: 'pem' });
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    },
    'genuine signature over changed claims': () => {
      const [header = '', , signature = ''] = person.token.split('.');
      return `${header}.${base64url({ ...claims, roles: ['admin'] })}.${signature}`;
    },
    'last bit of the signature flipped': () => {
      const bytes = Buffer.from(person.token.split('.')[2] ?? '', 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return [...person.token.split('.').slice(0, 2), bytes.toString('base64url')].join('.');
    },
    'not a token': () => 'x',
    'an empty signature': () => `${person.token.split('.').slice(0, 2).join('.')}.`,
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    it(`refuses a forgery: ${name}`, async () => {
      assert.deepEqual(await statusesOf(await forge()), everywhere(401));
    });
  }

  it('refuses tokens that the true key signed but that are expired, for others, of another issuer or kind', async () => {
    const { kid, privateKey: key } = await activeSigningKey(facts);
    assert.equal(kid, keyId);
    const header = { alg: 'RS256', typ: 'at+jwt', kid: keyId };
    const now = Math.floor(Date.now() / 1000);
    const { exp: _expiry, ...withoutExpiry } = claims;
    const genuine = await new SignJWT(claims).setProtectedHeader(header).sign(key);
    assert.deepEqual(await statusesOf(genuine), everywhere(200), 'the key is the true one');
    const variants: Record<string, Promise<string>> = {
      expired: new SignJWT({ ...claims, iat: now - 3600, exp: now - 120 }).setProtectedHeader(header).sign(key),
      'not yet valid': new SignJWT({ ...claims, nbf: now + 3600 }).setProtectedHeader(header).sign(key),
      'other audience': new SignJWT({ ...claims, aud: 'somebody-else' }).setProtectedHeader(header).sign(key),
      'other issuer': new SignJWT({ ...claims, iss: 'https://evil.example' }).setProtectedHeader(header).sign(key),
      'ID token type': new SignJWT(claims).setProtectedHeader({ ...header, typ: 'JWT' }).sign(key),
      'no expiry': new SignJWT(withoutExpiry).setProtectedHeader(header).sign(key),
      'subject of another kind': new SignJWT({ ...claims, sub: 'admin' }).setProtectedHeader(header).sign(key),
      'unknown role': new SignJWT({ ...claims, roles: ['root'] }).setProtectedHeader(header).sign(key),
      PS256: new SignJWT(claims).setProtectedHeader({ ...header, alg: 'PS256' }).sign(key),
    };
    for (const [name, token] of Object.entries(variants)) {
      assert.deepEqual(await statusesOf(await token), everywhere(401), name);
    }
  });

  it('refuses a signed-out session at every service within seconds (AUTH-9)', async () => {
    const leaver = await newPerson(url);
    assert.deepEqual(await statusesOf(leaver.token), everywhere(200));
    assert.equal((await leaver.call('POST', '/api/v1/auth/logout')).status, 204);
    await waitFor('the revocation at every service', async () => {
      const statuses = Object.values(await statusesOf(leaver.token));
      return statuses.every((status) => status === 401) ? true : undefined;
    });
  });

  it('shows nobody the tasks of somebody else, and answers as if they did not exist', async () => {
    await person.say('add secret of the first person');
    const task = (await person.tasks())[0];
    assert.ok(task);
    const other = await newPerson(url);
    assert.deepEqual(await other.tasks(), []);
    const missingId = newId('task');
    for (const [method, body] of [
      ['PATCH', { status: 'done' }],
      ['DELETE', undefined],
    ] as const) {
      const options = body === undefined ? {} : { body };
      const foreign = await other.call(method, `/api/v1/tasks/${task.id}`, options);
      const missing = await other.call(method, `/api/v1/tasks/${missingId}`, options);
      assert.equal(foreign.status, 404);
      const withoutIds = (text: string): string =>
        text
          .replaceAll(task.id, 'ID')
          .replaceAll(missingId, 'ID')
          .replace(/"traceId":"[^"]*"/, '');
      assert.equal(withoutIds(foreign.text), withoutIds(missing.text));
    }
    assert.equal((await person.tasks())[0]?.status, 'open');
  });
});
