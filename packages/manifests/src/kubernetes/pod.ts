import { namespace } from '../names.ts';
import type { Resources } from '../workloads.ts';

/** User and group of every process of ours in a container; the image has them too. */
export const userId = 10_001;

/** What Pod Security `restricted` asks of a pod, and a user of no privilege. The sidecar inherits the seccomp profile. */
const podSecurity = {
  runAsNonRoot: true,
  runAsUser: userId,
  runAsGroup: userId,
  fsGroup: userId,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** What every pod of ours has: an account, whose token is not mounted by itself, and no privilege. */
export function podOf(account: string): object {
  return {
    serviceAccountName: account,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
  };
}

/** What Pod Security `restricted` asks of a container. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** Labels of everything of ours. */
export function labelsOf(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'todo-chatbot' };
}

/** A service account that the API server lets do nothing, and whose token nobody has. */
export function accountOf(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels: labelsOf(name) },
    automountServiceAccountToken: false,
  };
}

/** Image of one of ours; the overlay gives registry and tag or digest. */
export function imageOf(name: string): string {
  return `todo-chatbot/${name}`;
}

/** A folder that a process may write, since its root is read-only. */
export const scratch = {
  volume: { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
  mount: { name: 'tmp', mountPath: '/tmp' },
} as const;

/** Mode of files that are secret: the group of the pod may read them, nobody else. */
export const secretMode = 0o440;

/** One file of a Secret, such as an authority, and nothing else that is in it. */
export function fileOfSecret(name: string, secret: { name: string; key: string }, folder: string) {
  return {
    volume: { name, secret: { secretName: secret.name, items: [{ key: secret.key, path: secret.key }] } },
    mount: { name, mountPath: folder, readOnly: true },
    path: `${folder}/${secret.key}`,
  };
}

/**
 * Prefers the node of the pods that have these labels: a volume of one node (`ReadWriteOnce`) that such a pod holds cannot be had on another,
 * and whoever wants it there waits in vain. Not a demand, since there may be none of them.
 */
export function besidePodsOf(matchLabels: Readonly<Record<string, string>>): object {
  return {
    podAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } } },
      ],
    },
  };
}

/** A variable from where the cluster keeps it: `settings` is the ConfigMap that an overlay fills. */
export type EnvironmentSource = { readonly setting: string } | { readonly secret: string; readonly key: string };

/** Environment of a container. */
export function environmentList(values: Readonly<Record<string, EnvironmentSource | string>>): object[] {
  return Object.entries(values).map(([name, value]) => ({ name, ...sourceOf(value) }));
}

function sourceOf(value: EnvironmentSource | string): object {
  if (typeof value === 'string') return { value };
  if ('setting' in value) return { valueFrom: { configMapKeyRef: { name: 'settings', key: value.setting } } };
  return { valueFrom: { secretKeyRef: { name: value.secret, key: value.key } } };
}

/** Resources of a container of ours with what it may write on its node's disk: its scratch folder, and its log until that is rotated. */
export function withDisk({ requests, limits }: Resources): object {
  return {
    requests: { ...requests, 'ephemeral-storage': '16Mi' },
    limits: { ...limits, 'ephemeral-storage': '128Mi' },
  };
}
