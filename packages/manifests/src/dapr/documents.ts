import {
  type AllowedCall,
  type AppId,
  allowedCalls,
  appIds,
  bindingRoute,
  broadcastGroupPrefix,
  broadcastNameOf,
  type CronBinding,
  consumerGroup,
  cronBindings,
  deadLetterTopic,
  eventRoute,
  pubsubNameOf,
  readersOf,
  secretStoreName,
  secretsOf,
  type TopicSpec,
  topics,
} from '@todo-chatbot/contracts';
import { kafkaProtocolVersion } from '../kafka/protocolVersion.ts';
import { cluster, namespace, trustDomain } from '../names.ts';

/**
 * Dapr's files, made from the tables of packages/contracts: one access policy, one pub/sub component and one resiliency file per
 * app, a subscription per consumed topic, and a component per cron binding. They carry the cluster's values; `nativeResources` replaces what differs here.
 */

/** A Kubernetes-style document as Dapr reads it. */
export interface DaprDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly [key: string]: unknown;
}

/** A file under dapr-components/ with its one document. */
export interface DaprFile {
  /** Relative to dapr-components/. */
  readonly path: string;
  readonly comment: string;
  readonly document: DaprDocument;
}

/** All files, in a fixed order. */
export function daprFiles(): readonly DaprFile[] {
  return [
    secretStoreFile(),
    ...appIds.map(pubsubFile),
    ...appIds.filter((appId) => broadcastTopicsOf(appId).length > 0).map(broadcastFile),
    ...cronBindings.map(cronBindingFile),
    ...appIds.map(configurationFile),
    ...appIds.map(resiliencyFile),
    ...topics.flatMap((topic) =>
      topic.delivery === 'dapr' ? readersOf(topic).map((reader) => subscriptionFile(topic, reader)) : [],
    ),
  ];
}

/** Path of an app's pub/sub component. */
export const pubsubPath = (appId: AppId) => `components/pubsub-${appId}.yaml`;
/** Path of the component for what is broadcast to an app's replicas; only apps with such topics have it. */
export const broadcastPath = (appId: AppId) => `components/${broadcastNameOf(appId)}.yaml`;
export const secretStorePath = 'components/secretstore.yaml';
/** Path of a cron binding's component. */
export const cronBindingPath = (name: string) => `components/${name}.yaml`;
export const configurationPath = (appId: AppId) => `configurations/${appId}.yaml`;
export const resiliencyPath = (appId: AppId) => `resiliency/${appId}.yaml`;

function secretStoreFile(): DaprFile {
  return {
    path: secretStorePath,
    comment: 'Which secrets an app may read stands in its configuration (MESH-5).',
    document: {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: secretStoreName, namespace },
      spec: { type: 'secretstores.kubernetes', version: 'v1', metadata: [] },
      scopes: [...appIds],
    },
  };
}

/** Topics of which an app writes or reads through its sidecar. Dead letters are written by the sidecar in the app's name. */
function topicsOf(appId: AppId): { publish: string[]; subscribe: string[] } {
  const subscribe = topics
    .filter((topic) => topic.delivery === 'dapr' && topic.consumers.includes(appId))
    .map(({ name }) => name);
  const produced = topics.filter((topic) => topic.producers.includes(appId)).map(({ name }) => name);
  return { publish: [...produced, ...subscribe.map((name) => deadLetterTopic(name, appId))], subscribe };
}

/** Topics that each replica of an app reads for itself. */
function broadcastTopicsOf(appId: AppId): string[] {
  return topics.filter(({ broadcastTo = [] }) => broadcastTo.includes(appId)).map(({ name }) => name);
}

function pubsubFile(appId: AppId): DaprFile {
  const { publish, subscribe } = topicsOf(appId);
  const fields = {
    consumerGroup: consumerGroup('dapr', appId),
    // `newest`, the default, would skip what was published before the group's first commit.
    initialOffset: 'oldest',
    // Retries are the resiliency file's. What fails there goes to the dead-letter topic; only when that cannot be written either,
    // the component keeps the message and tries again. Off, it would pass over the message and lose it.
    consumeRetryEnabled: 'true',
    consumeRetryInterval: '1s',
    allowedTopics: [...publish, ...subscribe].join(','),
    publishingScopes: `${appId}=${publish.join(',')}`,
    subscriptionScopes: `${appId}=${subscribe.join(',')}`,
  };
  return {
    path: pubsubPath(appId),
    comment: `Kafka as ${appId} may use it: its own user, group and topics, and no others (KAFKA-1, KAFKA-2).`,
    document: kafkaComponent(appId, pubsubNameOf(appId), fields),
  };
}

function broadcastFile(appId: AppId): DaprFile {
  const subscribe = broadcastTopicsOf(appId).join(',');
  const fields = {
    // The pod's name, so that a sidecar that is started again goes on where it was. The broker forgets the group of a pod that is gone a week
    // after its last commit (offsets.retention.minutes).
    consumerGroup: `${broadcastGroupPrefix(appId)}{podName}`,
    // A new replica has no page open that would have missed something.
    initialOffset: 'newest',
    // What the resiliency file's retries did not bring about is passed over.
    consumeRetryEnabled: 'false',
    allowedTopics: subscribe,
    publishingScopes: `${appId}=`,
    subscriptionScopes: `${appId}=${subscribe}`,
  };
  return {
    path: broadcastPath(appId),
    comment: `Topics of which every replica of ${appId} reads everything, in a group of its own (CHAT-4).`,
    document: kafkaComponent(appId, broadcastNameOf(appId), fields),
  };
}

/** A component on Kafka with the app's own user, over verified TLS. */
function kafkaComponent(appId: AppId, name: string, own: Readonly<Record<string, string>>): DaprDocument {
  const fields = {
    brokers: cluster.kafkaBroker,
    authType: 'password',
    saslUsername: appId,
    saslMechanism: 'SHA-512',
    clientID: appId,
    version: kafkaProtocolVersion,
    heartbeatInterval: '3s',
    sessionTimeout: `${sessionTimeoutSeconds}s`,
    ...own,
  };
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace },
    spec: {
      type: 'pubsub.kafka',
      version: 'v1',
      metadata: [
        ...Object.entries(fields).map(([name, value]) => ({ name, value })),
        { name: 'saslPassword', secretKeyRef: { name: `${appId}-kafka`, key: 'password' } },
        { name: 'caCert', secretKeyRef: cluster.kafkaCaSecret },
      ],
    },
    auth: { secretStore: secretStoreName },
    scopes: [appId],
  };
}

function cronBindingFile({ name, schedule, apps }: CronBinding): DaprFile {
  const fields = {
    schedule,
    // Said, so that the sidecar need not ask the app by OPTIONS whether it wants to be called.
    direction: 'input',
    route: bindingRoute(name),
  };
  return {
    path: cronBindingPath(name),
    comment: `Calls these apps on a schedule, each replica by its own sidecar (PRIV-5).`,
    document: {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace },
      spec: {
        type: 'bindings.cron',
        version: 'v1',
        metadata: Object.entries(fields).map(([field, value]) => ({ name: field, value })),
      },
      scopes: [...apps],
    },
  };
}

/** The Dapr APIs that an app uses; all others are switched off in its sidecar. Health is always open. */
const openApis = [
  { name: 'invoke', version: 'v1', protocol: 'http' },
  { name: 'publish', version: 'v1', protocol: 'http' },
  { name: 'secrets', version: 'v1', protocol: 'http' },
  { name: 'metadata', version: 'v1', protocol: 'http' },
  { name: 'invoke', version: 'v1', protocol: 'grpc' },
] as const;

function configurationFile(appId: AppId): DaprFile {
  const callers = appIds.filter((caller) => callsBetween(caller, appId).length > 0);
  return {
    path: configurationPath(appId),
    comment: `Who may call ${appId} and how, and which secrets it may read: all else is denied (MESH-2, MESH-5).`,
    document: {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Configuration',
      metadata: { name: appId, namespace },
      spec: {
        accessControl: {
          defaultAction: 'deny',
          trustDomain,
          policies: callers.map((caller) => ({
            appId: caller,
            defaultAction: 'deny',
            trustDomain,
            namespace,
            operations: operationsFor(callsBetween(caller, appId)),
          })),
        },
        secrets: {
          scopes: [{ storeName: secretStoreName, defaultAccess: 'deny', allowedSecrets: [...secretsOf(appId)] }],
        },
        api: { allowed: [...openApis] },
        mtls: {
          enabled: true,
          controlPlaneTrustDomain: cluster.controlPlaneTrustDomain,
          sentryAddress: cluster.sentryAddress,
          workloadCertTTL: '24h',
          allowedClockSkew: '1m',
        },
        tracing: { samplingRate: '1', zipkin: { endpointAddress: cluster.spanCollector } },
        // Paths hold ids: as labels they would be without number.
        metrics: { enabled: true, http: { increasedCardinality: false } },
      },
    },
  };
}

function callsBetween(caller: AppId, callee: AppId): readonly AllowedCall[] {
  return allowedCalls.filter((call) => call.caller === caller && call.callee === callee);
}

/**
 * Writes the table's paths as Dapr's matcher reads them. It walks segment by segment and stops at the first node that carries a
 * rule, whatever follows: a rule for `/v1/tasks` would hide one for an item, and be open for everything below. So where the
 * table has both, the collection is written `/v1/tasks/*` (which matches the bare collection, and items that no rule before it
 * names) and the item `/v1/tasks/*_*` (every id has an underscore), item first. For the same reason what lies below a path comes
 * before it. A wildcard in the middle has to be `**`, which still takes one segment there; a path that goes on below an item is not
 * told from the item. The services check the exact path again.
 */
export function operationsFor(
  calls: readonly Pick<AllowedCall, 'verb' | 'path'>[],
): { name: string; httpVerb: string[]; action: 'allow' }[] {
  const paths = [...new Set(calls.map(({ path }) => path))].sort((a, b) => rank(a) - rank(b) || depth(b) - depth(a));
  const hidden = paths.find((path) => path.endsWith('/*') && paths.some((other) => other.startsWith(`${path}/`)));
  if (hidden)
    throw new TypeError(`Dapr tells what lies below ${hidden} from no item: name it apart, as /v1/users/roles/*`);
  return paths.map((path) => ({
    name: matcherFor(path, paths),
    httpVerb: calls.filter((call) => call.path === path).map(({ verb }) => verb),
    action: 'allow',
  }));
}

/** Items before collections, both before paths that go on below an item. */
function rank(path: string): number {
  if (path.endsWith('/*')) return 0;
  return path.includes('/*/') ? 2 : 1;
}

function depth(path: string): number {
  return path.split('/').length;
}

function matcherFor(path: string, all: readonly string[]): string {
  const hasMoreBelow = all.some((other) => other.startsWith(`${path}/`));
  const inner = path.replaceAll('/*/', '/**/');
  if (inner.endsWith('/*')) return `${inner.slice(0, -1)}*_*`;
  return hasMoreBelow ? `${inner}/*` : inner;
}

/** Longest time that a dead consumer's partitions stay without a reader. All inbound retries of a message fit in. */
const sessionTimeoutSeconds = 20;

/** A sign-in waits for bcrypt behind a bounded queue; all other calls are short. */
const callTimeouts: Readonly<Record<AppId, string>> = {
  auth: '10s',
  'chat-gateway': '5s',
  task: '5s',
  booking: '5s',
  guardrail: '3s',
  audit: '5s',
};

/**
 * A circuit breaker counts every answer outside 2xx and 3xx as a failure, and there is no telling them apart. Where a person's
 * input decides about 404, 409 or a wrong password, anybody could hold the circuit open for all; so only these pairs have one. The gateway
 * bounds by itself how long and how many wait for the guardrail: feedback on refusals that are not there must not stop everybody's chat.
 */
function mayBreak(caller: AppId, callee: AppId): boolean {
  return callee === 'auth' && caller !== 'chat-gateway';
}

/**
 * What a person asks of `auth` may have been done when its connection breaks: a link, a ticket or a code is used up, a key is made. A
 * second try would be refused, or do it twice.
 */
function mayRepeat(caller: AppId, callee: AppId): boolean {
  return callee !== 'auth' || caller !== 'chat-gateway';
}

function resiliencyFile(appId: AppId): DaprFile {
  const callees = appIds.filter((callee) => callsBetween(appId, callee).length > 0);
  const timeouts = Object.fromEntries(callees.map((callee) => [`to-${callee}`, callTimeouts[callee]]));
  const apps = Object.fromEntries(
    callees.map((callee) => [
      callee,
      {
        timeout: `to-${callee}`,
        retry: mayRepeat(appId, callee) ? 'call' : 'never',
        ...(mayBreak(appId, callee) ? { circuitBreaker: 'call' } : {}),
      },
    ]),
  );
  return {
    path: resiliencyPath(appId),
    comment: `How ${appId} deals with others that are slow or gone (MESH-6).`,
    document: {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Resiliency',
      metadata: { name: appId, namespace },
      spec: {
        policies: {
          timeouts: { ...timeouts, publish: '10s', deliver: '10s' },
          retries: {
            // Safe for POST too: these services take an idempotency key. 503 is not repeated, it says when to come back.
            call: {
              policy: 'constant',
              duration: '200ms',
              maxRetries: 2,
              matching: { httpStatusCodes: '502,504', gRPCStatusCodes: '14' },
            },
            // Dapr repeats by itself where nothing is said.
            never: { policy: 'constant', duration: '200ms', maxRetries: 0 },
            // The outbox relay comes again by itself.
            publish: { policy: 'constant', duration: '500ms', maxRetries: 1 },
            // 0.5 s, each half as long again, up to 3 s: about 13 s in all, and 19 s at most, as Dapr adds up to half by chance. That is
            // less than the session time-out; then the message goes to its dead-letter topic.
            deliver: { policy: 'exponential', maxInterval: '3s', maxRetries: 7 },
          },
          circuitBreakers: {
            call: { maxRequests: 1, interval: '10s', timeout: '3s', trip: 'consecutiveFailures >= 30' },
            publish: { maxRequests: 1, interval: '10s', timeout: '2s', trip: 'consecutiveFailures >= 10' },
          },
        },
        targets: {
          apps,
          components: {
            // No circuit breaker inbound: an open one would send messages to the dead-letter topic without a try.
            [pubsubNameOf(appId)]: {
              outbound: { timeout: 'publish', retry: 'publish', circuitBreaker: 'publish' },
              inbound: { timeout: 'deliver', retry: 'deliver' },
            },
            ...(broadcastTopicsOf(appId).length > 0
              ? { [broadcastNameOf(appId)]: { inbound: { timeout: 'deliver', retry: 'deliver' } } }
              : {}),
          },
        },
      },
      scopes: [appId],
    },
  };
}

function subscriptionFile({ name: topic, broadcastTo = [] }: TopicSpec, reader: AppId): DaprFile {
  const name = `${reader}-${topic.replaceAll('.', '-')}`;
  const isBroadcast = broadcastTo.includes(reader);
  return {
    path: `subscriptions/${name}.yaml`,
    comment: isBroadcast
      ? `Brings ${topic} to every replica of ${reader} (CHAT-4).`
      : `Brings ${topic} to ${reader} (KAFKA-4).`,
    document: {
      apiVersion: 'dapr.io/v2alpha1',
      kind: 'Subscription',
      metadata: { name, namespace },
      spec: {
        pubsubname: isBroadcast ? broadcastNameOf(reader) : pubsubNameOf(reader),
        topic,
        routes: { default: eventRoute(topic) },
        ...(isBroadcast ? {} : { deadLetterTopic: deadLetterTopic(topic, reader) }),
      },
      scopes: [reader],
    },
  };
}
