import { witnessArguments, witnessEnvironmentOf } from '../environment.ts';
import type { GeneratedFile } from '../generatedFile.ts';
import { cluster, namespace, ports } from '../names.ts';
import { byHand, cronJob } from './cronJob.ts';
import { kustomizationOf } from './kustomization.ts';
import {
  accountOf,
  besidePodsOf,
  containerSecurity,
  type EnvironmentSource,
  environmentList,
  imageOf,
  labelsOf,
  podOf,
  secretMode,
} from './pod.ts';

const folder = 'k8s/base/witness';
const name = 'witness';
/** Makes the first store; its pods have a name of their own, so that nobody takes them for the witness. */
const beginName = 'witness-begin';
const storeFolder = '/var/lib/todo-chatbot/witness';
const storeFile = `${storeFolder}/checkpoint`;
const keyFolder = '/etc/todo-chatbot/witness-key';
const tlsFolder = '/etc/todo-chatbot/witness-tls';
/** Secret with the witness's key and the public half of the log's. */
const keySecret = 'witness-key';

/** The witness of the audit log. A production installation runs it elsewhere (docs/deployment.md). */
export function witnessFiles(): readonly GeneratedFile[] {
  const files: GeneratedFile[] = [
    {
      path: `${folder}/deployment.yaml`,
      comment: 'The witness of the audit log, with its store and how it is reached (K8S-1).',
      documents: [deployment(), service(), accountOf(name), volumeClaim()],
    },
    {
      path: `${folder}/begin.yaml`,
      comment:
        'Makes the witness’s empty store, once in the life of an installation and by somebody who answers for it: a witness that began anew by ' +
        'itself would cosign a second history. "kubectl create job --from=cronjob/witness-begin witness-begin"; by schedule it never runs.',
      documents: [beginJob()],
    },
  ];
  return [...files, kustomizationOf(folder, ['deployment.yaml', 'begin.yaml'])];
}

const store = {
  volume: { name: 'store', persistentVolumeClaim: { claimName: 'witness-store' } },
  mount: { name: 'store', mountPath: storeFolder },
};

function deployment(): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      // Two on one store would each find it changed by the other, and end.
      strategy: { type: 'Recreate' },
      template: {
        metadata: { labels: labelsOf(name) },
        spec: {
          ...podOf(name),
          terminationGracePeriodSeconds: 10,
          containers: [
            {
              ...containerOf(),
              args: witnessArguments,
              env: environmentList(environment()),
              ports: [{ name: 'witness', containerPort: ports.witness }],
              startupProbe: probe({ periodSeconds: 2, failureThreshold: 30 }),
              livenessProbe: probe({ periodSeconds: 10, failureThreshold: 3 }),
              readinessProbe: probe({ periodSeconds: 5, failureThreshold: 2 }),
              volumeMounts: [
                store.mount,
                { name: 'key', mountPath: keyFolder, readOnly: true },
                { name: 'tls', mountPath: tlsFolder, readOnly: true },
              ],
            },
          ],
          volumes: [
            store.volume,
            {
              name: 'key',
              secret: {
                secretName: keySecret,
                defaultMode: secretMode,
                items: [{ key: 'privateKey', path: 'privateKey' }],
              },
            },
            { name: 'tls', secret: { secretName: cluster.witnessTlsSecret, defaultMode: secretMode } },
          ],
        },
      },
    },
  };
}

function environment(): Record<string, EnvironmentSource | string> {
  return witnessEnvironmentOf<EnvironmentSource>({
    port: ports.witness,
    name: { setting: 'WITNESS_NAME' },
    keyFile: `${keyFolder}/privateKey`,
    storeFile,
    logVerifierKey: { secret: keySecret, key: 'logVerifierKey' },
    certificateFile: `${tlsFolder}/tls.crt`,
    certificateKeyFile: `${tlsFolder}/tls.key`,
    more: { LISTEN_ADDRESS: '0.0.0.0' },
  });
}

function containerOf(): object {
  return {
    name,
    image: imageOf(name),
    imagePullPolicy: 'IfNotPresent',
    resources: {
      requests: { cpu: '20m', memory: '64Mi', 'ephemeral-storage': '8Mi' },
      limits: { cpu: '500m', memory: '160Mi', 'ephemeral-storage': '64Mi' },
    },
    securityContext: containerSecurity,
  };
}

function probe(timing: { periodSeconds: number; failureThreshold: number }): object {
  return { httpGet: { path: '/healthz', port: 'witness', scheme: 'HTTPS' }, timeoutSeconds: 3, ...timing };
}

function service(): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'witness', port: ports.witness, targetPort: 'witness' }],
    },
  };
}

function volumeClaim(): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'witness-store', namespace, labels: labelsOf(name) },
    // Not for one pod alone: the witness waits for its store while the job makes it.
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}

function beginJob(): object {
  return cronJob(
    { name: beginName, owner: beginName },
    {
      ...byHand,
      startingDeadlineSeconds: 60,
      jobSpec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 300,
        template: {
          metadata: { labels: labelsOf(beginName) },
          spec: {
            ...podOf(name),
            restartPolicy: 'Never',
            // The witness that waits for its store holds the volume already.
            affinity: besidePodsOf({ 'app.kubernetes.io/name': name }),
            containers: [
              {
                ...containerOf(),
                args: ['witness/begin.ts'],
                env: environmentList({ STORE_FILE: storeFile }),
                volumeMounts: [store.mount],
              },
            ],
            volumes: [store.volume],
          },
        },
      },
    },
  );
}
