import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { cloudEventSchema } from '@todo-chatbot/contracts';
import {
  auditEntries,
  createTestClock,
  startTestDatabase,
  type TestDatabase,
} from '@todo-chatbot/local-platform/testing';
import { prismaOptions } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createPostgresScoreStore } from './adapters/postgresScoreStore.ts';
import { createScoreCounter } from './adapters/scoreCounter.ts';
import { createDriftWatch } from './commands/watchDrift.ts';
import type { ScoreStore } from './ports/scoreStore.ts';
import { createReadDrift } from './queries/readDrift.ts';
import { createReadStatus } from './queries/readStatus.ts';

const hourMs = 3_600_000;
const logger = { warn: () => undefined };
const even = Array.from({ length: 10 }, () => 0.1);

describe('Counts of scores, and the drift that they show (GUARD-5, OBS-3)', () => {
  let database: TestDatabase;
  let prisma: PrismaClient;
  let store: ScoreStore;
  let clock: ReturnType<typeof createTestClock>;
  before(async () => {
    database = await startTestDatabase({ service: 'guardrail' });
    prisma = new PrismaClient({ adapter: new PrismaPg(database.pool), ...prismaOptions });
    store = createPostgresScoreStore({ prisma });
  });
  beforeEach(async () => {
    clock = createTestClock('2026-11-23T07:30:00.000Z');
    await database.ownerPool.query('TRUNCATE score_counts, shadow_counts, drift_reports, outbox');
  });
  after(async () => {
    await prisma.$disconnect();
    await database.close();
  });

  const newCounter = (shadowVersion: string | null = null) =>
    createScoreCounter({ store, shadowVersion, clock, logger });
  const since = async (direction: 'input' | 'document' = 'input') =>
    (await store.since(new Date(0), direction)).toSorted((a, b) => a.hundredths - b.hundredths);
  const allowed = (score: number) => ({ direction: 'input', verdict: 'allow', score }) as const;

  async function countMany(score: number, count: number): Promise<void> {
    const hour = new Date(Math.floor(clock.now().getTime() / hourMs) * hourMs);
    await store.add(
      [{ ...allowed(score), hour, hundredths: score * 100, count }].map(({ score: _, ...one }) => one),
      null,
    );
  }

  it('replicas add to one another, and lose nothing when they flush at once', async () => {
    const counters = Array.from({ length: 4 }, () => newCounter());
    for (const counter of counters) {
      for (const score of [0.1, 0.1, 0.299]) counter.count(allowed(score));
      counter.count({ direction: 'document', verdict: 'block', score: 1 });
    }
    await Promise.all(counters.map((counter) => counter.flush()));
    assert.deepEqual(await since(), [
      { hundredths: 10, verdict: 'allow', count: 8 },
      { hundredths: 29, verdict: 'allow', count: 4 },
    ]);
    assert.deepEqual(await since('document'), [{ hundredths: 100, verdict: 'block', count: 4 }]);
  });

  it('what could not be added is added the next time, once', async () => {
    const counter = newCounter();
    counter.count(allowed(0.5));
    await database.ownerPool.query('ALTER TABLE score_counts RENAME TO score_counts_away');
    try {
      await assert.rejects(counter.flush());
    } finally {
      await database.ownerPool.query('ALTER TABLE score_counts_away RENAME TO score_counts');
    }
    counter.count(allowed(0.5));
    await counter.flush();
    await counter.flush();
    assert.deepEqual(await since(), [{ hundredths: 50, verdict: 'allow', count: 2 }]);
  });

  it('closing keeps what was counted last; counts of more than ninety days go', async () => {
    const counter = newCounter();
    counter.count(allowed(0.5));
    await counter.close();
    assert.equal((await since()).length, 1);
    clock.advance(91 * 24 * hourMs);
    await store.forget(new Date(clock.now().getTime() - 90 * 24 * hourMs));
    assert.equal((await since()).length, 0);
  });

  it('disagreements of a model on trial are counted by its version, and told by the status', async () => {
    const counter = newCounter('model-b');
    for (const isDisagreeing of [true, false, false]) counter.countShadow(isDisagreeing);
    await counter.flush();
    counter.countShadow(true);
    await counter.flush();
    const readDrift = createReadDrift({ scores: store, reference: even, clock });
    const parts = { modelVersion: 'model-a', scores: store, readDrift };
    const status = await createReadStatus({ ...parts, shadowVersion: 'model-b' })();
    assert.deepEqual(status.shadow, { modelVersion: 'model-b', judged: 4, disagreed: 2 });
    assert.equal((await createReadStatus({ ...parts, shadowVersion: null })()).shadow, null);
  });

  it('the drift is that of the last day, and unknown below a thousand texts', async () => {
    const readDrift = createReadDrift({ scores: store, reference: even, clock });
    await countMany(0.05, 999);
    assert.equal((await readDrift()).index, null);
    await countMany(0.95, 1);
    assert.ok(((await readDrift()).index ?? 0) > 0.25);
    clock.advance(26 * hourMs);
    assert.deepEqual([(await readDrift()).judged, (await readDrift()).index], [0, null]);
  });

  it('a drift is reported once a day among all replicas, and again the next day; no drift is none', async () => {
    const readDrift = createReadDrift({ scores: store, reference: even, clock });
    const watches = Array.from({ length: 3 }, () => createDriftWatch({ readDrift, scores: store, clock, logger }));
    const look = () => Promise.all(watches.map((watch) => watch.look()));
    const entries = async () => {
      const { rows } = await database.ownerPool.query('SELECT event FROM outbox ORDER BY seq');
      return auditEntries(rows.map(({ event }) => cloudEventSchema.parse(event)));
    };
    for (const tenth of even.keys()) await countMany(tenth / 10, 200);
    await look();
    assert.deepEqual(await entries(), []);
    await countMany(0.9, 20_000);
    await look();
    await look();
    const [entry, ...others] = await entries();
    assert.deepEqual(others, []);
    assert.deepEqual([entry?.action, entry?.category, entry?.input.judged], ['guardrail.drift', 'security', 22_000]);
    clock.advance(23 * hourMs);
    await look();
    assert.equal((await entries()).length, 2);
  });
});
