import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { grantOf, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

const end = (sessionId: string, token: string) => world.auth.call('DELETE', `/v1/sessions/${sessionId}`, { token });

async function devicesOf(userId: string): Promise<number> {
  const { rows } = await world.database.ownerPool.query('SELECT 1 FROM devices WHERE user_id = $1', [userId]);
  return rows.length;
}

test('AUTH-9, 204: a session of mine ends with both its tokens, its device is forgotten, and this one goes on', async () => {
  const lost = await world.auth.signUp();
  const current = grantOf(await world.auth.login(lost.account.email));
  await takeEventNames(world.database);

  const answer = await end(lost.sessionId, current.accessToken);

  assert.equal(answer.status, 204);
  assert.deepEqual(await takeEventNames(world.database), ['auth.session_revoked.v1', 'auth.end-sessions: success']);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: lost.accessToken })).status, 401);
  assert.equal((await world.auth.refresh(lost.refreshToken)).status, 401);
  assert.equal((await world.auth.refresh(current.refreshToken)).status, 200);
  assert.equal(await devicesOf(current.account.id), 1);
  const { rows } = await world.database.ownerPool.query("SELECT id FROM access_denials WHERE kind = 'session'");
  assert.ok(
    rows.some(({ id }) => id === lost.sessionId),
    'whoever asks for denials learns of it as well (AUTH-11)',
  );
});

test('AUTH-9, 204: the current session may be named too; its browser stays known', async () => {
  const grant = await world.auth.signUp();

  assert.equal((await end(grant.sessionId, grant.accessToken)).status, 204);

  assert.equal((await world.auth.refresh(grant.refreshToken)).status, 401);
  assert.equal(await devicesOf(grant.account.id), 1);
});

test("attack: somebody else's session is byte-identical to one that never was, and goes on (AUTH-9)", async () => {
  const victim = await world.auth.signUp();
  const { accessToken } = await world.auth.signUp();
  const seen = async (sessionId: string) => {
    const { status, body } = await end(sessionId, accessToken);
    return { status, body: { ...z.looseObject({}).parse(body), traceId: undefined, instance: undefined } };
  };

  const foreign = await seen(victim.sessionId);

  assert.equal(foreign.status, 404);
  assert.deepEqual(foreign, await seen(newId('session')));
  assert.equal((await world.auth.refresh(victim.refreshToken)).status, 200);
  assert.equal(await devicesOf(victim.account.id), 1);
});

test('404: a session that has ended ends no second time, and the refusal is recorded (AUTH-14)', async () => {
  const lost = await world.auth.signUp();
  const { accessToken } = grantOf(await world.auth.login(lost.account.email));
  await end(lost.sessionId, accessToken);
  await takeEventNames(world.database);

  assert.equal(codeOf(await end(lost.sessionId, accessToken)), 'auth.session-not-found');
  assert.deepEqual(await takeEventNames(world.database), ['auth.end-sessions: auth.session-not-found']);
});

test('PRIN-7: an end that cannot be recorded ends nothing', async () => {
  const lost = await world.auth.signUp();
  const { accessToken } = grantOf(await world.auth.login(lost.account.email));
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await end(lost.sessionId, accessToken)).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  assert.equal((await world.auth.refresh(lost.refreshToken)).status, 200);
  assert.equal(await devicesOf(lost.account.id), 2);
});

test('400: an id that is none', async () => {
  const { accessToken } = await world.auth.signUp();

  assert.equal((await end('ses_1', accessToken)).status, 400);
});

test('401: without an access token; 403: any caller but the gateway', async () => {
  const { sessionId, accessToken: token } = await world.auth.signUp();
  const path = `/v1/sessions/${sessionId}`;

  assert.equal((await world.auth.call('DELETE', path)).status, 401);
  assert.equal((await world.auth.call('DELETE', path, { caller: 'booking', token })).status, 403);
});
