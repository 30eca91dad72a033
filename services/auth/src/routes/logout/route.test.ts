import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { auditEventDataSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { grantOf, outboxEvents, startAuth, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

const logout = (token: string) => world.auth.call('POST', '/v1/logout', { token });

test('204: both tokens of the session are dead at once (AUTH-11)', async () => {
  const grant = await world.auth.signUp();

  const answer = await logout(grant.accessToken);

  assert.equal(answer.status, 204);
  const account = await world.auth.call('GET', '/v1/account', { token: grant.accessToken });
  assert.equal(codeOf(account), 'auth.token-invalid');
  assert.equal((await world.auth.refresh(grant.refreshToken)).status, 401);
});

test('AUTH-11, PRIN-7: the revocation, its event and its audit event are one transaction', async () => {
  const grant = await world.auth.signUp();
  await takeEventNames(world.database);

  await logout(grant.accessToken);

  const [revoked, audit] = await outboxEvents(world.database);
  assert.equal(revoked?.type, 'auth.session_revoked.v1');
  const data = z
    .object({ userId: z.string(), sessionId: z.string(), accessTokensExpireAt: z.iso.datetime() })
    .parse(revoked.data);
  assert.deepEqual([data.userId, data.sessionId], [grant.account.id, grant.sessionId]);
  assert.ok(Date.parse(data.accessTokensExpireAt) > world.auth.clock.now().getTime() + 1_800_000);
  const { action, success, actor, sessionId } = auditEventDataSchema.parse(audit?.data);
  assert.deepEqual(
    { action, success, actor, sessionId },
    { action: 'auth.logout', success: true, actor: { type: 'user', id: grant.account.id }, sessionId: grant.sessionId },
  );
});

test('PRIN-7: a logout that cannot be recorded revokes nothing, so that it can be tried again', async () => {
  const grant = await world.auth.signUp();
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await logout(grant.accessToken)).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  assert.equal((await logout(grant.accessToken)).status, 204);
});

test('five logouts at once revoke once; each answers 204, or 401 when it came too late to be signed in', async () => {
  const grant = await world.auth.signUp();
  await takeEventNames(world.database);

  const answers = await Promise.all(Array.from({ length: 5 }, () => logout(grant.accessToken)));

  assert.ok(answers.some((answer) => answer.status === 204));
  assert.ok(answers.every((answer) => answer.status === 204 || answer.status === 401));
  const revocations = (await takeEventNames(world.database)).filter((name) => name === 'auth.session_revoked.v1');
  assert.equal(revocations.length, 1);
});

test('another session of the same person stays signed in (AUTH-9)', async () => {
  const leaving = await world.auth.signUp();
  const staying = grantOf(await world.auth.login(leaving.account.email));

  await logout(leaving.accessToken);

  assert.equal((await world.auth.call('GET', '/v1/account', { token: staying.accessToken })).status, 200);
  assert.equal((await world.auth.refresh(staying.refreshToken)).status, 200);
});

test('attack: a used refresh token within its grace does not survive the logout (AUTH-3)', async () => {
  const first = await world.auth.signUp();
  const second = grantOf(await world.auth.refresh(first.refreshToken));

  await logout(second.accessToken);

  assert.equal((await world.auth.refresh(first.refreshToken)).status, 401);
  assert.equal((await world.auth.refresh(second.refreshToken)).status, 401);
});

test('attack: a refresh racing with the logout leaves no live token behind (AUTH-3)', async () => {
  for (let round = 0; round < 10; round += 1) {
    const grant = await world.auth.signUp();

    const [, refreshed] = await Promise.all([logout(grant.accessToken), world.auth.refresh(grant.refreshToken)]);

    if (refreshed.status !== 200) continue;
    const late = grantOf(refreshed);
    assert.equal((await world.auth.refresh(late.refreshToken)).status, 401);
    assert.equal((await world.auth.call('GET', '/v1/account', { token: late.accessToken })).status, 401);
  }
});

test('AUTH-11: a session revoked before a restart stays revoked after it', async () => {
  const grant = await world.auth.signUp();
  await logout(grant.accessToken);
  const restarted = await startAuth(world.database, world.auth.clock);
  try {
    assert.equal((await restarted.call('GET', '/v1/account', { token: grant.accessToken })).status, 401);
    assert.equal((await restarted.refresh(grant.refreshToken)).status, 401);
  } finally {
    await restarted.close();
  }
});

test('401: without an access token', async () => {
  const answer = await world.auth.call('POST', '/v1/logout');

  assert.equal(answer.status, 401);
  assert.equal(codeOf(answer), 'auth.token-missing');
});

test('403: any caller but the gateway', async () => {
  const grant = await world.auth.signUp();

  const answer = await world.auth.call('POST', '/v1/logout', { caller: 'task', token: grant.accessToken });

  assert.equal(answer.status, 403);
});
