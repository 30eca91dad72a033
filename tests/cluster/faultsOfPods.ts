import { appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';

const containerSchema = z.object({ name: z.string(), ready: z.boolean() });
/** What `kubectl get pods --output json` prints, as far as it is looked at here. */
export const podListSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        deletionTimestamp: z.string().optional(),
      }),
      status: z.object({
        phase: z.string(),
        containerStatuses: z.array(containerSchema).default([]),
        // A native sidecar is one of these, and stays.
        initContainerStatuses: z.array(containerSchema).default([]),
      }),
    }),
  ),
});

/**
 * What is wrong with the pods of a cluster, a sentence each; none when every service has a pod, and every pod that should run is ready with
 * all of its containers, the sidecar among them (dapr/dapr#4270).
 */
export function faultsOfPods(pods: z.infer<typeof podListSchema>): readonly string[] {
  const running = pods.items.filter(
    ({ metadata, status }) => !metadata.deletionTimestamp && status.phase !== 'Succeeded',
  );
  const faults = running.flatMap(({ metadata, status }) =>
    status.phase === 'Running' && status.containerStatuses.every(({ ready }) => ready)
      ? []
      : [`${metadata.name} is not ready (${status.phase})`],
  );
  for (const appId of appIds) {
    const own = running.filter(({ metadata }) => metadata.labels['app.kubernetes.io/name'] === appId);
    if (own.length === 0) faults.push(`${appId} has no pod`);
    for (const { metadata, status } of own) {
      const containers = [...status.containerStatuses, ...status.initContainerStatuses];
      if (!containers.some(({ name, ready }) => name === 'daprd' && ready)) {
        faults.push(`${metadata.name} has no sidecar that is ready`);
      }
    }
  }
  return faults;
}
