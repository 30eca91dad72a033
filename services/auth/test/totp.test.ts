import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { auditEventDataSchema, recoveryCodesSchema, totpEnrolmentSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createPrismaRecoveryCodeStore } from '../src/adapters/prismaRecoveryCodeStore.ts';
import { createPrismaTotpStore } from '../src/adapters/prismaTotpStore.ts';
import { grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../src/testing/harness.ts';
import {
  enrolTotp,
  factorsOf,
  newPerson,
  newPersonWithTotp,
  passPassword,
  passSecondFactor,
  stepMs,
  totpCode,
} from '../src/testing/secondFactors.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let prisma: PrismaClient;
before(async () => {
  world = await startAuthOnNewDatabase();
  prisma = new PrismaClient({ adapter: new PrismaPg(world.database.pool) });
});
after(async () => {
  await prisma.$disconnect();
  await world.close();
});

/** Signs in with password and the given proof; answers the second half. */
async function signIn(email: string, proof: unknown) {
  const { ticket } = await passPassword(world.auth, email);
  return passSecondFactor(world.auth, ticket, proof);
}

const totpProof = (oneTimeCode: string) => ({ method: 'totp', oneTimeCode });
const recoveryProof = (recoveryCode: string) => ({ method: 'recovery-code', recoveryCode });

test('AUTH-8: a secret is a factor only after its first code, which also gives ten recovery codes', async () => {
  const { auth } = world;
  const { token, email } = await newPerson(auth);

  const enrolment = totpEnrolmentSchema.parse((await auth.call('POST', '/v1/factors/totp', { token })).body);
  assert.deepEqual(await factorsOf(auth, token), { totp: null, recoveryCodesLeft: 0, passkeys: [] });
  assert.equal((await auth.login(email)).status, 200, 'nobody is locked out by an enrolment that they gave up');
  const oneTimeCode = totpCode(enrolment.secret, auth.clock.now());
  const confirmed = await auth.call('POST', '/v1/factors/totp/confirm', { token, body: { oneTimeCode } });

  const { recoveryCodes } = recoveryCodesSchema.parse(confirmed.body);
  assert.equal(new Set(recoveryCodes).size, 10);
  const factors = await factorsOf(auth, token);
  assert.ok(factors.totp);
  assert.equal(factors.recoveryCodesLeft, 10);
  assert.equal((await auth.login(email)).status, 202);
});

test('AUTH-14: each change of a factor, and each failure, is a security event', async () => {
  const { auth, database } = world;
  const { token } = await newPerson(auth);
  await takeEventNames(database);

  await enrolTotp(auth, token);
  await auth.call('POST', '/v1/factors/totp', { token });
  await auth.call('POST', '/v1/factors/recovery-codes', { token });
  await auth.call('DELETE', '/v1/factors/totp', { token });
  await auth.call('DELETE', '/v1/factors/totp', { token });

  const audits = (await outboxEvents(database)).map((event) => auditEventDataSchema.parse(event.data));
  assert.ok(audits.every(({ category, retentionClass }) => category === 'security' && retentionClass === 'security'));
  assert.deepEqual(await takeEventNames(database), [
    'auth.enrol-totp: success',
    'auth.confirm-totp: success',
    'auth.enrol-totp: auth.factor-exists',
    'auth.renew-recovery-codes: success',
    'auth.remove-totp: success',
    'auth.remove-totp: auth.factor-not-found',
  ]);
});

test('409: a confirmed factor is not replaced; a secret that waits is, and its codes are worth nothing', async () => {
  const { auth } = world;
  const { token } = await newPerson(auth);
  const first = totpEnrolmentSchema.parse((await auth.call('POST', '/v1/factors/totp', { token })).body);
  const second = totpEnrolmentSchema.parse((await auth.call('POST', '/v1/factors/totp', { token })).body);
  const confirm = (secret: string) =>
    auth.call('POST', '/v1/factors/totp/confirm', {
      token,
      body: { oneTimeCode: totpCode(secret, auth.clock.now()) },
    });

  assert.equal(codeOf(await confirm(first.secret)), 'auth.second-factor-invalid');
  assert.equal((await confirm(second.secret)).status, 200);
  const again = await auth.call('POST', '/v1/factors/totp', { token });
  assert.deepEqual([again.status, codeOf(again)], [409, 'auth.factor-exists']);
});

test('404: nothing waits for a code, nothing waits any more after half an hour, nothing to remove or to renew', async () => {
  const { auth } = world;
  const { token, grant } = await newPerson(auth);
  const body = { oneTimeCode: '123456' };

  const nothing = await auth.call('POST', '/v1/factors/totp/confirm', { token, body });
  const removed = await auth.call('DELETE', '/v1/factors/totp', { token });
  const renewed = await auth.call('POST', '/v1/factors/recovery-codes', { token });
  const { secret } = totpEnrolmentSchema.parse((await auth.call('POST', '/v1/factors/totp', { token })).body);
  auth.clock.advance(31 * 60_000);
  const later = grantOf(await auth.refresh(grant.refreshToken));
  const late = await auth.call('POST', '/v1/factors/totp/confirm', {
    token: later.accessToken,
    body: { oneTimeCode: totpCode(secret, auth.clock.now()) },
  });

  for (const answer of [nothing, removed, renewed, late]) {
    assert.deepEqual([answer.status, codeOf(answer)], [404, 'auth.factor-not-found']);
  }
});

test('attack: a TOTP code is taken twice: refused the second time (AUTH-8)', async () => {
  const { auth } = world;
  const { email, totp } = await newPersonWithTotp(auth);
  const code = totp.code();

  assert.equal((await signIn(email, totpProof(code))).status, 200);
  const replayed = await signIn(email, totpProof(code));

  assert.deepEqual([replayed.status, codeOf(replayed)], [401, 'auth.second-factor-invalid']);
  auth.clock.advance(stepMs);
  assert.equal((await signIn(email, totpProof(totp.code()))).status, 200);
});

test('attack: the code that confirmed the factor signs nobody in (AUTH-8)', async () => {
  const { auth } = world;
  const { email, totp } = await newPersonWithTotp(auth);

  assert.equal((await signIn(email, totpProof(totp.code(-1)))).status, 401);
});

test('attack: a code of an earlier step than the last one accepted, still within the window (AUTH-8)', async () => {
  const { auth } = world;
  const { email, totp } = await newPersonWithTotp(auth);

  assert.equal((await signIn(email, totpProof(totp.code(1)))).status, 200, 'a clock that is fast');
  assert.equal((await signIn(email, totpProof(totp.code(0)))).status, 401);
  assert.equal((await signIn(email, totpProof(totp.code(-1)))).status, 401);
});

test('attack: the same code at once in four sign-ins: exactly one wins (AUTH-8)', async () => {
  const { auth } = world;
  const { email, totp } = await newPersonWithTotp(auth);
  const tickets: string[] = [];
  for (let round = 0; round < 4; round += 1) tickets.push((await passPassword(auth, email)).ticket);
  const code = totp.code();

  const answers = await Promise.all(tickets.map((ticket) => passSecondFactor(auth, ticket, totpProof(code))));

  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('attack: twenty uses of one time step, or of one recovery code, at once: the database lets exactly one through (AUTH-8)', async () => {
  const { userId } = await newPersonWithTotp(world.auth);
  // Neither statement seals or opens anything.
  const boxes = { of: () => Promise.reject(new Error('no box is needed')) };
  const totp = createPrismaTotpStore({ prisma, boxes, noticeIn: async () => undefined });
  const recoveryCodes = createPrismaRecoveryCodeStore(prisma);
  const codeHash = new Uint8Array(32).fill(7);
  const now = new Date();
  await recoveryCodes.replace({ userId, codeHashes: [codeHash], now, events: [] });
  const step = Math.floor(world.auth.clock.now().getTime() / stepMs) + 10;
  const wins = async (use: () => Promise<boolean>) =>
    (await Promise.all(Array.from({ length: 20 }, use))).filter(Boolean).length;

  assert.equal(await wins(() => totp.useStep({ userId, step })), 1);
  assert.equal(await wins(() => recoveryCodes.use({ userId, codeHash, now })), 1);
  assert.equal(await totp.useStep({ userId, step: step - 1 }), false);
});

test('attack: TOTP brute force: locked after five, at every door with every ticket, and the password is not touched (AUTH-7)', async () => {
  const { auth, database } = world;
  const { email, totp } = await newPersonWithTotp(auth);
  await takeEventNames(database);
  const wrong = totp.code(5);
  const { ticket } = await passPassword(auth, email);
  for (let round = 0; round < 5; round += 1) {
    assert.equal((await passSecondFactor(auth, ticket, totpProof(wrong))).status, 401);
  }

  const right = await signIn(email, totpProof(totp.code()));
  const recovered = await signIn(email, recoveryProof(totp.recoveryCodes[0] ?? ''));

  assert.deepEqual([right.status, codeOf(right)], [401, 'auth.second-factor-invalid'], 'locked looks like wrong');
  assert.equal(recovered.status, 401, 'one pool for all that can be guessed');
  const names = await takeEventNames(database);
  assert.equal(names.filter((name) => name === 'auth.lock-out: success').length, 1, 'one alarm for the lock');
  assert.ok(names.includes('auth.login-second-factor: locked'));
  assert.equal((await auth.login(email)).status, 202, 'the password counts apart');
  auth.clock.advance(stepMs + 1000);
  assert.equal((await signIn(email, totpProof(totp.code()))).status, 200, 'and half a minute later all is as before');
});

test('attack: whoever knows the password locks the codes of its owner, who signs in from a known browser all the same (AUTH-7)', async () => {
  const { auth } = world;
  const { email, grant, totp } = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, email);
  for (let round = 0; round < 5; round += 1) await passSecondFactor(auth, ticket, totpProof(totp.code(5)));
  assert.equal((await signIn(email, totpProof(totp.code()))).status, 401, 'locked for strangers');

  const own = await passPassword(auth, email);
  const body = { ticket: own.ticket, proof: totpProof(totp.code()), deviceToken: grant.deviceToken };
  assert.equal((await auth.call('POST', '/v1/login/second-factor', { body })).status, 200);
});

test('attack: one ticket outlives the lock for a sixth guess: it has had its five proofs (AUTH-8)', async () => {
  const { auth } = world;
  const { email, totp } = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, email);
  for (let round = 0; round < 5; round += 1) await passSecondFactor(auth, ticket, totpProof(totp.code(5)));
  auth.clock.advance(31_000);

  assert.equal((await passSecondFactor(auth, ticket, totpProof(totp.code()))).status, 401);
  assert.equal((await signIn(email, totpProof(totp.code()))).status, 200, 'the code itself was right');
});

test('attack: a recovery code is used twice, one after the other and four times at once (AUTH-8)', async () => {
  const { auth } = world;
  const { email, token, totp } = await newPersonWithTotp(auth);
  const [first = '', second = ''] = totp.recoveryCodes;

  assert.equal((await signIn(email, recoveryProof(first.toLowerCase().replace('-', ' ')))).status, 200);
  assert.equal((await signIn(email, recoveryProof(first))).status, 401);
  const tickets: string[] = [];
  for (let round = 0; round < 4; round += 1) tickets.push((await passPassword(auth, email)).ticket);
  const answers = await Promise.all(tickets.map((ticket) => passSecondFactor(auth, ticket, recoveryProof(second))));

  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal((await factorsOf(auth, token)).recoveryCodesLeft, 8);
});

test("attack: another person's recovery code and another person's TOTP code (AUTH-8)", async () => {
  const { auth } = world;
  const victim = await newPersonWithTotp(auth);
  const thief = await newPersonWithTotp(auth);

  assert.equal((await signIn(victim.email, recoveryProof(thief.totp.recoveryCodes[0] ?? ''))).status, 401);
  assert.equal((await signIn(victim.email, totpProof(thief.totp.code()))).status, 401);
});

test('attack: a recovery code from before they were renewed (AUTH-8)', async () => {
  const { auth } = world;
  const { email, token, totp } = await newPersonWithTotp(auth);

  const renewed = recoveryCodesSchema.parse((await auth.call('POST', '/v1/factors/recovery-codes', { token })).body);

  assert.equal((await signIn(email, recoveryProof(totp.recoveryCodes[0] ?? ''))).status, 401);
  assert.equal((await signIn(email, recoveryProof(renewed.recoveryCodes[0] ?? ''))).status, 200);
});

test('204: without the factor the password alone signs in again, and no recovery code is left', async () => {
  const { auth } = world;
  const { email, token } = await newPersonWithTotp(auth);

  assert.equal((await auth.call('DELETE', '/v1/factors/totp', { token })).status, 204);

  assert.deepEqual(await factorsOf(auth, token), { totp: null, recoveryCodesLeft: 0, passkeys: [] });
  assert.equal((await auth.login(email)).status, 200);
});

test('attack: the row of a TOTP secret is copied to another person: it does not open there (AUTH-8)', async () => {
  const { auth, database } = world;
  const thief = await newPersonWithTotp(auth);
  const victim = await newPersonWithTotp(auth);
  await database.ownerPool.query(
    `UPDATE totp_factors SET sealed_secret = (SELECT sealed_secret FROM totp_factors WHERE user_id = $1) WHERE user_id = $2`,
    [thief.userId, victim.userId],
  );

  assert.equal((await signIn(victim.email, totpProof(thief.totp.code()))).status, 500);
});
