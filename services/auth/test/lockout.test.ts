import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { hash } from '@node-rs/bcrypt';
import { auditEventDataSchema } from '@todo-chatbot/contracts';
import { codeOf, createTestClock } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import {
  emailIndexOf,
  goodPassword,
  grantOf,
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
  uniqueEmail,
} from '../src/testing/harness.ts';
import { assertSameTime } from '../src/testing/sameTime.ts';

const wrongPassword = 'Wrong-Password-1';
/** Few enough to be reached in a test; more than the attempts of one account. */
const addressAttempts = 12;
const firstLockMs = 30_000;

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  // The clock stands still: no lock ends by itself while a slow machine is at its attempts.
  const clock = createTestClock(new Date().toISOString());
  world = await startAuthOnNewDatabase({ LOCKOUT_ADDRESS_ATTEMPTS: String(addressAttempts) }, clock);
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

let networks = 0;
/** A network that no other test uses. */
function uniqueAddress(): string {
  networks += 1;
  return `10.${networks >> 8}.${networks & 255}.0`;
}

function signIn(attempt: {
  readonly email: string;
  readonly password?: string;
  readonly address?: string;
  readonly deviceToken?: string | undefined;
}) {
  const { address = uniqueAddress(), email, password = goodPassword, deviceToken } = attempt;
  return world.auth.call('POST', '/v1/login', { address, body: { email, password, deviceToken } });
}

async function newPerson(): Promise<string> {
  const email = uniqueEmail();
  assert.equal((await world.auth.register({ email })).status, 201);
  return email;
}

/** Fails from a new network each time, so that only the account's own pool is used up. */
async function lockAccount(email: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) await signIn({ email, password: wrongPassword });
}

/** What an attacker can see of an answer, and no two answers share by chance. */
async function visible(answer: Promise<{ status: number; headers: Headers; body: unknown }>) {
  const { status, headers, body } = await answer;
  return {
    status,
    headers: [...headers].filter(([name]) => name !== 'date' && name !== 'etag'),
    body: { ...z.looseObject({}).parse(body), traceId: undefined, instance: undefined },
  };
}

/** Spies on how many passwords were really compared: what failed for its password, not for the lock. */
async function failureReasons(): Promise<(string | null)[]> {
  const audits = (await outboxEvents(world.database)).map(({ data }) => auditEventDataSchema.safeParse(data).data);
  return audits
    .filter((audit) => audit?.action === 'auth.login' && !audit.success)
    .map((audit) => audit?.reason ?? null);
}

test('attack: many passwords on one account from many addresses: the right one is refused too once it is locked (AUTH-7)', async () => {
  const email = await newPerson();
  await lockAccount(email);

  const answer = await signIn({ email });

  assert.equal(answer.status, 401);
  assert.equal(codeOf(answer), 'auth.invalid-credentials');
});

test('AUTH-7: a lock ends by itself after 30 s, and a success starts the count anew', async () => {
  const email = await newPerson();
  await lockAccount(email);
  world.auth.clock.advance(firstLockMs);

  assert.equal((await signIn({ email })).status, 200);

  for (let attempt = 0; attempt < 4; attempt += 1) await signIn({ email, password: wrongPassword });
  assert.equal((await signIn({ email })).status, 200, 'four failures in a row do not lock');
});

test('attack: fifty guesses at once race the counter: at most five are checked (AUTH-7)', async () => {
  const email = await newPerson();
  await takeEventNames(world.database);
  const statuses: number[] = [];
  // In waves that the queue of bcrypt can take, so that no guess is refused for being one too many there.
  for (let wave = 0; wave < 4; wave += 1) {
    const guesses = Array.from({ length: wave === 3 ? 5 : 15 }, () => signIn({ email, password: wrongPassword }));
    statuses.push(...(await Promise.all(guesses)).map(({ status }) => status));
  }

  assert.deepEqual(new Set(statuses), new Set([401]));
  const reasons = await failureReasons();
  assert.equal(reasons.length, 50);
  assert.equal(reasons.filter((reason) => reason === 'auth.invalid-credentials').length, 5);
  assert.equal(reasons.filter((reason) => reason === 'locked').length, 45);
});

test('attack: credential stuffing from one address is refused with 429 before any password is checked (AUTH-7)', async () => {
  const address = uniqueAddress();
  const stuffed = (count: number) =>
    Array.from({ length: count }, () => signIn({ email: uniqueEmail(), password: wrongPassword, address }));
  const first = await Promise.all(stuffed(addressAttempts));
  assert.deepEqual(new Set(first.map(({ status }) => status)), new Set([401]));

  // More at once than the queue of bcrypt takes: were a single password checked, there would be a 503 among the answers.
  for (const answer of await Promise.all(stuffed(40))) {
    assert.equal(codeOf(answer), 'request.rate-limited');
    assert.equal(answer.headers.get('retry-after'), '30');
  }
  assert.equal((await signIn({ email: await newPerson() })).status, 200, 'other addresses are not concerned');
});

test('attack: signing in to an account of their own does not free a stuffing address (AUTH-7)', async () => {
  const address = uniqueAddress();
  const own = await newPerson();
  let checked = 0;
  for (let attempt = 0; attempt < 2 * addressAttempts; attempt += 1) {
    const answer = await signIn({ email: uniqueEmail(), password: wrongPassword, address });
    if (answer.status === 401) checked += 1;
    await signIn({ email: own, address });
  }

  assert.equal(checked, addressAttempts);
});

test('attack: lock-out as denial of service: the session that the owner has goes on (AUTH-7)', async () => {
  const email = await newPerson();
  const grant = grantOf(await signIn({ email }));

  await lockAccount(email);

  assert.equal((await world.auth.call('GET', '/v1/account', { token: grant.accessToken })).status, 200);
  assert.equal((await world.auth.refresh(grant.refreshToken)).status, 200);
});

test('attack: lock-out as denial of service: the owner signs in from a known device, even in a network that is locked (AUTH-7)', async () => {
  const email = await newPerson();
  const address = uniqueAddress();
  const { deviceToken } = grantOf(await signIn({ email, address }));
  await lockAccount(email);
  for (let attempt = 0; attempt < addressAttempts; attempt += 1) {
    await signIn({ email: uniqueEmail(), password: wrongPassword, address });
  }
  assert.equal((await signIn({ email, address })).status, 429);

  const answer = await signIn({ email, address, deviceToken });

  assert.equal(answer.status, 200);
  assert.equal(grantOf(answer).deviceToken, deviceToken);
  assert.equal((await signIn({ email })).status, 401, 'for strangers the account is locked as before');
});

test("attack: a thief's device token of another account does not open a locked one (AUTH-7)", async () => {
  const email = await newPerson();
  const { deviceToken } = grantOf(await signIn({ email: await newPerson() }));
  await lockAccount(email);

  assert.equal((await signIn({ email, deviceToken })).status, 401);
  assert.equal((await signIn({ email, deviceToken: 'A'.repeat(43) })).status, 401);
});

test('attack: a stolen device token gives five guesses, not more, and locks nobody but itself (AUTH-7)', async () => {
  const email = await newPerson();
  const { deviceToken } = grantOf(await signIn({ email }));
  for (let attempt = 0; attempt < 5; attempt += 1) await signIn({ email, password: wrongPassword, deviceToken });

  assert.equal((await signIn({ email, deviceToken })).status, 401);
  assert.equal((await signIn({ email })).status, 200);
});

test('attack: user enumeration by lock-out: unknown people are locked as well, and nothing tells them apart (AUTH-6)', async () => {
  const known = await newPerson();
  const unknown = uniqueEmail();
  const wrong = await visible(signIn({ email: await newPerson(), password: wrongPassword }));
  await lockAccount(known);
  await lockAccount(unknown);

  assert.deepEqual(await visible(signIn({ email: known, password: wrongPassword })), wrong);
  assert.deepEqual(await visible(signIn({ email: known })), wrong);
  assert.deepEqual(await visible(signIn({ email: unknown })), wrong);
  const { rows } = await world.database.ownerPool.query(
    "SELECT failures, locked_until IS NOT NULL AS locked FROM attempt_counters WHERE pool = 'password-account' AND failures = 5 ORDER BY last_attempt_at DESC LIMIT 2",
  );
  assert.deepEqual(rows, [
    { failures: 5, locked: true },
    { failures: 5, locked: true },
  ]);
});

test('attack: user enumeration by a suspended account, or one without a password: both are a wrong password (AUTH-6)', async () => {
  const [suspended, withoutPassword] = [await newPerson(), await newPerson()];
  const wrong = await visible(signIn({ email: await newPerson(), password: wrongPassword }));
  await world.database.ownerPool.query("UPDATE users SET status = 'suspended' WHERE email_index = $1", [
    emailIndexOf(suspended),
  ]);
  await world.database.ownerPool.query('UPDATE users SET password_hash = NULL WHERE email_index = $1', [
    emailIndexOf(withoutPassword),
  ]);
  await takeEventNames(world.database);

  assert.deepEqual(await visible(signIn({ email: suspended })), wrong);
  assert.deepEqual(await visible(signIn({ email: withoutPassword })), wrong);
  assert.deepEqual(await failureReasons(), ['suspended', 'auth.invalid-credentials'], 'the log knows');
});

test('attack: user enumeration by time: unknown, wrong, locked, suspended and an old hash take the same time (AUTH-6)', async () => {
  const [wrong, locked, suspended, old] = [await newPerson(), await newPerson(), await newPerson(), await newPerson()];
  await world.database.ownerPool.query("UPDATE users SET status = 'suspended' WHERE email_index = $1", [
    emailIndexOf(suspended),
  ]);
  // From before the cost was raised by one: half of today's work.
  await world.database.ownerPool.query('UPDATE users SET password_hash = $2 WHERE email_index = $1', [
    old,
    await hash(goodPassword, { cost: 11 }),
  ]);
  await lockAccount(locked);
  const attempt = (email: string, password: string) => async () => {
    assert.equal((await signIn({ email, password })).status, 401);
  };

  await assertSameTime(
    {
      wrong: attempt(wrong, wrongPassword),
      unknown: async () => await attempt(uniqueEmail(), wrongPassword)(),
      locked: attempt(locked, goodPassword),
      suspended: attempt(suspended, goodPassword),
      'old hash': attempt(old, wrongPassword),
    },
    // Nothing but the locked account shall be locked, and that one for the whole test.
    () => world.database.ownerPool.query('DELETE FROM attempt_counters WHERE failures < 5'),
  );
});

test('attack: a flood that fills the queue locks nobody out, because what was not checked is not counted (AUTH-7)', async () => {
  const email = await newPerson();
  const flood = Array.from({ length: 40 }, () => signIn({ email: uniqueEmail(), password: wrongPassword }));
  const victims = await Promise.all(Array.from({ length: 10 }, () => signIn({ email, password: wrongPassword })));
  await Promise.all(flood);
  const checked = victims.filter(({ status }) => status === 401).length;
  assert.ok(checked < 5, `the queue was not full: ${checked} were checked`);

  assert.equal((await signIn({ email })).status, 200);
});

test('attack: session fixation: what a browser brought along to the sign-in is not what it has afterwards (AUTH-3)', async () => {
  const victim = await newPerson();
  const attacker = grantOf(await signIn({ email: await newPerson() }));

  const answer = await signIn({ email: victim, deviceToken: attacker.deviceToken });

  const grant = grantOf(answer);
  assert.notEqual(grant.sessionId, attacker.sessionId);
  assert.notEqual(grant.refreshToken, attacker.refreshToken);
  assert.notEqual(grant.deviceToken, attacker.deviceToken, 'a planted device token does not become the victim’s');
});

test('AUTH-14: a lock raises one security event, however many attempts follow', async () => {
  const email = await newPerson();
  await takeEventNames(world.database);
  await lockAccount(email);
  await signIn({ email });

  const audits = (await outboxEvents(world.database)).map(({ data }) => auditEventDataSchema.parse(data));
  const alarms = audits.filter(({ action }) => action === 'auth.lock-out');
  assert.equal(alarms.length, 1);
  const [alarm] = alarms;
  assert.deepEqual(
    [alarm?.category, alarm?.object?.type, alarm?.reason, alarm?.input],
    ['security', 'user', 'too-many-failures', { pool: 'password-account' }],
  );
});

test('AUTH-5: two sign-ins at once find a hash of a lower cost: both get in, whichever of them replaces it', async () => {
  const email = await newPerson();
  const old = await hash(goodPassword, { cost: 10 });
  await world.database.ownerPool.query('UPDATE users SET password_hash = $2 WHERE email_index = $1', [
    emailIndexOf(email),
    old,
  ]);

  const answers = await Promise.all([signIn({ email }), signIn({ email })]);

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
});

test('AUTH-5: a hash of a lower cost is replaced at sign-in, and the password stays what it was', async () => {
  const email = await newPerson();
  const old = await hash(goodPassword, { cost: 10 });
  const hashOf = async () => {
    const { rows } = await world.database.ownerPool.query('SELECT password_hash FROM users WHERE email_index = $1', [
      emailIndexOf(email),
    ]);
    return String(rows[0]?.password_hash);
  };
  await world.database.ownerPool.query('UPDATE users SET password_hash = $2 WHERE email_index = $1', [
    emailIndexOf(email),
    old,
  ]);

  await signIn({ email, password: wrongPassword });
  assert.equal(await hashOf(), old, 'a wrong password changes nothing');
  assert.equal((await signIn({ email })).status, 200);

  const renewed = await hashOf();
  assert.match(renewed, /^\$2b\$12\$/);
  assert.equal((await signIn({ email })).status, 200);
  assert.equal(await hashOf(), renewed, 'once');
});
