import type { GeneratedFile } from '../generatedFile.ts';
import { limitsAclRules, limitsUser } from '../limits.ts';
import { namespace } from '../names.ts';
import { labelsOf } from './pod.ts';

/** Access list of the store of rate limits, without the password: `start` of that folder puts the two together. */
export function limitsFiles(): readonly GeneratedFile[] {
  return [
    {
      path: 'k8s/base/limits/access.yaml',
      comment: 'What the one user of the store of rate limits may do (API-3).',
      documents: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: 'limits-access',
            namespace,
            labels: labelsOf('limits'),
            // So a change starts the store anew, which reads it once.
            annotations: { 'kustomize.config.k8s.io/needs-hash': 'true' },
          },
          data: { user: limitsUser, rules: limitsAclRules },
        },
      ],
    },
  ];
}
