import type { GeneratedFile } from '../generatedFile.ts';
import { namespace } from '../names.ts';
import { type SecretSpec, secrets } from '../secrets.ts';
import { kustomizationOf } from './kustomization.ts';
import { labelsOf } from './pod.ts';

const folder = 'k8s/overlays/production/secrets';
/** A store of the installation's own, of whatever make: `kubectl get clustersecretstore todo-chatbot`. */
const storeName = 'todo-chatbot';
/** A rotated secret is here within this time; whoever reads it at its start is started anew then. */
const refreshInterval = '1h0m0s';

/** In production secrets come from an external store, each under `todo-chatbot/<secret>`, with the keys of the table (K8S-1). */
export function externalSecretFiles(): readonly GeneratedFile[] {
  return [
    {
      path: `${folder}/secrets.yaml`,
      comment: 'Secrets of an external store; "npm run cluster:secrets" makes their first values.',
      documents: secrets.map(externalSecret),
    },
    kustomizationOf(folder, ['secrets.yaml']),
  ];
}

function externalSecret({ name, type, values }: SecretSpec): object {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: labelsOf('secrets') },
    spec: {
      refreshPolicy: 'Periodic',
      refreshInterval,
      secretStoreRef: { kind: 'ClusterSecretStore', name: storeName },
      // A master key outlives the object that fetched it, and a store that does not answer.
      target: { name, creationPolicy: 'Orphan', deletionPolicy: 'Retain', template: { type } },
      data: Object.keys(values).map((secretKey) => ({
        secretKey,
        remoteRef: { key: `${namespace}/${name}`, property: secretKey },
      })),
    },
  };
}
