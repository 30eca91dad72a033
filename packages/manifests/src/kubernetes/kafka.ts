import { appIds } from '@todo-chatbot/contracts';
import type { GeneratedFile } from '../generatedFile.ts';
import { type Grant, scalerGrants, scalerUser, wantedGrants, wantedTopics } from '../kafka/access.ts';
import { kafkaCluster, namespace } from '../names.ts';

const apiVersion = 'kafka.strimzi.io/v1';
/** By it Strimzi's operators know which cluster a topic or user belongs to. */
const labels = { 'strimzi.io/cluster': kafkaCluster };

/** Topics and users of the broker, from the tables that the local platform's broker is set up by (KAFKA-1, KAFKA-2). */
export function kafkaFiles(): readonly GeneratedFile[] {
  return [
    {
      path: 'k8s/base/kafka/topics.yaml',
      comment:
        'Every topic, with a dead-letter topic for each consumer (KAFKA-2, KAFKA-4). Replicas are the cluster’s default.',
      documents: wantedTopics().map(({ name, partitions, settings }) => ({
        apiVersion,
        kind: 'KafkaTopic',
        metadata: { name, namespace, labels },
        spec: { partitions, config: clusterSettings(settings) },
      })),
    },
    {
      path: 'k8s/base/kafka/users.yaml',
      comment: 'Who may do what; all else is denied (KAFKA-1).',
      documents: [
        ...appIds.map((appId) => user(appId, wantedGrants())),
        // The autoscaler looks on and reads nothing.
        user(scalerUser, scalerGrants()),
      ],
    },
  ];
}

/** Of one broker, only fsync makes a message outlive a power cut; in the cluster replicas do. */
function clusterSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'flush.messages'));
}

function user(name: string, grants: readonly Grant[]): object {
  return {
    apiVersion,
    kind: 'KafkaUser',
    metadata: { name, namespace, labels },
    spec: {
      authentication: {
        type: 'scram-sha-512',
        password: { valueFrom: { secretKeyRef: { name: `${name}-kafka`, key: 'password' } } },
      },
      authorization: { type: 'simple', acls: rulesOf(grants.filter(({ principal }) => principal === `User:${name}`)) },
    },
  };
}

const operations = { read: 'Read', write: 'Write', describe: 'Describe' } as const;
const patternTypes = { literal: 'literal', prefixed: 'prefix' } as const;

/** One rule for each resource, with all operations on it. */
function rulesOf(grants: readonly Grant[]): object[] {
  const byResource = Map.groupBy(grants, ({ resource, name, pattern }) => `${resource} ${name} ${pattern}`);
  return [...byResource.values()].flatMap(([first, ...others]) =>
    first
      ? [
          {
            type: 'allow',
            resource: {
              type: first.resource,
              name: first.name,
              patternType: patternTypes[first.pattern],
            },
            operations: [first, ...others].map(({ operation }) => operations[operation]).sort(),
            host: '*',
          },
        ]
      : [],
  );
}
