import { allowedCalls, appIds } from '@todo-chatbot/contracts';
import { daprNamespace, kafkaCluster, ports, postgresCluster } from './names.ts';

/** Pods by what they are for; each group has one NetworkPolicy. */
export type PodGroup =
  | (typeof appIds)[number]
  | 'witness'
  | 'edge'
  | 'kafka'
  | 'kafka-operators'
  | 'kafka-exporter'
  | 'postgres'
  | 'limits'
  | 'otel-collector'
  | 'migrations'
  | 'backup';

/** Labels by which the pods of a group are found. The operators of Kafka and PostgreSQL set their own. */
export const podLabels: Readonly<Record<PodGroup, Readonly<Record<string, string>>>> = {
  ...ofApps((appId) => ({ 'app.kubernetes.io/name': appId })),
  witness: { 'app.kubernetes.io/name': 'witness' },
  edge: { 'app.kubernetes.io/name': 'edge' },
  kafka: { 'strimzi.io/cluster': kafkaCluster, 'strimzi.io/name': `${kafkaCluster}-kafka` },
  'kafka-operators': { 'strimzi.io/cluster': kafkaCluster, 'strimzi.io/name': `${kafkaCluster}-entity-operator` },
  'kafka-exporter': { 'strimzi.io/cluster': kafkaCluster, 'strimzi.io/name': `${kafkaCluster}-kafka-exporter` },
  postgres: { 'cnpg.io/cluster': postgresCluster },
  limits: { 'app.kubernetes.io/name': 'limits' },
  'otel-collector': { 'app.kubernetes.io/name': 'otel-collector' },
  migrations: { 'app.kubernetes.io/name': 'migrations' },
  backup: { 'app.kubernetes.io/name': 'backup' },
};

function ofApps<T>(make: (appId: (typeof appIds)[number]) => T): Record<(typeof appIds)[number], T> {
  return {
    auth: make('auth'),
    'chat-gateway': make('chat-gateway'),
    task: make('task'),
    booking: make('booking'),
    guardrail: make('guardrail'),
    audit: make('audit'),
  };
}

/** Pods of other namespaces that ours speak with. */
const podsOutside = {
  dns: inNamespace('kube-system', { 'k8s-app': 'kube-dns' }),
  'dapr-sentry': inNamespace(daprNamespace, { app: 'dapr-sentry' }),
  'dapr-operator': inNamespace(daprNamespace, { app: 'dapr-operator' }),
  'metrics-scraper': inNamespace('monitoring', { 'app.kubernetes.io/name': 'prometheus' }),
  'kafka-operator': inNamespace('strimzi', { name: 'strimzi-cluster-operator' }),
  'postgres-operator': inNamespace('cnpg-system', { 'app.kubernetes.io/name': 'cloudnative-pg' }),
  autoscaler: inNamespace('keda', { app: 'keda-operator' }),
  'trace-store': inNamespace('monitoring', { 'app.kubernetes.io/name': 'jaeger' }),
} as const;

/** Addresses of nobody (RFC 5737): what an overlay does not say stays closed. */
const nobody = '192.0.2.0/24';

/**
 * What has an address instead of labels. Addresses differ from one installation to the next: each overlay puts its own in their place
 * (`addresses/kustomization.yaml`), found by the label {@link addressLabel}. A policy sees them after a service's address was translated.
 */
const addressesOutside = {
  'kube-api': nobody,
  'mail-relay': nobody,
  // Everybody may knock at the public door.
  internet: '0.0.0.0/0',
} as const;

/** Who is outside of the namespace: pods of another one, or addresses. */
export type Outside = keyof typeof podsOutside | keyof typeof addressesOutside;

/** Label of the policies that let pods speak with one of {@link addressesOutside}; its value says with which. */
export const addressLabel = 'todo-chatbot/speaks-with';

/** Whether it is addresses, not pods. */
export function isAddress(end: PodGroup | Outside): end is keyof typeof addressesOutside {
  return end in addressesOutside;
}

/** Somebody outside, as a NetworkPolicy names them. */
export function outsidePeer(end: Outside): object {
  return isAddress(end) ? { ipBlock: { cidr: addressesOutside[end] } } : podsOutside[end];
}

/** A connection that has to be possible; everything else is not (K8S-2). */
export interface Flow {
  readonly from: PodGroup | Outside;
  readonly to: PodGroup | Outside;
  /** Of the pod that answers: a policy does not see the port of a Service. */
  readonly ports: readonly number[];
  /** Why it is needed. */
  readonly because: string;
}

/** Ports of pods that are not ours, or that an operator makes. */
const otherPorts = {
  dns: 53,
  sentry: 50_001,
  daprOperator: 6500,
  // Behind a managed cluster's load balancer, and of an API server itself.
  kubeApi: [443, 6443],
  smtp: [465, 587],
  otlp: 4317,
  // Strimzi: of controllers; of brokers among themselves; of the agent that the operator asks how a broker is; of the exporter.
  kafkaController: 9090,
  kafkaReplication: 9091,
  kafkaAgent: 8443,
  kafkaMetrics: 9404,
  // CloudNativePG: of the instance manager, which also asks its neighbours whether it is the one that is cut off; of the exporter.
  postgresManager: 8000,
  postgresMetrics: 9187,
} as const;

const withDatabase: readonly PodGroup[] = [...appIds, 'migrations', 'backup'];
const withSidecar: readonly PodGroup[] = appIds;
/** Who asks the API server: sidecars for the secrets that their Role names; brokers and the operators' pods for their own objects. */
const withKubeApi: readonly PodGroup[] = [...withSidecar, 'kafka', 'kafka-operators', 'postgres'];
const withNames: readonly PodGroup[] = [
  ...withDatabase,
  'edge',
  'kafka',
  'kafka-operators',
  'kafka-exporter',
  'postgres',
  'otel-collector',
];

/** The one table of flows: NetworkPolicies are made from it. tests/cluster/connectivity.test.ts has its own, by hand. */
export const flows: readonly Flow[] = [
  { from: 'internet', to: 'edge', ports: [ports.edge, ports.edgeHttp], because: 'browsers and programs' },
  { from: 'edge', to: 'chat-gateway', ports: [ports.public], because: 'the public door' },
  ...appIds.flatMap((caller) =>
    appIds
      .filter((callee) => allowedCalls.some((call) => call.caller === caller && call.callee === callee))
      .map((callee) => ({ from: caller, to: callee, ports: [ports.daprInternal], because: 'service invocation' })),
  ),
  ...withSidecar.flatMap((from) => [
    { from, to: 'dapr-sentry' as const, ports: [otherPorts.sentry], because: 'the certificate of its identity' },
    { from, to: 'dapr-operator' as const, ports: [otherPorts.daprOperator], because: 'components and policies' },
    { from, to: 'kafka' as const, ports: [ports.kafka], because: 'events' },
    { from, to: 'otel-collector' as const, ports: [ports.spans], because: 'spans' },
    {
      from: 'metrics-scraper' as const,
      to: from,
      ports: [ports.metrics, ports.daprMetrics],
      because: 'metrics of service and sidecar',
    },
  ]),
  ...withKubeApi.map((from) => ({ from, to: 'kube-api' as const, ports: otherPorts.kubeApi, because: 'its objects' })),
  ...withDatabase.map((from) => ({ from, to: 'postgres' as const, ports: [ports.postgres], because: 'its database' })),
  ...withNames.map((from) => ({ from, to: 'dns' as const, ports: [otherPorts.dns], because: 'names' })),
  { from: 'chat-gateway', to: 'limits', ports: [ports.limits], because: 'rate limits that replicas share (API-3)' },
  { from: 'audit', to: 'witness', ports: [ports.witness], because: 'cosignatures' },
  { from: 'auth', to: 'mail-relay', ports: otherPorts.smtp, because: 'mail' },
  { from: 'otel-collector', to: 'trace-store', ports: [otherPorts.otlp], because: 'traces' },
  {
    from: 'kafka',
    to: 'kafka',
    ports: [otherPorts.kafkaController, otherPorts.kafkaReplication],
    because: 'votes and copies',
  },
  { from: 'kafka-operators', to: 'kafka', ports: [otherPorts.kafkaReplication], because: 'topics, users and rights' },
  {
    from: 'kafka-operator',
    to: 'kafka',
    ports: [otherPorts.kafkaController, otherPorts.kafkaReplication, otherPorts.kafkaAgent],
    because: 'rolls brokers one after the other, when their copies are in sync',
  },
  { from: 'autoscaler', to: 'kafka', ports: [ports.kafka], because: 'how much waits for each consumer' },
  { from: 'metrics-scraper', to: 'kafka', ports: [otherPorts.kafkaMetrics], because: 'metrics' },
  { from: 'kafka-exporter', to: 'kafka', ports: [otherPorts.kafkaReplication], because: 'how far each group has come' },
  {
    from: 'metrics-scraper',
    to: 'kafka-exporter',
    ports: [otherPorts.kafkaMetrics],
    because: 'how much waits for each consumer',
  },
  { from: 'postgres', to: 'postgres', ports: [ports.postgres, otherPorts.postgresManager], because: 'replication' },
  {
    from: 'postgres-operator',
    to: 'postgres',
    ports: [ports.postgres, otherPorts.postgresManager],
    because: 'the state of each instance, and who leads',
  },
  { from: 'metrics-scraper', to: 'postgres', ports: [otherPorts.postgresMetrics], because: 'metrics' },
  { from: 'metrics-scraper', to: 'otel-collector', ports: [ports.collectorMetrics], because: 'metrics' },
];

function inNamespace(name: string, labels: Readonly<Record<string, string>>): object {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    podSelector: { matchLabels: labels },
  };
}
