import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type AppId, appIds, secretsOf } from '@todo-chatbot/contracts';
import { type Grant, wantedGrants, wantedTopics } from '@todo-chatbot/manifests';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { type Credentials, ensureCredentials } from '../src/credentials.ts';
import { namesInFile, renderNativeFiles } from '../src/dapr/render.ts';
import { ensurePrivateDirectory } from '../src/files.ts';
import type { LaunchSpec } from '../src/launch.ts';
import { repositoryDir, type StateLayout, stateLayout } from '../src/layout.ts';
import { choosePorts, type PlatformPorts } from '../src/platformPorts.ts';
import { serviceLaunchSpec } from '../src/service.ts';
import { ensureWitness, readWitnessFacts, witnessLaunchSpec } from '../src/witness.ts';

/**
 * The committed files of the cluster beside what the local platform really writes and starts. What differs is listed here, one by one:
 * a difference that is not listed is drift, and so is one that is listed and no longer there.
 */

const documentSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  scopes: z.array(z.string()).optional(),
});
type Document = z.infer<typeof documentSchema>;

async function documentsIn(folder: string): Promise<Document[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.yaml$/.test(entry.name));
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
  return texts.flatMap((text) =>
    parseAllDocuments(text).flatMap((document) => {
      const value: unknown = document.toJS();
      // A kustomization is no object of the cluster: it has no name.
      const parsed = documentSchema.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

const inRepository = (...parts: string[]) => join(repositoryDir, ...parts);
const nameOf = ({ kind, metadata }: Document) => `${kind} ${metadata.name}`;

/** Every value in a document by its path; entries of a list that have a name are told by it. */
function valuesOf(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      valuesOf(item, `${path}[${namedItemSchema.safeParse(item).data?.name ?? index}]`),
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => valuesOf(inner, path === '' ? key : `${path}.${key}`));
  }
  return [[path, JSON.stringify(value)]];
}
const namedItemSchema = z.looseObject({ name: z.string() });

/** `path: in the cluster → natively`, for each value that one has and the other has not or has otherwise. */
function differences(cluster: unknown, native: unknown): string[] {
  const [there, here] = [new Map(valuesOf(cluster)), new Map(valuesOf(native))];
  return [...new Set([...there.keys(), ...here.keys()])]
    .filter((path) => there.get(path) !== here.get(path))
    .map((path) => `${path}: ${there.get(path) ?? 'absent'} → ${here.get(path) ?? 'absent'}`)
    .sort();
}

interface World {
  readonly layout: StateLayout;
  readonly ports: PlatformPorts;
  readonly credentials: Credentials;
}
const native = {
  kafkaBroker: '127.0.0.1:19092',
  kafkaCa: 'the authority',
  sentryAddress: '127.0.0.1:15001',
  spanCollector: 'http://127.0.0.1:19411/api/v2/spans',
};

describe('The cluster and one machine, from one source (K8S-1, MESH-2, MESH-5, KAFKA-1)', () => {
  let world: World;
  before(async () => {
    const layout = stateLayout(await mkdtemp(join(tmpdir(), 'todo-chatbot-drift-')));
    await ensurePrivateDirectory(layout.secretsDir);
    const ports = await choosePorts({ mode: 'free' }, undefined, () => undefined);
    world = { layout, ports, credentials: await ensureCredentials(layout.secretsDir) };
    await ensureWitness(layout);
    const values = { ...native, layout, nameResolution: namesInFile(layout) };
    for (const appId of appIds) await renderNativeFiles(appId, world.credentials.apps[appId], values);
  });
  after(() => rm(world.layout.stateDir, { recursive: true, force: true }));

  for (const appId of appIds) {
    it(`gives the sidecar of ${appId} the same components, policies, resiliency and subscriptions`, async () => {
      const cluster = (await documentsIn(inRepository('dapr-components'))).filter((document) =>
        document.kind === 'Configuration' ? document.metadata.name === appId : document.scopes?.includes(appId),
      );
      const local = await documentsIn(world.layout.daprDir(appId));
      assert.deepEqual(cluster.map(nameOf).sort(), local.map(nameOf).sort());
      const found = cluster.flatMap((document) =>
        differences(
          document,
          local.find((other) => nameOf(other) === nameOf(document)),
        ).map((difference) => `${nameOf(document)} ${difference}`),
      );
      assert.deepEqual(found.sort(), knownDaprDifferences(appId, world.layout, cluster).sort());
    });

    it(`starts ${appId} with the same arguments and environment`, async () => {
      const { containers, settings } = await deploymentOf('services', appId);
      const there = Object.fromEntries(containers[0].env.map((entry) => [entry.name, valueIn(entry, settings)]));
      const spec = await serviceSpec(appId, world);
      assert.deepEqual(containers[0].args, spec.args);
      assertSameEnvironment(there, spec.env, knownVariables(appId));
    });

    it(`lets ${appId} read the same secrets, by its Role and by its policy`, async () => {
      const identity = await documentsIn(inRepository('k8s', 'base', 'services', appId));
      const role = roleSchema.parse(identity.find(({ kind }) => kind === 'Role'));
      const store = parse(await readFile(world.layout.secretStoreFile(appId), 'utf8'));
      // The authority of Kafka's certificates is a file natively.
      assert.deepEqual(role.rules, [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [...Object.keys(store), 'todo-chatbot-cluster-ca-cert'],
          verbs: ['get'],
        },
      ]);
      const configuration = configurationSchema.parse(
        parse(await readFile(inRepository('dapr-components', 'configurations', `${appId}.yaml`), 'utf8')),
      );
      assert.deepEqual(
        configuration.spec.secrets.scopes.map(({ allowedSecrets }) => allowedSecrets),
        [secretsOf(appId)],
      );
      assert.deepEqual(Object.keys(store), [...secretsOf(appId)]);
    });
  }

  it('starts the witness with the same arguments and environment', async () => {
    const { containers, settings } = await deploymentOf('', 'witness');
    const there = Object.fromEntries(containers[0].env.map((entry) => [entry.name, valueIn(entry, settings)]));
    const checkpointKey = world.credentials.apps.audit.secrets['audit-checkpoint-key']?.privateKey ?? '';
    const spec = witnessLaunchSpec({ layout: world.layout, port: world.ports.witness, checkpointKey });
    assert.deepEqual(containers[0].args, spec.args);
    assertSameEnvironment(there, spec.env, {
      inCluster: ['LISTEN_ADDRESS'],
      natively: [],
      otherwise: [
        ...['KEY_FILE', 'LOG_VERIFIER_KEY', 'PORT', 'STORE_FILE'],
        ...['TLS_CERTIFICATE_FILE', 'TLS_KEY_FILE', 'WITNESS_NAME'],
      ],
    });
  });

  it('has the same topics, with the same partitions and retention', async () => {
    const topics = (await documentsIn(inRepository('k8s', 'base', 'kafka')))
      .filter(({ kind }) => kind === 'KafkaTopic')
      .map((document) => topicSchema.parse(document));
    const there = topics.map(({ metadata, spec }) => ({ name: metadata.name, ...spec }));
    // In the cluster, replicas take the place of fsync after each message.
    const here = wantedTopics().map(({ name, partitions, settings: { 'flush.messages': _, ...config } }) => ({
      name,
      partitions,
      config,
    }));
    assert.deepEqual(there, here);
  });

  it('gives Kafka’s users the same rights, and the autoscaler none but to look on', async () => {
    const users = (await documentsIn(inRepository('k8s', 'base', 'kafka')))
      .filter(({ kind }) => kind === 'KafkaUser')
      .map((document) => userSchema.parse(document));
    const there = users.flatMap(({ metadata, spec }) => {
      assert.equal(spec.authentication.password.valueFrom.secretKeyRef.name, `${metadata.name}-kafka`);
      return spec.authorization.acls.flatMap(({ resource, operations }) =>
        operations.map((operation) =>
          [`User:${metadata.name}`, resource.type, resource.name, resource.patternType, operation.toLowerCase()].join(
            ' ',
          ),
        ),
      );
    });
    const patternTypes = { literal: 'literal', prefixed: 'prefix' } as const;
    const line = ({ principal, resource, name, pattern, operation }: Grant) =>
      [principal, resource, name, patternTypes[pattern], operation].join(' ');
    const ofScaler = there.filter((right) => right.startsWith('User:keda '));
    assert.ok(ofScaler.length > 0 && ofScaler.every((right) => right.endsWith(' describe')));
    assert.deepEqual(there.filter((right) => !ofScaler.includes(right)).sort(), wantedGrants().map(line).sort());
  });
});

/** Where things are, and who vouches for whom: all that may differ between the Dapr files of the two worlds. */
function knownDaprDifferences(appId: AppId, layout: StateLayout, documents: readonly Document[]): string[] {
  const text = (value: string) => JSON.stringify(value);
  const configuration = documents.find(({ kind }) => kind === 'Configuration');
  const callers = configurationSchema.parse(configuration).spec.accessControl.policies;
  const collector = 'http://otel-collector.todo-chatbot.svc:9411/api/v2/spans';
  const broker = 'todo-chatbot-kafka-bootstrap.todo-chatbot.svc:9093';
  const ofKafka = documents.filter(({ spec }) => isKafka.safeParse(spec).success);
  assert.ok(ofKafka.length > 0);
  return [
    // Secrets come from a file.
    'Component secretstore spec.type: "secretstores.kubernetes" → "secretstores.local.file"',
    'Component secretstore spec.metadata[multiValued].name: absent → "multiValued"',
    'Component secretstore spec.metadata[multiValued].value: absent → "true"',
    'Component secretstore spec.metadata[secretsFile].name: absent → "secretsFile"',
    `Component secretstore spec.metadata[secretsFile].value: absent → ${text(layout.secretStoreFile(appId))}`,
    // Kafka is elsewhere, and its authority a text.
    ...ofKafka.flatMap((document) => [
      `${nameOf(document)} spec.metadata[brokers].value: ${text(broker)} → ${text(native.kafkaBroker)}`,
      `${nameOf(document)} spec.metadata[caCert].secretKeyRef.key: "ca.crt" → absent`,
      `${nameOf(document)} spec.metadata[caCert].secretKeyRef.name: "todo-chatbot-cluster-ca-cert" → absent`,
      `${nameOf(document)} spec.metadata[caCert].value: absent → ${text(native.kafkaCa)}`,
    ]),
    ...[
      // Outside of Kubernetes, Sentry signs workloads into one trust domain that cannot be named.
      'spec.accessControl.trustDomain: "todo-chatbot" → "public"',
      ...callers.map((_, index) => `spec.accessControl.policies[${index}].trustDomain: "todo-chatbot" → "public"`),
      'spec.mtls.controlPlaneTrustDomain: "cluster.local" → "todo-chatbot"',
      `spec.mtls.sentryAddress: "dapr-sentry.dapr-system.svc:443" → ${text(native.sentryAddress)}`,
      `spec.tracing.zipkin.endpointAddress: ${text(collector)} → ${text(native.spanCollector)}`,
      // Sidecars find each other in a database; in the cluster by DNS.
      'spec.nameResolution.component: absent → "sqlite"',
      `spec.nameResolution.configuration.connectionString: absent → ${text(layout.namesFile)}`,
      'spec.nameResolution.version: absent → "v1"',
    ].map((difference) => `Configuration ${appId} ${difference}`),
  ];
}

/** Names of variables that only one world has, and of those that both have with different values. */
interface KnownVariables {
  readonly inCluster: readonly string[];
  readonly natively: readonly string[];
  readonly otherwise: readonly string[];
}

function knownVariables(appId: AppId): KnownVariables {
  const own: Readonly<Record<AppId, KnownVariables>> = {
    auth: {
      // Mail goes to a relay, and not into a folder.
      inCluster: ['SMTP_HOST', 'SMTP_PORT', 'SMTP_SECURITY'],
      natively: [],
      otherwise: ['MAIL_FOLDER', 'MAIL_TRANSPORT', 'PUBLIC_ORIGIN', 'SECOND_FACTOR_FOR_ADMINISTRATORS'],
    },
    'chat-gateway': {
      // Replicas count in one store, behind an edge whose word about addresses counts.
      inCluster: ['REDIS_CA_FILE', 'REDIS_HOST', 'REDIS_PORT', 'TRUSTED_PROXIES'],
      natively: [],
      otherwise: ['PUBLIC_ORIGIN', 'PUBLIC_PORT', 'WEB_ROOT'],
    },
    task: { inCluster: [], natively: [], otherwise: [] },
    booking: { inCluster: [], natively: [], otherwise: [] },
    guardrail: { inCluster: [], natively: [], otherwise: [] },
    audit: {
      inCluster: [],
      // In a cluster logs are not files.
      natively: ['LOG_SCAN_DIR'],
      otherwise: [
        ...['ANCHOR_FOLDER', 'KAFKA_BROKERS', 'KAFKA_CA_FILE', 'LOG_ORIGIN'],
        ...['WITNESS_CA_FILE', 'WITNESS_URL', 'WITNESS_VERIFIER_KEY'],
      ],
    },
  };
  const { inCluster, natively, otherwise } = own[appId];
  return {
    inCluster: ['LISTEN_ADDRESS', 'LOG_LEVEL', 'PROBE_PORT', ...inCluster],
    natively: ['HOME', 'NODE_COMPILE_CACHE', ...natively],
    otherwise: [
      ...['APP_API_TOKEN', 'APP_PORT', 'DAPR_API_TOKEN', 'DAPR_HTTP_PORT', 'METRICS_PORT', 'ZIPKIN_ENDPOINT'],
      ...['DATABASE_CA_FILE', 'DATABASE_HOST', 'DATABASE_PORT', 'RUN_MODE', 'TOKEN_ISSUER'],
      ...otherwise,
    ],
  };
}

function assertSameEnvironment(
  cluster: Readonly<Record<string, string>>,
  local: Readonly<Record<string, string | undefined>>,
  known: KnownVariables,
): void {
  const [there, here] = [Object.keys(cluster), Object.keys(local)];
  const both = there.filter((name) => here.includes(name));
  assert.deepEqual(
    {
      inCluster: there.filter((name) => !here.includes(name)).sort(),
      natively: here.filter((name) => !there.includes(name)).sort(),
      otherwise: both.filter((name) => cluster[name] !== local[name]).sort(),
    },
    {
      inCluster: [...known.inCluster].sort(),
      natively: [...known.natively].sort(),
      otherwise: [...known.otherwise].sort(),
    },
  );
}

async function serviceSpec(appId: AppId, { layout, ports, credentials }: World): Promise<LaunchSpec> {
  return serviceLaunchSpec({
    appId,
    ports,
    layout,
    witness: await readWitnessFacts(layout, ports.witness),
    url: `http://127.0.0.1:${ports.gateway}`,
    webRoot: '/web',
    credentials: credentials.apps[appId],
    environment: {},
  });
}

async function deploymentOf(folder: string, name: string) {
  const documents = await documentsIn(inRepository('k8s', 'base', folder, name));
  const { containers } = deploymentSchema.parse(documents.find(({ kind }) => kind === 'Deployment')).spec.template.spec;
  const text = await readFile(inRepository('k8s', 'base', 'settings.env'), 'utf8');
  const settings = new Map(
    text
      .trim()
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { containers, settings };
}

const isKafka = z.looseObject({ type: z.literal('pubsub.kafka') });
const environmentEntrySchema = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .union([
      z.strictObject({ configMapKeyRef: z.strictObject({ name: z.literal('settings'), key: z.string() }) }),
      z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) }),
    ])
    .optional(),
});

/** The value of a variable; of a secret, which one it is. */
function valueIn(
  { name, value, valueFrom }: z.infer<typeof environmentEntrySchema>,
  settings: ReadonlyMap<string, string>,
) {
  if (value !== undefined) return value;
  assert.ok(valueFrom, `${name} has no value`);
  if ('secretKeyRef' in valueFrom) return `secret ${valueFrom.secretKeyRef.name} ${valueFrom.secretKeyRef.key}`;
  const setting = settings.get(valueFrom.configMapKeyRef.key);
  assert.ok(setting !== undefined, `settings.env has no ${valueFrom.configMapKeyRef.key}`);
  return setting;
}

const deploymentSchema = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.tuple([z.looseObject({ args: z.array(z.string()), env: z.array(environmentEntrySchema) })]),
      }),
    }),
  }),
});
const roleSchema = z.looseObject({ rules: z.array(z.unknown()) });
const configurationSchema = z.looseObject({
  spec: z.looseObject({
    accessControl: z.looseObject({ policies: z.array(z.unknown()) }),
    secrets: z.looseObject({ scopes: z.array(z.looseObject({ allowedSecrets: z.array(z.string()) })) }),
  }),
});
const topicSchema = z.looseObject({
  metadata: z.looseObject({
    // A name that Kubernetes takes, so that topic and object can have one.
    name: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/),
    labels: z.strictObject({ 'strimzi.io/cluster': z.literal('todo-chatbot') }),
  }),
  spec: z.strictObject({ partitions: z.int(), config: z.record(z.string(), z.string()) }),
});
const userSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    labels: z.strictObject({ 'strimzi.io/cluster': z.literal('todo-chatbot') }),
  }),
  spec: z.strictObject({
    authentication: z.strictObject({
      type: z.literal('scram-sha-512'),
      password: z.strictObject({
        valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.literal('password') }) }),
      }),
    }),
    authorization: z.strictObject({
      type: z.literal('simple'),
      acls: z.array(
        z.strictObject({
          type: z.literal('allow'),
          resource: z.strictObject({ type: z.string(), name: z.string(), patternType: z.string() }),
          operations: z.array(z.string()),
          host: z.literal('*'),
        }),
      ),
    }),
  }),
});
