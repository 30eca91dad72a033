import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { AppId } from '@todo-chatbot/contracts';
import { createTestClock, startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { createLogger, newEvent, systemClock } from '@todo-chatbot/service-kit';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresHeartbeats } from '../src/adapters/postgresWatchStores.ts';
import { createRunAlone, jobLocks } from '../src/adapters/runAlone.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { createSilenceWatch } from '../src/commands/watchSilence.ts';
import { createAuditIngestion } from '../src/events/ingestAuditEvents.ts';
import type { HeartbeatStore } from '../src/ports/watchStores.ts';
import { auditEvent, collectingSink, newSigner } from './support.ts';

const silenceMs = 120_000;

describe('silence of a service (OBS-3)', () => {
  let database: TestDatabase;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
  });
  after(() => database.close());
  beforeEach(() => database.ownerPool.query('DELETE FROM heartbeat'));

  /** A watch that has just started, on the test's database. */
  function startWatch(parts: { clock?: ReturnType<typeof createTestClock>; store?: HeartbeatStore } = {}) {
    const clock = parts.clock ?? createTestClock('2026-11-26T12:00:00.000Z');
    const { raised, sink } = collectingSink();
    const state = { isListening: true };
    const watch = createSilenceWatch({
      store: parts.store ?? createPostgresHeartbeats(database.pool),
      signals: sink,
      clock,
      silenceMs,
      isListening: () => state.isListening,
      runAlone: createRunAlone(database.pool, jobLocks.silence),
    });
    return {
      clock,
      raised,
      state,
      watch,
      hear: (...services: readonly AppId[]) => {
        for (const service of services) watch.hear(service);
      },
      /** Time goes by in steps of ten seconds; the services given are heard in each of them. */
      async pass(ms: number, ...services: readonly AppId[]) {
        for (let passed = 0; passed < ms; passed += 10_000) {
          clock.advance(10_000);
          for (const service of services) watch.hear(service);
          await watch.round();
        }
      },
    };
  }

  it('is raised after 120 s without a sign, and not 10 s before', async () => {
    const { hear, pass, raised } = startWatch();
    hear('auth', 'task');
    await pass(110_000, 'auth');
    assert.deepEqual(raised, []);
    await pass(10_000, 'auth');
    assert.deepEqual(raised, [{ ruleId: 'service-silent', group: 'task' }]);
  });

  it('is raised once, and again when the service was heard and fell silent anew', async () => {
    const { hear, pass, raised } = startWatch();
    hear('auth', 'task');
    await pass(600_000, 'auth');
    assert.equal(raised.length, 1);
    await pass(10_000, 'auth', 'task');
    await pass(110_000, 'auth');
    assert.equal(raised.length, 1);
    await pass(10_000, 'auth');
    assert.equal(raised.length, 2);
  });

  it('is nothing to a service that was never heard', async () => {
    const { pass, raised } = startWatch();
    await pass(600_000, 'auth');
    assert.deepEqual(raised, []);
  });

  it('is raised once for all, and accuses no single service, when nobody is heard: the way of all is cut', async () => {
    const { clock, hear, pass, raised } = startWatch();
    hear('auth');
    clock.advance(30_000);
    hear('task', 'booking');
    await pass(600_000);
    assert.deepEqual(raised, [{ ruleId: 'service-silent', group: 'all' }]);
  });

  it('accuses nobody who is back soon after the way was open again, and whoever is not', async () => {
    const { hear, pass, raised } = startWatch();
    hear('auth', 'task', 'booking');
    await pass(300_000);
    await pass(30_000, 'auth');
    await pass(80_000, 'auth', 'task');
    assert.deepEqual(raised, [{ ruleId: 'service-silent', group: 'all' }]);
    await pass(60_000, 'auth', 'task');
    assert.deepEqual(raised.slice(1), [{ ruleId: 'service-silent', group: 'booking' }]);
  });

  it('attack: who keeps events from the log, by its lock for example, cannot do it unnoticed', async () => {
    const { hear, pass, raised, state } = startWatch();
    hear('auth', 'task');
    state.isListening = false;
    await pass(120_000);
    assert.deepEqual(raised, []);
    await pass(300_000);
    assert.deepEqual(raised, [{ ruleId: 'service-silent', group: 'ingestion' }]);
    state.isListening = true;
    await pass(10_000, 'auth', 'task');
    state.isListening = false;
    await pass(130_000);
    assert.equal(raised.length, 2, 'again when it comes again');
  });

  it('of a service is not judged while ingestion is blocked, nor for 120 s after', async () => {
    const { hear, pass, raised, state } = startWatch();
    hear('auth', 'task');
    state.isListening = false;
    await pass(600_000);
    state.isListening = true;
    await pass(110_000, 'auth');
    assert.deepEqual(raised, [{ ruleId: 'service-silent', group: 'ingestion' }]);
    await pass(10_000, 'auth');
    assert.deepEqual(raised.slice(1), [{ ruleId: 'service-silent', group: 'task' }]);
  });

  it('of before a restart of ours is not held against anybody until 120 s after', async () => {
    const clock = createTestClock('2026-11-26T12:00:00.000Z');
    const first = startWatch({ clock });
    first.hear('auth', 'task');
    await first.pass(10_000);
    clock.advance(3_600_000);
    const second = startWatch({ clock });
    await second.pass(110_000, 'auth');
    assert.deepEqual(second.raised, []);
    await second.pass(10_000, 'auth');
    assert.deepEqual(second.raised, [{ ruleId: 'service-silent', group: 'task' }]);
  });

  it('is raised by one of two replicas, and not again after a restart', async () => {
    const clock = createTestClock('2026-11-26T12:00:00.000Z');
    const [first, second] = [startWatch({ clock }), startWatch({ clock })];
    first.hear('task');
    second.hear('auth');
    await Promise.all([first.watch.round(), second.watch.round()]);
    for (let passed = 0; passed < 130_000; passed += 10_000) {
      clock.advance(10_000);
      second.hear('auth');
      await Promise.all([first.watch.round(), second.watch.round()]);
    }
    assert.equal(first.raised.length + second.raised.length, 1);
    const third = startWatch({ clock });
    await third.pass(600_000, 'auth');
    assert.deepEqual(third.raised, []);
  });

  it('is seen although the database was away for a while: who was heard meanwhile is written down later', async () => {
    const store = createPostgresHeartbeats(database.pool);
    let isAway = true;
    const { clock, hear, watch } = startWatch({
      store: {
        ...store,
        record: (heard) => (isAway ? Promise.reject(new Error('the database is away')) : store.record(heard)),
      },
    });
    hear('auth');
    await assert.rejects(watch.round());
    isAway = false;
    clock.advance(1_000);
    await watch.round();
    assert.deepEqual(
      (await store.all()).map(({ service, lastSeen }) => [service, lastSeen.toISOString()]),
      [['auth', '2026-11-26T12:00:00.000Z']],
    );
  });

  it('ends never because of an old time: what is known of a service only goes forward', async () => {
    const store = createPostgresHeartbeats(database.pool);
    const [earlier, later] = [new Date('2026-11-26T12:00:00Z'), new Date('2026-11-26T12:00:01Z')];
    await store.record(new Map([['auth', later]]));
    await store.markReported(await store.all(), 'service');
    await store.record(new Map([['auth', earlier]]));
    assert.deepEqual(await store.all(), [{ service: 'auth', lastSeen: later, reportedAs: 'service' }]);
  });
});

describe('heartbeats at ingestion (OBS-3)', () => {
  let database: TestDatabase;
  const logger = createLogger({ appId: 'audit', level: 'silent' });
  const signer = newSigner();
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
  });
  after(() => database.close());

  /** Takes messages of the topic of `task`. */
  async function ingest(values: readonly unknown[]) {
    const store = createPostgresLogStore(database.pool);
    const writer = createLogWriter({ store, signer, clock: systemClock });
    const heard: AppId[] = [];
    const reasons: string[] = [];
    const ingestion = createAuditIngestion({
      writer,
      deadLetters: { send: async (letters) => void reasons.push(...letters.map(({ reason }) => reason)) },
      logger,
      clock: systemClock,
      onHeard: (service) => heard.push(service),
    });
    const messages = values.map((value, offset) => ({
      offset: String(offset),
      key: null,
      value: Buffer.from(JSON.stringify(value)),
    }));
    const batch = { topic: 'audit.events.task', partition: 0, messages, lagMessages: 0 };
    const control = { isCurrent: () => true, keepAlive: async () => undefined };
    assert.equal(await ingestion.handle(batch, control), 'done');
    ingestion.close();
    return { heard, reasons };
  }

  const heartbeat = (service: AppId, source: AppId = service) =>
    newEvent({ type: 'audit.heartbeat.v1', subject: service, source, data: { service } });
  const entries = async () => {
    const { rows } = await database.pool.query('SELECT FROM entry');
    return rows.length;
  };

  it('are signs of life and no entries of the log', async () => {
    const before = await entries();
    assert.deepEqual(await ingest([heartbeat('task'), heartbeat('task')]), { heard: ['task'], reasons: [] });
    assert.equal(await entries(), before);
  });

  it('need not come from a service whose audit events do', async () => {
    assert.deepEqual(await ingest([auditEvent({})]), { heard: ['task'], reasons: [] });
  });

  it('attack: on one’s own topic in the name of another service, so that its silence stays unseen', async () => {
    const forged = [heartbeat('auth'), heartbeat('auth', 'task'), heartbeat('task', 'auth')];
    const { heard, reasons } = await ingest(forged);
    assert.deepEqual(heard, []);
    assert.deepEqual(
      reasons,
      forged.map(() => 'not-of-its-producer'),
    );
  });

  it('attack: malformed ones go to the dead-letter topic', async () => {
    const { heard, reasons } = await ingest([
      { ...heartbeat('task'), data: { service: 'task', more: 1 } },
      { ...heartbeat('task'), data: null },
      { type: 'audit.heartbeat.v1' },
    ]);
    assert.deepEqual(heard, []);
    assert.equal(reasons.length, 3);
  });

  it('attack: an audit event that speaks of heartbeats is an entry like any other', async () => {
    const before = await entries();
    const { reasons } = await ingest([auditEvent({ input: { about: 'audit.heartbeat.v1' } })]);
    assert.deepEqual(reasons, []);
    assert.equal(await entries(), before + 1);
  });
});
