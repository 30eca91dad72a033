import { type AppId, appIds, consumerGroup, topics } from '@todo-chatbot/contracts';
import type { GeneratedFile } from '../generatedFile.ts';
import { kafkaProtocolVersion } from '../kafka/protocolVersion.ts';
import { cluster, namespace } from '../names.ts';
import { type Workload, workloadOf } from '../workloads.ts';
import { kustomizationOf } from './kustomization.ts';
import { labelsOf } from './pod.ts';

const folder = 'k8s/base/scaling';

/** Share of its requested processor that a container uses when another replica is made: what it is asked for while that one starts has room. */
const cpuTargetPercent = 70;

/** Messages of a topic that wait for one replica: at ten milliseconds each, half a second's work. */
const lagPerReplica = 50;

/** How often KEDA looks at the lag, in seconds: less than it takes to start a pod, and few enough questions for the broker. */
const lagPollSeconds = 15;

/** Up at once and by as much as there is, down slowly and by one: load comes in waves, and a pod that leaves hands its partitions over. */
const behavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 2, periodSeconds: 15 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
  },
} as const;

/**
 * At most one pod of a service is moved away at a time. For the one that is alone this still lets a node be emptied: a budget that
 * forbids it would only make somebody remove the budget.
 */
export function disruptionBudget(appId: AppId): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: appId, namespace, labels: labelsOf(appId) },
    spec: {
      maxUnavailable: 1,
      // A pod that is not ready serves nobody, and must not keep its node from being repaired.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { 'app.kubernetes.io/name': appId } },
    },
  };
}

/**
 * What sets the number of replicas, in a folder of its own: an overlay that has KEDA and a metrics server adds it, in any other one each
 * service is alone. The Deployments say no number, which each `kubectl apply` would set back.
 */
export function scalingFiles(): readonly GeneratedFile[] {
  const scaled = appIds.map(workloadOf).filter(({ scaledBy }) => scaledBy !== 'nobody');
  const files: GeneratedFile[] = [
    ...scaled.map((workload) => ({
      path: `${folder}/${workload.appId}.yaml`,
      comment: `How many replicas ${workload.appId} has (K8S-1); packages/manifests/src/workloads.ts says why.`,
      documents: [workload.scaledBy === 'lag' ? scaledObject(workload) : cpuAutoscaler(workload)],
    })),
    {
      path: `${folder}/kafka-access.yaml`,
      comment:
        'How KEDA asks the broker for lags: by a user of its own, which may describe topics and groups and read nothing.',
      documents: [kafkaUser(), triggerAuthentication()],
    },
  ];
  const names = files.map(({ path }) => path.slice(folder.length + 1));
  return [...files, kustomizationOf(folder, names)];
}

function cpuAutoscaler({ appId, replicas }: Workload): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: appId, namespace, labels: labelsOf(appId) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: appId },
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [
        {
          // Of the service's container alone: an idle sidecar would hide a busy service.
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: appId,
            target: { type: 'Utilization', averageUtilization: cpuTargetPercent },
          },
        },
      ],
      behavior,
    },
  };
}

const kafkaAccess = 'kafka-lag';

/** KEDA makes an autoscaler of it; there is no other one of ours beside it. */
function scaledObject({ appId, replicas }: Workload): object {
  const consumed = topics.filter(({ consumers }) => consumers.includes(appId));
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: appId, namespace, labels: labelsOf(appId) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: appId },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      pollingInterval: lagPollSeconds,
      advanced: { horizontalPodAutoscalerConfig: { behavior } },
      // When one of them cannot be read, the others may still add replicas, and nothing takes any away.
      triggers: [
        {
          type: 'cpu',
          metricType: 'Utilization',
          metadata: { containerName: appId, value: String(cpuTargetPercent) },
        },
        ...consumed.map(({ name, delivery }) => ({
          type: 'kafka',
          metadata: {
            bootstrapServers: cluster.kafkaBroker,
            version: kafkaProtocolVersion,
            sasl: 'scram_sha512',
            tls: 'enable',
            topic: name,
            consumerGroup: consumerGroup(delivery, appId),
            lagThreshold: String(lagPerReplica),
            // A new group begins at the oldest message, as the components say.
            offsetResetPolicy: 'earliest',
            // Metadata of the watched topic alone: the user may not describe the others.
            fullMetadata: 'false',
          },
          authenticationRef: { name: kafkaAccess },
        })),
      ],
    },
  };
}

/** KEDA takes a user name from a reference alone, which need not be a secret. */
function kafkaUser(): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: kafkaAccess, namespace },
    data: { username: 'keda' },
  };
}

function triggerAuthentication(): object {
  const { name, key } = cluster.kafkaCaSecret;
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name: kafkaAccess, namespace },
    spec: {
      configMapTargetRef: [{ parameter: 'username', name: kafkaAccess, key: 'username' }],
      secretTargetRef: [
        { parameter: 'password', name: 'keda-kafka', key: 'password' },
        { parameter: 'ca', name, key },
      ],
    },
  };
}
