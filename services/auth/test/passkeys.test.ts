import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { auditEventDataSchema, passkeySchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../src/testing/harness.ts';
import {
  addPasskey,
  ceremony,
  claimsOf,
  factorsOf,
  newPerson,
  newPersonWithPasskey,
  passPassword,
  passSecondFactor,
  siteOrigin,
  stepUp,
} from '../src/testing/secondFactors.ts';
import { createSoftAuthenticator, type Deviations } from '../src/testing/softAuthenticator.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

const loginOptions = () => ceremony(world.auth, '/v1/login/passkey/options');
const login = (ticket: string, response: unknown) =>
  world.auth.call('POST', '/v1/login/passkey', { body: { ticket, response } });

type Person = Awaited<ReturnType<typeof newPersonWithPasskey>>;

/** Signs in with the passkey alone, in whatever way. */
async function loginWith({ authenticator }: Pick<Person, 'authenticator'>, deviations?: Deviations) {
  const { ticket, options } = await loginOptions();
  return login(ticket, authenticator.authenticate(options, deviations));
}

/** What nobody but a dishonest browser, authenticator or site does. */
const forgeries: readonly (readonly [string, Deviations])[] = [
  ['of another site', { origin: 'https://evil.example' }],
  ['of another port', { origin: 'http://localhost:8081' }],
  ['of a sub-domain', { origin: 'http://login.localhost:8080' }],
  ['of the site without its port', { origin: 'http://localhost' }],
  ['of the site with a slash', { origin: 'http://localhost:8080/' }],
  ["for another relying party's id", { rpId: 'evil.example' }],
  ['for another challenge', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
  ['for an empty challenge', { challenge: '' }],
  ['of the other ceremony', { type: 'payment.get' }],
  ["from within another site's frame", { crossOrigin: true }],
  ['without user verification', { isUserVerified: false }],
  ['without anybody present', { isUserPresent: false }],
];

test('201: a passkey is asked for that its owner unlocks and that finds itself, and the person is told of it', async () => {
  const { auth } = world;
  const person = await newPerson(auth);
  const authenticator = createSoftAuthenticator({ origin: siteOrigin });

  const { options } = await ceremony(auth, '/v1/factors/passkey-options', person.token);
  const added = await addPasskey(auth, { token: person.token, authenticator });

  const asked = z
    .looseObject({ rp: z.unknown(), user: z.unknown(), attestation: z.unknown(), excludeCredentials: z.unknown() })
    .parse(options);
  assert.deepEqual(asked.rp, { name: 'todo-chatbot', id: 'localhost' });
  assert.deepEqual(asked.user, {
    id: Buffer.from(person.userId).toString('base64url'),
    name: person.email,
    displayName: 'Ada Example',
  });
  assert.equal(asked.attestation, 'none');
  assert.deepEqual(asked.excludeCredentials, []);
  assert.deepEqual(z.looseObject({}).parse(asked.authenticatorSelection), {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  });
  assert.equal(added.status, 201);
  const passkey = passkeySchema.parse(added.body);
  assert.deepEqual([passkey.id, passkey.name, passkey.lastUsedAt], [authenticator.id, 'Laptop', null]);
  assert.deepEqual((await factorsOf(auth, person.token)).passkeys, [passkey]);
  const again = await ceremony(auth, '/v1/factors/passkey-options', person.token);
  assert.deepEqual(again.options.excludeCredentials, [
    { id: authenticator.id, transports: ['internal'], type: 'public-key' },
  ]);
});

test('200: a passkey signs in alone, and the sign-in and its last use are on record (AUTH-8, AUTH-14)', async () => {
  const { auth, database } = world;
  const person = await newPersonWithPasskey(auth);
  await takeEventNames(database);

  const grant = grantOf(await loginWith(person));

  assert.equal(grant.account.id, person.userId);
  const { rows } = await database.ownerPool.query('SELECT methods FROM sessions WHERE id = $1', [grant.sessionId]);
  assert.deepEqual(rows, [{ methods: ['passkey'] }]);
  assert.notEqual((await factorsOf(auth, person.token)).passkeys[0]?.lastUsedAt, null);
  const [audit] = (await outboxEvents(database)).map((event) => auditEventDataSchema.parse(event.data));
  assert.deepEqual(
    [audit?.action, audit?.success, audit?.actor.id, audit?.sessionId],
    ['auth.login-passkey', true, person.userId, grant.sessionId],
  );
});

test('attack: user enumeration by the options of a passkey sign-in: they name nobody (AUTH-6)', async () => {
  const [first, second] = [await loginOptions(), await loginOptions()];

  assert.equal('allowCredentials' in first.options, false);
  assert.notEqual(first.options.challenge, second.options.challenge);
  assert.deepEqual({ ...first.options, challenge: '' }, { ...second.options, challenge: '' });
});

for (const [name, deviations] of forgeries) {
  test(`attack: passkey assertion ${name} (AUTH-8)`, async () => {
    const person = await newPersonWithPasskey(world.auth);

    const answer = await loginWith(person, deviations);

    assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.second-factor-invalid']);
    assert.equal((await loginWith(person)).status, 200, 'and nothing else was wrong with it');
  });

  test(`attack: passkey registration ${name} (AUTH-8)`, async () => {
    const { token } = await newPerson(world.auth);
    const authenticator = createSoftAuthenticator({ origin: siteOrigin });

    const answer = await addPasskey(world.auth, { token, authenticator, deviations });

    assert.deepEqual([answer.status, codeOf(answer)], [400, 'auth.passkey-rejected']);
    assert.deepEqual((await factorsOf(world.auth, token)).passkeys, []);
    assert.equal((await addPasskey(world.auth, { token, authenticator })).status, 201);
  });
}

test('attack: a single bit of the signature is flipped (AUTH-8)', async () => {
  const person = await newPersonWithPasskey(world.auth);

  // Within its two numbers; of the structure around them there is more than one way to write the same.
  for (const flippedBit of [40, 77, 133, 200, 270, 330, 410, 500]) {
    assert.equal((await loginWith(person, { flippedBit })).status, 401, `bit ${flippedBit}`);
  }
  assert.equal((await loginWith(person)).status, 200);
});

test('attack: a passkey that names another person, or nobody, in a sign-in without a name (AUTH-8)', async () => {
  const person = await newPersonWithPasskey(world.auth);
  const victim = await newPerson(world.auth);

  const asVictim = Buffer.from(victim.userId).toString('base64url');
  assert.equal((await loginWith(person, { userHandle: asVictim })).status, 401);
  assert.equal((await loginWith(person, { userHandle: null })).status, 401);
});

test('attack: an authenticator that was never registered (AUTH-8)', async () => {
  const stranger = createSoftAuthenticator({ origin: siteOrigin });

  assert.equal((await loginWith({ authenticator: stranger })).status, 401);
});

test('attack: an assertion is replayed, with its own ticket and with a fresh one (AUTH-8)', async () => {
  const { authenticator } = await newPersonWithPasskey(world.auth);
  const { ticket, options } = await loginOptions();
  const response = authenticator.authenticate(options);

  assert.equal((await login(ticket, response)).status, 200);
  assert.equal((await login(ticket, response)).status, 401);
  assert.equal((await login((await loginOptions()).ticket, response)).status, 401);
});

test('attack: ten replays of one assertion at once: exactly one session (AUTH-8)', async () => {
  // A counter that stays zero would not stop them.
  const { authenticator } = await newPersonWithPasskey(world.auth, false);
  const { ticket, options } = await loginOptions();
  const response = authenticator.authenticate(options);

  const answers = await Promise.all(Array.from({ length: 10 }, () => login(ticket, response)));

  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('attack: a failed answer uses its ticket up, so that a challenge is never tried twice (AUTH-8)', async () => {
  const { authenticator } = await newPersonWithPasskey(world.auth);
  const { ticket, options } = await loginOptions();

  assert.equal((await login(ticket, authenticator.authenticate(options, { flippedBit: 77 }))).status, 401);
  assert.equal((await login(ticket, authenticator.authenticate(options))).status, 401);
});

test('attack: a ticket that is older than five minutes (AUTH-8)', async () => {
  const { auth } = world;
  const { authenticator } = await newPersonWithPasskey(auth);
  const { ticket, options } = await loginOptions();
  auth.clock.advance(5 * 60_000);

  assert.equal((await login(ticket, authenticator.authenticate(options))).status, 401);
});

test('attack: a counter that goes back or stands still is a cloned passkey: refused, with an alarm (AUTH-8)', async () => {
  const { auth, database } = world;
  const person = await newPersonWithPasskey(auth);
  assert.equal((await loginWith(person, { signCount: 100 })).status, 200);
  await takeEventNames(database);

  for (const signCount of [99, 100, 0]) assert.equal((await loginWith(person, { signCount })).status, 401);

  const alarms = (await outboxEvents(database))
    .map((event) => auditEventDataSchema.parse(event.data))
    .filter(({ action }) => action === 'auth.refuse-passkey');
  assert.equal(alarms.length, 3);
  assert.deepEqual(
    [alarms[0]?.category, alarms[0]?.reason, alarms[0]?.object],
    ['security', 'passkey-cloned', { type: 'user', id: person.userId }],
  );
  assert.equal((await loginWith(person, { signCount: 101 })).status, 200);
});

test('attack: false alarms: a counter that goes back is believed only with a right signature (AUTH-8)', async () => {
  const { auth, database } = world;
  const person = await newPersonWithPasskey(auth);
  assert.equal((await loginWith(person, { signCount: 100 })).status, 200);
  await takeEventNames(database);

  assert.equal((await loginWith(person, { signCount: 1, flippedBit: 77 })).status, 401);

  assert.deepEqual(await takeEventNames(database), ['auth.login-passkey: auth.second-factor-invalid']);
});

test('200: an authenticator that does not count signs in again and again (WebAuthn section 6.1.1)', async () => {
  const person = await newPersonWithPasskey(world.auth, false);

  for (let round = 0; round < 3; round += 1) assert.equal((await loginWith(person)).status, 200);
});

test('attack: a passkey of a suspended or deleted account (AUTH-11)', async () => {
  const { auth, database } = world;
  const person = await newPersonWithPasskey(auth);
  const setStatus = (change: string) =>
    database.ownerPool.query(`UPDATE users SET ${change} WHERE id = $1`, [person.userId]);

  await setStatus("status = 'suspended'");
  assert.equal((await loginWith(person)).status, 401);
  await setStatus("status = 'active'");
  assert.equal((await loginWith(person)).status, 200);
  await setStatus("status = 'deleted', email = NULL, email_index = NULL, name = NULL, password_hash = NULL");
  assert.equal((await loginWith(person)).status, 401);
});

test('attack: a registration is replayed, in the same session and in another one (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPerson(auth);
  const thief = await newPerson(auth);
  const second = grantOf(await auth.login(person.email));
  const started = await ceremony(auth, '/v1/factors/passkey-options', person.token);
  const authenticator = createSoftAuthenticator({ origin: siteOrigin });
  const body = { ticket: started.ticket, name: 'Laptop', response: authenticator.register(started.options) };
  const send = (token: string) => auth.call('POST', '/v1/factors/passkeys', { token, body });

  assert.equal((await send(thief.token)).status, 400, "another person's ticket");
  assert.equal((await send(second.accessToken)).status, 400, "another session's ticket");
  assert.equal((await send(person.token)).status, 201, 'neither of which used it up');
  assert.equal((await send(person.token)).status, 400);
  assert.equal((await factorsOf(auth, thief.token)).passkeys.length, 0);
});

test("attack: somebody registers another person's credential as their own (AUTH-8)", async () => {
  const { auth } = world;
  const victim = await newPersonWithPasskey(auth);
  const thief = await newPerson(auth);

  const stolen = await addPasskey(auth, { token: thief.token, authenticator: victim.authenticator });

  assert.deepEqual([stolen.status, codeOf(stolen)], [409, 'auth.factor-exists']);
});

test('201: an attestation that the key signs itself, which browsers leave in, is no reason to refuse', async () => {
  const { auth } = world;
  const { token } = await newPerson(auth);
  const authenticator = createSoftAuthenticator({ origin: siteOrigin });

  const added = await addPasskey(auth, { token, authenticator, deviations: { isSelfAttested: true } });

  assert.equal(added.status, 201);
  assert.equal((await loginWith({ authenticator })).status, 200);
});

test('409: an eleventh passkey, also when it comes at the same moment as the tenth', async () => {
  const { auth, database } = world;
  const person = await newPersonWithPasskey(auth);
  await database.ownerPool.query(
    `INSERT INTO passkeys (id, user_id, public_key, sign_count, transports, name, is_backed_up, created_at)
     SELECT $1 || n, $1, '\\x00', 0, '{}', 'Old', false, now() FROM generate_series(1, 8) AS n`,
    [person.userId],
  );

  const { token } = person;
  const started = [];
  for (let round = 0; round < 3; round += 1) {
    started.push(await ceremony(auth, '/v1/factors/passkey-options', token));
  }

  const answers = await Promise.all(
    started.map(({ ticket, options }) => {
      const response = createSoftAuthenticator({ origin: siteOrigin }).register(options);
      return auth.call('POST', '/v1/factors/passkeys', { token, body: { ticket, name: 'Laptop', response } });
    }),
  );

  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409]);
  const start = await auth.call('POST', '/v1/factors/passkey-options', { token });
  assert.deepEqual([start.status, codeOf(start)], [409, 'auth.factor-limit']);
});

test('204: a passkey that was removed signs nobody in; 404: one that is not there, or is not theirs', async () => {
  const { auth } = world;
  const person = await newPersonWithPasskey(auth);
  const thief = await newPerson(auth);
  const path = `/v1/factors/passkeys/passkey_${person.authenticator.id}`;

  const foreign = await auth.call('DELETE', path, { token: thief.token });
  assert.deepEqual([foreign.status, codeOf(foreign)], [404, 'auth.factor-not-found']);
  assert.equal((await loginWith(person)).status, 200);
  assert.equal((await auth.call('DELETE', path, { token: person.token })).status, 204);
  assert.equal((await auth.call('DELETE', path, { token: person.token })).status, 404);
  assert.equal((await loginWith(person)).status, 401);
  assert.equal((await auth.login(person.email)).status, 200, 'the password alone signs in again');
});

test('200: a passkey as the second factor after the password', async () => {
  const { auth } = world;
  const person = await newPersonWithPasskey(auth);

  const { ticket, methods, passkey } = await passPassword(auth, person.email);

  assert.deepEqual(methods, ['passkey']);
  assert.ok(passkey);
  assert.deepEqual(passkey.options.allowCredentials, [
    { id: person.authenticator.id, transports: ['internal'], type: 'public-key' },
  ]);
  const response = person.authenticator.authenticate(passkey.options, { userHandle: null });
  const answer = await passSecondFactor(auth, ticket, { method: 'passkey', ticket: passkey.ticket, response });
  assert.equal(claimsOf(tokenGrantSchema.parse(answer.body).accessToken).roles.join(), 'user');
});

test("attack: the thief of a password answers with the thief's own passkey (AUTH-8)", async () => {
  const { auth } = world;
  const victim = await newPersonWithPasskey(auth);
  const thief = await newPersonWithPasskey(auth);
  const due = await passPassword(auth, victim.email);
  const own = await passPassword(auth, thief.email);
  assert.ok(due.passkey && own.passkey);

  // With the victim's ceremony, with their own, and claiming to be the victim.
  for (const [chosen, deviations] of [
    [due.passkey, {}],
    [own.passkey, {}],
    [due.passkey, { userHandle: Buffer.from(victim.userId).toString('base64url') }],
  ] as const) {
    const response = thief.authenticator.authenticate(chosen.options, deviations);
    const answer = await passSecondFactor(auth, due.ticket, { method: 'passkey', ticket: chosen.ticket, response });
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.second-factor-invalid']);
  }
});

test('attack: a ticket of one ceremony in the place of another (AUTH-8)', async () => {
  const { auth } = world;
  const person = await newPersonWithPasskey(auth);
  const { token, authenticator } = person;
  const due = async () => {
    const { passkey } = await passPassword(auth, person.email);
    assert.ok(passkey);
    return passkey;
  };
  const stepUpCeremony = async () => {
    const answer = await auth.call('POST', '/v1/step-up/options', { token });
    return z.object({ passkey: z.object({ ticket: z.string(), options: z.unknown() }) }).parse(answer.body).passkey;
  };
  const registration = () => ceremony(auth, '/v1/factors/passkey-options', token);
  /** The challenge of one ceremony, in the form of an authentication. */
  const answerTo = ({ options }: { readonly options: unknown }) =>
    authenticator.authenticate({
      rpId: 'localhost',
      challenge: z.object({ challenge: z.string() }).parse(options).challenge,
    });
  const doors = {
    login: (ticket: string, response: unknown) => login(ticket, response),
    secondFactor: async (ticket: string, response: unknown) =>
      passSecondFactor(auth, (await passPassword(auth, person.email)).ticket, { method: 'passkey', ticket, response }),
    stepUp: (ticket: string, response: unknown) => stepUp(auth, token, { method: 'passkey', ticket, response }),
  };
  const ceremonies = { login: loginOptions, secondFactor: due, stepUp: stepUpCeremony, registration };

  for (const [made, start] of Object.entries(ceremonies)) {
    for (const [door, enter] of Object.entries(doors)) {
      const started = await start();
      const { status } = await enter(started.ticket, answerTo(started));
      assert.equal(status, made === door ? 200 : 401, `${made} at ${door}`);
    }
  }
});
