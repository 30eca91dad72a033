import { namespace } from '../names.ts';
import { labelsOf } from './pod.ts';

/** One at a time, for whoever `owner` labels. `jobSpec`: of each Job; the rest is the spec's own. */
export function cronJob(
  { name, owner }: { readonly name: string; readonly owner: string },
  { jobSpec, ...spec }: { readonly jobSpec: object; readonly [key: string]: unknown },
): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace, labels: labelsOf(owner) },
    spec: {
      ...spec,
      concurrencyPolicy: 'Forbid',
      jobTemplate: { metadata: { labels: labelsOf(owner) }, spec: jobSpec },
    },
  };
}

/** Schedule of what only somebody may start, by "kubectl create job --from=cronjob/…": suspended, it is never due. */
export const byHand = { schedule: '0 0 1 1 *', suspend: true } as const;
