import { type AppId, appIds } from './apps.ts';
import { retentionServices } from './retention.ts';
import type { Permission } from './roles.ts';

/** HTTP methods that services use between one another. */
export const meshVerbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type MeshVerb = (typeof meshVerbs)[number];

/** One open door between two services. `path` may hold `*` for one segment, as Dapr's access policies write it. */
export interface AllowedCall {
  readonly caller: AppId;
  readonly callee: AppId;
  readonly verb: MeshVerb;
  readonly path: string;
}

function calls(callee: AppId, operations: readonly (readonly [MeshVerb, string, readonly AppId[]])[]): AllowedCall[] {
  return operations.flatMap(([verb, path, callers]) => callers.map((caller) => ({ caller, callee, verb, path })));
}

/**
 * The one table of allowed calls (MESH-2). Dapr's access policies in `dapr-components/configurations/` are generated from it, each
 * service checks its own route table against it at start, and the attack matrix walks it: everything that is not here is closed.
 */
export const allowedCalls: readonly AllowedCall[] = [
  ...calls('auth', [
    ['POST', '/v1/register', ['chat-gateway']],
    ['POST', '/v1/login', ['chat-gateway']],
    ['POST', '/v1/login/second-factor', ['chat-gateway']],
    ['POST', '/v1/login/passkey/options', ['chat-gateway']],
    ['POST', '/v1/login/passkey', ['chat-gateway']],
    ['GET', '/v1/factors', ['chat-gateway']],
    ['POST', '/v1/factors/totp', ['chat-gateway']],
    ['POST', '/v1/factors/totp/confirm', ['chat-gateway']],
    ['DELETE', '/v1/factors/totp', ['chat-gateway']],
    ['POST', '/v1/factors/recovery-codes', ['chat-gateway']],
    ['POST', '/v1/factors/passkey-options', ['chat-gateway']],
    ['POST', '/v1/factors/passkeys', ['chat-gateway']],
    ['DELETE', '/v1/factors/passkeys/*', ['chat-gateway']],
    ['POST', '/v1/step-up/options', ['chat-gateway']],
    ['POST', '/v1/step-up', ['chat-gateway']],
    ['POST', '/v1/refresh', ['chat-gateway']],
    ['POST', '/v1/logout', ['chat-gateway']],
    ['GET', '/v1/account', ['chat-gateway']],
    ['PUT', '/v1/password', ['chat-gateway']],
    ['GET', '/v1/sessions', ['chat-gateway']],
    ['DELETE', '/v1/sessions', ['chat-gateway']],
    ['DELETE', '/v1/sessions/*', ['chat-gateway']],
    ['GET', '/v1/users', ['chat-gateway']],
    ['GET', '/v1/users/*', ['chat-gateway']],
    ['PUT', '/v1/users/roles/*', ['chat-gateway']],
    ['POST', '/v1/users/suspend/*', ['chat-gateway']],
    ['POST', '/v1/users/reinstate/*', ['chat-gateway']],
    ['POST', '/v1/users/end-sessions/*', ['chat-gateway']],
    ['DELETE', '/v1/users/*', ['chat-gateway']],
    ['POST', '/v1/erasures', ['chat-gateway']],
    ['GET', '/v1/erasures', ['chat-gateway']],
    ['GET', '/v1/erasures/*', ['chat-gateway']],
    ['GET', '/v1/holds/*', ['chat-gateway']],
    ['PUT', '/v1/holds/*', ['chat-gateway']],
    ['DELETE', '/v1/holds/*', ['chat-gateway']],
    ['GET', '/v1/api-keys', ['chat-gateway']],
    ['POST', '/v1/api-keys', ['chat-gateway']],
    ['DELETE', '/v1/api-keys/*', ['chat-gateway']],
    ['POST', '/v1/api-key-exchange', ['chat-gateway']],
    ['POST', '/v1/email/verification', ['chat-gateway']],
    ['POST', '/v1/email/confirm', ['chat-gateway']],
    ['POST', '/v1/email/change', ['chat-gateway']],
    ['POST', '/v1/password/reset-request', ['chat-gateway']],
    ['POST', '/v1/password/reset', ['chat-gateway']],
    ['GET', '/v1/exports', ['chat-gateway']],
    ['POST', '/v1/exports', ['chat-gateway']],
    ['POST', '/v1/exports/link/*', ['chat-gateway']],
    ['POST', '/v1/exports/chunk', ['chat-gateway']],
    ['GET', '/v1/consents', ['chat-gateway']],
    ['PUT', '/v1/consents', ['chat-gateway']],
    ['GET', '/v1/jwks', ['chat-gateway', 'task', 'booking', 'guardrail', 'audit']],
    ['GET', '/v1/denials', ['chat-gateway', 'task', 'booking', 'guardrail', 'audit']],
    ['GET', '/v1/data-keys/*', ['chat-gateway', 'task', 'booking', 'guardrail', 'audit']],
    // The jobs ask at night, when nobody is signed in.
    ['GET', '/v1/retention-periods', ['chat-gateway', 'task', 'booking', 'guardrail', 'audit']],
    ['PUT', '/v1/retention/*', ['chat-gateway']],
  ]),
  ...calls('task', [
    ['GET', '/v1/tasks', ['chat-gateway']],
    ['POST', '/v1/tasks', ['chat-gateway']],
    ['PATCH', '/v1/tasks/*', ['chat-gateway']],
    ['DELETE', '/v1/tasks/*', ['chat-gateway']],
    ['GET', '/v1/retention-due', ['chat-gateway']],
    ['GET', '/v1/retention-runs', ['chat-gateway']],
  ]),
  ...calls('booking', [
    ['GET', '/v1/services', ['chat-gateway']],
    ['GET', '/v1/slots', ['chat-gateway']],
    ['GET', '/v1/bookings', ['chat-gateway']],
    ['POST', '/v1/bookings', ['chat-gateway']],
    ['GET', '/v1/retention-due', ['chat-gateway']],
    ['GET', '/v1/retention-runs', ['chat-gateway']],
  ]),
  ...calls('guardrail', [
    ['POST', '/v1/judgements', ['chat-gateway']],
    ['GET', '/v1/settings', ['chat-gateway']],
    ['PUT', '/v1/settings', ['chat-gateway']],
    ['GET', '/v1/settings-history', ['chat-gateway']],
    ['POST', '/v1/settings-preview', ['chat-gateway']],
    ['POST', '/v1/trials', ['chat-gateway']],
    ['GET', '/v1/decisions', ['chat-gateway']],
    ['GET', '/v1/decision-texts/*', ['chat-gateway']],
    ['PUT', '/v1/decision-labels/*', ['chat-gateway']],
    ['PUT', '/v1/decision-feedback/*', ['chat-gateway']],
    ['GET', '/v1/evaluation', ['chat-gateway']],
    ['GET', '/v1/status', ['chat-gateway']],
    ['GET', '/v1/retention-due', ['chat-gateway']],
    ['GET', '/v1/retention-runs', ['chat-gateway']],
  ]),
  ...calls('audit', [
    ['GET', '/v1/log/checkpoint', ['chat-gateway']],
    ['GET', '/v1/log/tiles/*', ['chat-gateway']],
    ['GET', '/v1/log/bundles/*', ['chat-gateway']],
    ['GET', '/v1/log/consistency', ['chat-gateway']],
    ['GET', '/v1/log/keys', ['chat-gateway']],
    ['GET', '/v1/entries', ['chat-gateway']],
    ['GET', '/v1/entries/*/proof', ['chat-gateway']],
    ['GET', '/v1/erasure-proofs/*', ['chat-gateway']],
    ['GET', '/v1/export', ['chat-gateway']],
    ['GET', '/v1/alerts', ['chat-gateway']],
    ['POST', '/v1/alerts/acknowledge/*', ['chat-gateway']],
    ['GET', '/v1/alert-rules', ['chat-gateway']],
    ['PUT', '/v1/alert-rules/*', ['chat-gateway']],
    ['POST', '/v1/alert-rules/trial/*', ['chat-gateway']],
    ['GET', '/v1/retention-due', ['chat-gateway']],
    ['GET', '/v1/retention-runs', ['chat-gateway']],
  ]),
];

/** A Kafka topic, who writes it and who reads it (KAFKA-1, KAFKA-2). */
export interface TopicSpec {
  readonly name: string;
  readonly producers: readonly AppId[];
  /** Each consumer has its own group, see {@link consumerGroup}, and its own dead-letter topic. */
  readonly consumers: readonly AppId[];
  /**
   * Apps of which every replica gets every event, from its start on, in a group of its own, see {@link broadcastGroupPrefix}: news for
   * the pages that are open there. Such an event is worth nothing a minute later, so what fails is passed over and there are no dead letters.
   */
  readonly broadcastTo?: readonly AppId[];
  /** `dapr`: delivered by the sidecar to a route. `kafka`: read in batches by the service itself. */
  readonly delivery: 'dapr' | 'kafka';
  readonly partitions: number;
  readonly retentionMs: number;
  /** Fsync after each message: for what must survive a power cut on a single broker. */
  readonly flushEveryMessage: boolean;
  /** Its events carry personal data, sealed under the key that producer and consumers have of each person for this topic. */
  readonly isSealed: boolean;
}

const dayMs = 86_400_000;

/** Services whose acts reach the log over Kafka; `audit` writes its own into it. */
export const auditedApps = appIds.filter((appId) => appId !== 'audit');

/** Topic of a service's audit events, which only that service may write. */
export function auditTopicOf(producer: AppId): string {
  return `audit.events.${producer}`;
}

/** Scope of the keys that personal fields of an app's audit events are sealed under; those of `audit` itself never leave it. */
export function auditScopeOf(appId: AppId): string {
  return appId === 'audit' ? appId : auditTopicOf(appId);
}

/** Topic of the published checkpoints. */
export const checkpointTopic = 'audit.checkpoints';

/** Topic on which `auth` asks every service for what it owes to a person: their data, or their erasure (PRIV-3, PRIV-4). */
export const privacyRequestTopic = 'privacy.requests';

/** Topic of a service's replies to {@link privacyRequestTopic}, which only that service may write: none answers for another one. */
export function privacyReplyTopicOf(producer: AppId): string {
  return `privacy.replies.${producer}`;
}

/** Services that hold something of people besides `auth`, and so owe replies. */
export const privacyApps = appIds.filter((appId) => appId !== 'auth');

/** The one table of topics: the broker's topics and ACLs, Dapr components' scopes and subscriptions all follow from it. */
export const topics: readonly TopicSpec[] = [
  {
    name: 'auth.events',
    producers: ['auth'],
    consumers: ['chat-gateway', 'task', 'booking', 'guardrail', 'audit'],
    delivery: 'dapr',
    partitions: 3,
    retentionMs: 7 * dayMs,
    flushEveryMessage: false,
    isSealed: false,
  },
  {
    name: 'task.events',
    producers: ['task'],
    consumers: [],
    broadcastTo: ['chat-gateway'],
    delivery: 'dapr',
    partitions: 3,
    retentionMs: 7 * dayMs,
    flushEveryMessage: false,
    isSealed: true,
  },
  {
    name: 'booking.events',
    producers: ['booking'],
    consumers: [],
    broadcastTo: ['chat-gateway'],
    delivery: 'dapr',
    partitions: 3,
    retentionMs: 7 * dayMs,
    flushEveryMessage: false,
    isSealed: true,
  },
  // Alerts of the security monitoring; `auth`, which knows the administrators' addresses, mails the grave ones.
  {
    name: 'alert.events',
    producers: ['audit'],
    consumers: ['auth'],
    delivery: 'dapr',
    partitions: 1,
    retentionMs: 7 * dayMs,
    flushEveryMessage: true,
    isSealed: false,
  },
  {
    name: privacyRequestTopic,
    producers: ['auth'],
    consumers: privacyApps,
    delivery: 'dapr',
    partitions: 3,
    // Less than the longest deadline of an erasure: what is not answered is asked again.
    retentionMs: 7 * dayMs,
    flushEveryMessage: true,
    isSealed: false,
  },
  ...privacyApps.map(
    (producer): TopicSpec => ({
      name: privacyReplyTopicOf(producer),
      producers: [producer],
      consumers: ['auth'],
      delivery: 'dapr',
      partitions: 1,
      retentionMs: 7 * dayMs,
      flushEveryMessage: true,
      isSealed: true,
    }),
  ),
  // One for each producer: the broker tells nobody who wrote a message, but it lets nobody else write here.
  ...auditedApps.map(
    (producer): TopicSpec => ({
      name: auditTopicOf(producer),
      producers: [producer],
      consumers: ['audit'],
      delivery: 'kafka',
      partitions: 3,
      retentionMs: 7 * dayMs,
      flushEveryMessage: true,
      isSealed: true,
    }),
  ),
  // Published checkpoints of the log, for whoever wants to remember them: an anchor outside of the database.
  {
    name: checkpointTopic,
    producers: ['audit'],
    consumers: [],
    delivery: 'kafka',
    partitions: 1,
    retentionMs: 365 * dayMs,
    flushEveryMessage: true,
    isSealed: false,
  },
];

/**
 * Consumer group of a topic's consumer. An app that reads by itself and its sidecar, which reads for it, are two groups: a group's
 * members must speak one assignment protocol, and theirs differ.
 */
export function consumerGroup(delivery: TopicSpec['delivery'], consumer: AppId): string {
  return delivery === 'kafka' ? consumer : `${consumer}-dapr`;
}

/** Apps that read a topic, in whatever way. */
export function readersOf({ consumers, broadcastTo = [] }: TopicSpec): readonly AppId[] {
  return [...consumers, ...broadcastTo];
}

/** What the names of the groups of an app's replicas begin with; that of the replica follows. Nobody else may join such a group. */
export function broadcastGroupPrefix(appId: AppId): string {
  return `${appId}-broadcast.`;
}

/** Topic that takes what a consumer could not handle after all retries. */
export function deadLetterTopic(topic: string, consumer: AppId): string {
  return `${topic}.${consumer}.dlt`;
}

/**
 * How long a dead letter waits, in milliseconds. Time to notice, repair and replay: longer than a holiday, and over within the shortest
 * period that an editor may give what is in it.
 */
export const deadLetterRetentionMs = 28 * dayMs;

/**
 * The broker removes whole segments, once the newest message in one has expired. A segment takes messages of so many milliseconds, so
 * the oldest one stays that much longer than its topic's retention.
 */
export const segmentMs = dayMs;

/** Every dead-letter topic. The audit service may look at how far they have grown, and at nothing else of them. */
export const deadLetterTopics: readonly string[] = topics.flatMap(({ name, consumers }) =>
  consumers.map((consumer) => deadLetterTopic(name, consumer)),
);

/**
 * Scopes of the data keys that an app may have of each person: its own rows, and the sealed topics that it writes or reads. Whoever
 * takes a service over cannot open what another service keeps (PRIN-2).
 */
export function dataKeyScopesOf(appId: AppId): readonly string[] {
  const shared = topics.filter(
    (topic) => topic.isSealed && (topic.producers.includes(appId) || readersOf(topic).includes(appId)),
  );
  return [appId, ...shared.map(({ name }) => name)];
}

/** Route on the app port to which the sidecar delivers a topic. */
export function eventRoute(topic: string): string {
  return `/events/${topic.replaceAll('.', '-')}`;
}

/** A cron binding: the sidecars of these apps call {@link bindingRoute} on a schedule, each replica's its own app. */
export interface CronBinding {
  readonly name: string;
  /** Cron expression with minutes, hours and so on, in UTC. */
  readonly schedule: string;
  readonly apps: readonly AppId[];
}

/** The retention job's binding. Once an hour on the clock, so that a restart does not put it off; replicas that come together take turns. */
export const retentionBinding: CronBinding = {
  name: 'retention',
  schedule: '17 * * * *',
  apps: retentionServices,
};
/** The one table of cron bindings. */
export const cronBindings: readonly CronBinding[] = [retentionBinding];

/** Route on the app port that a binding calls. */
export function bindingRoute(name: string): string {
  return `/bindings/${name}`;
}

/** Name of an app's Dapr pub/sub component, the same in every world: in a cluster, components share a namespace. */
export function pubsubNameOf(appId: AppId): string {
  return `pubsub-${appId}`;
}

/** Name of an app's Dapr component for the topics that are broadcast to its replicas. */
export function broadcastNameOf(appId: AppId): string {
  return `broadcast-${appId}`;
}

/** Beginning of every key in the store of rate limits; its access list lets the gateway at nothing else (API-3). */
export const limitsKeyPrefix = 'limits:';

/** Name of the Dapr component that holds secrets; the same in every world. */
export const secretStoreName = 'secretstore';

/** Secrets that an app may read from the secret store (MESH-5); each is a map of keys, as a Kubernetes Secret is. */
export function secretsOf(appId: AppId): readonly string[] {
  const common = [`${appId}-database`, `${appId}-kafka`];
  switch (appId) {
    case 'auth':
      return [...common, 'auth-pepper', 'auth-index-key', 'auth-master-key', 'auth-smtp'];
    case 'audit':
      return [...common, 'audit-checkpoint-key'];
    case 'chat-gateway':
      return [...common, 'chat-gateway-csrf-key', 'chat-gateway-limits'];
    case 'task':
    case 'booking':
    case 'guardrail':
      return common;
  }
}

/** Permission that a route of a service needs; `null`: no signed-in person needed. */
export type RoutePermission = Permission | null;
