import {
  appIds,
  broadcastGroupPrefix,
  consumerGroup,
  deadLetterRetentionMs,
  deadLetterTopic,
  deadLetterTopics,
  segmentMs,
  type TopicSpec,
  topics,
} from '@todo-chatbot/contracts';
import { workloadOf } from '../workloads.ts';

/** A topic as the broker is to have it. */
export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  /** Settings that differ from the broker's defaults. */
  readonly settings: Readonly<Record<string, string>>;
}

/** One right of a principal; everything that is not granted is denied. */
export interface Grant {
  readonly principal: string;
  readonly resource: 'topic' | 'group';
  readonly name: string;
  /** `prefixed`: of everything whose name begins with `name`. */
  readonly pattern: 'literal' | 'prefixed';
  readonly operation: 'read' | 'write' | 'describe';
}

/** Every topic of the table, and a dead-letter topic for each consumer: a topic is never made by using it. */
export function wantedTopics(): readonly WantedTopic[] {
  return topics.flatMap((topic) => [
    {
      name: topic.name,
      partitions: topic.partitions,
      settings: {
        'retention.ms': String(topic.retentionMs),
        'segment.ms': String(segmentMs),
        ...(topic.flushEveryMessage ? { 'flush.messages': '1' } : {}),
      },
    },
    ...topic.consumers.map((consumer) => ({
      name: deadLetterTopic(topic.name, consumer),
      partitions: topic.partitions,
      // The offset of the original is committed once the dead letter is written, so it must not be lost either.
      settings: {
        'retention.ms': String(deadLetterRetentionMs),
        'segment.ms': String(segmentMs),
        'flush.messages': '1',
      },
    })),
  ]);
}

/** What each app may do (KAFKA-1). Its sidecar acts with the app's own principal. */
export function wantedGrants(): readonly Grant[] {
  return appIds.flatMap((appId) => {
    const principal = `User:${appId}`;
    const grant = (
      resource: Grant['resource'],
      name: string,
      operation: Grant['operation'],
      pattern: Grant['pattern'] = 'literal',
    ): Grant => ({ principal, resource, name, pattern, operation });
    const writes = (name: string) => [grant('topic', name, 'write'), grant('topic', name, 'describe')];
    const reads = (name: string) => [grant('topic', name, 'read'), grant('topic', name, 'describe')];
    const consumed = topics.filter((topic) => topic.consumers.includes(appId));
    // Whoever watches over dead letters sees that there are some, not what they say: they hold personal data.
    const own = new Set(consumed.map(({ name }) => deadLetterTopic(name, appId)));
    const watched = appId === 'audit' ? deadLetterTopics.filter((name) => !own.has(name)) : [];
    const broadcast = topics.filter(({ broadcastTo = [] }) => broadcastTo.includes(appId));
    const groups = new Set(consumed.map((topic: TopicSpec) => consumerGroup(topic.delivery, appId)));
    return [
      ...topics.filter((topic) => topic.producers.includes(appId)).flatMap(({ name }) => writes(name)),
      ...consumed.flatMap(({ name }) => [...reads(name), ...writes(deadLetterTopic(name, appId))]),
      ...watched.map((name) => grant('topic', name, 'describe')),
      ...[...groups].flatMap((name) => [grant('group', name, 'read'), grant('group', name, 'describe')]),
      ...broadcast.flatMap(({ name }) => reads(name)),
      // Nobody knows the replicas' names beforehand.
      ...(broadcast.length === 0 ? [] : (['read', 'describe'] as const)).map((operation) =>
        grant('group', broadcastGroupPrefix(appId), operation, 'prefixed'),
      ),
    ];
  });
}

/** Kafka user of the autoscaler, in the cluster alone. */
export const scalerUser = 'keda';

/** What the autoscaler may see: how far the groups of apps that grow with their lag have come, and no message (KAFKA-1). */
export function scalerGrants(): readonly Grant[] {
  const watched = appIds.filter((appId) => workloadOf(appId).scaledBy === 'lag');
  const describes = (resource: Grant['resource'], names: readonly string[]) =>
    [...new Set(names)].map(
      (name): Grant => ({ principal: `User:${scalerUser}`, resource, name, pattern: 'literal', operation: 'describe' }),
    );
  const consumed = watched.flatMap((appId) =>
    topics
      .filter(({ consumers }) => consumers.includes(appId))
      .map((topic) => ({ topic: topic.name, group: consumerGroup(topic.delivery, appId) })),
  );
  return [
    ...describes(
      'topic',
      consumed.map(({ topic }) => topic),
    ),
    ...describes(
      'group',
      consumed.map(({ group }) => group),
    ),
  ];
}
