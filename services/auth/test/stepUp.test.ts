import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { eventTypes, type Role, stepUpOptionsSchema, totpEnrolmentSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { goodPassword, grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../src/testing/harness.ts';
import {
  accessTokenOf,
  addPasskey,
  claimsOf,
  enrolTotp,
  newPerson,
  newPersonWithPasskey,
  newPersonWithTotp,
  passPassword,
  passSecondFactor,
  siteOrigin,
  stepUp,
  totpCode,
} from '../src/testing/secondFactors.ts';
import { createSoftAuthenticator } from '../src/testing/softAuthenticator.ts';

// As in production: administrators need a second factor.
let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase({ SECOND_FACTOR_FOR_ADMINISTRATORS: 'required' });
});
after(() => world.close());

const byPassword = (password = goodPassword) => ({ method: 'password', password });
const elevenMinutesMs = 11 * 60_000;

/** Every route of second factors that a stolen session must not use. */
const guarded: readonly (readonly [string, string, unknown])[] = [
  ['POST', '/v1/factors/totp', undefined],
  ['DELETE', '/v1/factors/totp', undefined],
  ['POST', '/v1/factors/recovery-codes', undefined],
  ['POST', '/v1/factors/passkey-options', undefined],
  ['POST', '/v1/factors/passkeys', {}],
  ['DELETE', '/v1/factors/passkeys/passkey_AAAA', undefined],
];

async function giveRoles(userId: string, roles: readonly Role[]) {
  await world.database.ownerPool.query('UPDATE users SET roles = $2 WHERE id = $1', [userId, roles]);
}

async function offerOf(token: string) {
  return stepUpOptionsSchema.parse((await world.auth.call('POST', '/v1/step-up/options', { token })).body);
}

for (const [method, path, body] of guarded) {
  test(`attack: a session that was stolen eleven minutes after its sign-in: ${method} ${path} (AUTH-8)`, async () => {
    const { auth } = world;
    const { token } = await newPerson(auth);
    const options = { token, ...(body === undefined ? {} : { body }) };
    const fresh = await auth.call(method, path, options);
    auth.clock.advance(elevenMinutesMs);

    const refused = await auth.call(method, path, options);

    assert.notEqual(fresh.status, 401, 'right after the sign-in it is allowed');
    assert.deepEqual([refused.status, codeOf(refused)], [401, 'auth.step-up-required']);
    assert.equal((await stepUp(auth, token, byPassword())).status, 200);
    assert.equal((await auth.call(method, path, options)).status, fresh.status);
  });
}

test('200: the password steps up where there is no second factor; the new token says when, and the attempt is on record', async () => {
  const { auth, database } = world;
  const { token, sessionId } = await newPerson(auth);
  auth.clock.advance(elevenMinutesMs);
  await takeEventNames(database);

  assert.deepEqual(await offerOf(token), { methods: ['password'], passkey: null });
  const answer = await stepUp(auth, token, byPassword());

  const claims = claimsOf(accessTokenOf(answer));
  assert.ok(Math.abs(claims.auth_time - auth.clock.now().getTime() / 1000) < 5);
  assert.equal(JSON.parse(answer.text).sessionId, sessionId);
  assert.deepEqual(await takeEventNames(database), ['auth.step-up: success']);
});

test('403: a wrong password; attack: guessing it in a stolen session locks that and not the door (AUTH-7)', async () => {
  const { auth } = world;
  const { token, email } = await newPerson(auth);
  for (let round = 0; round < 5; round += 1) {
    const wrong = await stepUp(auth, token, byPassword('Wrong-Password-1'));
    assert.deepEqual([wrong.status, codeOf(wrong)], [403, 'auth.password-wrong']);
  }

  const right = await stepUp(auth, token, byPassword());

  assert.deepEqual([right.status, codeOf(right)], [429, 'request.rate-limited']);
  assert.equal((await auth.login(email)).status, 200);
  assert.equal((await auth.call('GET', '/v1/account', { token })).status, 200, 'the session itself goes on');
});

test('attack: a stolen password steps up although there is a second factor (AUTH-8)', async () => {
  const { auth } = world;
  const { token, totp } = await newPersonWithTotp(auth);
  auth.clock.advance(elevenMinutesMs);

  const refused = await stepUp(auth, token, byPassword());

  assert.deepEqual([refused.status, codeOf(refused)], [401, 'auth.second-factor-invalid']);
  assert.equal(codeOf(await auth.call('DELETE', '/v1/factors/totp', { token })), 'auth.step-up-required');
  assert.deepEqual((await offerOf(token)).methods, ['totp', 'recovery-code']);
  assert.equal((await stepUp(auth, token, { method: 'totp', oneTimeCode: totp.code() })).status, 200);
  assert.equal((await auth.call('DELETE', '/v1/factors/totp', { token })).status, 204);
});

test('attack: the code of a step-up is used again, there and at the door (AUTH-8)', async () => {
  const { auth } = world;
  const { token, email, totp } = await newPersonWithTotp(auth);
  const proof = { method: 'totp', oneTimeCode: totp.code() };

  assert.equal((await stepUp(auth, token, proof)).status, 200);
  assert.equal((await stepUp(auth, token, proof)).status, 401);
  const { ticket } = await passPassword(auth, email);
  assert.equal((await passSecondFactor(auth, ticket, proof)).status, 401);
});

test('attack: guessing codes in a stolen session locks that session and nobody out at the door (AUTH-7)', async () => {
  const { auth } = world;
  const { token, email, totp } = await newPersonWithTotp(auth);
  const wrong = { method: 'totp', oneTimeCode: totp.code(5) };
  for (let round = 0; round < 5; round += 1) assert.equal((await stepUp(auth, token, wrong)).status, 401);

  const right = { method: 'totp', oneTimeCode: totp.code() };

  assert.equal((await stepUp(auth, token, right)).status, 401);
  const { ticket } = await passPassword(auth, email);
  assert.equal((await passSecondFactor(auth, ticket, right)).status, 200);
});

test('attack: the first code of an enrolment that somebody else started is guessed: locked after five (AUTH-7)', async () => {
  const { auth } = world;
  const { token } = await newPerson(auth);
  const { secret } = totpEnrolmentSchema.parse((await auth.call('POST', '/v1/factors/totp', { token })).body);
  const guess = (stepsAway: number) =>
    auth.call('POST', '/v1/factors/totp/confirm', {
      token,
      body: { oneTimeCode: totpCode(secret, auth.clock.now(), stepsAway) },
    });
  for (let round = 0; round < 5; round += 1) assert.equal((await guess(5)).status, 401);
  await takeEventNames(world.database);

  assert.equal((await guess(0)).status, 401, 'now even the right one is refused');

  assert.deepEqual(await takeEventNames(world.database), ['auth.confirm-totp: locked']);
});

test('200: a passkey steps up; attack: its ticket in another session of the same person, and in anybody else (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithPasskey(auth);
  const other = await newPersonWithPasskey(auth);
  const { ticket, passkey } = await passPassword(auth, person.email);
  assert.ok(passkey);
  const second = grantOf(
    await passSecondFactor(auth, ticket, {
      method: 'passkey',
      ticket: passkey.ticket,
      response: person.authenticator.authenticate(passkey.options),
    }),
  );
  const { passkey: started } = await offerOf(person.token);
  assert.ok(started);
  const proof = {
    method: 'passkey',
    ticket: started.ticket,
    response: person.authenticator.authenticate(started.options),
  };

  assert.equal((await stepUp(auth, second.accessToken, proof)).status, 401);
  assert.equal((await stepUp(auth, other.token, proof)).status, 401);
  assert.equal((await stepUp(auth, person.token, proof)).status, 200);
});

test('attack: a session that has ended steps up (AUTH-11)', async () => {
  const { auth } = world;
  const { token } = await newPerson(auth);
  await auth.call('POST', '/v1/logout', { token });

  assert.equal(codeOf(await stepUp(auth, token, byPassword())), 'auth.token-invalid');
});

test('AUTH-8: an administrator without a second factor carries the role user alone, and all roles once there is one', async () => {
  const { auth } = world;
  const person = await newPerson(auth);
  await giveRoles(person.userId, ['user', 'admin']);
  const before = grantOf(await auth.login(person.email));
  assert.deepEqual(claimsOf(before.accessToken).roles, ['user']);
  assert.equal((await stepUp(auth, before.accessToken, byPassword())).status, 200);

  await enrolTotp(auth, before.accessToken);

  const refreshed = grantOf(await auth.refresh(before.refreshToken));
  assert.deepEqual(claimsOf(refreshed.accessToken).roles, ['user', 'admin'], 'to set it up was a proof');
  const other = grantOf(await auth.refresh(person.grant.refreshToken));
  assert.deepEqual(claimsOf(other.accessToken).roles, ['user'], 'other sessions have proved nothing');
});

test('AUTH-8: a step-up by second factor gives a session of the password alone its roles', async () => {
  const { auth } = world;
  const person = await newPerson(auth);
  await giveRoles(person.userId, ['user', 'editor']);
  const elsewhere = grantOf(await auth.login(person.email));
  const totp = await enrolTotp(auth, person.token);

  const answer = await stepUp(auth, elsewhere.accessToken, { method: 'totp', oneTimeCode: totp.code() });

  assert.deepEqual(claimsOf(accessTokenOf(answer)).roles, ['user', 'editor']);
});

test('attack: an administrator removes the last second factor and stays one: the roles go, at once and everywhere (AUTH-8, AUTH-11)', async () => {
  const { auth, database } = world;
  const person = await newPerson(auth);
  await giveRoles(person.userId, ['user', 'admin']);
  const authenticator = createSoftAuthenticator({ origin: siteOrigin });
  await addPasskey(auth, { token: person.token, authenticator });
  const totp = await enrolTotp(auth, person.token);
  const admin = accessTokenOf(await stepUp(auth, person.token, { method: 'totp', oneTimeCode: totp.code() }));
  assert.deepEqual(claimsOf(admin).roles, ['user', 'admin']);
  await takeEventNames(database);

  assert.equal((await auth.call('DELETE', '/v1/factors/totp', { token: admin })).status, 204);
  assert.equal((await auth.call('GET', '/v1/account', { token: admin })).status, 200, 'there is another factor');
  const last = await auth.call('DELETE', `/v1/factors/passkeys/passkey_${authenticator.id}`, { token: admin });

  assert.equal(last.status, 204);
  assert.equal(codeOf(await auth.call('GET', '/v1/account', { token: admin })), 'auth.token-invalid');
  const event = (await outboxEvents(database)).find(({ type }) => type === 'auth.access_changed.v1');
  const { userId, minimumVersion } = eventTypes['auth.access_changed.v1'].parse(event?.data);
  assert.deepEqual([userId, minimumVersion], [person.userId, 1]);
  const denials = await database.ownerPool.query(
    "SELECT minimum_version FROM access_denials WHERE kind = 'user' AND id = $1",
    [person.userId],
  );
  assert.deepEqual(denials.rows, [{ minimum_version: 1 }]);
  const refreshed = grantOf(await auth.refresh(person.grant.refreshToken));
  assert.deepEqual(claimsOf(refreshed.accessToken).roles, ['user']);
});

test('204: the last factor of somebody who is only a user ends no token, and a session of a passkey goes on without a method', async () => {
  const { auth, database } = world;
  const person = await newPersonWithPasskey(auth);
  const { ticket, options } = JSON.parse((await auth.call('POST', '/v1/login/passkey/options')).text);
  const body = { ticket, response: person.authenticator.authenticate(options) };
  const { accessToken, sessionId } = grantOf(await auth.call('POST', '/v1/login/passkey', { body }));

  const path = `/v1/factors/passkeys/passkey_${person.authenticator.id}`;
  assert.equal((await auth.call('DELETE', path, { token: accessToken })).status, 204);

  assert.equal((await auth.call('GET', '/v1/account', { token: accessToken })).status, 200);
  const { rows } = await database.ownerPool.query('SELECT methods FROM sessions WHERE id = $1', [sessionId]);
  assert.deepEqual(rows, [{ methods: [] }]);
});

test('attack: both factors are removed at the same moment, so that neither removal is the last: one of them is (AUTH-8)', async () => {
  const { auth, database } = world;
  for (let round = 0; round < 5; round += 1) {
    const person = await newPerson(auth);
    await giveRoles(person.userId, ['user', 'viewer']);
    const authenticator = createSoftAuthenticator({ origin: siteOrigin });
    await addPasskey(auth, { token: person.token, authenticator });
    await enrolTotp(auth, person.token);

    const answers = await Promise.all([
      auth.call('DELETE', '/v1/factors/totp', { token: person.token }),
      auth.call('DELETE', `/v1/factors/passkeys/passkey_${authenticator.id}`, { token: person.token }),
    ]);

    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204],
    );
    const { rows } = await database.ownerPool.query('SELECT access_version FROM users WHERE id = $1', [person.userId]);
    assert.deepEqual(rows, [{ access_version: 1 }]);
  }
});

test('403: any caller but the gateway', async () => {
  const { token } = await newPerson(world.auth);
  for (const [method, path] of [
    ...guarded,
    ['POST', '/v1/step-up'],
    ['POST', '/v1/step-up/options'],
    ['GET', '/v1/factors'],
  ]) {
    assert.equal((await world.auth.call(method ?? '', path ?? '', { token, caller: 'booking' })).status, 403, path);
  }
});
