import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { allowedCalls, appIds, jwksSchema } from '@todo-chatbot/contracts';
import { calculateJwkThumbprint } from 'jose';
import { startAuthOnNewDatabase } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

test('200: one public RSA key, its id the thumbprint of RFC 7638, and nothing of the private half', async () => {
  const answer = await world.auth.call('GET', '/v1/jwks');

  assert.equal(answer.status, 200);
  const { keys } = jwksSchema.parse(answer.body);
  assert.equal(keys.length, 1);
  const [key] = keys;
  assert.equal(key?.kid, await calculateJwkThumbprint(key ?? {}));
});

test('MESH-2: every service of the table of allowed calls gets the keys, every other caller 403', async () => {
  const allowed = allowedCalls.filter((call) => call.callee === 'auth' && call.path === '/v1/jwks');
  for (const caller of [...appIds, 'stranger']) {
    const isAllowed = allowed.some((call) => call.caller === caller);
    assert.equal((await world.auth.call('GET', '/v1/jwks', { caller })).status, isAllowed ? 200 : 403, caller);
  }
});
