import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { before, describe, it } from 'node:test';
import {
  type AppId,
  appIds,
  auditedApps,
  auditTopicOf,
  checkpointTopic,
  deadLetterTopic,
  deadLetterTopics,
  topics,
} from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import kafkajs, { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import pg from 'pg';
import { auditEventOf } from '../support/auditEvents.ts';
import { endsOf, platformKafka, readTopic } from '../support/kafka.ts';
import { waitFor } from '../support/waitFor.ts';

// Of a CommonJS module, Node finds only some names by itself.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

describe('Kafka refuses what is not granted (KAFKA-1)', () => {
  let facts: PlatformState;
  before(async () => {
    facts = await (await testPlatform()).state();
  });

  function client(sasl: SASLOptions | undefined, tls: boolean = true): Kafka {
    return new Kafka({
      clientId: 'attacker',
      brokers: [facts.kafka.broker],
      ...(tls ? { ssl: { ca: [facts.kafka.ca] } } : {}),
      ...(sasl ? { sasl } : {}),
      logLevel: logLevel.NOTHING,
      connectionTimeout: 5_000,
      requestTimeout: 10_000,
      retry: { retries: 0 },
    });
  }

  const asApp = (appId: AppId): SASLOptions => ({
    mechanism: 'scram-sha-512',
    username: appId,
    password: facts.apps[appId].kafkaPassword,
  });

  async function signIn(kafka: Kafka): Promise<void> {
    const admin = kafka.admin();
    try {
      await admin.connect();
      await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  }

  async function produce(appId: AppId, topic: string, value = '{}'): Promise<void> {
    const producer = client(asApp(appId)).producer({ allowAutoTopicCreation: true });
    try {
      await producer.connect();
      await producer.send({ topic, messages: [{ key: 'attack', value }] });
    } finally {
      await producer.disconnect();
    }
  }

  /** Resolves when the group was joined and the topic fetched; rejects with what the broker said. */
  async function consume(appId: AppId, topic: string, groupId: string): Promise<void> {
    const consumer = client(asApp(appId)).consumer({
      groupId,
      retry: { retries: 0, restartOnFailure: async () => false },
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        consumer.on('consumer.crash', (event) => reject(event.payload.error));
        consumer.on('consumer.fetch', () => resolve());
        consumer.run({ eachMessage: async () => {} }).catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }

  /** True for an error, or one of the errors gathered in it, by which the broker says that a right is missing; it hides a group that may not be used. */
  const isDenial = (error: unknown): boolean =>
    error instanceof Error &&
    (/author|group coordinator/i.test(error.message) ||
      ('errors' in error && Array.isArray(error.errors) && error.errors.some(isDenial)));

  it('lets each service in with its own password', async () => {
    for (const appId of appIds) await signIn(client(asApp(appId)));
  });

  it('wrong password', async () => {
    const sasl: SASLOptions = { mechanism: 'scram-sha-512', username: 'task', password: 'guess' };
    await assert.rejects(signIn(client(sasl)), /authentication/i);
  });

  it('password of another service', async () => {
    const sasl: SASLOptions = { mechanism: 'scram-sha-512', username: 'task', password: facts.apps.auth.kafkaPassword };
    await assert.rejects(signIn(client(sasl)), /authentication/i);
  });

  it('wrong mechanism', async () => {
    const credentials = { username: 'task', password: facts.apps.task.kafkaPassword };
    await assert.rejects(signIn(client({ mechanism: 'plain', ...credentials })), /mechanism/i);
    await assert.rejects(signIn(client({ mechanism: 'scram-sha-256', ...credentials })), /mechanism|authentication/i);
  });

  it('no sign-in at all', async () => {
    await assert.rejects(signIn(client(undefined)));
  });

  it('no TLS', async () => {
    await assert.rejects(signIn(client(asApp('task'), false)));
    const [host = '', port = ''] = facts.kafka.broker.split(':');
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), host, () => socket.write('GET / HTTP/1.0\r\n\r\n'));
      socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
      socket.once('data', (data) => resolve(data.toString('latin1')));
      socket.once('close', () => resolve(''));
      socket.once('error', reject);
    });
    assert.ok(!answer.startsWith('HTTP'));
  });

  it('foreign topics: every service × topic, written by exactly its producers', async () => {
    for (const appId of appIds) {
      for (const { name, producers } of topics) {
        if (producers.includes(appId)) continue;
        await assert.rejects(produce(appId, name), isDenial, `${appId} writes ${name}`);
      }
    }
  });

  it('foreign topics: every service × topic, read by exactly its consumers', async () => {
    for (const appId of appIds) {
      for (const { name, consumers, producers } of topics) {
        // The audit service's own group is at work: whoever joins it is dealt what the others read, and asks for nothing else. What it
        // may write, and so describe, is looked at below.
        if (consumers.includes(appId) || (appId === 'audit' && producers.includes(appId))) continue;
        await assert.rejects(consume(appId, name, appId), isDenial, `${appId} reads ${name}`);
      }
    }
  });

  it('what the audit service writes it does not read: the anchors of the log are for no service, alerts for auth alone', async () => {
    const [read, write, describeTopic] = [AclOperationTypes.READ, AclOperationTypes.WRITE, AclOperationTypes.DESCRIBE];
    const written = [write, describeTopic].map((operation) => `User:audit ${operation}`);
    const anchors = await rightsOn([checkpointTopic]);
    assert.deepEqual(anchors.map(({ principal, operation }) => `${principal} ${operation}`).sort(), written.sort());
    const alerts = await rightsOn(['alert.events']);
    const heard = [read, describeTopic].map((operation) => `User:auth ${operation}`);
    assert.deepEqual(
      alerts.map(({ principal, operation }) => `${principal} ${operation}`).sort(),
      [...written, ...heard].sort(),
    );
  });

  it('attack: a service that was taken over cannot write the audit events of another one into their topic (AUD-3)', async () => {
    for (const appId of appIds) {
      for (const victim of auditedApps) {
        if (appId === victim) continue;
        const forged = JSON.stringify(auditEventOf(victim));
        await assert.rejects(produce(appId, auditTopicOf(victim), forged), isDenial, `${appId} speaks as ${victim}`);
      }
    }
  });

  it('attack: it speaks for another one on its own topic: a dead letter that says so, and no entry (AUD-3)', async () => {
    const [own, topic] = [auditEventOf('task'), auditTopicOf('task')];
    const forgeries = [
      auditEventOf('auth'),
      { ...auditEventOf('auth'), source: 'task' },
      { ...auditEventOf('task'), source: 'auth' },
    ];
    const kafka = platformKafka(facts);
    const before = await endsOf(kafka, deadLetterTopic(topic, 'audit'));
    for (const event of [...forgeries, own]) await produce('task', topic, JSON.stringify(event));

    const ids = forgeries.map(({ id }) => id);
    const letters = await waitFor('the dead letters', async () => {
      const found = await readTopic(kafka, deadLetterTopic(topic, 'audit'), before);
      // Others use the platform too.
      const ours = found.filter(({ text }) => ids.some((id) => text.includes(id)));
      return ours.length >= ids.length ? ours : undefined;
    });
    assert.deepEqual(letters.map(({ text }) => text).sort(), forgeries.map((event) => JSON.stringify(event)).sort());
    for (const { headers } of letters) assert.equal(String(headers['dead-letter-reason']), 'not-of-its-producer');
    await waitFor('its own entry', async () => ((await countInLog([own.id])) === 1 ? true : undefined));
    assert.equal(await countInLog(ids), 0);
  });

  async function countInLog(eventIds: readonly string[]): Promise<number> {
    const client = new pg.Client(facts.apps.audit.databaseOwner);
    await client.connect();
    try {
      const { rows } = await client.query('SELECT FROM entry WHERE event_id = ANY($1)', [eventIds]);
      return rows.length;
    } finally {
      await client.end();
    }
  }

  it('foreign group: a consumer cannot take the messages of another one', async () => {
    await assert.rejects(consume('task', 'auth.events', 'booking'), isDenial);
    await assert.rejects(consume('audit', 'audit.events.task', `new-${randomUUID()}`), isDenial);
    await assert.rejects(consume('audit', 'audit.events.task', 'chat-gateway-broadcast.chat-gateway'), isDenial);
    await assert.rejects(consume('chat-gateway', 'task.events', 'chat-gateway-broadcast'), isDenial);
  });

  it('dead letters of another consumer cannot be read or written', async () => {
    await assert.rejects(produce('task', deadLetterTopic('auth.events', 'booking')), isDenial);
    await assert.rejects(consume('task', deadLetterTopic('auth.events', 'booking'), 'task'), isDenial);
  });

  it('attack: the audit service may see that there are dead letters of others, not what they say (OBS-3)', async () => {
    const admin = client(asApp('audit')).admin();
    await admin.connect();
    try {
      for (const topic of deadLetterTopics) assert.ok((await admin.fetchTopicOffsets(topic)).length > 0, topic);
    } finally {
      await admin.disconnect();
    }
    await assert.rejects(produce('audit', deadLetterTopic('auth.events', 'booking')), isDenial);
    const other = client(asApp('task')).admin();
    await other.connect();
    try {
      await assert.rejects(other.fetchTopicOffsets(deadLetterTopic('auth.events', 'booking')), isDenial);
    } finally {
      await other.disconnect();
    }
    // As a member of a group the attacker gets no partition of a topic that its leader does not read, so the broker is asked.
    const rights = await rightsOn(deadLetterTopics);
    assert.ok(rights.some(({ principal }) => principal === 'User:audit'));
    assert.deepEqual(
      rights.filter(
        ({ operation }) => operation !== AclOperationTypes.DESCRIBE && operation !== AclOperationTypes.WRITE,
      ),
      [],
    );
  });

  /** Who may do what on the topics, as the broker has it. */
  async function rightsOn(names: readonly string[]) {
    const admin = platformKafka(facts).admin();
    await admin.connect();
    try {
      const { resources } = await admin.describeAcls({
        resourceType: AclResourceTypes.TOPIC,
        resourcePatternType: ResourcePatternTypes.ANY,
        operation: AclOperationTypes.ANY,
        permissionType: AclPermissionTypes.ANY,
      });
      assert.ok(resources.every(({ resourcePatternType }) => resourcePatternType === ResourcePatternTypes.LITERAL));
      return resources.filter(({ resourceName }) => names.includes(resourceName)).flatMap(({ acls }) => acls);
    } finally {
      await admin.disconnect();
    }
  }

  it('no service creates or deletes topics or grants itself rights', async () => {
    const admin = client(asApp('task')).admin();
    await admin.connect();
    try {
      await assert.rejects(
        admin.createTopics({ topics: [{ topic: `t-${randomUUID()}` }], validateOnly: false }),
        isDenial,
      );
      await assert.rejects(admin.deleteTopics({ topics: ['task.events'] }), isDenial);
      await assert.rejects(
        admin.describeAcls({ resourceType: 1, resourcePatternType: 1, operation: 1, permissionType: 1 }),
        isDenial,
      );
      assert.ok(!(await admin.listTopics()).includes('booking.events'), 'a foreign topic is not even listed');
    } finally {
      await admin.disconnect();
    }
  });
});
