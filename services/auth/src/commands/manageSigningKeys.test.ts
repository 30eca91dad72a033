import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { createSealer, prismaOptions, runInRequestContext, serviceContext } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { createPrismaAuditTrail } from '../adapters/prismaAuditTrail.ts';
import { createPrismaSigningKeyStore } from '../adapters/prismaSigningKeyStore.ts';
import { createSealedSigningKeys } from '../adapters/sealedSigningKeys.ts';
import { createManageSigningKeys } from './manageSigningKeys.ts';

const dayMs = 86_400_000;

let database: TestDatabase;
let prisma: PrismaClient;
before(async () => {
  database = await startTestDatabase({ service: 'auth' });
  prisma = new PrismaClient({ adapter: new PrismaPg(database.pool), ...prismaOptions });
});
after(async () => {
  await prisma.$disconnect();
  await database.close();
});

let now = new Date('2026-11-26T12:00:00.000Z');
const masterKey = randomBytes(32);

/** The keys as one replica handles them. */
function replica() {
  return createManageSigningKeys({
    store: createPrismaSigningKeyStore(prisma),
    maker: createSealedSigningKeys(createSealer(masterKey)),
    keyRing: { reload: async () => undefined },
    auditTrail: createPrismaAuditTrail(prisma),
    clock: { now: () => now },
  });
}

const onOwnAccount = <T>(work: () => Promise<T>) => runInRequestContext(serviceContext('auth'), work);

test('schedule: a key that has signed for its days is rotated once, however many replicas see that, and not sooner (AUTH-2)', async () => {
  await onOwnAccount(() => replica().ensure());
  const start = now.getTime();
  const rotateEverywhere = () =>
    onOwnAccount(() => Promise.all(Array.from({ length: 5 }, () => replica().rotateIfDue(30))));

  now = new Date(start + 30 * dayMs - 1);
  assert.deepEqual((await rotateEverywhere()).filter(Boolean), []);
  now = new Date(start + 30 * dayMs);
  const rotations = (await rotateEverywhere()).flatMap((rotation) => rotation ?? []);

  assert.equal(rotations.length, 1);
  const { rows } = await database.ownerPool.query('SELECT kid, state FROM signing_keys');
  const states = Object.fromEntries(rows.map(({ kid, state }) => [String(kid), String(state)]));
  const [rotation] = rotations;
  assert.deepEqual(states, {
    [rotation?.retired ?? '']: 'retired',
    [rotation?.activated ?? '']: 'active',
    [rotation?.published ?? '']: 'published',
  });
  assert.deepEqual((await rotateEverywhere()).filter(Boolean), [], 'the new key has only begun');
});

test('five operators revoke the active key at once: one does, and one key signs and one waits (AUTH-2)', async () => {
  const { rows } = await database.ownerPool.query("SELECT kid FROM signing_keys WHERE state = 'active'");
  const kid = String(rows[0]?.kid);

  const outcomes = await onOwnAccount(() => Promise.allSettled(Array.from({ length: 5 }, () => replica().revoke(kid))));

  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  const states = await database.ownerPool.query('SELECT state FROM signing_keys ORDER BY state');
  assert.deepEqual(
    states.rows.map(({ state }) => state),
    ['active', 'published', 'retired', 'revoked'],
  );
});

test('a rotation that cannot be recorded does not happen (PRIN-7)', async () => {
  now = new Date(now.getTime() + dayMs);
  const before = await database.ownerPool.query('SELECT kid, state FROM signing_keys ORDER BY kid');
  await database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    await assert.rejects(onOwnAccount(() => replica().rotate()));
  } finally {
    await database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  const afterwards = await database.ownerPool.query('SELECT kid, state FROM signing_keys ORDER BY kid');
  assert.deepEqual(afterwards.rows, before.rows);
});
