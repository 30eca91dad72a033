/** Namespace of everything, in the cluster and natively. */
export const namespace = 'todo-chatbot';
/** Trust domain of workloads in the cluster (MESH-1), and of the control plane natively. */
export const trustDomain = 'todo-chatbot';
/** Namespace of Dapr's control plane, as its chart has it. */
export const daprNamespace = 'dapr-system';

const inCluster = (service: string) => `${service}.${namespace}.svc`;

/** Strimzi names what belongs to a cluster after it. */
export const kafkaCluster = 'todo-chatbot';
/** So does CloudNativePG. */
export const postgresCluster = 'todo-chatbot-postgres';

/** Where things are in the cluster. */
export const cluster = {
  kafkaBroker: `${inCluster(`${kafkaCluster}-kafka-bootstrap`)}:9093`,
  /** Strimzi keeps the authority of the brokers' certificates here. */
  kafkaCaSecret: { name: `${kafkaCluster}-cluster-ca-cert`, key: 'ca.crt' },
  postgresHost: inCluster(`${postgresCluster}-rw`),
  /** CloudNativePG keeps the authority of the server's certificate here, beside its key: mount this key alone. */
  postgresCaSecret: { name: `${postgresCluster}-ca`, key: 'ca.crt' },
  /** And here the superuser's password. */
  postgresSuperuserSecret: `${postgresCluster}-superuser`,
  limitsHost: inCluster('limits'),
  limitsTlsSecret: 'limits-tls',
  witnessUrl: `https://${inCluster('witness')}:8443`,
  witnessTlsSecret: 'witness-tls',
  spanCollector: `http://${inCluster('otel-collector')}:9411/api/v2/spans`,
  controlPlaneTrustDomain: 'cluster.local',
  sentryAddress: `dapr-sentry.${daprNamespace}.svc:443`,
} as const;

/** Ports in a pod; the services' app port and their sidecar's API are on its loopback address alone. */
export const ports = {
  app: 3000,
  probes: 3001,
  public: 8080,
  metrics: 9464,
  daprHttp: 3500,
  /** Between sidecars, with mutual TLS. */
  daprInternal: 50_002,
  /** Of the sidecar's probes. */
  daprPublic: 3501,
  daprMetrics: 9090,
  witness: 8443,
  edge: 8443,
  /** Sends browsers on to https. */
  edgeHttp: 8080,
  postgres: 5432,
  kafka: 9093,
  limits: 6379,
  spans: 9411,
  /** Of the span collector's own metrics. */
  collectorMetrics: 8888,
} as const;
