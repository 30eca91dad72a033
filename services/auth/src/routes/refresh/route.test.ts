import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before, beforeEach } from 'node:test';
import { auditEventDataSchema, type TokenGrant } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { grantOf, outboxEvents, startAuth, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';

/** Just past the same-client grace of AUTH-3. */
const pastGraceMs = 10_001;

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

async function generationsOf(grant: TokenGrant): Promise<{ generation: number; isUsed: boolean }[]> {
  const { rows } = await world.database.ownerPool.query(
    'SELECT generation, used_at IS NOT NULL AS "isUsed" FROM refresh_tokens WHERE session_id = $1 ORDER BY generation',
    [grant.sessionId],
  );
  return rows;
}

async function assertSignedOut(grant: TokenGrant): Promise<void> {
  assert.equal((await world.auth.refresh(grant.refreshToken)).status, 401, 'its refresh token is dead');
  assert.equal((await world.auth.call('GET', '/v1/account', { token: grant.accessToken })).status, 401);
}

test('200: a refresh token gives new tokens of the same session', async () => {
  const first = await world.auth.signUp();

  const answer = await world.auth.refresh(first.refreshToken);

  assert.equal(answer.status, 200);
  const second = grantOf(answer);
  assert.equal(second.sessionId, first.sessionId);
  assert.notEqual(second.refreshToken, first.refreshToken);
  assert.notEqual(second.accessToken, first.accessToken);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: second.accessToken })).status, 200);
});

test('AUTH-14, PRIN-7: a refresh is recorded with person and session', async () => {
  const grant = await world.auth.signUp();
  await takeEventNames(world.database);

  await world.auth.refresh(grant.refreshToken);

  const events = await outboxEvents(world.database);
  const audit = auditEventDataSchema.parse(events[0]?.data);
  assert.equal(events.length, 1);
  assert.deepEqual([audit.action, audit.success, audit.sessionId], ['auth.refresh', true, grant.sessionId]);
  assert.deepEqual(audit.actor, { type: 'user', id: grant.account.id });
});

test('PRIN-7: a refresh that cannot be recorded uses nothing up', async () => {
  const grant = await world.auth.signUp();
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await world.auth.refresh(grant.refreshToken)).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  assert.deepEqual(await generationsOf(grant), [{ generation: 0, isUsed: false }]);
  assert.equal((await world.auth.refresh(grant.refreshToken)).status, 200);
});

test('AUTH-3, 200: the token that is replayed within the grace by the same client gives the same successor', async () => {
  const first = await world.auth.signUp();
  const winner = grantOf(await world.auth.refresh(first.refreshToken));
  world.auth.clock.advance(9_000);

  const loser = grantOf(await world.auth.refresh(first.refreshToken));

  assert.equal(loser.refreshToken, winner.refreshToken);
  assert.equal((await generationsOf(first)).length, 2);
  assert.equal((await world.auth.refresh(loser.refreshToken)).status, 200);
});

test('AUTH-3: twenty refreshes of one token at once make exactly one successor and sign nobody out', async () => {
  const first = await world.auth.signUp();

  const answers = await Promise.all(Array.from({ length: 20 }, () => world.auth.refresh(first.refreshToken)));

  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [200]);
  const successors = new Set(answers.map((answer) => grantOf(answer).refreshToken));
  assert.equal(successors.size, 1);
  assert.deepEqual(await generationsOf(first), [
    { generation: 0, isUsed: true },
    { generation: 1, isUsed: false },
  ]);
  world.auth.clock.advance(pastGraceMs);
  for (const successor of successors) assert.equal((await world.auth.refresh(successor)).status, 200);
});

test('AUTH-3: a chain is a chain: ten rotations within a second, each token usable once', async () => {
  let grant = await world.auth.signUp();
  const first = grant;
  const tokens = [first.refreshToken];
  for (let rotation = 0; rotation < 10; rotation += 1) {
    grant = grantOf(await world.auth.refresh(grant.refreshToken));
    tokens.push(grant.refreshToken);
  }

  assert.equal(new Set(tokens).size, 11);
  assert.deepEqual(
    await generationsOf(first),
    tokens.map((_, generation) => ({ generation, isUsed: generation < 10 })),
  );
});

test('AUTH-3: a straggler that is ten rotations behind within the grace gets the newest token, not one that is used', async () => {
  const first = await world.auth.signUp();
  let newest = first;
  for (let rotation = 0; rotation < 10; rotation += 1) newest = grantOf(await world.auth.refresh(newest.refreshToken));

  const straggler = grantOf(await world.auth.refresh(first.refreshToken));

  assert.equal(straggler.refreshToken, newest.refreshToken);
});

test('attack: refresh replay after the grace, thief second: the whole family ends, the thief has nothing (AUTH-3)', async () => {
  const first = await world.auth.signUp();
  const victim = grantOf(await world.auth.refresh(first.refreshToken));
  world.auth.clock.advance(pastGraceMs);
  await takeEventNames(world.database);

  const thief = await world.auth.refresh(first.refreshToken);

  assert.equal(thief.status, 401);
  assert.equal(codeOf(thief), 'auth.refresh-invalid');
  assert.deepEqual(await takeEventNames(world.database), [
    'auth.session_revoked.v1',
    'auth.revoke-session: success',
    'auth.refresh: auth.refresh-invalid',
  ]);
  await assertSignedOut(victim);
});

test('attack: refresh replay after the grace, thief first: the thief is signed out with the victim (AUTH-3)', async () => {
  const first = await world.auth.signUp();
  const thief = grantOf(await world.auth.refresh(first.refreshToken));
  world.auth.clock.advance(pastGraceMs);

  assert.equal((await world.auth.refresh(first.refreshToken)).status, 401);

  await assertSignedOut(thief);
});

test('attack: refresh replay by another client within the grace ends the family (AUTH-3)', async () => {
  const first = await world.auth.signUp('victim-browser/1');
  const victim = grantOf(await world.auth.refresh(first.refreshToken, 'victim-browser/1'));

  assert.equal((await world.auth.refresh(first.refreshToken, 'thief-browser/1')).status, 401);

  await assertSignedOut(victim);
});

test('attack: replay within the grace by a thief who copied refresh token and user agent, but not the device: the family ends (AUTH-3)', async () => {
  const first = await world.auth.signUp();
  const { refreshToken, deviceToken } = first;
  const victim = grantOf(await world.auth.call('POST', '/v1/refresh', { body: { refreshToken, deviceToken } }));
  const otherTab = await world.auth.call('POST', '/v1/refresh', { body: { refreshToken, deviceToken } });
  assert.equal(grantOf(otherTab).refreshToken, victim.refreshToken, 'another tab of the browser has the device token');

  const thief = await world.auth.call('POST', '/v1/refresh', { body: { refreshToken } });

  assert.equal(thief.status, 401);
  await assertSignedOut(victim);
});

test('attack: a thief who keeps up with the victim inside the grace is found out at the next rotation (AUTH-3)', async () => {
  const first = await world.auth.signUp();
  const victim = grantOf(await world.auth.refresh(first.refreshToken));
  const thief = grantOf(await world.auth.refresh(first.refreshToken));
  assert.equal(thief.refreshToken, victim.refreshToken, 'there is one chain, however many hold its end');
  world.auth.clock.advance(1_000_000);

  const renewed = grantOf(await world.auth.refresh(victim.refreshToken));
  world.auth.clock.advance(pastGraceMs);
  assert.equal((await world.auth.refresh(thief.refreshToken)).status, 401);

  await assertSignedOut(renewed);
});

test('attack: the device of a session that ended by a replay is forgotten, for the thief may have its token too (AUTH-7)', async () => {
  const first = await world.auth.signUp();
  await world.auth.refresh(first.refreshToken);
  world.auth.clock.advance(pastGraceMs);
  await world.auth.refresh(first.refreshToken);

  const { rows } = await world.database.ownerPool.query('SELECT 1 FROM devices WHERE user_id = $1', [first.account.id]);
  assert.equal(rows.length, 0);
});

test('attack: the refresh token of a suspended account gives nothing, new or used (AUTH-11)', async () => {
  const fresh = await world.auth.signUp();
  const first = grantOf(await world.auth.login(fresh.account.email));
  const second = grantOf(await world.auth.refresh(first.refreshToken));
  await world.database.ownerPool.query("UPDATE users SET status = 'suspended' WHERE id = $1", [fresh.account.id]);

  for (const grant of [fresh, first, second]) {
    const answer = await world.auth.refresh(grant.refreshToken);
    assert.equal(codeOf(answer), 'auth.refresh-invalid');
  }
});

test('AUTH-10: a refresh gives the roles that the account has now', async () => {
  const grant = await world.auth.signUp();
  await world.database.ownerPool.query("UPDATE users SET roles = ARRAY['user', 'viewer'] WHERE id = $1", [
    grant.account.id,
  ]);

  assert.deepEqual(grantOf(await world.auth.refresh(grant.refreshToken)).account.roles, ['user', 'viewer']);
});

test('AUTH-3: a browser that was updated between two refreshes stays signed in', async () => {
  const first = await world.auth.signUp('browser/1');

  assert.equal((await world.auth.refresh(first.refreshToken, 'browser/2')).status, 200);
});

test('the replay of a token whose family has ended ends nothing a second time', async () => {
  const first = await world.auth.signUp();
  await world.auth.refresh(first.refreshToken);
  world.auth.clock.advance(pastGraceMs);
  await world.auth.refresh(first.refreshToken);
  await takeEventNames(world.database);

  await world.auth.refresh(first.refreshToken);

  assert.deepEqual(await takeEventNames(world.database), ['auth.refresh: auth.refresh-invalid']);
});

test('attack: replay after a restart: a used token stays used, and the grace goes on with the same successor (AUTH-3)', async () => {
  const used = await world.auth.signUp();
  const replayed = await world.auth.signUp();
  const winner = grantOf(await world.auth.refresh(used.refreshToken));
  const victim = grantOf(await world.auth.refresh(replayed.refreshToken));
  const restarted = await startAuth(world.database, world.auth.clock);
  try {
    const inGrace = await restarted.refresh(used.refreshToken);
    assert.equal(grantOf(inGrace).refreshToken, winner.refreshToken);

    restarted.clock.advance(pastGraceMs);
    assert.equal((await restarted.refresh(replayed.refreshToken)).status, 401);
    assert.equal((await restarted.refresh(victim.refreshToken)).status, 401);
  } finally {
    await restarted.close();
  }
});

test('attack: twenty replays at once after the grace end the family exactly once (AUTH-3)', async () => {
  const first = await world.auth.signUp();
  await world.auth.refresh(first.refreshToken);
  world.auth.clock.advance(pastGraceMs);
  await takeEventNames(world.database);

  const answers = await Promise.all(Array.from({ length: 20 }, () => world.auth.refresh(first.refreshToken)));

  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [401]);
  const names = await takeEventNames(world.database);
  assert.equal(names.filter((name) => name === 'auth.session_revoked.v1').length, 1);
});

test('AUTH-3, 401: a refresh token ends after 7 days, and each rotation counts them anew', async () => {
  const idle = await world.auth.signUp();
  const active = await world.auth.signUp();
  const sixDaysMs = 6 * 24 * 60 * 60 * 1000;
  world.auth.clock.advance(sixDaysMs);
  const renewed = grantOf(await world.auth.refresh(active.refreshToken));
  world.auth.clock.advance(sixDaysMs);

  assert.equal((await world.auth.refresh(idle.refreshToken)).status, 401);
  assert.equal((await world.auth.refresh(renewed.refreshToken)).status, 200);
});

test('a refresh that waits for a locked row gives up within its time-out, and the service and the token live on', async () => {
  const grant = await world.auth.signUp();
  const blocker = await world.database.ownerPool.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM refresh_tokens WHERE session_id = $1 FOR UPDATE', [grant.sessionId]);

    assert.equal((await world.auth.refresh(grant.refreshToken)).status, 503);
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
  assert.equal((await world.auth.refresh(grant.refreshToken)).status, 200);
});

test('401: a made-up token is refused and recorded', async () => {
  const answer = await world.auth.refresh(randomBytes(32).toString('base64url'));

  assert.equal(answer.status, 401);
  assert.equal(codeOf(answer), 'auth.refresh-invalid');
  assert.deepEqual(await takeEventNames(world.database), ['auth.refresh: auth.refresh-invalid']);
});

test('attack: an access token in the place of a refresh token is refused (AUTH-1)', async () => {
  const grant = await world.auth.signUp();

  assert.ok([400, 401].includes((await world.auth.refresh(grant.accessToken)).status));
  assert.ok([400, 401].includes((await world.auth.refresh(grant.accessToken.slice(0, 200))).status));
});

test('attack: a stored hash in the place of a refresh token is refused (AUTH-3)', async () => {
  const grant = await world.auth.signUp();
  const { rows } = await world.database.ownerPool.query('SELECT token_hash FROM refresh_tokens WHERE session_id = $1', [
    grant.sessionId,
  ]);
  const hash: unknown = rows[0]?.token_hash;
  assert.ok(hash instanceof Buffer);

  assert.equal((await world.auth.refresh(hash.toString('base64url'))).status, 401);
  assert.equal((await world.auth.refresh(hash.toString('hex'))).status, 401);
});

test('400: a body that does not fit the schema', async () => {
  assert.equal((await world.auth.refresh('short')).status, 400);
});

test('403: any caller but the gateway', async () => {
  assert.equal((await world.auth.call('POST', '/v1/refresh', { caller: 'booking', body: {} })).status, 403);
});
