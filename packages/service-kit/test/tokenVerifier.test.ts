import assert from 'node:assert/strict';
import test from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { exportSPKI, generateKeyPair, UnsecuredJWT } from 'jose';
import {
  type AccessDenials,
  createTokenVerifier,
  type Dapr,
  ProblemError,
  remoteKeys,
  systemClock,
} from '../src/index.ts';
import { fakeDapr, keysOf, testIssuer } from './support.ts';

const issuer = await testIssuer();
const audience = 'todo-chatbot';
/** Sessions, and keys, that are denied. */
const denied = new Set<string>();
const denySet: AccessDenials = { denies: ({ sessionId, keyId }) => denied.has(sessionId) || denied.has(keyId) };

function verifierWith(keys = keysOf(issuer), clock = systemClock) {
  return createTokenVerifier({ issuer: 'https://todo-chatbot.local', audience, keys, denySet, clock });
}

async function assertRefused(token: string, what: string): Promise<void> {
  await assert.rejects(
    verifierWith().verify(token),
    (error) => {
      assert.ok(error instanceof ProblemError, what);
      // The same for every fault: the answer must not tell which one it was.
      assert.deepEqual([error.code, error.detail, error.errors], ['auth.token-invalid', undefined, undefined], what);
      return true;
    },
    what,
  );
}

test('a good token gives the person, the session and the roles (PRIN-3)', async () => {
  const user = await verifierWith().verify(await issuer.token({ roles: ['admin'] }));
  assert.equal(user.userId, issuer.userId);
  assert.equal(user.sessionId, issuer.sessionId);
  assert.deepEqual(user.roles, ['admin']);
  assert.ok(user.expiresAt.getTime() > Date.now());
});

test('a token says what its person agrees to; one that says nothing is of somebody who agreed to nothing (PRIV-2)', async () => {
  const con = ['appointments', 'assistant'];
  const agreeing = await verifierWith().verify(await issuer.token({ claims: { con } }));
  assert.deepEqual(agreeing.consents, con);
  assert.deepEqual((await verifierWith().verify(await issuer.token({ claims: { con: undefined } }))).consents, []);
});

test('attack: a token without a signature is refused', async () => {
  const [, payload = ''] = (await issuer.token()).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid: issuer.kid })).toString('base64url');
  await assertRefused(`${header}.${payload}.`, 'alg none');
  await assertRefused(new UnsecuredJWT({ sub: issuer.userId }).encode(), 'unsecured');
  const [head = '', body = ''] = (await issuer.token()).split('.');
  await assertRefused(`${head}.${body}.`, 'empty signature');
});

test('attack: a token signed by HS256 with the public key as secret is refused', async () => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  for (const key of [issuer.publicKey, publicKey]) {
    const secret = new TextEncoder().encode(await exportSPKI(key));
    await assertRefused(await issuer.token({ header: { alg: 'HS256' }, key: secret }), 'HS256');
  }
});

test('attack: another algorithm of the same key, a foreign key, another key id are refused', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  await assertRefused(await issuer.token({ key: privateKey }), 'foreign key');
  await assertRefused(await issuer.token({ header: { kid: 'unknown' } }), 'unknown key id');
  const { privateKey: pss } = await generateKeyPair('PS256');
  await assertRefused(await issuer.token({ header: { alg: 'PS256' }, key: pss }), 'PS256');
});

test('attack: wrong issuer, audience, type, times and claims are refused', async () => {
  const now = Math.floor(Date.now() / 1000);
  const claims: Record<string, unknown>[] = [
    { iss: 'https://evil.example' },
    { iss: undefined },
    { aud: 'another' },
    { aud: undefined },
    { exp: now - 60 },
    { exp: undefined },
    { iat: undefined },
    { nbf: now + 60 },
    { sub: 'admin' },
    { sub: newId('session') },
    { sid: undefined },
    { jti: undefined },
    { roles: ['root'] },
    { roles: 'admin' },
    { con: ['everything'] },
    { con: ['assistant', 'root'] },
    { con: 'assistant' },
    { con: ['assistant', 'assistant', 'assistant', 'assistant'] },
    { con: null },
  ];
  for (const wrong of claims) await assertRefused(await issuer.token({ claims: wrong }), JSON.stringify(wrong));
  for (const typ of ['JWT', 'id+jwt']) await assertRefused(await issuer.token({ header: { typ } }), typ);
});

test('attack: each changed character of a token makes it invalid', async () => {
  const token = await issuer.token();
  // The last character of a base64url part has bits that do not count.
  const [header = '', payload = '', signature = ''] = token.split('.');
  for (let index = 0; index < token.length; index += 7) {
    const isLastOfPart = [header.length - 1, header.length + payload.length, token.length - 1].includes(index);
    if (token[index] === '.' || isLastOfPart) continue;
    const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
    await assertRefused(changed, `character ${index}`);
  }
  for (const broken of ['', '.', '..', 'a.b.c', `${header}.${payload}`, `${token}.${signature}`, 'x'.repeat(5000)]) {
    await assertRefused(broken, broken.slice(0, 10));
  }
});

test('a token of a revoked session is refused (AUTH-9)', async () => {
  const other = await testIssuer();
  denied.add(other.sessionId);
  const verifier = verifierWith(keysOf(other));
  await assert.rejects(verifier.verify(await other.token()), { code: 'auth.token-invalid' });
  denied.delete(other.sessionId);
  assert.equal((await verifier.verify(await other.token())).sessionId, other.sessionId);
});

function countingAuth(answer: () => Promise<unknown> = async () => issuer.jwks) {
  const count = { fetches: 0 };
  const invoke: Dapr['invoke'] = async (request) => {
    count.fetches += 1;
    assert.deepEqual([request.appId, request.method, request.path], ['auth', 'GET', '/v1/jwks']);
    return { status: 200, body: request.responseSchema.parse(await answer()), headers: new Headers() };
  };
  return { count, dapr: fakeDapr({ invoke }) };
}

test('attack: thousands of made-up key ids at once cause one fetch of keys in 30 s', async () => {
  const { count, dapr } = countingAuth();
  let now = Date.now();
  const clock = { now: () => new Date(now) };
  const verifier = verifierWith(remoteKeys(dapr, clock));
  await verifier.verify(await issuer.token());
  assert.equal(count.fetches, 1);
  const [, payload = '', signature = ''] = (await issuer.token()).split('.');
  const forged = (kid: string) => {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid })).toString('base64url');
    return `${header}.${payload}.${signature}`;
  };
  const flood = (run: number) =>
    Promise.all(
      Array.from({ length: 3_000 }, (_, index) =>
        assert.rejects(verifier.verify(forged(`k${run}-${index}`)), { code: 'auth.token-invalid' }),
      ),
    );
  await flood(1);
  assert.equal(count.fetches, 1);
  now += 31_000;
  await flood(2);
  await flood(3);
  assert.equal(count.fetches, 2);
});

test('attack: a key is revoked: its tokens are refused at once, those of another key are not (AUTH-2)', async () => {
  const successor = await testIssuer();
  const verifier = verifierWith(keysOf(issuer, successor));
  const tokens = [await issuer.token(), await successor.token()] as const;
  for (const token of tokens) await verifier.verify(token);
  denied.add(issuer.kid);
  try {
    await assert.rejects(verifier.verify(tokens[0]), { code: 'auth.token-invalid' });
    await assert.rejects(verifier.verify(await issuer.token()), { code: 'auth.token-invalid' });
    assert.equal((await verifier.verify(tokens[1])).keyId, successor.kid);
  } finally {
    denied.delete(issuer.kid);
  }
});

test('attack: a token that was verified before is refused when it has expired, is denied, or its key is gone (AUTH-11)', async () => {
  let now = Date.now();
  const held = new Map([[issuer.kid, issuer.publicKey]]);
  const verifier = verifierWith({ keyFor: async (kid) => held.get(kid) }, { now: () => new Date(now) });
  const token = await issuer.token();
  await verifier.verify(token);
  await verifier.verify(token);

  denied.add(issuer.sessionId);
  await assert.rejects(verifier.verify(token), { code: 'auth.token-invalid' }, 'denied');
  denied.delete(issuer.sessionId);
  await verifier.verify(token);

  held.clear();
  await assert.rejects(verifier.verify(token), { code: 'auth.token-invalid' }, 'key gone');
  held.set(issuer.kid, issuer.publicKey);
  await verifier.verify(token);

  now += 900_000;
  await verifier.verify(token);
  now += 6_000;
  await assert.rejects(verifier.verify(token), { code: 'auth.token-invalid' }, 'expired');
});

test('a removed key takes the tokens that were verified with it along, within 60 s (AUTH-2)', async () => {
  let jwks = issuer.jwks;
  const { dapr } = countingAuth(async () => jwks);
  let now = Date.now();
  const clock = { now: () => new Date(now) };
  const verifier = verifierWith(remoteKeys(dapr, clock), clock);
  const token = await issuer.token();
  await verifier.verify(token);
  jwks = { keys: [] };
  now += 61_000;

  await assert.rejects(verifier.verify(token), { code: 'auth.token-invalid' });
});

test('attack: a forgery that shares all but the signature with a token verified before is refused', async () => {
  const verifier = verifierWith();
  const token = await issuer.token();
  await verifier.verify(token);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;

  await assert.rejects(verifier.verify(`${header}.${payload}.${changed}`), { code: 'auth.token-invalid' });
});

test('a removed key is forgotten within 60 s, and many verifications share one fetch', async () => {
  let jwks = issuer.jwks;
  const { count, dapr } = countingAuth(async () => jwks);
  let now = Date.now();
  const keys = remoteKeys(dapr, { now: () => new Date(now) });
  await Promise.all(Array.from({ length: 20 }, async () => assert.ok(await keys.keyFor(issuer.kid))));
  assert.equal(count.fetches, 1);
  jwks = { keys: [] };
  now += 59_000;
  assert.ok(await keys.keyFor(issuer.kid));
  now += 2_000;
  assert.equal(await keys.keyFor(issuer.kid), undefined);
});

test('when keys cannot be fetched nobody is let in, and auth is not flooded (PRIN-6)', async () => {
  let isDown = true;
  const { count, dapr } = countingAuth(async () => (isDown ? Promise.reject(new Error('down')) : issuer.jwks));
  let now = Date.now();
  const verifier = verifierWith(remoteKeys(dapr, { now: () => new Date(now) }));
  const token = await issuer.token();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await assert.rejects(verifier.verify(token), { code: 'upstream.unavailable' });
  }
  assert.equal(count.fetches, 1);
  isDown = false;
  now += 1_500;
  assert.equal((await verifier.verify(token)).userId, issuer.userId);
});
