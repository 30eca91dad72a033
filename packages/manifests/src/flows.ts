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

/** Who is outside of the namespace: pods of another one, or addresses. */
export type Outside =
  | 'dns'
  | 'dapr-control-plane'
  | 'kube-api'
  | 'metrics-scraper'
  | 'kafka-operator'
  | 'postgres-operator'
  | 'trace-store'
  | 'mail-relay'
  | 'internet'
  | 'backup-store';

/** A connection that has to be possible; everything else is not (K8S-2). */
export interface Flow {
  readonly from: PodGroup | Outside;
  readonly to: PodGroup | Outside;
  readonly ports: readonly number[];
  /** Why it is needed. */
  readonly because: string;
}

/** Ports of what is outside. */
const outsidePorts = { dns: 53, sentry: 50_001, daprOperator: 6500, kubeApi: [443, 6443], smtp: [465, 587] } as const;

const withDatabase: readonly PodGroup[] = [...appIds, 'migrations', 'backup'];
const withSidecar: readonly PodGroup[] = appIds;

/** The one table of flows: NetworkPolicies are made from it, and the connectivity matrix is held against it. */
export const flows: readonly Flow[] = [
  { from: 'internet', to: 'edge', ports: [ports.edge], because: 'browsers and programs' },
  { from: 'edge', to: 'chat-gateway', ports: [ports.public], because: 'the public door' },
  ...appIds.flatMap((caller) =>
    appIds
      .filter((callee) => allowedCalls.some((call) => call.caller === caller && call.callee === callee))
      .map((callee) => ({ from: caller, to: callee, ports: [ports.daprInternal], because: 'service invocation' })),
  ),
  ...withSidecar.map((from) => ({
    from,
    to: 'dapr-control-plane' as const,
    ports: [outsidePorts.sentry, outsidePorts.daprOperator],
    because: 'certificates; components and policies',
  })),
  ...withSidecar.map((from) => ({
    from,
    to: 'kube-api' as const,
    ports: outsidePorts.kubeApi,
    because: 'the sidecar reads the secrets that its Role names',
  })),
  ...withSidecar.map((from) => ({ from, to: 'kafka' as const, ports: [ports.kafka], because: 'events' })),
  ...withDatabase.map((from) => ({ from, to: 'postgres' as const, ports: [ports.postgres], because: 'its database' })),
  ...withSidecar.map((from) => ({ from, to: 'otel-collector' as const, ports: [ports.spans], because: 'spans' })),
  { from: 'chat-gateway', to: 'limits', ports: [ports.limits], because: 'rate limits that replicas share (API-3)' },
  { from: 'audit', to: 'witness', ports: [ports.witness], because: 'cosignatures' },
  { from: 'auth', to: 'mail-relay', ports: outsidePorts.smtp, because: 'mail' },
  { from: 'backup', to: 'backup-store', ports: [443], because: 'backup sets' },
  { from: 'otel-collector', to: 'trace-store', ports: [4317], because: 'traces' },
  ...withSidecar.map((to) => ({
    from: 'metrics-scraper' as const,
    to,
    ports: [ports.metrics, ports.daprMetrics],
    because: 'metrics of service and sidecar',
  })),
  ...[...new Set<PodGroup>([...withDatabase, 'edge', 'kafka', 'kafka-operators', 'postgres', 'otel-collector'])].map(
    (from) => ({ from, to: 'dns' as const, ports: [outsidePorts.dns], because: 'names' }),
  ),
  { from: 'kafka-exporter', to: 'kafka', ports: [9091], because: 'how far each group has come' },
  { from: 'kafka-exporter', to: 'dns', ports: [outsidePorts.dns], because: 'names' },
  { from: 'metrics-scraper', to: 'kafka-exporter', ports: [9404], because: 'how much waits for each consumer' },
];

/** Pods and addresses outside, as a NetworkPolicy names them. */
export const outsidePeers: Readonly<Record<Outside, readonly object[]>> = {
  dns: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })],
  'dapr-control-plane': [inNamespace(daprNamespace, { 'app.kubernetes.io/part-of': 'dapr' })],
  // Addresses of API servers differ from cluster to cluster, and a policy sees them after the service's address was translated.
  'kube-api': [{ ipBlock: { cidr: '0.0.0.0/0' } }],
  'metrics-scraper': [inNamespace('monitoring', { 'app.kubernetes.io/name': 'prometheus' })],
  'kafka-operator': [inNamespace('strimzi', { name: 'strimzi-cluster-operator' })],
  'postgres-operator': [inNamespace('cnpg-system', { 'app.kubernetes.io/name': 'cloudnative-pg' })],
  'trace-store': [inNamespace('monitoring', { 'app.kubernetes.io/name': 'jaeger' })],
  'mail-relay': [{ ipBlock: { cidr: '0.0.0.0/0' } }],
  internet: [{ ipBlock: { cidr: '0.0.0.0/0' } }],
  'backup-store': [{ ipBlock: { cidr: '0.0.0.0/0' } }],
};

function inNamespace(name: string, labels: Readonly<Record<string, string>>): object {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    podSelector: { matchLabels: labels },
  };
}
