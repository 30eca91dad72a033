import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { accountSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { goodPassword, grantOf, startAuthOnNewDatabase, uniqueEmail } from '../src/testing/harness.ts';
import { openMailbox } from '../src/testing/mailbox.ts';
import { actOn, signUpAs } from '../src/testing/people.ts';

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

const ownersChoice = 'Owners-Choice-1';

async function resetBy(email: string) {
  await world.auth.call('POST', '/v1/password/reset-request', { body: { email } });
  const token = await mailbox.tokenTo(email);
  return world.auth.call('POST', '/v1/password/reset', { body: { token, newPassword: ownersChoice } });
}

/** Everything that lets somebody in beside the password, as its owner would have set it up. */
async function plantFactors(userId: string): Promise<void> {
  const { ownerPool } = world.database;
  const statements = [
    "INSERT INTO totp_factors (user_id, sealed_secret, created_at, confirmed_at) VALUES ($1, '\\x00', now(), now())",
    "INSERT INTO recovery_codes (code_hash, user_id, created_at) VALUES (sha256(convert_to($1, 'UTF8')), $1::text, now())",
    "INSERT INTO passkeys (id, user_id, public_key, sign_count, transports, name, is_backed_up, created_at) VALUES ('p-' || $1::text, $1::text, '\\x00', 0, '{}', 'Key', false, now())",
    "INSERT INTO tickets (token_hash, purpose, user_id, created_at, expires_at, password_mark) VALUES (sha256(convert_to($1 || 't', 'UTF8')), 'second-factor', $1::text, now(), now() + interval '5 minutes', sha256('mark'))",
    "INSERT INTO api_keys (id, user_id, key_hash, hint, name, scopes, created_at, expires_at) VALUES (replace($1::text, 'usr_', 'key_'), $1::text, sha256(convert_to($1 || 'k', 'UTF8')), 'tcb_abc', 'Key', '{task.own.read}', now(), now() + interval '90 days')",
  ];
  for (const statement of statements) await ownerPool.query(statement, [userId]);
}

async function leftOf(userId: string): Promise<Record<string, number>> {
  const { rows } = await world.database.ownerPool.query(
    `SELECT
      (SELECT count(*)::int FROM totp_factors WHERE user_id = $1) AS totp,
      (SELECT count(*)::int FROM recovery_codes WHERE user_id = $1) AS codes,
      (SELECT count(*)::int FROM passkeys WHERE user_id = $1) AS passkeys,
      (SELECT count(*)::int FROM tickets WHERE user_id = $1) AS tickets,
      (SELECT count(*)::int FROM devices WHERE user_id = $1) AS devices,
      (SELECT count(*)::int FROM email_links WHERE user_id = $1) AS links,
      (SELECT count(*)::int FROM sessions WHERE user_id = $1 AND revoked_at IS NULL) AS sessions,
      (SELECT count(*)::int FROM api_keys WHERE user_id = $1 AND revoked_at IS NULL) AS keys`,
    [userId],
  );
  return rows[0];
}

test('attack: pre-hijacking: an account waits for a stranger under their address, with factors, key and session; their reset leaves none of it (AUTH-13)', async () => {
  const victim = uniqueEmail();
  const { id } = accountSchema.parse((await world.auth.register({ email: victim })).body);
  const attacker = grantOf(await world.auth.login(victim));
  await plantFactors(id);
  await world.auth.call('POST', '/v1/email/change', {
    token: attacker.accessToken,
    body: { email: uniqueEmail() },
  });

  assert.equal((await resetBy(victim)).status, 204);

  assert.deepEqual(await leftOf(id), {
    totp: 0,
    codes: 0,
    passkeys: 0,
    tickets: 0,
    devices: 0,
    links: 0,
    sessions: 0,
    keys: 0,
  });
  assert.equal((await world.auth.refresh(attacker.refreshToken)).status, 401);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: attacker.accessToken })).status, 401);
  assert.equal((await world.auth.login(victim, goodPassword)).status, 401);
  assert.equal((await world.auth.login(victim, ownersChoice)).status, 200);
});

test('attack: an intruder makes an API key before the owner’s reset: it is revoked with the sessions; factors of a verified address survive (AUTH-8, AUTH-12, AUTH-13)', async () => {
  const email = uniqueEmail();
  const { id } = accountSchema.parse((await world.auth.register({ email })).body);
  await world.auth.call('POST', '/v1/email/confirm', { body: { token: await mailbox.tokenTo(email) } });
  await world.auth.login(email);
  await plantFactors(id);

  await resetBy(email);

  assert.deepEqual(await leftOf(id), {
    totp: 1,
    codes: 1,
    passkeys: 1,
    tickets: 0,
    devices: 0,
    links: 0,
    sessions: 0,
    keys: 0,
  });
});

test('attack: an intruder asks for another address before the owner’s reset, and opens that link after it: worth nothing (AUTH-13)', async () => {
  const owner = uniqueEmail();
  const intruders = uniqueEmail();
  await world.auth.register({ email: owner });
  const { accessToken } = grantOf(await world.auth.login(owner));
  await world.auth.call('POST', '/v1/email/change', { token: accessToken, body: { email: intruders } });
  const token = await mailbox.tokenTo(intruders);

  await resetBy(owner);

  assert.equal(codeOf(await world.auth.call('POST', '/v1/email/confirm', { body: { token } })), 'auth.link-invalid');
  assert.equal((await world.auth.login(owner, ownersChoice)).status, 200);
});

test('attack: an intruder’s request for another address still waits in the queue during the reset: it comes too late to work (AUTH-13)', async () => {
  const owner = uniqueEmail();
  const intruders = uniqueEmail();
  await world.auth.register({ email: owner });
  const reset = await (async () => {
    await world.auth.call('POST', '/v1/password/reset-request', { body: { email: owner } });
    return mailbox.tokenTo(owner);
  })();
  const { accessToken } = grantOf(await world.auth.login(owner));
  await world.auth.call('POST', '/v1/email/change', { token: accessToken, body: { email: intruders } });
  await world.auth.call('POST', '/v1/password/reset', { body: { token: reset, newPassword: ownersChoice } });

  await mailbox.deliverAll();

  assert.deepEqual(await mailbox.mailsTo(intruders), []);
});

test('attack: an intruder asks for another address, and the owner changes the password: that link is worth nothing (AUTH-9, AUTH-13)', async () => {
  const owner = uniqueEmail();
  const intruders = uniqueEmail();
  await world.auth.register({ email: owner });
  const { accessToken } = grantOf(await world.auth.login(owner));
  await world.auth.call('POST', '/v1/email/change', { token: accessToken, body: { email: intruders } });
  const token = await mailbox.tokenTo(intruders);

  const changed = await world.auth.call('PUT', '/v1/password', {
    token: accessToken,
    body: { currentPassword: goodPassword, newPassword: ownersChoice },
  });

  assert.equal(changed.status, 204);
  assert.equal(codeOf(await world.auth.call('POST', '/v1/email/confirm', { body: { token } })), 'auth.link-invalid');
});

test('attack: an intruder asks for another address, and the owner signs out everywhere, or an administrator ends the sessions or suspends: that link is worth nothing (AUTH-9, AUTH-13)', async () => {
  const admin = await signUpAs(world, 'admin');
  const acts = [
    ({ accessToken: token }: { accessToken: string }) => world.auth.call('DELETE', '/v1/sessions?which=all', { token }),
    (owner: Parameters<typeof actOn>[3]) => actOn(world, admin, 'end-sessions', owner),
    async (owner: Parameters<typeof actOn>[3]) => {
      await actOn(world, admin, 'suspend', owner);
      return actOn(world, admin, 'reinstate', owner);
    },
  ];
  for (const act of acts) {
    const intruders = uniqueEmail();
    const owner = await world.auth.signUp();
    await world.auth.call('POST', '/v1/email/change', { token: owner.accessToken, body: { email: intruders } });
    const token = await mailbox.tokenTo(intruders);

    assert.ok((await act(owner)).status < 300);

    assert.equal(codeOf(await world.auth.call('POST', '/v1/email/confirm', { body: { token } })), 'auth.link-invalid');
    assert.equal((await world.auth.login(owner.account.email)).status, 200);
  }
});
