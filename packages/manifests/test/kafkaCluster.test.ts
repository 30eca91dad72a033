import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { appIds } from '@todo-chatbot/contracts';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { cluster, ports } from '../src/names.ts';

const repositoryDir = fileURLToPath(new URL('../../../', import.meta.url));

async function documentsOf(path: string): Promise<unknown[]> {
  const text = await readFile(`${repositoryDir}${path}`, 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS());
}

function pick<T extends z.ZodType>(documents: readonly unknown[], schema: T): z.infer<T> {
  for (const document of documents) {
    const parsed = schema.safeParse(document);
    if (parsed.success) return parsed.data;
  }
  throw new Error('no such document');
}

/** What Pod Security `restricted` asks of a container, and a root that cannot be written. */
const containerSchema = z.looseObject({
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    runAsNonRoot: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
});
const resourcesSchema = z.strictObject({
  requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
  limits: z.strictObject({ cpu: z.string(), memory: z.string() }),
});
const podSchema = z.looseObject({
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
});
/** Whose pods write a volume with the group of their image's user. */
const brokerPodSchema = z.looseObject({
  securityContext: z.strictObject({ ...podSchema.shape.securityContext.shape, fsGroup: z.literal(0) }),
});
const kafkaSchema = z.looseObject({
  kind: z.literal('Kafka'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    kafka: z.looseObject({
      listeners: z.array(
        z.looseObject({
          port: z.int(),
          type: z.string(),
          tls: z.boolean(),
          authentication: z.looseObject({ type: z.string() }),
          networkPolicyPeers: z.array(
            z.strictObject({
              namespaceSelector: z
                .strictObject({ matchLabels: z.strictObject({ 'kubernetes.io/metadata.name': z.literal('keda') }) })
                .optional(),
              podSelector: z.looseObject({
                matchExpressions: z
                  .tuple([
                    z.strictObject({
                      key: z.literal('app.kubernetes.io/name'),
                      operator: z.literal('In'),
                      values: z.array(z.string()),
                    }),
                  ])
                  .optional(),
              }),
            }),
          ),
        }),
      ),
      authorization: z.unknown(),
      config: z.record(z.string(), z.unknown()),
      template: z.looseObject({
        pod: brokerPodSchema,
        kafkaContainer: containerSchema,
        initContainer: containerSchema,
      }),
    }),
    entityOperator: z.looseObject({
      topicOperator: z.looseObject({ resources: resourcesSchema }),
      userOperator: z.looseObject({ resources: resourcesSchema, secretPrefix: z.string().min(1) }),
      template: z.looseObject({
        pod: podSchema,
        topicOperatorContainer: containerSchema,
        userOperatorContainer: containerSchema,
      }),
    }),
    kafkaExporter: z.looseObject({
      resources: resourcesSchema,
      template: z.looseObject({ pod: podSchema, container: containerSchema }),
    }),
  }),
});

describe('Kafka in the cluster (KAFKA-1, K8S-1, K8S-3)', () => {
  it('has one listener, for clients with a password over TLS and inside of the cluster, and lets in who reads or writes', async () => {
    const { spec, metadata } = pick(await documentsOf('k8s/base/kafka/cluster.yaml'), kafkaSchema);
    assert.equal(cluster.kafkaBroker, `${metadata.name}-kafka-bootstrap.todo-chatbot.svc:${ports.kafka}`);
    assert.equal(spec.kafka.listeners.length, 1);
    const [listener] = spec.kafka.listeners;
    assert.deepEqual(
      [listener?.port, listener?.type, listener?.tls, listener?.authentication],
      [ports.kafka, 'internal', true, { type: 'scram-sha-512' }],
    );
    const peers = listener?.networkPolicyPeers ?? [];
    // An empty list would be everybody.
    assert.deepEqual(
      peers.flatMap(({ podSelector }) => podSelector.matchExpressions?.flatMap(({ values }) => values) ?? []),
      [...appIds],
    );
    assert.equal(peers.length, 2);
  });

  it('denies what no rule allows, and makes no topic by its being used', async () => {
    const { spec } = pick(await documentsOf('k8s/base/kafka/cluster.yaml'), kafkaSchema);
    // No `superUsers`.
    assert.deepEqual(spec.kafka.authorization, { type: 'simple' });
    assert.equal(spec.kafka.config['allow.everyone.if.no.acl.found'], false);
    assert.equal(spec.kafka.config['auto.create.topics.enable'], false);
    assert.equal(spec.kafka.config['ssl.enabled.protocols'], 'TLSv1.3,TLSv1.2');
    assert.equal(spec.kafka.config['unclean.leader.election.enable'], false);
  });

  it('keeps an acknowledged event on two of three brokers in production', async () => {
    const documents = await documentsOf('k8s/overlays/production/kafka.yaml');
    const pool = pick(
      documents,
      z.looseObject({ kind: z.literal('KafkaNodePool'), spec: z.looseObject({ replicas: z.int() }) }),
    );
    assert.equal(pool.spec.replicas, 3);
    const { spec } = pick(
      documents,
      z.looseObject({
        kind: z.literal('Kafka'),
        spec: z.looseObject({ kafka: z.looseObject({ config: z.record(z.string(), z.number()), rack: z.unknown() }) }),
      }),
    );
    for (const [name, value] of Object.entries(spec.kafka.config)) {
      assert.equal(value, /min\.(insync|isr)/.test(name) ? 2 : 3, name);
    }
    const base = pick(await documentsOf('k8s/base/kafka/cluster.yaml'), kafkaSchema).spec.kafka.config;
    const replicated = Object.keys(base).filter((name) => /replication\.factor|min\.(insync|isr)/.test(name));
    assert.deepEqual(Object.keys(spec.kafka.config).sort(), replicated.sort());
    assert.ok(spec.kafka.rack);
  });
});

const certificateSchema = z.looseObject({
  kind: z.literal('Certificate'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    secretName: z.string(),
    dnsNames: z.array(z.string()),
    duration: z.string(),
    renewBefore: z.string(),
    privateKey: z.strictObject({ algorithm: z.literal('ECDSA'), size: z.literal(256), rotationPolicy: z.string() }),
    usages: z.array(z.string()),
    issuerRef: z.looseObject({ name: z.string() }),
  }),
});

describe('Certificates of our own servers (DATA-1)', () => {
  it('are for the names that clients verify, for serving alone, short-lived and with a new key each time', async () => {
    const found = (await documentsOf('k8s/base/certificates/servers.yaml')).map((document) =>
      certificateSchema.parse(document),
    );
    const hosts: Readonly<Record<string, string>> = {
      [cluster.witnessTlsSecret]: new URL(cluster.witnessUrl).hostname,
      [cluster.limitsTlsSecret]: cluster.limitsHost,
    };
    assert.deepEqual(found.map(({ spec }) => spec.secretName).sort(), Object.keys(hosts).sort());
    for (const { spec } of found) {
      assert.ok(spec.dnsNames.includes(hosts[spec.secretName] ?? ''));
      assert.deepEqual(spec.usages, ['digital signature', 'server auth']);
      assert.deepEqual([spec.duration, spec.renewBefore], ['720h', '240h']);
      assert.equal(spec.privateKey.rotationPolicy, 'Always');
      assert.equal(spec.issuerRef.name, 'internal');
    }
  });
});
