import { cluster, ports } from '../names.ts';
import type { Resources } from '../workloads.ts';
import {
  besidePodsOf,
  containerSecurity,
  environmentList,
  fileOfSecret,
  imageOf,
  labelsOf,
  podOf,
  scratch,
  secretMode,
  withDisk,
} from './pod.ts';

/** One file of a mounted secret: its name there is `<folder>/<key>`, as the commands of packages/databases want it. */
export interface MountedKey {
  readonly secret: string;
  readonly key: string;
  /** The secret's own name when unset. */
  readonly folder?: string;
}

/** The superuser's password, which CloudNativePG makes. */
export const superuserKey: MountedKey = {
  secret: cluster.postgresSuperuserSecret,
  key: 'password',
  folder: 'superuser',
};

const ca = fileOfSecret('postgres-ca', cluster.postgresCaSecret, '/etc/todo-chatbot/postgres');
const secretsFolder = '/etc/todo-chatbot/secrets';

/**
 * Template of a pod that runs a command of packages/databases once, with the named secrets and nothing else of theirs. `name`: group of
 * pods that it belongs to, and its service account.
 */
export function databasePod(options: {
  readonly name: string;
  readonly command: string;
  readonly keys: readonly MountedKey[];
  readonly env?: Readonly<Record<string, string>>;
  readonly resources: Resources;
  /** A claim and where it is mounted. */
  readonly volume?: { readonly claim: string; readonly mountPath: string };
}): object {
  const { name, command, keys, env = {}, resources, volume } = options;
  return {
    metadata: { labels: labelsOf(name) },
    spec: {
      // An installation's own pod that carries backups away holds the volume already (docs/operations/restore.md).
      ...(volume ? { affinity: besidePodsOf({ 'app.kubernetes.io/name': name }) } : {}),
      ...podOf(name),
      restartPolicy: 'Never',
      containers: [
        {
          name,
          image: imageOf('tools'),
          imagePullPolicy: 'IfNotPresent',
          args: [`packages/databases/src/${command}.ts`],
          env: environmentList({
            DATABASE_HOST: cluster.postgresHost,
            DATABASE_PORT: String(ports.postgres),
            DATABASE_CA_FILE: ca.path,
            SECRETS_FOLDER: secretsFolder,
            ...env,
          }),
          resources: withDisk(resources),
          securityContext: containerSecurity,
          volumeMounts: [
            scratch.mount,
            ca.mount,
            { name: 'secrets', mountPath: secretsFolder, readOnly: true },
            ...(volume ? [{ name: 'data', mountPath: volume.mountPath }] : []),
          ],
        },
      ],
      volumes: [
        scratch.volume,
        ca.volume,
        {
          name: 'secrets',
          projected: {
            defaultMode: secretMode,
            sources: keys.map(({ secret, key, folder = secret }) => ({
              secret: { name: secret, items: [{ key, path: `${folder}/${key}` }] },
            })),
          },
        },
        ...(volume ? [{ name: 'data', persistentVolumeClaim: { claimName: volume.claim } }] : []),
      ],
    },
  };
}
