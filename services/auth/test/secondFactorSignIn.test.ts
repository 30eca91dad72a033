import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { auditEventDataSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { goodPassword, grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../src/testing/harness.ts';
import {
  addPasskey,
  newPersonWithPasskey,
  newPersonWithTotp,
  passPassword,
  passSecondFactor,
  siteOrigin,
} from '../src/testing/secondFactors.ts';
import { createSoftAuthenticator } from '../src/testing/softAuthenticator.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

type Person = Awaited<ReturnType<typeof newPersonWithTotp>>;

const rightProof = ({ totp }: Person) => ({ method: 'totp', oneTimeCode: totp.code() });

async function sessionsOf(userId: string): Promise<number> {
  const { rows } = await world.database.ownerPool.query('SELECT 1 FROM sessions WHERE user_id = $1', [userId]);
  return rows.length;
}

test('202: a right password gives a ticket, the methods, and neither a token nor a session (AUTH-8)', async () => {
  const { auth, database } = world;
  const person = await newPersonWithTotp(auth);
  await addPasskey(auth, { token: person.token, authenticator: createSoftAuthenticator({ origin: siteOrigin }) });
  await takeEventNames(database);

  const answer = await auth.login(person.email);

  assert.equal(answer.status, 202);
  const body = z.looseObject({}).parse(answer.body);
  assert.deepEqual(Object.keys(body).toSorted(), ['expiresIn', 'methods', 'passkey', 'ticket']);
  assert.equal(body.expiresIn, 300);
  assert.deepEqual(body.methods, ['passkey', 'totp', 'recovery-code']);
  assert.equal(await sessionsOf(person.userId), 1, 'the one of the first sign-in');
  const audits = (await outboxEvents(database)).map((event) => auditEventDataSchema.parse(event.data));
  assert.deepEqual(
    audits.map(({ action, success, input, sessionId }) => [action, success, input.secondFactor, sessionId]),
    [['auth.login', true, 'required', null]],
  );
});

test('401: a wrong password is answered as where there is no second factor (AUTH-6)', async () => {
  const person = await newPersonWithTotp(world.auth);

  assert.equal(codeOf(await world.auth.login(person.email, `${goodPassword}x`)), 'auth.invalid-credentials');
});

test('200: both proofs open one session, which says so and is on record (AUTH-8, AUTH-14)', async () => {
  const { auth, database } = world;
  const person = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, person.email);
  await takeEventNames(database);

  const answer = await passSecondFactor(auth, ticket, rightProof(person));

  const grant = grantOf(answer);
  assert.ok(grant.deviceToken, 'the browser is known from now on');
  const { rows } = await database.ownerPool.query('SELECT methods FROM sessions WHERE id = $1', [grant.sessionId]);
  assert.deepEqual(rows, [{ methods: ['password', 'totp'] }]);
  const [audit] = (await outboxEvents(database)).map((event) => auditEventDataSchema.parse(event.data));
  assert.deepEqual(
    [audit?.action, audit?.success, audit?.actor.id, audit?.sessionId, audit?.input],
    ['auth.login-second-factor', true, person.userId, grant.sessionId, { method: 'totp' }],
  );
  assert.equal((await auth.refresh(grant.refreshToken)).status, 200);
});

test('attack: the second factor is skipped: a ticket opens no door by itself (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithTotp(auth);
  await addPasskey(auth, { token: person.token, authenticator: createSoftAuthenticator({ origin: siteOrigin }) });
  const { ticket, passkey } = await passPassword(auth, person.email);

  for (const secret of [ticket, passkey?.ticket ?? '']) {
    assert.equal((await auth.refresh(secret)).status, 401);
    assert.equal((await auth.call('GET', '/v1/account', { token: secret })).status, 401);
    assert.equal((await auth.call('POST', '/v1/login/second-factor', { body: { ticket: secret } })).status, 400);
    assert.equal((await passSecondFactor(auth, secret, { method: 'password', password: goodPassword })).status, 400);
    assert.equal((await passSecondFactor(auth, secret, { method: 'totp', oneTimeCode: '000000' })).status, 401);
    const body = { email: person.email, password: goodPassword, deviceToken: secret };
    assert.equal((await auth.call('POST', '/v1/login', { body })).status, 202);
  }
  assert.equal(await sessionsOf(person.userId), 1);
});

test('attack: a known browser is asked for its second factor as well (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithTotp(auth);
  const { deviceToken } = person.grant;

  const answer = await auth.call('POST', '/v1/login', {
    body: { email: person.email, password: goodPassword, deviceToken },
  });

  assert.equal(answer.status, 202);
});

test('attack: a ticket is used twice, with proofs that are right both times (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, person.email);
  const [recoveryCode] = person.totp.recoveryCodes;

  assert.equal((await passSecondFactor(auth, ticket, rightProof(person))).status, 200);
  assert.equal((await passSecondFactor(auth, ticket, { method: 'recovery-code', recoveryCode })).status, 401);
});

test('attack: five right proofs for one ticket at once: exactly one session (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, person.email);

  const answers = await Promise.all(
    person.totp.recoveryCodes
      .slice(0, 5)
      .map((recoveryCode) => passSecondFactor(auth, ticket, { method: 'recovery-code', recoveryCode })),
  );

  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(await sessionsOf(person.userId), 2);
});

test('attack: a ticket after five minutes (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, person.email);
  auth.clock.advance(5 * 60_000);

  const answer = await passSecondFactor(auth, ticket, rightProof(person));

  assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.second-factor-invalid']);
});

test('attack: a ticket that nobody gave out is as wrong as a code (AUTH-6)', async () => {
  const answer = await passSecondFactor(world.auth, 'A'.repeat(43), { method: 'totp', oneTimeCode: '123456' });

  assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.second-factor-invalid']);
});

test('attack: a ticket of a passkey in the place of that of the password (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithPasskey(auth);
  const { passkey } = await passPassword(auth, person.email);
  assert.ok(passkey);
  const response = person.authenticator.authenticate(passkey.options);

  const answer = await passSecondFactor(auth, passkey.ticket, { method: 'passkey', ticket: passkey.ticket, response });

  assert.equal(answer.status, 401);
});

test('attack: suspended, deleted, or with another password between the two halves (AUTH-11)', async () => {
  const { auth, database } = world;
  for (const change of [
    "status = 'suspended'",
    "status = 'deleted', email = NULL, email_index = NULL, name = NULL, password_hash = NULL",
    'password_hash = left(password_hash, 7) || reverse(substr(password_hash, 8))',
    'password_hash = NULL',
  ]) {
    const person = await newPersonWithTotp(auth);
    const { ticket } = await passPassword(auth, person.email);
    await database.ownerPool.query(`UPDATE users SET ${change} WHERE id = $1`, [person.userId]);

    const answer = await passSecondFactor(auth, ticket, rightProof(person));

    assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.second-factor-invalid'], change);
    assert.equal(await sessionsOf(person.userId), 1, change);
  }
});

test("attack: another person's ticket with one's own right code (AUTH-8)", async () => {
  const { auth } = world;
  const victim = await newPersonWithTotp(auth);
  const thief = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, victim.email);

  assert.equal((await passSecondFactor(auth, ticket, rightProof(thief))).status, 401);
});

test('403: any caller but the gateway, at every door of a sign-in', async () => {
  for (const path of ['/v1/login/second-factor', '/v1/login/passkey', '/v1/login/passkey/options']) {
    assert.equal((await world.auth.call('POST', path, { caller: 'task', body: {} })).status, 403, path);
  }
});
