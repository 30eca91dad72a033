import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { codeOf, waitFor } from '@todo-chatbot/local-platform/testing';
import { grantOf, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

/** The query travels in a header between our services. */
const end = (which: string, token: string) => world.auth.call('DELETE', `/v1/sessions?which=${which}`, { token });

async function devicesOf(userId: string): Promise<string[]> {
  const { rows } = await world.database.ownerPool.query('SELECT id FROM devices WHERE user_id = $1', [userId]);
  return rows.map(({ id }) => String(id));
}

async function threeSessions() {
  const first = await world.auth.signUp();
  const second = grantOf(await world.auth.login(first.account.email));
  const current = grantOf(await world.auth.login(first.account.email));
  await takeEventNames(world.database);
  return { first, second, current, userId: first.account.id };
}

test('AUTH-9, 204: all other sessions end and all other devices are forgotten, the current one goes on', async () => {
  const { first, second, current, userId } = await threeSessions();

  assert.equal((await end('others', current.accessToken)).status, 204);

  assert.deepEqual(await takeEventNames(world.database), [
    'auth.session_revoked.v1',
    'auth.session_revoked.v1',
    'auth.end-sessions: success',
  ]);
  for (const other of [first, second]) {
    assert.equal((await world.auth.refresh(other.refreshToken)).status, 401);
    assert.equal((await world.auth.call('GET', '/v1/account', { token: other.accessToken })).status, 401);
  }
  assert.equal((await world.auth.call('GET', '/v1/account', { token: current.accessToken })).status, 200);
  assert.equal((await world.auth.refresh(current.refreshToken)).status, 200);
  assert.equal((await devicesOf(userId)).length, 1);
});

test('AUTH-9, 204: signing out everywhere ends this session too, forgets every device, and refuses whatever is older (AUTH-11)', async () => {
  const { current, userId } = await threeSessions();

  assert.equal((await end('all', current.accessToken)).status, 204);

  assert.deepEqual(await takeEventNames(world.database), [
    'auth.session_revoked.v1',
    'auth.session_revoked.v1',
    'auth.session_revoked.v1',
    'auth.access_changed.v1',
    'auth.end-sessions: success',
  ]);
  assert.equal((await world.auth.refresh(current.refreshToken)).status, 401);
  assert.deepEqual(await devicesOf(userId), []);
  const { rows } = await world.database.ownerPool.query(
    "SELECT minimum_version FROM access_denials WHERE kind = 'user' AND id = $1",
    [userId],
  );
  assert.deepEqual(rows, [{ minimum_version: 1 }]);
  const again = grantOf(await world.auth.login(current.account.email));
  assert.equal((await world.auth.call('GET', '/v1/account', { token: again.accessToken })).status, 200);
});

test('204: with no other session there is nothing to end, and the attempt is recorded (AUTH-14)', async () => {
  const grant = await world.auth.signUp();
  await takeEventNames(world.database);

  assert.equal((await end('others', grant.accessToken)).status, 204);
  assert.deepEqual(await takeEventNames(world.database), ['auth.end-sessions: success']);
});

test('attack: a refresh that races with signing out everywhere leaves nothing alive from before (AUTH-9)', async () => {
  for (let round = 0; round < 5; round += 1) {
    const thief = await world.auth.signUp();
    const owner = grantOf(await world.auth.login(thief.account.email));

    const [, refreshed] = await Promise.all([end('all', owner.accessToken), world.auth.refresh(thief.refreshToken)]);

    assert.equal((await world.auth.refresh(thief.refreshToken)).status, 401);
    if (refreshed.status !== 200) continue;
    assert.equal((await world.auth.refresh(grantOf(refreshed).refreshToken)).status, 401);
  }
});

test('attack: a sign-in that is under way while the owner signs out everywhere opens nothing (AUTH-9)', async () => {
  const owner = await world.auth.signUp();
  const thief = world.auth.login(owner.account.email);
  // The account has been read, and the password is being checked.
  await waitFor('the attempt to be counted', async () => {
    const { rows } = await world.database.ownerPool.query(
      "SELECT 1 FROM attempt_counters WHERE pool = 'password-account'",
    );
    return rows.length > 0;
  });

  assert.equal((await end('all', owner.accessToken)).status, 204);

  assert.equal((await thief).status, 401);
});

test("attack: nobody else's sessions end (AUTH-9)", async () => {
  const bystander = await world.auth.signUp();
  const { accessToken } = await world.auth.signUp();

  await end('all', accessToken);

  assert.equal((await world.auth.refresh(bystander.refreshToken)).status, 200);
  assert.equal((await devicesOf(bystander.account.id)).length, 1);
});

test('400: without saying which', async () => {
  const { accessToken: token } = await world.auth.signUp();

  assert.equal((await world.auth.call('DELETE', '/v1/sessions', { token })).status, 400);
  assert.equal((await end('mine', token)).status, 400);
});

test('401: without an access token; 403: any caller but the gateway', async () => {
  const { accessToken: token } = await world.auth.signUp();

  assert.equal(codeOf(await world.auth.call('DELETE', '/v1/sessions?which=all')), 'auth.token-missing');
  assert.equal((await world.auth.call('DELETE', '/v1/sessions?which=all', { caller: 'audit', token })).status, 403);
});
