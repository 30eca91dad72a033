import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before, beforeEach } from 'node:test';
import { accessGrantSchema, apiKeyLimit, apiKeysSchema, auditEventDataSchema, newId } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { decodeJwt } from 'jose';
import { createApiKeyText } from '../../domain/apiKey.ts';
import { outboxEvents, startAuth, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';
import { createKey, signUpAs } from '../../testing/people.ts';
import { tablesHolding } from '../../testing/tablesHolding.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

const exchange = (key: unknown) => world.auth.call('POST', '/v1/api-key-exchange', { body: { key } });
const tokenFor = async (key: string) => accessGrantSchema.parse((await exchange(key)).body).accessToken;
const list = async (token: string) =>
  apiKeysSchema.parse((await world.auth.call('GET', '/v1/api-keys', { token })).body);
const refusalOf = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, codeOf({ body })];
};
const auditOf = async () =>
  (await outboxEvents(world.database))
    .filter(({ type }) => type === 'audit.recorded.v1')
    .map(({ data }) => auditEventDataSchema.parse(data));

test('201: a key of 90 days when nothing else is asked for; listed with its first characters and never whole', async () => {
  const person = await signUpAs(world);

  const { apiKey, key } = await createKey(world, person, { name: '  my script ' });

  assert.match(key, /^tcb_[\w-]{43}[0-9A-Za-z]{6}$/);
  assert.equal(apiKey.name, 'my script');
  assert.equal(Date.parse(apiKey.expiresAt) - Date.parse(apiKey.createdAt), 90 * 86_400_000);
  const answer = await world.auth.call('GET', '/v1/api-keys', { token: person.accessToken });
  assert.deepEqual(apiKeysSchema.parse(answer.body).items, [{ ...apiKey, hint: key.slice(0, 12) }]);
  assert.ok(!answer.text.includes(key.slice(12)));
});

test('attack: a thief of the whole database finds no API key, only its hash and first characters (AUTH-12)', async () => {
  const person = await signUpAs(world);
  const { apiKey, key } = await createKey(world, person);
  const token = await tokenFor(key);

  const { ownerPool } = world.database;
  assert.deepEqual(await tablesHolding(ownerPool, apiKey.hint), ['api_keys'], 'the search finds what is there');
  for (const secret of [key, key.slice('tcb_'.length), key.slice('tcb_'.length, -6), token]) {
    assert.deepEqual(await tablesHolding(ownerPool, secret), []);
  }
});

test('200: an exchanged token is the person’s, with the role `user` and the key’s scopes alone, for five minutes', async () => {
  const admin = await signUpAs(world, 'admin');
  const { apiKey, key } = await createKey(world, admin, { scopes: ['chat.own.use', 'task.own.read'] });

  const grant = accessGrantSchema.parse((await exchange(key)).body);

  const { sub, sid, roles, scope, auth_time: provedAt, iat, exp } = decodeJwt(grant.accessToken);
  assert.deepEqual([sub, sid, roles], [admin.account.id, apiKey.id, ['user']]);
  assert.equal(scope, 'chat.own.use task.own.read guardrail.judge');
  assert.equal(provedAt, undefined, 'a key never proves who holds it');
  assert.deepEqual([grant.sessionId, grant.expiresIn, Number(exp) - Number(iat)], [apiKey.id, 300, 300]);
});

test('200: the last use shows (AUTH-12)', async () => {
  const person = await signUpAs(world);
  const { key } = await createKey(world, person);
  assert.equal((await list(person.accessToken)).items[0]?.lastUsedAt, null);

  const before = Date.now();
  await exchange(key);

  const usedAt = Date.parse((await list(person.accessToken)).items[0]?.lastUsedAt ?? '');
  assert.ok(usedAt >= before - 1 && usedAt <= Date.now());
});

test('AUTH-14: making, using and revoking a key are recorded, and so is each failure', async () => {
  const person = await signUpAs(world);
  await takeEventNames(world.database);
  const { apiKey, key } = await createKey(world, person);
  await exchange(key);
  const path = `/v1/api-keys/${apiKey.id}`;
  await world.auth.call('DELETE', path, { token: person.accessToken });
  await exchange(key);
  await exchange(createApiKeyText());
  await world.auth.call('DELETE', path, { token: person.accessToken });

  const about = (await auditOf()).map(({ action, reason, object, actor, sessionId }) => [
    action,
    reason,
    object?.id ?? null,
    actor.id,
    sessionId,
  ]);
  const [owner, session] = [person.account.id, person.sessionId];
  assert.deepEqual(about, [
    ['auth.create-api-key', null, apiKey.id, owner, session],
    ['auth.exchange-api-key', null, apiKey.id, owner, apiKey.id],
    ['auth.revoke-api-key', null, apiKey.id, owner, session],
    ['auth.exchange-api-key', 'auth.token-invalid', apiKey.id, null, null],
    ['auth.exchange-api-key', 'auth.token-invalid', null, null, null],
    ['auth.revoke-api-key', 'auth.api-key-not-found', apiKey.id, owner, session],
  ]);
});

test('204: a revoked key is dead here at once and denied everywhere, with the tokens that it gave (AUTH-11)', async () => {
  const person = await signUpAs(world);
  const { apiKey, key } = await createKey(world, person);
  const token = await tokenFor(key);
  assert.equal((await world.auth.call('GET', '/v1/account', { token })).status, 403, 'it verifies, and may not');
  await takeEventNames(world.database);

  const answer = await world.auth.call('DELETE', `/v1/api-keys/${apiKey.id}`, { token: person.accessToken });

  assert.equal(answer.status, 204);
  assert.deepEqual(await takeEventNames(world.database), ['auth.session_revoked.v1', 'auth.revoke-api-key: success']);
  const denials = await world.database.ownerPool.query('SELECT kind FROM access_denials WHERE id = $1', [apiKey.id]);
  assert.deepEqual(denials.rows, [{ kind: 'session' }]);
  assert.deepEqual(await refusalOf(exchange(key)), [401, 'auth.token-invalid']);
  assert.deepEqual(await refusalOf(world.auth.call('GET', '/v1/account', { token })), [401, 'auth.token-invalid']);
  assert.deepEqual((await list(person.accessToken)).items, []);
});

test('attack: keys are made and revoked by the thousand to fill every deny-set: without a token there is no denial, and none outlives its tokens', async () => {
  const person = await signUpAs(world);
  const revokeNew = async (isUsed: boolean) => {
    const { apiKey, key } = await createKey(world, person);
    if (isUsed) await exchange(key);
    await takeEventNames(world.database);
    await world.auth.call('DELETE', `/v1/api-keys/${apiKey.id}`, { token: person.accessToken });
    const { rows } = await world.database.ownerPool.query(
      "SELECT expires_at <= now() + interval '6 minutes' AS is_short FROM access_denials WHERE id = $1",
      [apiKey.id],
    );
    return { events: await takeEventNames(world.database), denials: rows };
  };

  assert.deepEqual(await revokeNew(false), { events: ['auth.revoke-api-key: success'], denials: [] });
  assert.deepEqual(await revokeNew(true), {
    events: ['auth.session_revoked.v1', 'auth.revoke-api-key: success'],
    denials: [{ is_short: true }],
  });
});

test('attack: somebody else’s key can be neither seen nor revoked, and is not told from one that never was', async () => {
  const owner = await signUpAs(world);
  const attacker = await signUpAs(world, 'admin');
  const { apiKey, key } = await createKey(world, owner);

  assert.deepEqual((await list(attacker.accessToken)).items, []);
  for (const id of [apiKey.id, newId('apiKey')]) {
    const answer = world.auth.call('DELETE', `/v1/api-keys/${id}`, { token: attacker.accessToken });
    assert.deepEqual(await refusalOf(answer), [404, 'auth.api-key-not-found']);
  }
  assert.equal((await exchange(key)).status, 200);
});

test('attack: a key beyond its day is refused, by the clock alone, and so are its tokens (AUTH-12)', async () => {
  const auth = await startAuth(world.database);
  try {
    const person = await signUpAs({ ...world, auth });
    const { key } = await createKey({ ...world, auth }, person, { expiresInDays: 1 });
    const use = () => auth.call('POST', '/v1/api-key-exchange', { body: { key } });
    auth.clock.advance(86_400_000 - 60_000);
    const last = accessGrantSchema.parse((await use()).body);
    assert.ok(last.expiresIn <= 60, `lives ${last.expiresIn} s, the key less than a minute`);
    auth.clock.advance(61_000);

    assert.deepEqual(await refusalOf(use()), [401, 'auth.token-invalid']);
    assert.deepEqual(await refusalOf(auth.call('GET', '/v1/account', { token: last.accessToken })), [
      401,
      'auth.token-invalid',
    ]);
  } finally {
    await auth.close();
  }
});

test('409: a person has at most 20 keys, also when they are asked for all at once; a revoked one makes room', async () => {
  const person = await signUpAs(world);
  const body = { name: 'one of many', scopes: ['task.own.read'] };
  const ask = () => world.auth.call('POST', '/v1/api-keys', { token: person.accessToken, body });

  const answers = await Promise.all(Array.from({ length: apiKeyLimit + 6 }, ask));

  assert.equal(answers.filter(({ status }) => status === 201).length, apiKeyLimit);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    assert.deepEqual([answer.status, codeOf(answer)], [409, 'auth.api-key-limit']);
  }
  const [first] = (await list(person.accessToken)).items;
  await world.auth.call('DELETE', `/v1/api-keys/${first?.id}`, { token: person.accessToken });
  assert.equal((await ask()).status, 201);
});

test('attack: a key of user.manage, of the account, of the internal judge, without scopes or for ever is refused', async () => {
  const admin = await signUpAs(world, 'admin');
  const refused = [
    { scopes: ['user.manage'] },
    { scopes: ['task.own.read', 'user.read'] },
    { scopes: ['account.own.change'] },
    { scopes: ['guardrail.judge'] },
    { scopes: [] },
    { scopes: ['task.own.read'], expiresInDays: 366 },
    { scopes: ['task.own.read'], expiresInDays: 0 },
    { scopes: ['task.own.read'], roles: ['admin'] },
  ];
  for (const request of refused) {
    const body = { name: 'greedy', ...request };
    const answer = world.auth.call('POST', '/v1/api-keys', { token: admin.accessToken, body });
    assert.deepEqual(await refusalOf(answer), [400, 'request.invalid'], JSON.stringify(request));
  }
});

test('400: a mistyped key is found out by its checksum before anything is looked up', async () => {
  const person = await signUpAs(world);
  const { key } = await createKey(world, person);
  const wrong = key.at(20) === 'A' ? 'B' : 'A';
  const mistyped = [
    `${key.slice(0, 20)}${wrong}${key.slice(21)}`,
    `${key} `,
    key.slice(0, -1),
    `xyz_${key.slice(4)}`,
    '',
  ];
  await takeEventNames(world.database);

  for (const text of mistyped) assert.deepEqual(await refusalOf(exchange(text)), [400, 'request.invalid']);

  assert.deepEqual(await takeEventNames(world.database), []);
});

test('401: a new key wants a proof of the last ten minutes; a stolen session makes none', async () => {
  const person = await signUpAs(world);
  await world.database.ownerPool.query(
    "UPDATE sessions SET authenticated_at = now() - interval '11 minutes' WHERE id = $1",
    [person.sessionId],
  );
  const body = { name: 'late', scopes: ['task.own.read'] };
  const answer = world.auth.call('POST', '/v1/api-keys', { token: person.accessToken, body });
  assert.deepEqual(await refusalOf(answer), [401, 'auth.step-up-required']);
});

test('403: nobody but the gateway exchanges keys', async () => {
  const answer = world.auth.call('POST', '/v1/api-key-exchange', { body: {}, caller: 'task' });
  assert.deepEqual(await refusalOf(answer), [403, 'access.caller-denied']);
});

test('the pattern for secret scanners in the README finds every key in a text, whole', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const pattern = /secret scanners: `([^`]+)`/i.exec(readme)?.[1];
  assert.ok(pattern !== undefined, 'the README names the pattern');
  for (let round = 0; round < 200; round += 1) {
    const key = createApiKeyText();
    assert.equal(new RegExp(pattern).exec(`export TOKEN="${key}"\n`)?.[0] === key, true, 'a key');
  }
  assert.equal(new RegExp(pattern).test('tcb_settings and other words'), false);
});
