import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { auditedApps, auditTopicOf, consumerGroup, deadLetterTopic } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform, waitFor } from '@todo-chatbot/local-platform/testing';
import { createLogger, systemClock } from '@todo-chatbot/service-kit';
import { createNoteSigner, type NoteSigner } from '@todo-chatbot/transparency-log';
import kafkajs, { type Producer } from 'kafkajs';
import pg from 'pg';
import { createKafka, createKafkaDeadLetters, createKafkaEventSource } from '../src/adapters/kafkaEventSource.ts';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { defaultLogOrigin } from '../src/config.ts';
import { createAuditIngestion } from '../src/events/ingestAuditEvents.ts';
import { auditEvent, verifyDatabase } from './support.ts';

const topic = auditTopicOf('task');
/** A group whose member died without a word waits 10 s for it, more than once if it is hit again. */
const deadlineMs = 90_000;
/** A steady stream, not a flood: other tests share the platform. */
const publishIntervalMs = 50;

describe('audit events over the real broker (KAFKA-4, TEST-3)', () => {
  let state: PlatformState;
  let pool: pg.Pool;
  let producer: Producer;
  let signer: NoteSigner;
  const logger = createLogger({ appId: 'audit', level: 'silent' });

  before(async () => {
    state = await (await testPlatform()).state();
    pool = new pg.Pool(state.apps.audit.database);
    pool.on('error', () => undefined);
    const { privateKey } = state.apps.audit.secrets['audit-checkpoint-key'] ?? {};
    assert.ok(privateKey);
    signer = createNoteSigner(defaultLogOrigin, createPrivateKey(privateKey));
    const { broker, ca } = state.kafka;
    producer = new kafkajs.Kafka({
      brokers: [broker],
      ssl: { ca: [ca] },
      sasl: { mechanism: 'scram-sha-512', username: 'task', password: state.apps.task.kafkaPassword },
      logLevel: kafkajs.logLevel.NOTHING,
    }).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
  });
  after(async () => {
    await producer.disconnect();
    await pool.end();
  });

  const publish = (values: readonly string[]) =>
    producer.send({ topic, messages: values.map((value) => ({ key: randomUUID(), value })) });

  const waitForEntries = (eventIds: readonly string[]) =>
    waitFor(
      `${eventIds.length} events in the log`,
      async () => {
        const { rows } = await pool.query('SELECT count(*) AS count FROM entry WHERE event_id = ANY($1)', [eventIds]);
        return Number(rows[0].count) === eventIds.length;
      },
      deadlineMs,
    );

  async function assertSound(): Promise<void> {
    const verdict = await verifyDatabase(pool, signer);
    assert.ok(verdict.ok, JSON.stringify(verdict));
  }

  /** Another instance of the service's ingestion, a member of the same group, writing to the same log. */
  function startInstance() {
    const { broker, ca } = state.kafka;
    const connection = { brokers: [broker], ca, username: 'audit', password: state.apps.audit.kafkaPassword };
    const kafka = createKafka(connection, logger);
    const source = createKafkaEventSource({
      kafka,
      // All members of a group read the same topics, or some partition is dealt to one that does not want it.
      topics: auditedApps.map(auditTopicOf),
      groupId: consumerGroup('kafka', 'audit'),
      logger,
    });
    const deadLetters = createKafkaDeadLetters({ kafka, topicOf: (name) => deadLetterTopic(name, 'audit') });
    const writer = createLogWriter({ store: createPostgresLogStore(pool), signer, clock: systemClock });
    const ingestion = createAuditIngestion({ writer, deadLetters, logger, clock: systemClock });
    let batches = 0;
    source.start((batch, control) => {
      batches += 1;
      return ingestion.handle(batch, control);
    });
    return {
      batches: () => batches,
      async close() {
        await source.close();
        ingestion.close();
        await deadLetters.close();
        await writer.close();
      },
    };
  }

  it('appends an event once, however often the broker delivers it', async () => {
    const events = Array.from({ length: 200 }, () => auditEvent({}));
    const messages = events.map((event) => JSON.stringify(event));
    await publish(messages);
    await publish([...messages, ...messages.toReversed()]);
    await waitForEntries(events.map(({ id }) => id));
    await assertSound();
  });

  it('attack: malformed messages end in the dead-letter topic as they came, and hold nobody up', async () => {
    const canary = randomUUID();
    const malformed = [`not json ${canary}`, JSON.stringify({ ...auditEvent({}), type: `other.${canary}` })];
    const good = auditEvent({});
    await publish([malformed[0] ?? '', JSON.stringify(good), malformed[1] ?? '']);
    await waitForEntries([good.id]);
    assert.deepEqual((await readDeadLetters(canary, malformed.length)).toSorted(), malformed.toSorted());
  });

  it('loses nothing and doubles nothing while instances join and leave in the middle of batches', async () => {
    const eventIds: string[] = [];
    let isPublishing = true;
    const publishing = (async () => {
      while (isPublishing) {
        const events = Array.from({ length: 50 }, () => auditEvent({}));
        await publish(events.map((event) => JSON.stringify(event)));
        eventIds.push(...events.map(({ id }) => id));
        await delay(publishIntervalMs);
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      const instance = startInstance();
      await waitFor('a batch for the instance', () => instance.batches() > round, deadlineMs);
      await instance.close();
    }
    isPublishing = false;
    await publishing;
    await waitForEntries(eventIds);
    await assertSound();
  });

  async function readDeadLetters(canary: string, count: number): Promise<string[]> {
    const { broker, ca, identity } = state.kafka.admin;
    const consumer = new kafkajs.Kafka({
      brokers: [broker],
      ssl: { ca: [ca], cert: identity.certificate, key: identity.privateKey },
      logLevel: kafkajs.logLevel.NOTHING,
    }).consumer({ groupId: `audit-test-${canary}` });
    const found: string[] = [];
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: [deadLetterTopic(topic, 'audit')], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          const value = message.value?.toString() ?? '';
          if (!value.includes(canary)) return;
          assert.ok(message.headers?.['dead-letter-reason']);
          found.push(value);
        },
      });
      await waitFor('the dead letters', () => found.length >= count, deadlineMs);
      return found;
    } finally {
      await consumer.disconnect();
    }
  }
});
