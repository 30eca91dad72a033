import { appIds, databaseNameOf, databaseOwnerOf } from '@todo-chatbot/contracts';
import type { GeneratedFile } from '../generatedFile.ts';
import { namespace, postgresCluster } from '../names.ts';
import { accessRules, serverParameters } from '../postgres/server.ts';
import { databaseOwnerSecret, firstDatabase } from '../secrets.ts';
import { kustomizationOf } from './kustomization.ts';
import { labelsOf } from './pod.ts';

const folder = 'k8s/base/postgres';
/** The image with nothing but PostgreSQL and its own extensions: no tools for backups, which are ours. */
const image = 'ghcr.io/cloudnative-pg/postgresql:18.6-minimal-trixie';

/** The database server (K8S-3). */
export function postgresFiles(): readonly GeneratedFile[] {
  return [
    {
      path: `${folder}/cluster.yaml`,
      comment:
        'The database server (K8S-3). It keeps no copies of its files and no archive of its log: data keys that were destroyed would live on in them (PRIV-4, docs/deployment.md).',
      documents: [postgres()],
    },
    kustomizationOf(folder, ['cluster.yaml']),
  ];
}

function postgres(): object {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: postgresCluster, namespace, labels: labelsOf('postgres') },
    spec: {
      instances: 1,
      imageName: image,
      // For the Job that provisions, which makes every role and database by the same statements as natively, and for a restore.
      enableSuperuserAccess: true,
      enablePDB: true,
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: 'switchover',
      bootstrap: {
        initdb: {
          // One has to be made here; the provision brings it to where the others are.
          database: databaseNameOf(firstDatabase),
          owner: databaseOwnerOf(firstDatabase),
          secret: { name: databaseOwnerSecret(firstDatabase) },
          encoding: 'UTF8',
          locale: 'C.UTF-8',
          localeProvider: 'builtin',
          builtinLocale: 'C.UTF-8',
          dataChecksums: true,
        },
      },
      postgresql: {
        parameters: { ...serverParameters, shared_buffers: '256MB' },
        // The operator's own rules come first: its users enter by a certificate or over the socket in the pod.
        pg_hba: accessRules(appIds, 'all'),
      },
      storage: { size: '10Gi' },
      // Equal, so that the database is the last pod to be evicted. A connection takes some 5 MiB.
      resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } },
      affinity: {
        enablePodAntiAffinity: true,
        topologyKey: 'kubernetes.io/hostname',
        podAntiAffinityType: 'required',
      },
    },
  };
}
