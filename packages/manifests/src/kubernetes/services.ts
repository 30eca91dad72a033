import { type AppId, secretsOf } from '@todo-chatbot/contracts';
import { maxBodySize, shutdownSeconds } from '../dapr/processes.ts';
import { environmentOf, serviceArguments } from '../environment.ts';
import type { GeneratedFile } from '../generatedFile.ts';
import { cluster, namespace, ports } from '../names.ts';
import { appApiTokenSecret, daprApiTokenSecret } from '../secrets.ts';
import { anchorFolder, sidecarResources, workloadOf } from '../workloads.ts';
import { kustomizationOf } from './kustomization.ts';
import {
  accountOf,
  containerSecurity,
  type EnvironmentSource,
  environmentList,
  fileOfSecret,
  imageOf,
  labelsOf,
  podOf,
  scratch,
  withDisk,
} from './pod.ts';
import { disruptionBudget } from './scaling.ts';

/** Folder of a service's manifests. */
const serviceFolder = (appId: AppId) => `k8s/base/services/${appId}`;

/** Everything that a service needs in the cluster besides its Dapr files and network policy. */
export function serviceFiles(appId: AppId): readonly GeneratedFile[] {
  const folder = serviceFolder(appId);
  const files: GeneratedFile[] = [
    {
      path: `${folder}/deployment.yaml`,
      comment: `${appId} and how it is reached (K8S-1).`,
      documents: [
        deployment(appId),
        disruptionBudget(appId),
        ...(appId === 'chat-gateway' ? [publicService()] : []),
        ...volumeClaims(appId),
      ],
    },
    {
      path: `${folder}/identity.yaml`,
      comment: `Who ${appId} is, and the secrets that its sidecar may read (K8S-2, MESH-5).`,
      documents: identity(appId),
    },
  ];
  return [
    ...files,
    kustomizationOf(
      folder,
      files.map(({ path }) => path.slice(folder.length + 1)),
    ),
  ];
}

const files = {
  postgres: fileOfSecret('postgres-ca', cluster.postgresCaSecret, '/etc/todo-chatbot/postgres'),
  kafka: fileOfSecret('kafka-ca', cluster.kafkaCaSecret, '/etc/todo-chatbot/kafka'),
  witness: fileOfSecret('witness-ca', { name: cluster.witnessTlsSecret, key: 'ca.crt' }, '/etc/todo-chatbot/witness'),
  limits: fileOfSecret('limits-ca', { name: cluster.limitsTlsSecret, key: 'ca.crt' }, '/etc/todo-chatbot/limits'),
};

function filesOf(appId: AppId) {
  switch (appId) {
    case 'audit':
      return [files.postgres, files.kafka, files.witness];
    case 'chat-gateway':
      return [files.postgres, files.limits];
    case 'auth':
    case 'task':
    case 'booking':
    case 'guardrail':
      return [files.postgres];
  }
}

const setting = (name: string): EnvironmentSource => ({ setting: name });

function environment(appId: AppId): Record<string, EnvironmentSource | string> {
  return environmentOf<EnvironmentSource>(appId, {
    runMode: setting('RUN_MODE'),
    appPort: ports.app,
    daprHttpPort: ports.daprHttp,
    daprApiToken: { secret: daprApiTokenSecret(appId), key: 'token' },
    appApiToken: { secret: appApiTokenSecret(appId), key: 'token' },
    databaseHost: cluster.postgresHost,
    databasePort: ports.postgres,
    databaseCaFile: files.postgres.path,
    tokenIssuer: setting('TOKEN_ISSUER'),
    tokenAudience: setting('TOKEN_AUDIENCE'),
    spanCollector: cluster.spanCollector,
    metricsPort: ports.metrics,
    publicOrigin: setting('PUBLIC_ORIGIN'),
    door: { port: ports.public, webRoot: '/srv/web' },
    log: {
      kafkaBrokers: cluster.kafkaBroker,
      kafkaCaFile: files.kafka.path,
      origin: setting('LOG_ORIGIN'),
      witnessUrl: cluster.witnessUrl,
      witnessCaFile: files.witness.path,
      witnessVerifierKey: { secret: 'audit-witness', key: 'verifierKey' },
      anchorFolder,
    },
    accounts: Object.fromEntries(
      [
        'SECOND_FACTOR_FOR_ADMINISTRATORS',
        'MAIL_TRANSPORT',
        'MAIL_FROM',
        'MAIL_FOLDER',
        'SMTP_HOST',
        'SMTP_PORT',
        'SMTP_SECURITY',
      ].map((name) => [name, setting(name)]),
    ),
    more: {
      LOG_LEVEL: setting('LOG_LEVEL'),
      LISTEN_ADDRESS: '0.0.0.0',
      PROBE_PORT: String(ports.probes),
      ...(appId === 'chat-gateway'
        ? {
            TRUSTED_PROXIES: setting('TRUSTED_PROXIES'),
            REDIS_HOST: cluster.limitsHost,
            REDIS_PORT: String(ports.limits),
            REDIS_CA_FILE: files.limits.path,
          }
        : {}),
    },
  });
}

/** Name of the volume with the token of the service account, which is mounted into the sidecar alone. */
const kubeTokenVolume = 'kube-token';
const kubeTokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
const kubeTokenSeconds = 3600;

function sidecarAnnotations(appId: AppId): Record<string, string> {
  return {
    'dapr.io/enabled': 'true',
    'dapr.io/app-id': appId,
    'dapr.io/app-port': String(ports.app),
    'dapr.io/app-protocol': 'http',
    'dapr.io/config': appId,
    'dapr.io/api-token-secret': daprApiTokenSecret(appId),
    'dapr.io/app-token-secret': appApiTokenSecret(appId),
    // The built-in store would hand out secrets by any name, past the scopes of our own.
    'dapr.io/disable-builtin-k8s-secret-store': 'true',
    'dapr.io/volume-mounts': `${kubeTokenVolume}:${kubeTokenFolder}`,
    'dapr.io/enable-native-sidecar': 'true',
    'dapr.io/log-as-json': 'true',
    'dapr.io/enable-metrics': 'true',
    'dapr.io/metrics-port': String(ports.daprMetrics),
    'dapr.io/max-body-size': maxBodySize,
    'dapr.io/graceful-shutdown-seconds': String(shutdownSeconds),
    'dapr.io/placement-host-address': ' ',
    'dapr.io/scheduler-host-address': ' ',
    'dapr.io/sidecar-cpu-request': sidecarResources.requests.cpu,
    'dapr.io/sidecar-cpu-limit': sidecarResources.limits.cpu,
    'dapr.io/sidecar-memory-request': sidecarResources.requests.memory,
    'dapr.io/sidecar-memory-limit': sidecarResources.limits.memory,
  };
}

function deployment(appId: AppId): object {
  const { scaledBy, resources, volume } = workloadOf(appId);
  const mounted = filesOf(appId);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: appId, namespace, labels: labelsOf(appId) },
    spec: {
      // What scales has its number from an autoscaler, which this would set back.
      ...(scaledBy === 'nobody' ? { replicas: 1 } : {}),
      revisionHistoryLimit: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': appId } },
      strategy: volume
        ? { type: 'Recreate' }
        : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: labelsOf(appId), annotations: sidecarAnnotations(appId) },
        spec: {
          ...podOf(appId),
          terminationGracePeriodSeconds: 45,
          topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': appId } },
          })),
          containers: [
            {
              name: appId,
              image: imageOf(appId),
              imagePullPolicy: 'IfNotPresent',
              args: serviceArguments,
              env: environmentList(environment(appId)),
              ports: [
                ...(appId === 'chat-gateway' ? [{ name: 'public', containerPort: ports.public }] : []),
                { name: 'probes', containerPort: ports.probes },
                { name: 'metrics', containerPort: ports.metrics },
              ],
              startupProbe: probe('/healthz', { periodSeconds: 2, failureThreshold: 60 }),
              livenessProbe: probe('/healthz', { periodSeconds: 10, failureThreshold: 3 }),
              readinessProbe: probe('/readyz', { periodSeconds: 5, failureThreshold: 2 }),
              // Whoever still sends here learns meanwhile that this pod is leaving.
              lifecycle: { preStop: { sleep: { seconds: 5 } } },
              resources: withDisk(resources),
              securityContext: containerSecurity,
              volumeMounts: [
                scratch.mount,
                ...mounted.map(({ mount }) => mount),
                ...(volume ? [{ name: volume.name, mountPath: volume.mountPath }] : []),
              ],
            },
          ],
          volumes: [
            scratch.volume,
            ...mounted.map((file) => file.volume),
            kubeToken,
            ...(volume ? [{ name: volume.name, persistentVolumeClaim: { claimName: `${appId}-${volume.name}` } }] : []),
          ],
        },
      },
    },
  };
}

/** What `automountServiceAccountToken` would mount into every container. */
const kubeToken = {
  name: kubeTokenVolume,
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: kubeTokenSeconds } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
    ],
  },
};

function probe(path: string, timing: { periodSeconds: number; failureThreshold: number }): object {
  return { httpGet: { path, port: 'probes' }, timeoutSeconds: 3, ...timing };
}

function publicService(): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'chat-gateway', namespace, labels: labelsOf('chat-gateway') },
    spec: {
      selector: { 'app.kubernetes.io/name': 'chat-gateway' },
      ports: [{ name: 'http', port: ports.public, targetPort: 'public' }],
    },
  };
}

function volumeClaims(appId: AppId): object[] {
  const { volume } = workloadOf(appId);
  if (!volume) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `${appId}-${volume.name}`, namespace, labels: labelsOf(appId) },
      spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: volume.size } } },
    },
  ];
}

function identity(appId: AppId): object[] {
  const metadata = { name: appId, namespace, labels: labelsOf(appId) };
  return [
    accountOf(appId),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [...secretsOf(appId), cluster.kafkaCaSecret.name],
          verbs: ['get'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: appId },
      subjects: [{ kind: 'ServiceAccount', name: appId, namespace }],
    },
  ];
}
