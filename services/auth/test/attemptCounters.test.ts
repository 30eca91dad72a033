import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import test, { after, before } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { createTestClock, startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createKeyedHash } from '../src/adapters/hmacKeyedHash.ts';
import { createPrismaAttemptCounters } from '../src/adapters/prismaAttemptCounters.ts';
import { lockoutPolicies } from '../src/domain/lockout.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const addressAttempts = 10;

let world: Awaited<ReturnType<typeof startCounters>>;
before(async () => {
  world = await startCounters();
});
after(() => world.close());

async function startCounters() {
  const database = await startTestDatabase({ service: 'auth' });
  const prisma = new PrismaClient({ adapter: new PrismaPg(database.pool) });
  const clock = createTestClock('2026-11-26T10:00:00.000Z');
  const keyedHash = createKeyedHash(randomBytes(32));
  const policies = lockoutPolicies({ addressAttempts });
  return {
    database,
    clock,
    counters: createPrismaAttemptCounters({ prisma, keyedHash, policies, clock }),
    async close() {
      await prisma.$disconnect();
      await database.close();
    },
  };
}

/** Takes as many attempts, one after the other, and answers how many were allowed. */
async function allowedOf(attempts: number, pool: Parameters<typeof world.counters.take>[0], key: string) {
  let allowed = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if ((await world.counters.take(pool, key)).kind === 'allowed') allowed += 1;
  }
  return allowed;
}

test('AUTH-7: the fifth failure in a row locks for 30 s, each further one for twice as long, up to an hour', async () => {
  const key = randomUUID();
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    assert.deepEqual(await world.counters.take('password-account', key), { kind: 'allowed', locksOnFailure: false });
  }

  for (const seconds of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
    assert.deepEqual(await world.counters.take('password-account', key), { kind: 'allowed', locksOnFailure: true });
    const locked = await world.counters.take('password-account', key);
    assert.deepEqual(locked, { kind: 'locked', retryAfterSeconds: seconds });
    world.clock.advance(seconds * 1000);
  }
});

test('attack: fifty attempts at once race the counter: exactly five are allowed (AUTH-7)', async () => {
  const key = randomUUID();

  const taken = await Promise.all(Array.from({ length: 50 }, () => world.counters.take('password-account', key)));

  assert.equal(taken.filter(({ kind }) => kind === 'allowed').length, 5);
  assert.equal(taken.filter((attempt) => attempt.kind === 'allowed' && attempt.locksOnFailure).length, 1);
});

test('attack: fifty attempts at once just after a lock: exactly one is allowed (AUTH-7)', async () => {
  const key = randomUUID();
  await allowedOf(5, 'password-account', key);
  world.clock.advance(30_000);

  const taken = await Promise.all(Array.from({ length: 50 }, () => world.counters.take('password-account', key)));

  assert.equal(taken.filter(({ kind }) => kind === 'allowed').length, 1);
});

test('attack: trying on while the pool is locked neither prolongs the lock nor counts (AUTH-7)', async () => {
  const key = randomUUID();
  await allowedOf(5, 'password-account', key);
  assert.equal(await allowedOf(20, 'password-account', key), 0);

  world.clock.advance(30_000);

  assert.equal(await allowedOf(1, 'password-account', key), 1);
});

test('AUTH-7: success starts the count anew, also that of the attempt that locked', async () => {
  const key = randomUUID();
  assert.equal(await allowedOf(5, 'password-account', key), 5);

  await world.counters.clear('password-account', key);

  assert.equal(await allowedOf(6, 'password-account', key), 5);
});

test('AUTH-7: pools and keys are apart', async () => {
  const [key, other] = [randomUUID(), randomUUID()];
  assert.equal(await allowedOf(6, 'password-account', key), 5);

  assert.equal(await allowedOf(6, 'second-factor-account', key), 5);
  assert.equal(await allowedOf(6, 'password-account', other), 5);
});

test('AUTH-7: failures are forgotten after a day without one, not before', async () => {
  const key = randomUUID();
  await allowedOf(4, 'password-account', key);
  world.clock.advance(dayMs - 60_000);
  await allowedOf(1, 'password-account', key);
  assert.equal(await allowedOf(1, 'password-account', key), 0, 'the fifth within the day locked');

  world.clock.advance(dayMs);

  assert.equal(await allowedOf(6, 'password-account', key), 5);
});

test('attack: an account of their own does not clear the count of an address (AUTH-7)', async () => {
  const key = randomUUID();
  for (let round = 0; round < addressAttempts - 1; round += 1) {
    await world.counters.take('password-address', key);
    await world.counters.take('password-address', key);
    await world.counters.giveBack('password-address', key);
  }

  assert.equal(await allowedOf(10, 'password-address', key), 1);
});

test('an attempt that is given back unlocks what it had locked', async () => {
  const key = randomUUID();
  await allowedOf(addressAttempts, 'password-address', key);
  assert.equal(await allowedOf(1, 'password-address', key), 0);

  await world.counters.giveBack('password-address', key);

  assert.equal(await allowedOf(2, 'password-address', key), 1);
});

test('nothing can be saved up: giving back what was never taken gives nothing', async () => {
  const key = randomUUID();
  await world.counters.take('password-account', key);
  for (let round = 0; round < 5; round += 1) await world.counters.giveBack('password-account', key);

  assert.equal(await allowedOf(6, 'password-account', key), 5);
});

test('AUTH-7: an address that many share is forgiven its mistakes little by little, so that they never add up to a lock', async () => {
  const key = randomUUID();
  for (let round = 0; round < 5 * addressAttempts; round += 1) {
    assert.equal(await allowedOf(1, 'password-address', key), 1);
    world.clock.advance(hourMs / addressAttempts);
  }
});

test('attack: an address that guesses on at full speed is left with its hourly share (AUTH-7)', async () => {
  const key = randomUUID();
  await allowedOf(addressAttempts, 'password-address', key);
  let allowed = 0;
  for (let minute = 0; minute < 60; minute += 1) {
    world.clock.advance(60_000);
    allowed += await allowedOf(1, 'password-address', key);
  }

  assert.ok(allowed <= addressAttempts + 5, `${allowed} attempts were allowed in an hour`);
});

test('keys are stored as keyed hashes (PRIV-6)', async () => {
  const key = `person-${randomUUID()}@example.com`;
  await world.counters.take('password-account', key);
  const { rows } = await world.database.ownerPool.query(
    'SELECT 1 FROM attempt_counters AS r WHERE strpos(r::text, $1) > 0',
    [Buffer.from(key).toString('hex')],
  );
  assert.equal(rows.length, 0);
});
