import { type Grant, type WantedTopic, wantedGrants, wantedTopics } from '@todo-chatbot/manifests';
import kafkajs, { type AclEntry, type Admin, type Kafka } from 'kafkajs';
import type { KeyedCertificate } from '../pki.ts';

// Of a CommonJS module, Node finds only some names by itself.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes, logLevel, ResourcePatternTypes } =
  kafkajs;

/** How the platform itself reaches the broker: with a client certificate, over the administration listener. */
export interface KafkaAdminConnection {
  /** `host:port`. */
  readonly broker: string;
  readonly ca: string;
  readonly identity: KeyedCertificate;
}

/** A broker that has just opened its port needs a moment to lead its partitions. */
const retries = { retries: 20, initialRetryTime: 200, maxRetryTime: 1000 };
const requestTimeoutMs = 15_000;

/** A kafkajs client with all rights. */
export function adminKafka({ broker, ca, identity }: KafkaAdminConnection): Kafka {
  return new kafkajs.Kafka({
    clientId: 'todo-chatbot-platform',
    brokers: [broker],
    ssl: { ca: [ca], cert: identity.certificate, key: identity.privateKey },
    logLevel: logLevel.NOTHING,
    requestTimeout: requestTimeoutMs,
    retry: retries,
  });
}

/** Makes topics and rights what the tables say: what is missing is added, rights that are not in the tables are taken away. */
export async function reconcileKafka(connection: KafkaAdminConnection): Promise<void> {
  const admin = adminKafka(connection).admin();
  await admin.connect();
  try {
    await reconcileTopics(admin, wantedTopics());
    await reconcileGrants(admin, wantedGrants());
  } finally {
    await admin.disconnect();
  }
}

/** Topics that are no longer in the table stay: they may hold data that nobody has read. No grant leads to them. */
async function reconcileTopics(admin: Admin, wanted: readonly WantedTopic[]): Promise<void> {
  const present = await admin.listTopics();
  const missing = wanted.filter(({ name }) => !present.includes(name));
  if (missing.length > 0) {
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ name, partitions, settings }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor: 1,
        configEntries: asEntries(settings),
      })),
    });
  }
  const kept = wanted.filter(({ name }) => present.includes(name));
  if (kept.length === 0) return;
  const { topics } = await admin.fetchTopicMetadata({ topics: kept.map(({ name }) => name) });
  const grown = kept.filter(
    ({ name, partitions }) => (topics.find((topic) => topic.name === name)?.partitions.length ?? 0) < partitions,
  );
  if (grown.length > 0) {
    await admin.createPartitions({
      topicPartitions: grown.map(({ name, partitions }) => ({ topic: name, count: partitions })),
    });
  }
  await admin.alterConfigs({
    validateOnly: false,
    resources: kept.map(({ name, settings }) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configEntries: asEntries(settings),
    })),
  });
}

function asEntries(settings: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}

async function reconcileGrants(admin: Admin, wanted: readonly Grant[]): Promise<void> {
  const present = await presentEntries(admin);
  const entries = wanted.map(asAclEntry);
  const missing = entries.filter((entry) => !present.some((other) => isSame(entry, other)));
  const surplus = present.filter((entry) => !entries.some((other) => isSame(entry, other)));
  if (missing.length > 0) await admin.createAcls({ acl: missing });
  if (surplus.length > 0) await admin.deleteAcls({ filters: surplus });
}

async function presentEntries(admin: Admin): Promise<AclEntry[]> {
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  });
  return resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
    acls.map((acl) => ({ resourceType, resourceName, resourcePatternType, ...acl })),
  );
}

const resourceTypes = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP } as const;
const operations = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
} as const;

const patterns = { literal: ResourcePatternTypes.LITERAL, prefixed: ResourcePatternTypes.PREFIXED } as const;

function asAclEntry({ principal, resource, name, pattern, operation }: Grant): AclEntry {
  return {
    principal,
    host: '*',
    resourceType: resourceTypes[resource],
    resourceName: name,
    resourcePatternType: patterns[pattern],
    operation: operations[operation],
    permissionType: AclPermissionTypes.ALLOW,
  };
}

function isSame(a: AclEntry, b: AclEntry): boolean {
  return (
    a.principal === b.principal &&
    a.host === b.host &&
    a.resourceType === b.resourceType &&
    a.resourceName === b.resourceName &&
    a.resourcePatternType === b.resourcePatternType &&
    a.operation === b.operation &&
    a.permissionType === b.permissionType
  );
}
