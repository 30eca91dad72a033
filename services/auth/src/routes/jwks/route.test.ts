import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { allowedCalls, appIds, jwksSchema } from '@todo-chatbot/contracts';
import { calculateJwkThumbprint, decodeProtectedHeader } from 'jose';
import { startAuthOnNewDatabase } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

test('200: the key that signs and the one that will, each id the thumbprint of RFC 7638, and nothing of the private halves', async () => {
  const answer = await world.auth.call('GET', '/v1/jwks');

  assert.equal(answer.status, 200);
  // The schema takes no other member.
  const { keys } = jwksSchema.parse(answer.body);
  assert.equal(keys.length, 2);
  for (const key of keys) {
    assert.equal(key.kid, await calculateJwkThumbprint(key));
    assert.equal(Buffer.from(key.n, 'base64url').length * 8, 3072);
  }
  const grant = await world.auth.signUp();
  assert.ok(keys.some(({ kid }) => kid === decodeProtectedHeader(grant.accessToken).kid));
});

test('MESH-2: every service of the table of allowed calls gets the keys, every other caller 403', async () => {
  const allowed = allowedCalls.filter((call) => call.callee === 'auth' && call.path === '/v1/jwks');
  for (const caller of [...appIds, 'stranger']) {
    const isAllowed = allowed.some((call) => call.caller === caller);
    assert.equal((await world.auth.call('GET', '/v1/jwks', { caller })).status, isAllowed ? 200 : 403, caller);
  }
});
