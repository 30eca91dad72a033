import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { auditEventDataSchema, newId, type TokenGrant, usersSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { goodPassword, grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';
import { actOn, createKey, signUpAs, userOf } from '../../testing/people.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let admin: TokenGrant;
before(async () => {
  world = await startAuthOnNewDatabase();
  admin = await signUpAs(world, 'admin');
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

const list = (reader: TokenGrant, query: Record<string, string> = {}) =>
  world.auth.call('GET', `/v1/users?${new URLSearchParams(query)}`, { token: reader.accessToken });
const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status;
const refusalOf = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, codeOf({ body })];
};
const account = (grant: TokenGrant) => world.auth.call('GET', '/v1/account', { token: grant.accessToken });
const auditOf = async () =>
  (await outboxEvents(world.database))
    .filter(({ type }) => type === 'audit.recorded.v1')
    .map(({ data }) => auditEventDataSchema.parse(data));

test('200: pages of people, newest first, hold each of them once', async () => {
  const people: TokenGrant[] = [];
  for (let index = 0; index < 3; index += 1) people.push(await signUpAs(world));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await list(admin, { limit: '2', ...(cursor !== null && { cursor }) });
    const page = usersSchema.parse(answer.body);
    assert.ok(page.items.length <= 2);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);

  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(seen.slice(0, 3), people.map((grant) => grant.account.id).reverse());
  assert.ok(seen.includes(admin.account.id));
});

test('200: people of one and the same millisecond are neither lost nor shown twice between pages', async () => {
  const people = [await signUpAs(world), await signUpAs(world), await signUpAs(world)];
  await world.database.ownerPool.query("UPDATE users SET created_at = '2030-01-01T00:00:00Z' WHERE id = ANY ($1)", [
    people.map((grant) => grant.account.id),
  ]);

  const first = usersSchema.parse((await list(admin, { limit: '2' })).body);
  const second = usersSchema.parse((await list(admin, { limit: '2', cursor: first.nextCursor ?? '' })).body);

  const seen = [...first.items, ...second.items].map(({ id }) => id);
  for (const person of people) assert.equal(seen.filter((id) => id === person.account.id).length, 1);
});

test('200: one person is found by the exact address, in any case, and never by a part of it', async () => {
  const person = await signUpAs(world);

  const found = usersSchema.parse((await list(admin, { email: person.account.email.toUpperCase() })).body);
  const nobody = usersSchema.parse((await list(admin, { email: person.account.email.slice(1) })).body);

  assert.deepEqual(
    found.items.map(({ id, email, status, hasSecondFactor }) => [id, email, status, hasSecondFactor]),
    [[person.account.id, person.account.email, 'active', false]],
  );
  assert.deepEqual(nobody.items, []);
});

test('200: who may only read sees masked addresses, in the list and alone; who manages sees them whole (PRIV-1)', async () => {
  const viewer = await signUpAs(world, 'viewer');
  const editor = await signUpAs(world, 'editor');
  for (const reader of [viewer, editor]) {
    const listed = await list(reader, { email: admin.account.email });
    const one = await world.auth.call('GET', `/v1/users/${admin.account.id}`, { token: reader.accessToken });
    for (const { text } of [listed, one]) {
      assert.ok(text.includes('p***@example.com'));
      assert.ok(!text.includes(admin.account.email));
    }
  }
  assert.equal(
    userOf(await world.auth.call('GET', `/v1/users/${viewer.account.id}`, { token: admin.accessToken })).email,
    viewer.account.email,
  );
});

test('200: a confirmed second factor shows, one that is still being set up does not (AUTH-8)', async () => {
  const person = await signUpAs(world);
  const path = `/v1/users/${person.account.id}`;
  const hasFactor = async () =>
    userOf(await world.auth.call('GET', path, { token: admin.accessToken })).hasSecondFactor;
  await world.database.ownerPool.query(
    "INSERT INTO totp_factors (user_id, sealed_secret, created_at) VALUES ($1, '\\x00', now())",
    [person.account.id],
  );
  assert.equal(await hasFactor(), false);
  await world.database.ownerPool.query('UPDATE totp_factors SET confirmed_at = now() WHERE user_id = $1', [
    person.account.id,
  ]);
  assert.equal(await hasFactor(), true);
});

test('attack: a forged cursor is refused in so many words, and nothing breaks (AUTH-10)', async () => {
  const forged = [
    'null',
    "' OR 1=1 --",
    Buffer.from(JSON.stringify(['2026-01-01T00:00:00Z', "usr_' OR true"])).toString('base64url'),
    Buffer.from(JSON.stringify(['0000-01-01T00:00:00Z', newId('user')])).toString('base64url'),
    Buffer.from(JSON.stringify(['2026-01-01T00:00:00Z', newId('user'), 'more'])).toString('base64url'),
  ];
  for (const cursor of forged) assert.deepEqual(await refusalOf(list(admin, { cursor })), [400, 'request.invalid']);
});

test('AUTH-14: who looked at whom is recorded, addresses masked, and so is who looked in vain', async () => {
  const nobody = newId('user');
  await list(admin, { email: admin.account.email });
  await world.auth.call('GET', `/v1/users/${admin.account.id}`, { token: admin.accessToken });
  await world.auth.call('GET', `/v1/users/${nobody}`, { token: admin.accessToken });

  const recorded = (await auditOf()).map(({ action, reason, actor, object, input }) => [
    action,
    reason,
    actor.id === admin.account.id,
    object?.id,
    input,
  ]);
  assert.deepEqual(recorded, [
    ['user.list', null, true, undefined, { email: null, found: 1 }],
    ['user.read', null, true, admin.account.id, {}],
    ['user.read', 'user.not-found', true, nobody, {}],
  ]);
});

test('PUT roles 200: the person has exactly these besides `user`; tokens from before are dead, the session goes on (AUTH-11)', async () => {
  const person = await signUpAs(world, 'viewer');
  await takeEventNames(world.database);

  const answer = await actOn(world, admin, 'roles', person, ['admin', 'editor', 'admin'].slice(0, 2));

  assert.deepEqual(userOf(answer).roles, ['user', 'editor', 'admin']);
  const [recorded] = await auditOf();
  assert.deepEqual(
    [recorded?.action, recorded?.category, recorded?.retentionClass, recorded?.actor.id, recorded?.object?.id],
    ['user.set-roles', 'administration', 'administration', admin.account.id, person.account.id],
  );
  assert.deepEqual(recorded?.input, {
    roles: ['admin', 'editor'],
    rolesBefore: ['user', 'viewer'],
    rolesAfter: ['user', 'editor', 'admin'],
  });
  assert.deepEqual(await takeEventNames(world.database), ['auth.access_changed.v1', 'user.set-roles: success']);
  assert.equal(await statusOf(account(person)), 401);
  const refreshed = grantOf(await world.auth.refresh(person.refreshToken));
  assert.equal(await statusOf(account(refreshed)), 200);
  assert.deepEqual(refreshed.account.roles, ['user', 'editor', 'admin']);
  assert.equal(await statusOf(list(refreshed)), 200);
});

test('PUT roles 200: to set the same again changes nothing and outdates no token', async () => {
  const person = await signUpAs(world, 'viewer');
  await takeEventNames(world.database);

  await actOn(world, admin, 'roles', person, ['viewer']);

  assert.deepEqual(await takeEventNames(world.database), ['user.set-roles: success']);
  assert.equal(await statusOf(account(person)), 200);
});

test('the denial is in the database with the change, for services that ask (AUTH-11)', async () => {
  const person = await signUpAs(world);
  await actOn(world, admin, 'end-sessions', person);

  const { rows } = await world.database.ownerPool.query(
    'SELECT kind, minimum_version FROM access_denials WHERE id = $1',
    [person.account.id],
  );
  assert.deepEqual(rows, [{ kind: 'user', minimum_version: 1 }]);
});

test('suspend 200: sign-in, refresh, sessions and keys are dead at once; reinstated, the person signs in anew', async () => {
  const person = await signUpAs(world);
  const { key } = await createKey(world, person);
  const exchange = () => world.auth.call('POST', '/v1/api-key-exchange', { body: { key } });
  const keyToken = z.object({ accessToken: z.string() }).parse((await exchange()).body).accessToken;
  await takeEventNames(world.database);

  assert.equal(userOf(await actOn(world, admin, 'suspend', person)).status, 'suspended');

  assert.deepEqual(await takeEventNames(world.database), ['auth.access_changed.v1', 'user.suspend: success']);
  assert.equal(await statusOf(account(person)), 401);
  assert.deepEqual(await refusalOf(world.auth.refresh(person.refreshToken)), [401, 'auth.refresh-invalid']);
  assert.deepEqual(await refusalOf(world.auth.login(person.account.email)), [401, 'auth.invalid-credentials']);
  assert.deepEqual(await refusalOf(exchange()), [401, 'auth.token-invalid']);
  assert.equal(await statusOf(world.auth.call('GET', '/v1/api-keys', { token: keyToken })), 401);

  assert.equal(userOf(await actOn(world, admin, 'reinstate', person)).status, 'active');

  assert.equal(await statusOf(account(person)), 401, 'the session ended for good');
  assert.deepEqual(await refusalOf(world.auth.refresh(person.refreshToken)), [401, 'auth.refresh-invalid']);
  assert.equal(await statusOf(account(grantOf(await world.auth.login(person.account.email)))), 200);
  assert.equal(await statusOf(exchange()), 200, 'keys that nobody revoked work again');
});

test('end-sessions 200: every session of the person ends, and they may sign in again', async () => {
  const person = await signUpAs(world);
  const elsewhere = grantOf(await world.auth.login(person.account.email));

  assert.equal(await statusOf(actOn(world, admin, 'end-sessions', person)), 200);

  for (const session of [person, elsewhere]) {
    assert.equal(await statusOf(account(session)), 401);
    assert.equal(await statusOf(world.auth.refresh(session.refreshToken)), 401);
  }
  assert.equal(await statusOf(world.auth.login(person.account.email)), 200);
});

test('delete 204: nothing but the id remains, in no table; the address is free again (AUTH-10, PRIV)', async () => {
  const person = await signUpAs(world, 'editor');
  await createKey(world, person);
  await world.auth.refresh(person.refreshToken);
  const { id, email } = person.account;
  const { ownerPool } = world.database;
  await ownerPool.query(
    `INSERT INTO totp_factors (user_id, sealed_secret, created_at) VALUES ('${id}', '\\x00', now());
     INSERT INTO recovery_codes (code_hash, user_id, created_at) VALUES (sha256('${id}'), '${id}', now());
     INSERT INTO passkeys (id, user_id, public_key, sign_count, transports, name, is_backed_up, created_at)
       VALUES ('${id}', '${id}', '\\x00', 0, '{}', 'key', false, now());
     INSERT INTO tickets (token_hash, purpose, user_id, created_at, expires_at)
       VALUES (sha256('${id}'), 'passkey-step-up', '${id}', now(), now() + interval '1 hour');
     INSERT INTO email_links (token_hash, purpose, user_id, email, email_index, created_at, expires_at)
       VALUES (sha256('${id}'), 'reset-password', '${id}', '\\x00', sha256('${id}'), now(), now() + interval '1 hour');`,
  );
  await takeEventNames(world.database);

  assert.equal(await statusOf(actOn(world, admin, 'delete', person)), 204);

  assert.deepEqual(await takeEventNames(world.database), [
    'auth.access_changed.v1',
    'privacy.erasure_requested.v1',
    'user.delete: success',
  ]);
  const { rows: owned } = await ownerPool.query(
    "SELECT table_name FROM information_schema.columns WHERE column_name = 'user_id' AND table_schema = 'public'",
  );
  const tables = z.array(z.object({ table_name: z.string() })).parse(owned);
  assert.ok(tables.length >= 8);
  for (const { table_name: table } of tables) {
    const { rows } = await ownerPool.query(`SELECT 1 FROM "${table}" WHERE user_id = $1`, [id]);
    assert.equal(rows.length, 0, table);
  }
  const { rows: orphans } = await ownerPool.query(
    'SELECT 1 FROM refresh_tokens WHERE session_id NOT IN (SELECT id FROM sessions)',
  );
  assert.equal(orphans.length, 0);
  const { rows } = await ownerPool.query(
    'SELECT email, email_index, name, password_hash, roles, status FROM users WHERE id = $1',
    [id],
  );
  assert.deepEqual(rows, [
    { email: null, email_index: null, name: null, password_hash: null, roles: ['user'], status: 'deleted' },
  ]);

  assert.equal(await statusOf(account(person)), 401);
  assert.deepEqual(await refusalOf(world.auth.login(email)), [401, 'auth.invalid-credentials']);
  assert.deepEqual(await refusalOf(world.auth.refresh(person.refreshToken)), [401, 'auth.refresh-invalid']);
  const path = `/v1/users/${id}`;
  assert.deepEqual(await refusalOf(world.auth.call('GET', path, { token: admin.accessToken })), [
    404,
    'user.not-found',
  ]);
  for (const act of ['roles', 'suspend', 'reinstate', 'end-sessions', 'delete'] as const) {
    assert.deepEqual(await refusalOf(actOn(world, admin, act, person)), [404, 'user.not-found'], act);
  }
  const everybody = usersSchema.parse((await list(admin, { limit: '100' })).body);
  assert.ok(!everybody.items.some((user) => user.id === id));
  assert.equal(await statusOf(world.auth.register({ email, password: goodPassword })), 201);
});

test('a refresh that races a deletion leaves no token behind, whichever comes first', async () => {
  for (let round = 0; round < 8; round += 1) {
    const person = await signUpAs(world);
    const [deleted, refreshed] = await Promise.all([
      actOn(world, admin, 'delete', person),
      world.auth.refresh(person.refreshToken),
    ]);
    assert.equal(deleted.status, 204);
    assert.ok([200, 401].includes(refreshed.status), refreshed.text);
    const { rows } = await world.database.ownerPool.query(
      'SELECT 1 FROM sessions WHERE user_id = $1 UNION ALL SELECT 1 FROM refresh_tokens WHERE session_id = $2',
      [person.account.id, person.sessionId],
    );
    assert.equal(rows.length, 0);
  }
});

test('401: each change wants a proof of the last ten minutes, so that a stolen session changes nobody', async () => {
  const person = await signUpAs(world);
  const stale = await signUpAs(world, 'admin');
  await world.database.ownerPool.query(
    "UPDATE sessions SET authenticated_at = now() - interval '11 minutes' WHERE id = $1",
    [stale.sessionId],
  );

  for (const act of ['roles', 'suspend', 'reinstate', 'end-sessions', 'delete'] as const) {
    assert.deepEqual(await refusalOf(actOn(world, stale, act, person)), [401, 'auth.step-up-required'], act);
  }
  assert.equal(await statusOf(list(stale)), 200);
});
