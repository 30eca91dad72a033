import type { GeneratedFile } from '../generatedFile.ts';
import { limitsAclRules, limitsUser } from '../limits.ts';
import { namespace } from '../names.ts';
import { labelsOf } from './pod.ts';

/**
 * Access list of the store of rate limits, without the password: `start` of the folder above puts the two together. Kustomize makes the
 * ConfigMap, so that its name follows from what it says: a change starts the store anew, which reads it once.
 */
export function limitsFiles(): readonly GeneratedFile[] {
  return [
    {
      path: 'k8s/base/limits/access/kustomization.yaml',
      comment: 'What the one user of the store of rate limits may do (API-3).',
      documents: [
        {
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          configMapGenerator: [
            {
              name: 'limits-access',
              namespace,
              literals: [`user=${limitsUser}`, `rules=${limitsAclRules}`],
              options: { labels: labelsOf('limits') },
            },
          ],
        },
      ],
    },
  ];
}
