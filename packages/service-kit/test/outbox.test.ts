import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { type CloudEvent, newId } from '@todo-chatbot/contracts';
import { startTestDatabase, waitFor } from '@todo-chatbot/local-platform/testing';
import fc from 'fast-check';
import {
  addToOutbox,
  createOutboxRelay,
  executeRawOf,
  inTransaction,
  newEvent,
  type OutboxRelay,
} from '../src/index.ts';
import { capturingLogger, testEvent } from './support.ts';

const database = await startTestDatabase({ service: 'task' });
const { pool } = database;
const { logger, lines } = capturingLogger();
const relays: OutboxRelay[] = [];

afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
  await pool.query('DELETE FROM outbox');
});
after(() => database.close());

type RelayOptions = Parameters<typeof createOutboxRelay>[0];

interface Broker {
  readonly published: CloudEvent[];
  publish(request: { topic: string; event: CloudEvent }): Promise<void>;
}

/** A broker that keeps what it is given; `before` may delay or refuse. */
function brokerWith(before: (event: CloudEvent) => Promise<void> = async () => undefined): Broker {
  const published: CloudEvent[] = [];
  return {
    published,
    async publish({ event }) {
      await before(event);
      published.push(event);
    },
  };
}

async function startRelay(broker: Broker, options: Partial<RelayOptions> = {}): Promise<OutboxRelay> {
  const relay = createOutboxRelay({ pool, dapr: broker, logger, ...options });
  relays.push(relay);
  await relay.start();
  return relay;
}

async function pending(): Promise<number> {
  const result = await pool.query('SELECT 1 FROM outbox');
  return result.rowCount ?? 0;
}

/** Breaks the connection that holds the relay's lock. */
async function killLeader(): Promise<number | null> {
  const result = await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
  );
  return result.rowCount;
}

const isEmpty = async () => (await pending()) === 0;

/** Events `0, 1, 2 …` of one subject. */
function eventsOf(subject: string, count: number): CloudEvent[] {
  return Array.from({ length: count }, (_, index) => testEvent({ subject, source: String(index) }));
}

/** For each subject its events in the order of their first publication. */
function orderOf(published: readonly CloudEvent[], subject: string): string[] {
  const ids = published.filter((event) => event.subject === subject).map((event) => event.source);
  return [...new Set(ids)];
}

test('events are published soon after the commit, in order, and then deleted (KAFKA-4)', async () => {
  const broker = brokerWith();
  await startRelay(broker);
  const events = eventsOf('one', 5);
  const startedAt = performance.now();
  await inTransaction(pool, async (client) => void (await addToOutbox(executeRawOf(client), events)));
  await waitFor('five events', () => broker.published.length === 5);
  assert.ok(performance.now() - startedAt < 900, 'the notification wakes the relay, not the poll');
  assert.deepEqual(broker.published, events);
  await waitFor('an empty outbox', isEmpty);
});

test('a transaction that rolls back publishes nothing (KAFKA-4)', async () => {
  const broker = brokerWith();
  await startRelay(broker);
  const lost = testEvent();
  await assert.rejects(
    inTransaction(pool, async (client) => {
      await addToOutbox(executeRawOf(client), [lost]);
      throw new Error('no');
    }),
  );
  const kept = testEvent();
  await addToOutbox(executeRawOf(pool), [kept]);
  await waitFor('the kept event', () => broker.published.length > 0);
  assert.deepEqual(
    broker.published.map((event) => event.id),
    [kept.id],
  );
});

test('a publish that fails loses nothing, does not hold other subjects up, and keeps the order of its own (KAFKA-4)', async () => {
  let isSick = true;
  const broker = brokerWith(async (event) => {
    if (isSick && event.subject === 'sick') throw new Error('refused');
  });
  await startRelay(broker);
  await addToOutbox(executeRawOf(pool), [...eventsOf('sick', 3), ...eventsOf('well', 3)]);
  await waitFor('the healthy subject', () => broker.published.length === 3);
  assert.deepEqual(orderOf(broker.published, 'well'), ['0', '1', '2']);
  await waitFor('a second attempt', () => lines.some((line) => line.includes('"failures":2')));
  assert.equal(await pending(), 3);
  isSick = false;
  await waitFor('an empty outbox', isEmpty);
  assert.deepEqual(orderOf(broker.published, 'sick'), ['0', '1', '2']);
});

test('a late commit with an earlier number is not skipped (KAFKA-4)', async () => {
  const broker = brokerWith();
  await startRelay(broker);
  const late = testEvent();
  const early = testEvent();
  await inTransaction(pool, async (client) => {
    await addToOutbox(executeRawOf(client), [late]);
    await addToOutbox(executeRawOf(pool), [early]);
    await waitFor('the event with the later number', () => broker.published.length === 1);
    await waitFor('its deletion', isEmpty);
  });
  await waitFor('the late event', () => broker.published.length === 2);
  assert.deepEqual(
    broker.published.map((event) => event.id),
    [early.id, late.id],
  );
});

test('of two relays one works, and the other takes over when it ends (KAFKA-4)', async () => {
  const slow = async () => await new Promise<void>((resolve) => setTimeout(resolve, 5));
  const first = brokerWith(slow);
  const second = brokerWith(slow);
  const relay = await startRelay(first);
  await addToOutbox(executeRawOf(pool), [testEvent({ subject: 'warm-up' })]);
  await waitFor('the first to lead', () => first.published.length === 1);
  await startRelay(second);
  await addToOutbox(executeRawOf(pool), eventsOf('shared', 30));
  await waitFor('an empty outbox', isEmpty);
  assert.deepEqual(
    first.published.slice(1).map((event) => event.source),
    eventsOf('shared', 30).map((event) => event.source),
  );
  assert.equal(second.published.length, 0);
  await relay.close();
  await addToOutbox(executeRawOf(pool), eventsOf('after', 2));
  await waitFor('the second to take over', () => second.published.length === 2);
});

test('a relay whose connection breaks comes back and loses nothing (KAFKA-4)', async () => {
  const broker = brokerWith();
  await startRelay(broker);
  await addToOutbox(executeRawOf(pool), eventsOf('before', 1));
  await waitFor('the first event', () => broker.published.length === 1);
  assert.equal(await killLeader(), 1);
  await addToOutbox(executeRawOf(pool), eventsOf('afterwards', 3));
  await waitFor('the events after it', () => orderOf(broker.published, 'afterwards').length === 3);
  assert.deepEqual(orderOf(broker.published, 'afterwards'), ['0', '1', '2']);
});

test('a crash between publish and delete publishes again: at least once, never not at all (KAFKA-4)', async () => {
  let gate: () => void = () => undefined;
  const broker = brokerWith();
  const dying = brokerWith();
  const opened = new Promise<void>((resolve) => {
    gate = resolve;
  });
  const events = eventsOf('crash', 3);
  await startRelay({
    published: dying.published,
    async publish(request) {
      await dying.publish(request);
      // The last acknowledgement reaches a process that has lost its database, as if it had died before the delete.
      if (dying.published.length === 3) {
        await killLeader();
        await opened;
      }
    },
  });
  await addToOutbox(executeRawOf(pool), events);
  await waitFor('all published once', () => dying.published.length === 3);
  assert.equal(await pending(), 3);
  await startRelay(broker);
  await waitFor('an empty outbox', isEmpty);
  gate();
  assert.deepEqual(
    broker.published.map((event) => event.id),
    events.map((event) => event.id),
  );
});

test('close waits for the publishes under way and leaves the rest for the next start', async () => {
  const held: (() => void)[] = [];
  const broker = brokerWith(async () => await new Promise<void>((resolve) => void held.push(resolve)));
  const relay = await startRelay(broker);
  await addToOutbox(executeRawOf(pool), eventsOf('closing', 3));
  await waitFor('a publish under way', () => held.length === 1);
  const closed = relay.close();
  held[0]?.();
  await closed;
  assert.deepEqual(orderOf(broker.published, 'closing'), ['0']);
  assert.equal(await pending(), 2);
});

test('whatever fails, each subject is published in its order and nothing is lost (KAFKA-3, KAFKA-4)', async () => {
  const failing = new Set<string>();
  const broker = brokerWith(async (event) => {
    // Each chosen event fails once, some after a while.
    if (failing.delete(event.id)) throw new Error('refused');
    if (event.id.charCodeAt(event.id.length - 1) % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
  });
  await startRelay(broker);
  const plan = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 4 }), fc.boolean()), {
    minLength: 1,
    maxLength: 15,
  });
  await fc.assert(
    fc.asyncProperty(plan, fc.uuid(), async (transactions, run) => {
      const expected = new Map<string, string[]>();
      for (const [number, count, fails] of transactions) {
        const subject = `${run}-${number}`;
        const events = eventsOf(subject, count).map((event) => ({ ...event, source: newId('event') }));
        expected.set(subject, [...(expected.get(subject) ?? []), ...events.map((event) => event.source)]);
        if (fails && events[0]) failing.add(events[0].id);
        await inTransaction(pool, async (client) => void (await addToOutbox(executeRawOf(client), events)));
      }
      await waitFor('an empty outbox', isEmpty);
      for (const [subject, sources] of expected) assert.deepEqual(orderOf(broker.published, subject), sources);
    }),
    { numRuns: 15 },
  );
});

test('what nobody can need any more is cleaned up, and nothing sooner (PRIV-5)', async () => {
  const insert = `
    WITH inbox_rows AS (
      INSERT INTO inbox VALUES ('test', 'young', now() - interval '13 days'), ('test', 'old', now() - interval '15 days'))
    INSERT INTO idempotent_requests (user_id, key, fingerprint, answer, created_at)
      SELECT 'ada', convert_to(rpad(key, 32), 'UTF8'), sha256('request'), 'sealed', now() - age::interval
      FROM (VALUES ('young-key', '23 hours 59 minutes'), ('old-key-1', '24 hours 1 minute')) AS answers (key, age)`;
  await pool.query(insert);
  const left = async () => {
    const { rows } = await pool.query(
      `SELECT event_id AS name FROM inbox UNION ALL SELECT trim(convert_from(key, 'UTF8')) FROM idempotent_requests`,
    );
    return rows.map(({ name }) => String(name)).toSorted();
  };
  assert.equal((await left()).length, 4);

  await startRelay(brokerWith());

  await waitFor('the clean-up', async () => (await left()).length <= 2);
  assert.deepEqual(await left(), ['young', 'young-key']);
});

test('a relay sends heartbeats on the very way of audit events, only where it is asked to (OBS-3)', async () => {
  const topicsSeen = new Set<string>();
  const broker = brokerWith();
  const publish = async (request: { topic: string; event: CloudEvent }) => {
    topicsSeen.add(request.topic);
    await broker.publish(request);
  };
  await startRelay({ ...broker, publish }, { heartbeatOf: 'task', heartbeatIntervalMs: 50 });
  await waitFor('two heartbeats', () => broker.published.length >= 2);
  for (const { type, source, subject, data } of broker.published) {
    const expected = { type: 'audit.heartbeat.v1', source: 'task', subject: 'task', data: { service: 'task' } };
    assert.deepEqual({ type, source, subject, data }, expected);
  }
  assert.deepEqual([...topicsSeen], ['audit.events.task']);
});

test('heartbeats do not pile up while the broker is away, and one comes when it is back (OBS-3)', async () => {
  let isDown = true;
  let attempts = 0;
  const broker = brokerWith(async () => {
    attempts += 1;
    if (isDown) throw new Error('refused');
  });
  await startRelay(broker, { heartbeatOf: 'task', heartbeatIntervalMs: 1 });
  await waitFor('several attempts', () => attempts >= 3);
  assert.equal(await pending(), 1);
  isDown = false;
  await waitFor('the heartbeat that waited', () => broker.published.length > 0);
});

test('of two replicas one sends heartbeats (OBS-3)', async () => {
  const [first, second] = [brokerWith(), brokerWith()];
  await startRelay(first, { heartbeatOf: 'task', heartbeatIntervalMs: 10 });
  await waitFor('a heartbeat of the first', () => first.published.length > 0);
  await startRelay(second, { heartbeatOf: 'task', heartbeatIntervalMs: 10 });
  const before = first.published.length;
  await waitFor('more heartbeats of the first', () => first.published.length > before + 1);
  assert.equal(second.published.length, 0);
});

test('an outbox row carries the topic of its type, and an unknown type is refused', async () => {
  const event = newEvent({
    type: 'auth.user_registered.v1',
    subject: 'x',
    source: 'auth',
    data: { userId: newId('user'), roles: ['user'] },
  });
  await addToOutbox(executeRawOf(pool), [event]);
  const { rows } = await pool.query('SELECT topic, subject, event FROM outbox');
  assert.deepEqual(rows, [{ topic: 'auth.events', subject: 'x', event }]);
});

test('an event that no consumer could read fails in the transaction of its producer, not later (KAFKA-3)', async () => {
  const wrong = [
    { type: 'auth.nonsense_happened.v1' },
    { data: { userId: 'nobody' } },
    { subject: '' },
    { id: 'x'.repeat(65) },
  ];
  for (const changes of wrong) assert.throws(() => addToOutbox(executeRawOf(pool), [testEvent(), testEvent(changes)]));
  assert.equal(await pending(), 0);
});
