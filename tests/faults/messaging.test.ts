import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type AppId,
  appIds,
  auditedApps,
  auditTopicOf,
  type CloudEvent,
  checkpointTopic,
  consumerGroup,
  deadLetterTopic,
  type EventData,
  type EventType,
  newId,
  privacyRequestTopic,
  taskSchema,
  topics,
} from '@todo-chatbot/contracts';
import { type Platform, type PlatformState, startPlatform } from '@todo-chatbot/local-platform/testing';
import { decodeJwt } from 'jose';
import kafkajs, { type Kafka } from 'kafkajs';
import pg from 'pg';
import { z } from 'zod';
import { call, newPerson, type Person } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { countMessages, endsOf, platformKafka, readTopic, writeTexts } from '../support/kafka.ts';
import { unlimited } from '../support/limits.ts';
import { openTask, sealedEventSchema, taskKeysOf } from '../support/sealedEvents.ts';
import { everyTask, streamTurns, untilAudited } from '../support/turns.ts';
import { waitFor } from '../support/waitFor.ts';

// Of a CommonJS module, Node finds only some names by itself.
const { ConfigResourceTypes } = kafkajs;

/** Long enough for the session of a killed consumer to run out, and for all retries, on a busy machine. */
const deadlineMs = 60_000;
/** The session time-out of the consumers: all retries of a message end sooner. */
const sessionTimeoutMs = 20_000;
/** One delivery and `maxRetries` of the retry policy `deliver`. */
const deliveries = 8;

const [authTopic, privacyTopic, taskTopic, auditTopic] = [
  'auth.events',
  privacyRequestTopic,
  'task.events',
  auditTopicOf('task'),
] as const;
const privacyConsumers = consumersOf(privacyTopic);
/** Those that hold something of persons, and forget it when an account is deleted. */
const holders = privacyConsumers.filter((consumer) => consumer !== 'audit');
/** Every dead-letter topic with the topic and the consumer that it belongs to. */
const deadLetterTopics = topics.flatMap(({ name, consumers }) =>
  consumers.map((consumer) => deadLetterTopic(name, consumer)),
);

const countRowsSchema = z.tuple([z.object({ count: z.int() })]);

describe('Messaging: no event is lost and none takes effect twice (KAFKA-4)', () => {
  let platform: Platform;
  let facts: PlatformState;
  let kafka: Kafka;
  before(async () => {
    platform = await startPlatform({
      environment: unlimited,
    });
    facts = await platform.state();
    kafka = platformKafka(facts);
  });
  after(async () => {
    await platform?.stop();
  });

  /** Runs a statement in a service's database as the owner of its tables. */
  async function asOwner(appId: AppId, statement: string, values: readonly unknown[] = []): Promise<unknown[]> {
    const client = new pg.Client(facts.apps[appId].databaseOwner);
    await client.connect();
    try {
      return (await client.query(statement, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Makes the consumer hold something of the person: an answer that it keeps for repeats. */
  const remember = (appId: AppId, userId: string) =>
    asOwner(
      appId,
      `INSERT INTO idempotent_requests (user_id, key, fingerprint, answer) VALUES ($1, sha256(convert_to($2, 'UTF8')), sha256('request'), 'sealed')`,
      [userId, newId('event')],
    );

  async function isForgotten(appId: AppId, userId: string): Promise<boolean> {
    const rows = await asOwner(appId, 'SELECT key FROM idempotent_requests WHERE user_id = $1', [userId]);
    return rows.length === 0;
  }

  const untilForgotten = (appId: AppId, userId: string) =>
    waitFor(`${appId} to forget the person`, async () => ((await isForgotten(appId, userId)) ? true : undefined), {
      deadlineMs,
    });

  /** Publishes events as `auth` does: its outbox, its relay, its sidecar. */
  async function sayAsAuth(...events: readonly CloudEvent[]): Promise<void> {
    for (const event of events) {
      const topic = event.type.startsWith('privacy.') ? privacyTopic : authTopic;
      const values = [event.id, topic, event.subject, JSON.stringify(event)];
      await asOwner('auth', 'INSERT INTO outbox (id, topic, subject, event) VALUES ($1, $2, $3, $4)', values);
    }
  }

  async function countInLog(eventId: string): Promise<number> {
    const rows = await asOwner('audit', 'SELECT count(*)::int AS count FROM entry WHERE event_id = $1', [eventId]);
    return countRowsSchema.parse(rows)[0].count;
  }

  async function metric(port: number, name: string, labels: Readonly<Record<string, string>>): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(10_000) });
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return (await response.text())
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
      .reduce(
        (sum, line) =>
          sum +
          Number(
            line
              .slice(line.lastIndexOf('}') + 1)
              .trim()
              .split(' ')[0],
          ),
        0,
      );
  }

  /** How many events of `auth` the consumer has taken since its start, by its own count. */
  const countTaken = (appId: AppId) =>
    metric(facts.apps[appId].metricsPort, 'events_consumed_total', { topic: privacyTopic, outcome: 'success' });

  const deadLetterCounts = async () =>
    Object.fromEntries(
      await Promise.all(deadLetterTopics.map(async (topic) => [topic, await countMessages(kafka, topic)] as const)),
    );

  const replay = (topic: string, consumer: AppId) =>
    runCommand(['run', '--silent', 'replay', '--', topic, consumer], {
      env: { TODO_CHATBOT_STATE: platform.stateDir },
    });

  async function committedOffsets(groupId: string, topic: string): Promise<string[]> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return found?.partitions.map(({ offset }) => offset) ?? [];
    } finally {
      await admin.disconnect();
    }
  }

  /** Waits until the group is done with all that the topic holds now. */
  async function untilRead(topic: string, groupId: string): Promise<void> {
    const wanted = await countMessages(kafka, topic);
    await waitFor(
      `${groupId} to read ${topic}`,
      async () => {
        const offsets = (await committedOffsets(groupId, topic)).map((offset) => Math.max(0, Number(offset)));
        return offsets.reduce((sum, offset) => sum + offset, 0) >= wanted ? true : undefined;
      },
      { deadlineMs },
    );
  }

  async function stateOf(groupId: string): Promise<string | undefined> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return (await admin.describeGroups([groupId])).groups[0]?.state;
    } finally {
      await admin.disconnect();
    }
  }

  // Comes first: no consumer of privacy.requests has had anything to commit yet.
  it('a consumer that is down before it ever committed gets what was published meanwhile (initialOffset oldest)', async () => {
    const group = consumerGroup('dapr', 'task');
    // The broker waits for the killed member of the group until its session ends, and only then lets the next one in.
    await waitFor('the sidecar to read', async () => ((await stateOf(group)) === 'Stable' ? true : undefined), {
      deadlineMs,
    });
    assert.equal(await countMessages(kafka, privacyTopic), 0);
    await platform.kill('task-dapr');
    await platform.kill('task');

    const leaver = await newPerson(platform.url);
    const { event: deletion, userId } = deletionOfNobody();
    await Promise.all([remember('booking', userId), remember('task', userId)]);
    // `auth` knows of no such denial, so that nobody can learn of it by asking.
    await sayAsAuth(revocationOf(leaver), deletion);
    await untilForgotten('booking', userId);
    assert.deepEqual(
      new Set(await committedOffsets(group, privacyTopic)),
      new Set(['-1']),
      'the task service has read nothing',
    );
    assert.equal(await isForgotten('task', userId), false);

    await untilForgotten('task', userId);
    await waitFor(
      'the task service to refuse the token',
      async () => ((await statusOfTasks(leaver.token)) === 401 ? true : undefined),
      { deadlineMs },
    );
  });

  /** What the task service itself answers, behind the gateway and its deny set. */
  async function statusOfTasks(token: string): Promise<number> {
    const { appPort, appApiToken } = facts.apps.task;
    const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' };
    return (await call(`http://127.0.0.1:${appPort}`, 'GET', '/v1/tasks', { token, headers })).status;
  }

  it('a handler that throws is not acknowledged: retries with back-off, then the dead-letter topic; a replay takes effect once', async () => {
    const consumer = 'guardrail';
    const deadLetters = deadLetterTopic(privacyTopic, consumer);
    const [poisoned, other] = [deletionOfNobody(), deletionOfNobody()];
    await remember('task', poisoned.userId);
    for (const { userId } of [poisoned, other]) await remember(consumer, userId);
    await refuseToForget(consumer, poisoned.userId);
    await sayAsAuth(poisoned.event, other.event);

    const letters = await waitFor(
      'the dead letter',
      async () => ((await countMessages(kafka, deadLetters)) > 0 ? await readTopic(kafka, deadLetters) : undefined),
      { deadlineMs },
    );
    const original = (await readTopic(kafka, privacyTopic)).find(({ text }) => text.includes(poisoned.userId));
    assert.ok(original);
    assert.deepEqual(
      letters.map(({ key, text, partition }) => ({ key, text, partition })),
      [{ key: original.key, text: original.text, partition: original.partition }],
      'the dead letter is the message as it was',
    );
    assert.equal(await countRefusals(consumer), deliveries);
    const tookMs = (letters[0]?.writtenAt ?? 0) - original.writtenAt;
    assert.ok(tookMs > 3_000 && tookMs < sessionTimeoutMs, `all retries took ${tookMs} ms`);
    await untilForgotten(consumer, other.userId);
    assert.equal(await isForgotten(consumer, poisoned.userId), false);

    await allowToForget(consumer);
    // The other consumers had the event long ago: without the inbox, the replay would take away what is written here.
    await untilForgotten('task', poisoned.userId);
    await remember('task', poisoned.userId);
    const replayed = await replay(privacyTopic, consumer);
    assert.equal(replayed.code, 0, replayed.stderr);
    assert.match(replayed.stdout, /^1 message/);
    await untilForgotten(consumer, poisoned.userId);
    const copies = (await readTopic(kafka, privacyTopic)).filter(({ text }) => text.includes(poisoned.userId));
    assert.deepEqual(
      copies.map(({ partition, key }) => ({ partition, key })),
      [1, 2].map(() => ({ partition: original.partition, key: original.key })),
      'the copy is in the partition of its key',
    );
    await untilPassed(original.partition, 'task');
    assert.equal(await isForgotten('task', poisoned.userId), false, 'the repeat has no effect');

    assert.match((await replay(privacyTopic, consumer)).stdout, /^0 message/);
    assert.equal(await countMessages(kafka, deadLetters), 1);
  });

  /** Makes the consumer's database keep one person, and count how often it had to: a sequence keeps counting when all else is rolled back. */
  async function refuseToForget(appId: AppId, userId: string): Promise<void> {
    await asOwner(
      appId,
      `CREATE SEQUENCE refusals;
       CREATE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
       BEGIN
         PERFORM nextval('refusals');
         RAISE EXCEPTION 'refused by a test';
       END
       $$;
       CREATE TRIGGER refuse_to_forget BEFORE DELETE ON idempotent_requests FOR EACH ROW
         WHEN (OLD.user_id = '${userId}') EXECUTE FUNCTION refuse_to_forget()`,
    );
  }

  async function countRefusals(appId: AppId): Promise<number> {
    const rows = await asOwner(appId, 'SELECT last_value::int AS count FROM refusals');
    return countRowsSchema.parse(rows)[0].count;
  }

  const allowToForget = (appId: AppId) =>
    asOwner(
      appId,
      'DROP TRIGGER refuse_to_forget ON idempotent_requests; DROP FUNCTION refuse_to_forget; DROP SEQUENCE refusals',
    );

  /** Writes an event of a new person to the partition and waits until the consumers have taken it, and so all before it. */
  async function untilPassed(partition: number, ...consumers: readonly AppId[]): Promise<void> {
    const { event, userId } = deletionOfNobody();
    await Promise.all(consumers.map((consumer) => remember(consumer, userId)));
    await writeTexts(kafka, { topic: privacyTopic, partition, key: event.subject }, [JSON.stringify(event)]);
    await Promise.all(consumers.map((consumer) => untilForgotten(consumer, userId)));
  }

  /** Counts from here what `audit` takes: it holds nothing that it could forget. Nothing that was written before is counted. */
  async function countForAudit() {
    await untilRead(privacyTopic, consumerGroup('dapr', 'audit'));
    const before = await countTaken('audit');
    return {
      untilTaken: (count: number) =>
        waitFor(
          `audit to take ${count} events`,
          async () => ((await countTaken('audit')) - before === count ? true : undefined),
          { deadlineMs },
        ),
    };
  }

  const malformed: Readonly<Record<string, string | null>> = {
    'no value': null,
    'not JSON': 'not json',
    'a list': '[1]',
    'an object that is no CloudEvent': '{"hello":"world"}',
    'a CloudEvent without a subject': JSON.stringify({ ...deletionOfNobody().event, subject: undefined }),
    'data that breaks the schema of its type': JSON.stringify({ ...deletionOfNobody().event, data: { userId: 'x' } }),
    'binary rubbish': '\u0000\u0001\ufffd',
  };

  it('a malformed message goes to the dead-letter topic of every consumer, is counted, and holds up nobody', async () => {
    const texts = Object.values(malformed);
    const dropped = (appId: AppId) =>
      metric(facts.apps[appId].daprMetricsPort, 'dapr_component_pubsub_ingress_count', {
        process_status: 'drop',
        topic: privacyTopic,
      });
    const before = await Promise.all(
      privacyConsumers.map(async (consumer) => ({
        dropped: await dropped(consumer),
        ends: await endsOf(kafka, deadLetterTopic(privacyTopic, consumer)),
      })),
    );
    const audit = await countForAudit();
    await writeTexts(kafka, { topic: privacyTopic, partition: 1, key: 'malformed' }, texts);
    const unknown = { ...deletionOfNobody().event, type: 'privacy.unheard_of.v1' };
    await writeTexts(kafka, { topic: privacyTopic, partition: 1, key: 'malformed' }, [JSON.stringify(unknown)]);
    const startedAt = Date.now();
    await untilPassed(1, ...holders);
    // The one of the unknown type and the one of `untilPassed`.
    await audit.untilTaken(2);
    assert.ok(Date.now() - startedAt < sessionTimeoutMs, 'what is hopeless is not tried again');

    for (const [index, consumer] of privacyConsumers.entries()) {
      const letters = await readTopic(kafka, deadLetterTopic(privacyTopic, consumer), before[index]?.ends);
      assert.deepEqual(
        letters.map(({ key, text }) => ({ key, text })),
        texts.map((text) => ({ key: 'malformed', text: text ?? '' })),
        consumer,
      );
      assert.equal((await dropped(consumer)) - (before[index]?.dropped ?? 0), texts.length, `${consumer} counts`);
    }
  });

  it('a malformed audit event goes to the dead-letter topic with its reason, is counted, and holds up nobody', async () => {
    const deadLetters = deadLetterTopic(auditTopic, 'audit');
    const counted = () => metric(facts.apps.audit.metricsPort, 'audit_dead_letters_total', {});
    const [endsBefore, countBefore] = [await endsOf(kafka, deadLetters), await counted()];
    const good = auditEvent();
    const wrongType = { ...auditEvent(), type: 'audit.unheard_of.v1' };
    const texts = [...Object.values(malformed), JSON.stringify(wrongType)];
    const to = { topic: auditTopic, partition: 2, key: 'malformed' };
    await writeTexts(kafka, to, [...texts, JSON.stringify(good)]);

    await waitFor('the good entry', async () => ((await countInLog(good.id)) > 0 ? true : undefined), { deadlineMs });
    const letters = await waitFor(
      'the dead letters',
      async () => {
        const found = await readTopic(kafka, deadLetters, endsBefore);
        return found.length >= texts.length ? found : undefined;
      },
      { deadlineMs },
    );
    assert.deepEqual(letters.map(({ text }) => text).sort(), texts.map((text) => text ?? '').sort());
    for (const { headers } of letters) {
      assert.match(String(headers['dead-letter-reason']), /^not-/);
      assert.equal(String(headers['dead-letter-partition']), '2');
    }
    await waitFor('the count', async () => ((await counted()) - countBefore === texts.length ? true : undefined));
  });

  it('an event that is delivered twice takes effect once', async () => {
    const { event, userId } = deletionOfNobody();
    const to = { topic: privacyTopic, partition: 0, key: event.subject };
    const audit = await countForAudit();
    await Promise.all(holders.map((consumer) => remember(consumer, userId)));
    await writeTexts(kafka, to, [JSON.stringify(event)]);
    await Promise.all(holders.map((consumer) => untilForgotten(consumer, userId)));
    // Without the inbox the second delivery would take this away as well.
    await Promise.all(holders.map((consumer) => remember(consumer, userId)));
    await writeTexts(kafka, to, [JSON.stringify(event)]);
    await untilPassed(0, ...holders);
    for (const consumer of holders) assert.equal(await isForgotten(consumer, userId), false, consumer);
    await audit.untilTaken(3);
  });

  it('an audit event that is delivered twice is one entry; another event under its id is not taken for it', async () => {
    const event = auditEvent();
    const forged = { ...auditEvent(), id: event.id, subject: event.subject };
    const deadLetters = deadLetterTopic(auditTopic, 'audit');
    const before = await endsOf(kafka, deadLetters);
    const write = (partition: number, ...events: readonly CloudEvent[]) =>
      writeTexts(
        kafka,
        { topic: auditTopic, partition, key: event.subject },
        events.map((one) => JSON.stringify(one)),
      );
    // In one batch and in two, in one partition and in another one.
    for (const partition of [0, 0, 1]) await write(partition, event, event);
    for (const partition of [0, 1]) {
      const marker = auditEvent();
      await write(partition, forged, marker);
      await waitFor('what follows', async () => ((await countInLog(marker.id)) === 1 ? true : undefined), {
        deadlineMs,
      });
    }
    assert.equal(await countInLog(event.id), 1);
    const letters = await waitFor(
      'the forgeries among the dead letters',
      async () => {
        const found = await readTopic(kafka, deadLetters, before);
        return found.length >= 2 ? found : undefined;
      },
      { deadlineMs },
    );
    assert.deepEqual(
      letters.map(({ headers, text }) => [String(headers['dead-letter-reason']), text]),
      [1, 2].map(() => ['event-id-taken', JSON.stringify(forged)]),
    );
  });

  it('the broker has the topics of the table with their settings and no others, and makes none by itself (KAFKA-2)', async () => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      const present = (await admin.listTopics()).filter((name) => !name.startsWith('__')).sort();
      assert.deepEqual(present, [...topics.map(({ name }) => name), ...deadLetterTopics].sort());
      const { topics: found } = await admin.fetchTopicMetadata({ topics: present });
      const settings = await settingsOf(ConfigResourceTypes.TOPIC, present);
      for (const { name, partitions, retentionMs, flushEveryMessage, consumers } of topics) {
        const partitionsOf = (topic: string) => found.find((one) => one.name === topic)?.partitions.length;
        assert.equal(partitionsOf(name), partitions, name);
        assert.equal(settings[name]?.['retention.ms'], String(retentionMs), name);
        assert.equal(settings[name]?.['flush.messages'] === '1', flushEveryMessage, name);
        for (const consumer of consumers) {
          const deadLetters = deadLetterTopic(name, consumer);
          // A key that keeps its partition keeps its order.
          assert.equal(partitionsOf(deadLetters), partitions, deadLetters);
          assert.equal(settings[deadLetters]?.['flush.messages'], '1', deadLetters);
          assert.ok(Number(settings[deadLetters]?.['retention.ms']) > retentionMs, deadLetters);
        }
      }
      // A producer without a topic of its own could not be told from the others.
      const synced = [...auditedApps.map(auditTopicOf), checkpointTopic];
      for (const name of synced) assert.equal(settings[name]?.['flush.messages'], '1', name);

      const broker = await settingsOf(ConfigResourceTypes.BROKER, ['1']);
      assert.equal(broker['1']?.['auto.create.topics.enable'], 'false');
      const topic = `unheard-of-${newId('event')}`;
      const producer = kafka.producer({ allowAutoTopicCreation: true, retry: { retries: 1 } });
      await producer.connect();
      await assert.rejects(producer.send({ topic, messages: [{ value: '{}' }] }), /does not host this topic/);
      await producer.disconnect();
      assert.ok(!(await admin.listTopics()).includes(topic));
    } finally {
      await admin.disconnect();
    }
  });

  async function settingsOf(
    type: (typeof ConfigResourceTypes)['TOPIC' | 'BROKER'],
    names: readonly string[],
  ): Promise<Record<string, Record<string, string>>> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      const resources = names.map((name) => ({ type, name }));
      const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false });
      return Object.fromEntries(
        found.map(({ resourceName, configEntries }) => [
          resourceName,
          Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
        ]),
      );
    } finally {
      await admin.disconnect();
    }
  }

  it('while the broker is down, turns go on; once it is back, each event arrives, in order and once in effect', async () => {
    const person = await newPerson(platform.url);
    await person.say('add the first version');
    const [first] = await everyTask(person);
    assert.ok(first);
    const isBrokerReady = async () =>
      (await platform.status()).processes.some(({ name, ready }) => name === 'kafka' && ready);

    await platform.kill('kafka');
    let [turnsMeanwhile, version] = [0, first.version];
    while (!(await isBrokerReady())) {
      await person.say(`add errand ${turnsMeanwhile}`);
      const answer = await person.call('PATCH', `/api/v1/tasks/${first.id}`, { body: { title: `version ${version}` } });
      assert.equal(answer.status, 200, answer.text);
      version = taskSchema.parse(answer.body).version;
      turnsMeanwhile += 1;
    }
    assert.ok(turnsMeanwhile >= 2, 'the broker was away for a while');

    const tasks = await everyTask(person);
    assert.equal(tasks.length, 1 + turnsMeanwhile);
    await untilAudited(person, tasks);
    const key = (await taskKeysOf(facts, person.userId)).get(taskTopic) ?? assert.fail('task has no key of its topic');
    const published = await waitFor(
      'the news of the last change',
      async () => {
        const events = (await readTopic(kafka, taskTopic)).filter(({ key: subject }) => subject === first.id);
        const versions = new Map(events.map(({ text }) => versionedEventOf(text, key)));
        return [...versions.values()].includes(version) ? [...versions.values()] : undefined;
      },
      { deadlineMs, everyMs: 500 },
    );
    assert.deepEqual(
      published,
      Array.from({ length: version }, (_, index) => index + 1),
    );
  });

  it('a rolling restart of all services and sidecars under load leaves no gap, no double and no dead letter', async () => {
    const person = await newPerson(platform.url);
    const before = await deadLetterCounts();
    const stream = streamTurns(person);
    try {
      for (const name of appIds.flatMap((appId) => [appId, `${appId}-dapr`])) {
        await platform.restart(name);
        const count = stream.acknowledged.length;
        await waitFor(
          `a turn after the restart of ${name}`,
          async () => (stream.acknowledged.length > count ? true : undefined),
          { deadlineMs },
        );
      }
    } finally {
      await stream.stop();
    }

    const tasks = await everyTask(person);
    assert.deepEqual(tasks.map(({ title }) => title).sort(), [...stream.acknowledged].sort());
    await untilAudited(person, tasks);
    for (const { name, delivery, consumers } of topics) {
      for (const consumer of consumers) await untilRead(name, consumerGroup(delivery, consumer));
    }
    assert.deepEqual(await deadLetterCounts(), before);
    const { code, stdout } = await runCommand(['run', '--silent', 'audit:verify'], {
      env: { TODO_CHATBOT_STATE: platform.stateDir },
    });
    assert.equal(code, 0, stdout);
  });
});

function consumersOf(topic: string): readonly AppId[] {
  return topics.find(({ name }) => name === topic)?.consumers ?? [];
}

/** A CloudEvent as a service would write it. */
function eventOf<T extends EventType>(type: T, source: AppId, subject: string, data: EventData<T>): CloudEvent {
  return {
    specversion: '1.0',
    id: newId('event'),
    source,
    type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}

/** News that the data key of somebody is gone whom `auth` has never known: what is held of them goes. */
function deletionOfNobody(): { readonly event: CloudEvent; readonly userId: string } {
  const userId = newId('user');
  return { userId, event: eventOf('privacy.key_destroyed.v1', 'auth', userId, { userId }) };
}

/** News of the end of the person's session. */
function revocationOf({ userId, token }: Person): CloudEvent {
  const sessionId = z.string().parse(decodeJwt(token).sid);
  const accessTokensExpireAt = new Date(Date.now() + 3_600_000).toISOString();
  return eventOf('auth.session_revoked.v1', 'auth', userId, { userId, sessionId, accessTokensExpireAt });
}

function auditEvent(): CloudEvent {
  const actor = { type: 'user', id: newId('user') } as const;
  return eventOf('audit.recorded.v1', 'task', actor.id, {
    service: 'task',
    actor,
    sessionId: null,
    category: 'data-change',
    action: 'task.create',
    success: true,
    reason: null,
    object: { type: 'task', id: newId('task') },
    input: {},
    metadata: { address: null, userAgent: null },
    traceId: null,
    retentionClass: 'task-execution',
  });
}

/** Id of a task event, and the version of the task that it tells of. */
function versionedEventOf(text: string, key: string): [string, number] {
  const event = sealedEventSchema.parse(JSON.parse(text));
  return [event.id, openTask(event, key).version];
}
