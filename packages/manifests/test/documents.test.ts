import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  allowedCalls,
  appIds,
  broadcastNameOf,
  deadLetterTopic,
  pubsubNameOf,
  readersOf,
  topics,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import { daprFiles, operationsFor } from '../src/dapr/documents.ts';
import { staleFiles } from '../src/generate.ts';
import { wantedGrants, wantedTopics } from '../src/kafka/access.ts';

describe('The files under dapr-components/', () => {
  it('are what the tables of contracts say', async () => {
    assert.deepEqual(await staleFiles(), []);
  });

  it('deny by default in every access policy and for every secret (MESH-2, MESH-5)', () => {
    const texts = daprFiles().flatMap(({ path, document }) =>
      path.startsWith('configurations/') ? [JSON.stringify(document)] : [],
    );
    assert.equal(texts.length, appIds.length);
    for (const text of texts) {
      assert.ok(!text.includes('"defaultAction":"allow"') && text.includes('"defaultAction":"deny"'));
      assert.ok(text.includes('"defaultAccess":"deny"'));
    }
  });

  it('list each allowed call once, and no other', () => {
    const listed = appIds.flatMap((caller) =>
      appIds.flatMap((callee) => {
        const calls = allowedCalls.filter((call) => call.caller === caller && call.callee === callee);
        return operationsFor(calls).flatMap(({ httpVerb }) => httpVerb.map((verb) => `${caller} ${callee} ${verb}`));
      }),
    );
    assert.deepEqual(
      listed.sort(),
      allowedCalls.map(({ caller, callee, verb }) => `${caller} ${callee} ${verb}`).sort(),
    );
  });
});

const pubsubSchema = z.object({
  spec: z.object({
    type: z.literal('pubsub.kafka'),
    metadata: z.array(z.object({ name: z.string(), value: z.string().optional() })),
  }),
});
const subscriptionSchema = z.object({
  spec: z.object({ pubsubname: z.string(), topic: z.string(), deadLetterTopic: z.string().optional() }),
  scopes: z.tuple([z.enum(appIds)]),
});
const seconds = z
  .string()
  .regex(/^\d+s$/)
  .transform((text) => Number(text.slice(0, -1)));
const resiliencySchema = z.object({
  spec: z.object({
    policies: z.object({
      retries: z.object({
        deliver: z.object({ policy: z.literal('exponential'), maxInterval: seconds, maxRetries: z.int().positive() }),
      }),
    }),
    targets: z.object({
      components: z.record(
        z.string(),
        z.object({ inbound: z.strictObject({ timeout: z.string(), retry: z.literal('deliver') }) }),
      ),
    }),
  }),
  scopes: z.array(z.enum(appIds)),
});

describe('Messaging (KAFKA-2, KAFKA-4)', () => {
  const documentsIn = (folder: string) =>
    daprFiles().flatMap(({ path, document }) => (path.startsWith(folder) ? [document] : []));
  const pubsubs = documentsIn('components/pubsub-').map((document) => {
    const { metadata } = pubsubSchema.parse(document).spec;
    return new Map(metadata.map(({ name, value }) => [name, value]));
  });

  it('starts every group at the oldest message, over verified TLS, in a protocol that Kafka 4 knows', () => {
    assert.equal(pubsubs.length, appIds.length);
    for (const fields of pubsubs) {
      assert.equal(fields.get('initialOffset'), 'oldest');
      assert.ok(fields.has('caCert') && !fields.has('disableTls') && !fields.has('skipVerify'));
      const [major = 0, minor = 0] = (fields.get('version') ?? '').split('.').map(Number);
      assert.ok(major > 3 || (major === 3 && minor >= 9), fields.get('version'));
    }
  });

  it('gives every subscription its dead-letter topic, and none to what is broadcast', () => {
    const found = documentsIn('subscriptions/').map((document) => {
      const { spec } = subscriptionSchema.parse(document);
      return [spec.pubsubname, spec.topic, spec.deadLetterTopic ?? 'none'].join(' ');
    });
    const wanted = topics
      .filter(({ delivery }) => delivery === 'dapr')
      .flatMap(({ name, consumers, broadcastTo = [] }) => [
        ...consumers.map((app) => [pubsubNameOf(app), name, deadLetterTopic(name, app)].join(' ')),
        ...broadcastTo.map((app) => [broadcastNameOf(app), name, 'none'].join(' ')),
      ]);
    assert.deepEqual(found.sort(), wanted.sort());
  });

  it('gives what is broadcast a group for each pod, new events alone, and no right to publish', () => {
    const broadcasts = documentsIn('components/broadcast-').map((document) => {
      const { metadata } = pubsubSchema.parse(document).spec;
      return new Map(metadata.map(({ name, value }) => [name, value]));
    });
    assert.equal(broadcasts.length, new Set(topics.flatMap(({ broadcastTo = [] }) => broadcastTo)).size);
    for (const fields of broadcasts) {
      assert.match(fields.get('consumerGroup') ?? '', /-broadcast\.\{podName\}$/);
      assert.equal(fields.get('initialOffset'), 'newest');
      assert.match(fields.get('publishingScopes') ?? '', /^[a-z-]+=$/);
      assert.ok(fields.has('caCert') && !fields.has('disableTls') && !fields.has('skipVerify'));
    }
  });

  it('ends all retries of a message before the session of its consumer could', () => {
    const policies = documentsIn('resiliency/').map((document) => resiliencySchema.parse(document));
    assert.deepEqual(policies.flatMap(({ scopes }) => scopes).sort(), [...appIds].sort());
    const sessionSeconds = Math.min(...pubsubs.map((fields) => seconds.parse(fields.get('sessionTimeout'))));
    for (const { spec } of policies) {
      const { maxInterval, maxRetries } = spec.policies.retries.deliver;
      // Dapr starts at 0.5 s, waits half as long again each time, and up to half longer than that by chance.
      const waits = Array.from({ length: maxRetries }, (_, index) => Math.min(maxInterval, 0.5 * 1.5 ** index));
      assert.ok(1.5 * waits.reduce((sum, wait) => sum + wait, 0) < sessionSeconds);
    }
  });
});

describe('Paths of access policies', () => {
  it('put an item before its collection, in forms that Dapr matches apart', () => {
    const operations = operationsFor([
      { verb: 'GET', path: '/v1/tasks' },
      { verb: 'PATCH', path: '/v1/tasks/*' },
      { verb: 'POST', path: '/v1/tasks' },
    ]);
    assert.deepEqual(operations, [
      { name: '/v1/tasks/*_*', httpVerb: ['PATCH'], action: 'allow' },
      { name: '/v1/tasks/*', httpVerb: ['GET', 'POST'], action: 'allow' },
    ]);
  });

  it('write a wildcard in the middle so that it still takes one segment', () => {
    const operations = operationsFor([
      { verb: 'GET', path: '/v1/entries/*/proof' },
      { verb: 'GET', path: '/v1/entries' },
    ]);
    assert.deepEqual(
      operations.map(({ name }) => name),
      ['/v1/entries/*', '/v1/entries/**/proof'],
    );
  });

  it('put what lies below a path before it, and refuse what Dapr could not tell apart', () => {
    const names = operationsFor([
      { verb: 'PUT', path: '/v1/password' },
      { verb: 'POST', path: '/v1/password/reset' },
      { verb: 'POST', path: '/v1/password/reset/again' },
    ]).map(({ name }) => name);
    assert.deepEqual(names, ['/v1/password/reset/again', '/v1/password/reset/*', '/v1/password/*']);
    assert.throws(
      () =>
        operationsFor([
          { verb: 'GET', path: '/v1/users/*' },
          { verb: 'PUT', path: '/v1/users/*/roles' },
        ]),
      /users/,
    );
  });

  it('leave a path alone that nothing lies below', () => {
    assert.equal(operationsFor([{ verb: 'GET', path: '/v1/jwks' }])[0]?.name, '/v1/jwks');
  });
});

describe('Kafka’s topics and rights (KAFKA-1)', () => {
  it('give every consumer of every topic a dead-letter topic that it may write and not read', () => {
    const names = new Set(wantedTopics().map(({ name }) => name));
    for (const { name, consumers } of topics) {
      for (const consumer of consumers) {
        const deadLetters = `${name}.${consumer}.dlt`;
        assert.ok(names.has(deadLetters));
        const grants = wantedGrants().filter((grant) => grant.name === deadLetters);
        const holders = (operation: string) =>
          grants.filter((grant) => grant.operation === operation).map(({ principal }) => principal);
        assert.deepEqual(holders('write'), [`User:${consumer}`]);
        assert.deepEqual(holders('read'), []);
        assert.deepEqual(new Set(holders('describe')), new Set([`User:${consumer}`, 'User:audit']));
      }
    }
  });

  it('grant nothing twice', () => {
    const grants = wantedGrants().map((grant) => JSON.stringify(grant));
    assert.equal(new Set(grants).size, grants.length);
  });

  it('let exactly the table’s producers write and its readers read', () => {
    for (const topic of topics) {
      const { name, producers } = topic;
      const holders = (operation: string) =>
        wantedGrants()
          .filter((grant) => grant.name === name && grant.operation === operation)
          .map(({ principal }) => principal.slice('User:'.length))
          .sort();
      assert.deepEqual(holders('write'), [...producers].sort());
      assert.deepEqual(holders('read'), [...readersOf(topic)].sort());
    }
  });

  it('let the replicas of an app alone into the groups of its replicas (CHAT-4)', () => {
    const prefixed = wantedGrants().filter(({ pattern }) => pattern === 'prefixed');
    assert.deepEqual(
      prefixed.map(({ principal, resource, name, operation }) => [principal, resource, name, operation].join(' ')),
      [
        'User:chat-gateway group chat-gateway-broadcast. read',
        'User:chat-gateway group chat-gateway-broadcast. describe',
      ],
    );
    const others = wantedGrants().filter(({ pattern }) => pattern === 'literal');
    assert.ok(!others.some(({ name }) => prefixed.some((prefix) => name.startsWith(prefix.name))));
  });

  it('let no two apps share a group', () => {
    const groups = wantedGrants().filter(({ resource, operation }) => resource === 'group' && operation === 'read');
    assert.equal(new Set(groups.map(({ name }) => name)).size, groups.length);
  });
});
