import assert from 'node:assert/strict';
import test, { after, afterEach, before, beforeEach } from 'node:test';
import { denialsSchema, jwksSchema } from '@todo-chatbot/contracts';
import { startTestDatabase, type TestDatabase, waitFor } from '@todo-chatbot/local-platform/testing';
import { runInRequestContext, serviceContext } from '@todo-chatbot/service-kit';
import { decodeProtectedHeader } from 'jose';
import { startAuth, takeEventNames } from '../testing/harness.ts';
import { keysCommand } from './keys.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let database: TestDatabase;
let auth: Awaited<ReturnType<typeof startAuth>>;
before(async () => {
  database = await startTestDatabase({ service: 'auth' });
});
after(() => database.close());
beforeEach(async () => {
  auth = await startAuth(database);
  await takeEventNames(database);
});
afterEach(async () => {
  await auth.close();
  await database.ownerPool.query('DELETE FROM signing_keys');
  await database.ownerPool.query('DELETE FROM access_denials');
});

/** The operator's command, in a process of its own as far as the service can tell. */
const keys = (...args: string[]) => runInRequestContext(serviceContext('auth'), () => keysCommand(auth.context, args));

async function keyOf(state: string): Promise<string> {
  const { rows } = await database.ownerPool.query('SELECT kid FROM signing_keys WHERE state = $1', [state]);
  assert.equal(rows.length, 1, `one key is ${state}`);
  return String(rows[0]?.kid);
}

async function kidsOfJwks(replica = auth): Promise<string[]> {
  const answer = await replica.call('GET', '/v1/jwks', { caller: 'task' });
  return jwksSchema.parse(answer.body).keys.map(({ kid }) => kid);
}

const untilKnown = (kid: string) => waitFor('the ring to follow', async () => (await kidsOfJwks()).includes(kid));
const untilForgotten = (kid: string) => waitFor('the ring to follow', async () => !(await kidsOfJwks()).includes(kid));
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const statusWith = async (token: string) => (await auth.call('GET', '/v1/account', { token })).status;

test('several replicas that start at once on an empty database make one pair of keys (AUTH-2)', async () => {
  await database.ownerPool.query('DELETE FROM signing_keys');

  const replicas = await Promise.all(Array.from({ length: 4 }, () => startAuth(database)));

  try {
    const [active, published] = [await keyOf('active'), await keyOf('published')];
    for (const replica of replicas) {
      assert.deepEqual((await kidsOfJwks(replica)).toSorted(), [active, published].toSorted());
    }
    const made = (await takeEventNames(database)).filter((name) => name.startsWith('auth.create-signing-key'));
    assert.deepEqual(made, ['auth.create-signing-key: success', 'auth.create-signing-key: success']);
  } finally {
    await Promise.all(replicas.map((replica) => replica.close()));
  }
});

test('attack: a thief of the database finds no private key, and a retired key has none at all (AUTH-2, DATA-2)', async () => {
  const { rows } = await database.ownerPool.query('SELECT sealed_private_key FROM signing_keys');
  assert.equal(rows.length, 2);
  for (const row of rows) {
    const sealed: unknown = row.sealed_private_key;
    assert.ok(sealed instanceof Buffer);
    // Every PKCS #8 of an RSA key holds the object identifier of rsaEncryption.
    assert.equal(sealed.includes(Buffer.from('2a864886f70d010101', 'hex')), false);
  }
  const active = await keyOf('active');
  auth.clock.advance(11 * minuteMs);
  await keys('rotate');

  assert.equal(await keyOf('retired'), active);
  const retired = await database.ownerPool.query('SELECT sealed_private_key FROM signing_keys WHERE kid = $1', [
    active,
  ]);
  assert.equal(retired.rows[0]?.sealed_private_key, null);
});

test('attack: a sealed key is put into the row of another key: it does not sign (AUTH-2)', async () => {
  await database.ownerPool.query(
    `UPDATE signing_keys SET sealed_private_key = (SELECT sealed_private_key FROM signing_keys WHERE state = 'published')
     WHERE state = 'active'`,
  );

  const restarted = await startAuth(database);
  try {
    assert.equal(await restarted.service.isReady().catch(() => false), false);
    const email = 'sealed@example.com';
    await restarted.register({ email });
    assert.equal((await restarted.login(email)).status, 503);
  } finally {
    await restarted.close();
  }
});

test('a rotation costs nobody their session: old tokens stay good until they expire, new ones have the new key (AUTH-2)', async () => {
  const before = await auth.signUp();
  const [active, published] = [await keyOf('active'), await keyOf('published')];
  assert.equal(kidOf(before.accessToken), active);
  auth.clock.advance(11 * minuteMs);

  const said = await keys('rotate');

  const fresh = await keyOf('published');
  assert.equal(said, `${active} is retired, ${published} signs, ${fresh} is published.`);
  await untilKnown(fresh);
  assert.deepEqual((await kidsOfJwks()).toSorted(), [active, published, fresh].toSorted());
  const afterwards = await auth.signUp();
  assert.equal(kidOf(afterwards.accessToken), published);
  assert.deepEqual([await statusWith(before.accessToken), await statusWith(afterwards.accessToken)], [200, 200]);
  assert.ok((await takeEventNames(database)).includes('auth.rotate-signing-key: success'));

  auth.clock.advance(30 * minuteMs);
  assert.ok((await kidsOfJwks()).includes(active), 'its last token may still live');
  auth.clock.advance(minuteMs);
  assert.ok(!(await kidsOfJwks()).includes(active));
});

test('a rotation waits until the next key is known everywhere: ten minutes (AUTH-2)', async () => {
  const [active, published] = [await keyOf('active'), await keyOf('published')];
  auth.clock.advance(9 * minuteMs);

  await assert.rejects(keys('rotate'), { code: 'signing-key.too-young' });

  assert.deepEqual([await keyOf('active'), await keyOf('published')], [active, published]);
  assert.deepEqual(await takeEventNames(database), ['auth.rotate-signing-key: signing-key.too-young']);
});

test('attack: the signing key is stolen: once revoked, nothing that it signed is accepted any more (AUTH-2, AUTH-11)', async () => {
  const [active, published] = [await keyOf('active'), await keyOf('published')];
  const grant = await auth.signUp();
  assert.equal(await statusWith(grant.accessToken), 200);
  await takeEventNames(database);

  await keys('revoke', active);

  const denials = denialsSchema.parse((await auth.call('GET', '/v1/denials', { caller: 'task' })).body);
  assert.deepEqual(
    denials.items.map(({ kind, id }) => ({ kind, id })),
    [{ kind: 'key', id: active }],
  );
  assert.deepEqual(await takeEventNames(database), ['auth.signing_key_revoked.v1', 'auth.revoke-signing-key: success']);
  assert.equal(await keyOf('active'), published, 'every cache holds this one already');
  const fresh = await keyOf('published');
  await untilForgotten(active);
  assert.deepEqual((await kidsOfJwks()).toSorted(), [published, fresh].toSorted());
  assert.equal(await statusWith(grant.accessToken), 401);
  const renewed = await auth.refresh(grant.refreshToken);
  assert.equal(renewed.status, 200, 'sessions go on with new tokens');
});

test('a published and a retired key can be revoked as well, and there are always an active and a published one (AUTH-2)', async () => {
  const published = await keyOf('published');
  await keys('revoke', published);
  assert.notEqual(await keyOf('published'), published);
  auth.clock.advance(11 * minuteMs);
  await keys('rotate');
  const [active, next, retired] = [await keyOf('active'), await keyOf('published'), await keyOf('retired')];

  await keys('revoke', retired);

  assert.deepEqual([await keyOf('active'), await keyOf('published')], [active, next]);
  await untilForgotten(retired);
});

test('an unknown key, and one that is revoked already, is refused and recorded', async () => {
  const active = await keyOf('active');
  await keys('revoke', active);
  await takeEventNames(database);

  await assert.rejects(keys('revoke', active), { code: 'signing-key.not-found' });
  await assert.rejects(keys('revoke', "x'; DROP TABLE signing_keys"), { code: 'signing-key.not-found' });

  const refusal = 'auth.revoke-signing-key: signing-key.not-found';
  assert.deepEqual(await takeEventNames(database), [refusal, refusal]);
});

test('list shows every key with its state and times, and nothing secret', async () => {
  auth.clock.advance(11 * minuteMs);
  await keys('rotate');

  const lines = (await keys('list')).split('\n');

  assert.equal(lines.length, 3);
  assert.match(lines.join('\n'), new RegExp(`^${await keyOf('retired')}  retired .*retired \\d{4}-`, 'm'));
  assert.match(lines.join('\n'), new RegExp(`^${await keyOf('active')}  active .*activated \\d{4}-`, 'm'));
});

test('whoever calls the command wrongly is told how to', async () => {
  for (const args of [[], ['rotate', 'now'], ['list', 'all'], ['revoke'], ['revoke', 'a', 'b'], ['delete', 'a']]) {
    await assert.rejects(keys(...args), { name: 'UsageError' }, args.join(' '));
  }
});

test('the service rotates by itself when the key has signed for its days (AUTH-2)', async () => {
  const [active, published] = [await keyOf('active'), await keyOf('published')];
  auth.clock.advance(30 * dayMs);

  await auth.service.start();

  await waitFor('the rotation', async () => (await kidsOfJwks()).length === 3);
  assert.equal(await keyOf('retired'), active);
  assert.equal(await keyOf('active'), published);
});
