import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { hash } from '@node-rs/bcrypt';
import { auditEventDataSchema, problemSchema } from '@todo-chatbot/contracts';
import { codeOf, createTestClock, waitFor } from '@todo-chatbot/local-platform/testing';
import { goodPassword, grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';

const newPassword = 'Better-Horse-8';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  // The clock stands still: no lock ends by itself while a slow machine is at its attempts.
  world = await startAuthOnNewDatabase({}, createTestClock(new Date().toISOString()));
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

function change(token: string, passwords: { readonly current?: string; readonly next?: string } = {}) {
  const { current = goodPassword, next = newPassword } = passwords;
  return world.auth.call('PUT', '/v1/password', {
    token,
    body: { currentPassword: current, newPassword: next },
  });
}

test('AUTH-9, 204: the new password signs in and the old one no more; every other session ends, its device is forgotten', async () => {
  const other = await world.auth.signUp();
  const { email, id } = other.account;
  const current = grantOf(await world.auth.login(email));
  await takeEventNames(world.database);

  const answer = await change(current.accessToken);

  assert.equal(answer.status, 204);
  assert.deepEqual(await takeEventNames(world.database), ['auth.session_revoked.v1', 'auth.change-password: success']);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: other.accessToken })).status, 401);
  assert.equal((await world.auth.refresh(other.refreshToken)).status, 401);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: current.accessToken })).status, 200);
  assert.equal((await world.auth.refresh(current.refreshToken)).status, 200);
  const { rows } = await world.database.ownerPool.query('SELECT 1 FROM devices WHERE user_id = $1', [id]);
  assert.equal(rows.length, 1);
  assert.equal((await world.auth.login(email, goodPassword)).status, 401);
  assert.equal((await world.auth.login(email, newPassword)).status, 200);
});

test('403: the current password is wrong; nothing changes, and the failure is recorded (AUTH-14)', async () => {
  const grant = await world.auth.signUp();
  const other = grantOf(await world.auth.login(grant.account.email));
  await takeEventNames(world.database);

  const answer = await change(grant.accessToken, { current: 'Wrong-Password-1' });

  assert.equal(codeOf(answer), 'auth.password-wrong');
  assert.equal(answer.status, 403);
  const [audit] = (await outboxEvents(world.database)).map(({ data }) => auditEventDataSchema.parse(data));
  assert.deepEqual(
    [audit?.action, audit?.success, audit?.reason, audit?.actor.id, audit?.object?.id],
    ['auth.change-password', false, 'auth.password-wrong', grant.account.id, grant.account.id],
  );
  assert.equal((await world.auth.login(grant.account.email)).status, 200);
  assert.equal((await world.auth.refresh(other.refreshToken)).status, 200);
});

test('attack: a stolen session cannot guess the password: five guesses, then 429, also for the right one (AUTH-7)', async () => {
  const grant = await world.auth.signUp();
  const guesses = await Promise.all(
    Array.from({ length: 15 }, () => change(grant.accessToken, { current: 'Wrong-Password-1' })),
  );
  assert.equal(guesses.filter(({ status }) => status === 403).length, 5, 'at once they race the counter');

  const answer = await change(grant.accessToken);

  assert.equal(codeOf(answer), 'request.rate-limited');
  assert.equal(answer.headers.get('retry-after'), '30');
  assert.equal((await world.auth.login(grant.account.email)).status, 200, 'the door is a pool of its own');
  world.auth.clock.advance(30_000);
  assert.equal((await change(grant.accessToken)).status, 204);
});

test('attack: an account that is locked at the door can still change its password from its session (AUTH-7)', async () => {
  const grant = await world.auth.signUp();
  for (let attempt = 0; attempt < 5; attempt += 1) await world.auth.login(grant.account.email, 'Wrong-Password-1');
  assert.equal((await world.auth.login(grant.account.email)).status, 401);

  assert.equal((await change(grant.accessToken)).status, 204);
});

test('attack: a sign-in with the old password that is under way during the change opens nothing (AUTH-9)', async () => {
  const { account } = await world.auth.signUp();
  await world.database.ownerPool.query('DELETE FROM attempt_counters');
  const thief = world.auth.login(account.email);
  // The account has been read, and the old password is being checked.
  await waitFor('the attempt to be counted', async () => {
    const { rows } = await world.database.ownerPool.query('SELECT 1 FROM attempt_counters LIMIT 1');
    return rows.length > 0;
  });

  // The change itself takes longer than the sign-in: what it does is done here.
  const other = await hash(newPassword, { cost: 4 });
  await world.database.ownerPool.query('UPDATE users SET password_hash = $2 WHERE id = $1', [account.id, other]);

  assert.equal((await thief).status, 401);
});

test('of two changes at once one wins, and the other one hears that its current password is none', async () => {
  const grant = await world.auth.signUp();

  const answers = await Promise.all([change(grant.accessToken), change(grant.accessToken, { next: 'Other-Horse-9' })]);

  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 403]);
});

test('AUTH-5, 400: the new password keeps the policy, is not the current one, and is never repeated', async () => {
  const grant = await world.auth.signUp();

  const weak = await change(grant.accessToken, { next: 'alllowercase1' });
  const same = await change(grant.accessToken, { next: goodPassword });

  assert.deepEqual(problemSchema.parse(weak.body).errors, [
    { path: 'body.newPassword', message: 'must have an upper-case letter' },
  ]);
  assert.deepEqual(problemSchema.parse(same.body).errors, [
    { path: 'body.newPassword', message: 'must not be the current password' },
  ]);
  assert.ok(!weak.text.includes('alllowercase1') && !same.text.includes(goodPassword));
});

test('403: an account without a password is told what to do', async () => {
  const grant = await world.auth.signUp();
  await world.database.ownerPool.query('UPDATE users SET password_hash = NULL WHERE id = $1', [grant.account.id]);

  const answer = await change(grant.accessToken);

  assert.equal(codeOf(answer), 'auth.password-wrong');
  assert.match(problemSchema.parse(answer.body).detail ?? '', /has no password yet/);
});

test('PRIN-7: a change that cannot be recorded changes nothing', async () => {
  const grant = await world.auth.signUp();
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await change(grant.accessToken)).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  assert.equal((await world.auth.login(grant.account.email)).status, 200);
});

test('401: without an access token; 403: any caller but the gateway', async () => {
  const { accessToken: token } = await world.auth.signUp();

  assert.equal((await world.auth.call('PUT', '/v1/password', { body: {} })).status, 401);
  assert.equal((await world.auth.call('PUT', '/v1/password', { caller: 'task', token, body: {} })).status, 403);
});
