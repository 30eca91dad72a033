import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { accountSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { startAuthOnNewDatabase } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

test('200: the person of the access token, and nothing of the password', async () => {
  const grant = await world.auth.signUp();

  const answer = await world.auth.call('GET', '/v1/account', { token: grant.accessToken });

  assert.equal(answer.status, 200);
  assert.deepEqual(accountSchema.parse(answer.body), grant.account);
});

test('401: without a token, with an expired one, and with one whose signature was changed', async () => {
  const grant = await world.auth.signUp();
  const [head, payload, signature = ''] = grant.accessToken.split('.');
  const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;

  assert.equal(codeOf(await world.auth.call('GET', '/v1/account')), 'auth.token-missing');
  const forged = await world.auth.call('GET', '/v1/account', { token: `${head}.${payload}.${changed}` });
  assert.equal(codeOf(forged), 'auth.token-invalid');
  world.auth.clock.advance(31 * 60 * 1000);
  const expired = await world.auth.call('GET', '/v1/account', { token: grant.accessToken });
  assert.equal(codeOf(expired), 'auth.token-invalid');
});

test('attack: a refresh token in the place of an access token is refused (AUTH-1)', async () => {
  const grant = await world.auth.signUp();

  assert.equal((await world.auth.call('GET', '/v1/account', { token: grant.refreshToken })).status, 401);
});

test('401: a token whose account is gone', async () => {
  const grant = await world.auth.signUp();
  const { ownerPool } = world.database;
  const tombstone = "status = 'deleted', email = NULL, email_index = NULL, name = NULL, password_hash = NULL";
  await ownerPool.query(`UPDATE users SET ${tombstone} WHERE id = $1`, [grant.account.id]);

  assert.equal((await world.auth.call('GET', '/v1/account', { token: grant.accessToken })).status, 401);
});

test('403: any caller but the gateway', async () => {
  const grant = await world.auth.signUp();

  const answer = await world.auth.call('GET', '/v1/account', { caller: 'guardrail', token: grant.accessToken });

  assert.equal(answer.status, 403);
});
