import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { accountSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import {
  goodPassword,
  grantOf,
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
  uniqueEmail,
} from '../../testing/harness.ts';
import { openMailbox } from '../../testing/mailbox.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let mailbox: Awaited<ReturnType<typeof openMailbox>>;
before(async () => {
  world = await startAuthOnNewDatabase();
  mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
});
after(async () => {
  await mailbox.close();
  await world.close();
});
beforeEach(() => takeEventNames(world.database));

const newPassword = 'Another-Horse-8';
const halfHourMs = 1_800_000;

function redeem(token: string, password = newPassword) {
  return world.auth.call('POST', '/v1/password/reset', { body: { token, newPassword: password } });
}

async function registered() {
  const email = uniqueEmail();
  const { id } = accountSchema.parse((await world.auth.register({ email })).body);
  return { id, email };
}

async function resetToken(email: string): Promise<string> {
  await world.auth.call('POST', '/v1/password/reset-request', { body: { email } });
  return mailbox.tokenTo(email);
}

async function rowOf(id: string) {
  const { rows } = await world.database.ownerPool.query('SELECT * FROM users WHERE id = $1', [id]);
  return rows[0];
}

test('204: the new password works, the old one does not, and the address counts as verified (AUTH-13)', async () => {
  const { id, email } = await registered();

  const answer = await redeem(await resetToken(email));

  assert.equal(answer.status, 204);
  assert.equal((await world.auth.login(email, goodPassword)).status, 401);
  assert.equal((await world.auth.login(email, newPassword)).status, 200);
  assert.equal((await rowOf(id)).email_verified, true);
});

test('every session ends in the same transaction, and every service is told to refuse its tokens (AUTH-9, AUTH-11)', async () => {
  const { id, email } = await registered();
  const sessions = [grantOf(await world.auth.login(email)), grantOf(await world.auth.login(email))];
  const token = await resetToken(email);
  await takeEventNames(world.database);

  await redeem(token);

  const events = await outboxEvents(world.database);
  assert.deepEqual(events.filter(({ type }) => type === 'auth.access_changed.v1').map(({ data }) => data)[0], {
    ...Object(events.find(({ type }) => type === 'auth.access_changed.v1')?.data),
    userId: id,
    minimumVersion: 1,
  });
  assert.equal(events.filter(({ type }) => type === 'auth.session_revoked.v1').length, 2);
  const denied = await world.database.ownerPool.query('SELECT kind FROM access_denials WHERE id = ANY($1)', [
    [id, ...sessions.map(({ sessionId }) => sessionId)],
  ]);
  assert.equal(denied.rows.length, 3);
  for (const session of sessions) {
    assert.equal((await world.auth.call('GET', '/v1/account', { token: session.accessToken })).status, 401);
    assert.equal((await world.auth.refresh(session.refreshToken)).status, 401);
  }
});

test('devices are forgotten, and the owner is told by mail (AUTH-7, AUTH-13)', async () => {
  const { id, email } = await registered();
  await world.auth.login(email);

  await redeem(await resetToken(email));

  const { rows } = await world.database.ownerPool.query('SELECT 1 FROM devices WHERE user_id = $1', [id]);
  assert.equal(rows.length, 0);
  assert.equal((await mailbox.subjectsTo(email)).at(-1), 'Your password was changed');
});

test('a password that breaks a rule, or is too long to hash, is refused and leaves the link as it was (AUTH-5, AUTH-13)', async () => {
  const { email } = await registered();
  const token = await resetToken(email);

  const weak = await redeem(token, 'weak');
  assert.equal(codeOf(weak), 'auth.password-rejected');
  assert.match(weak.text, /body\.newPassword/);
  assert.equal((await redeem(token, `Aa1${'x'.repeat(70)}`)).status, 400);

  assert.equal((await redeem(token)).status, 204);
});

test('attack: a link is used a second time: refused (AUTH-13)', async () => {
  const { email } = await registered();
  const token = await resetToken(email);
  await redeem(token);

  assert.equal(codeOf(await redeem(token, 'Thiefs-Choice-1')), 'auth.link-invalid');
  assert.equal((await world.auth.login(email, newPassword)).status, 200);
});

test('attack: twenty requests come with one link at once: exactly one password is set (AUTH-13)', async () => {
  const { email } = await registered();
  const token = await resetToken(email);
  // Beyond what the queue of the password hasher holds some are refused as busy: also not taken.
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => redeem(token, `Racing-Horse-${index + 10}`)),
  );

  const taken = answers.flatMap(({ status }, index) => (status === 204 ? [index] : []));
  assert.equal(taken.length, 1);
  assert.equal((await world.auth.login(email, `Racing-Horse-${(taken[0] ?? 0) + 10}`)).status, 200);
});

test('attack: a link is opened after its half hour: refused (AUTH-13)', async () => {
  const { email } = await registered();
  const token = await resetToken(email);

  world.auth.clock.advance(halfHourMs + 1);

  assert.equal(codeOf(await redeem(token)), 'auth.link-invalid');
});

test('attack: guesses make the service hash for nothing: an unknown token costs no bcrypt (AUTH-5)', async () => {
  const startedAt = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      redeem(Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')),
    ),
  );

  assert.ok(answers.every((answer) => codeOf(answer) === 'auth.link-invalid'));
  assert.ok(performance.now() - startedAt < 3_000, 'forty hashes take longer than this, or are refused as busy');
});

test('attack: a link to choose a password is brought to confirm an address: refused, and not used up (AUTH-13)', async () => {
  const { email } = await registered();
  const token = await resetToken(email);

  const answer = await world.auth.call('POST', '/v1/email/confirm', { body: { token } });

  assert.equal(codeOf(answer), 'auth.link-invalid');
  assert.equal((await redeem(token)).status, 204);
});

test('a locked account is unlocked for its owner: whoever guessed has locked nobody out (AUTH-7)', async () => {
  const { email } = await registered();
  const { ownerPool } = world.database;
  const insert = `INSERT INTO attempt_counters (pool, key_hash, failures, last_attempt_at, locked_until)
    VALUES ($1, $2, 9, now(), now() + interval '1 hour')`;
  await ownerPool.query(insert, ['password-account', mailbox.keyedHash('attempts', email)]);
  await ownerPool.query(insert, ['second-factor-account', mailbox.keyedHash('attempts', email)]);

  assert.equal((await world.auth.login(email, goodPassword)).status, 401);

  await redeem(await resetToken(email));

  const { rows } = await ownerPool.query('SELECT pool FROM attempt_counters WHERE key_hash = $1', [
    mailbox.keyedHash('attempts', email),
  ]);
  assert.deepEqual(
    rows.map(({ pool }) => pool),
    ['second-factor-account'],
  );
  assert.equal((await world.auth.login(email, newPassword)).status, 200);
  await ownerPool.query('DELETE FROM attempt_counters');
});

test('a suspended person may choose a password and is suspended as before; of a deleted one nothing is left to reset (AUTH-11)', async () => {
  const [suspended, deleted] = [await registered(), await registered()];
  const tokens = [await resetToken(suspended.email), await resetToken(deleted.email)];
  const { ownerPool } = world.database;
  await ownerPool.query("UPDATE users SET status = 'suspended' WHERE id = $1", [suspended.id]);
  const tombstone = "status = 'deleted', email = NULL, email_index = NULL, name = NULL, password_hash = NULL";
  await ownerPool.query(`UPDATE users SET ${tombstone} WHERE id = $1`, [deleted.id]);

  const statuses = await Promise.all(tokens.map(async (token) => (await redeem(token)).status));

  assert.deepEqual(statuses, [204, 400]);
  assert.equal((await world.auth.login(suspended.email, newPassword)).status, 401);
  assert.equal((await rowOf(suspended.id)).status, 'suspended');
  assert.equal((await rowOf(deleted.id)).password_hash, null);
});

test('PRIN-7: no new password without its audit event, and the link stays', async () => {
  const { email } = await registered();
  const token = await resetToken(email);
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await redeem(token)).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  assert.equal((await world.auth.login(email, goodPassword)).status, 200);
  assert.equal((await redeem(token)).status, 204);
});

test('AUTH-14: success and failure are audit events', async () => {
  const { email } = await registered();
  const token = await resetToken(email);
  await mailbox.deliverAll();
  await takeEventNames(world.database);

  await redeem(token, 'weak');
  await redeem(token);
  await redeem(token);

  assert.deepEqual(
    (await takeEventNames(world.database)).filter((name) => name.startsWith('auth.reset')),
    [
      'auth.reset-password: auth.password-rejected',
      'auth.reset-password: success',
      'auth.reset-password: auth.link-invalid',
    ],
  );
});

test('403: any caller but the gateway', async () => {
  assert.equal((await world.auth.call('POST', '/v1/password/reset', { caller: 'task', body: {} })).status, 403);
});
