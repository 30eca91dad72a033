import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { sessionLimit, sessionsSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { goodPassword, grantOf, startAuthOnNewDatabase, uniqueEmail } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

async function listOf(token: string) {
  const answer = await world.auth.call('GET', '/v1/sessions', { token });
  assert.equal(answer.status, 200);
  return sessionsSchema.parse(answer.body).items;
}

test('AUTH-9, 200: where somebody is signed in, the last used first, with client, address and methods', async () => {
  const first = await world.auth.signUp('browser/1');
  world.auth.clock.advance(1_000);
  const second = grantOf(await world.auth.login(first.account.email, goodPassword, 'browser/2'));
  world.auth.clock.advance(1_000);
  const renewed = grantOf(await world.auth.refresh(first.refreshToken, 'browser/1.1'));

  const items = await listOf(second.accessToken);

  assert.deepEqual(
    items.map(({ createdAt: _created, lastUsedAt: _used, ...item }) => item),
    [
      {
        id: renewed.sessionId,
        userAgent: 'browser/1.1',
        address: '203.0.113.0',
        methods: ['password'],
        isCurrent: false,
      },
      { id: second.sessionId, userAgent: 'browser/2', address: '203.0.113.0', methods: ['password'], isCurrent: true },
    ],
  );
  const [last] = items;
  assert.ok(last && Date.parse(last.lastUsedAt) - Date.parse(last.createdAt) >= 2_000);
});

test('AUTH-9: sessions that have ended or expired are not listed', async () => {
  const ended = await world.auth.signUp();
  const expired = grantOf(await world.auth.login(ended.account.email));
  await world.auth.call('POST', '/v1/logout', { token: ended.accessToken });
  world.auth.clock.advance(7 * 24 * 60 * 60 * 1000);
  const live = grantOf(await world.auth.login(ended.account.email));

  const items = await listOf(live.accessToken);

  assert.deepEqual(
    items.map(({ id }) => id),
    [live.sessionId],
  );
  assert.notEqual(expired.sessionId, live.sessionId);
});

test('AUTH-9: one sign-in beyond the limit ends the session that was used longest ago, at every service (AUTH-11)', async () => {
  const first = await world.auth.signUp();
  const { rows } = await world.database.ownerPool.query('SELECT * FROM sessions WHERE id = $1', [first.sessionId]);
  assert.equal(rows.length, 1);
  // As many sessions as are allowed, without a password being hashed for each.
  await world.database.ownerPool.query(
    `INSERT INTO sessions (id, user_id, created_at, last_used_at)
     SELECT 'ses_' || gen_random_uuid(), $1, now() + interval '30 days', now() + interval '30 days'
     FROM generate_series(1, $2)`,
    [first.account.id, sessionLimit - 1],
  );

  const latest = grantOf(await world.auth.login(first.account.email));

  assert.equal((await world.auth.call('GET', '/v1/account', { token: first.accessToken })).status, 401);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: latest.accessToken })).status, 200);
  const denied = await world.database.ownerPool.query(
    "SELECT 1 FROM access_denials WHERE kind = 'session' AND id = $1",
    [first.sessionId],
  );
  assert.equal(denied.rows.length, 1);
});

test('AUTH-7: of the browsers that somebody is signed in on no more, the fifty of late stay known', async () => {
  const grant = await world.auth.signUp();
  await world.database.ownerPool.query(
    `INSERT INTO devices (id, user_id, token_hash, created_at, last_used_at)
     SELECT 'dev_' || gen_random_uuid(), $1, sha256(convert_to($1 || n, 'UTF8')), now(), now() - n * interval '1 day'
     FROM generate_series(1, 60) AS n`,
    [grant.account.id],
  );

  await world.auth.login(grant.account.email);

  const { rows } = await world.database.ownerPool.query(
    `SELECT count(*)::int AS known, round(extract(epoch FROM now() - min(last_used_at)) / 86400)::int AS oldest_days
     FROM devices WHERE user_id = $1`,
    [grant.account.id],
  );
  assert.deepEqual(rows, [{ known: 52, oldest_days: 50 }]);
});

test("attack: the list holds nobody else's sessions (AUTH-9)", async () => {
  const mine = await world.auth.signUp();
  const theirs = await world.auth.signUp();

  assert.deepEqual(
    (await listOf(mine.accessToken)).map(({ id }) => id),
    [mine.sessionId],
  );
  assert.notEqual(theirs.sessionId, mine.sessionId);
});

test('401: without an access token', async () => {
  assert.equal(codeOf(await world.auth.call('GET', '/v1/sessions')), 'auth.token-missing');
});

test('attack: a refresh token in the place of an access token is refused (AUTH-1)', async () => {
  const grant = await world.auth.signUp();

  const answer = await world.auth.call('GET', '/v1/sessions', { token: grant.refreshToken });

  assert.equal(codeOf(answer), 'auth.token-invalid');
});

test('403: any caller but the gateway', async () => {
  const { accessToken: token } = await world.auth.signUp();

  assert.equal((await world.auth.call('GET', '/v1/sessions', { caller: 'task', token })).status, 403);
});

test('attack: two sign-ins at once cannot both slip past the limit (AUTH-9)', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  const { account } = grantOf(await world.auth.login(email));
  await world.database.ownerPool.query(
    `INSERT INTO sessions (id, user_id, created_at, last_used_at)
     SELECT 'ses_' || gen_random_uuid(), $1, now(), now() FROM generate_series(1, $2)`,
    [account.id, sessionLimit - 1],
  );

  await Promise.all(Array.from({ length: 5 }, () => world.auth.login(email)));

  const { rows } = await world.database.ownerPool.query(
    'SELECT count(*)::int AS live FROM sessions WHERE user_id = $1 AND revoked_at IS NULL',
    [account.id],
  );
  assert.deepEqual(rows, [{ live: sessionLimit }]);
});
