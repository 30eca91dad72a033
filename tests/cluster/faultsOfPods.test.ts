import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appIds } from '@todo-chatbot/contracts';
import { faultsOfPods, type podListSchema } from './faultsOfPods.ts';

type Pod = ReturnType<typeof podListSchema.parse>['items'][number];

function pod(appId: string, status: Partial<Pod['status']> = {}): Pod {
  return {
    metadata: { name: `${appId}-1`, labels: { 'app.kubernetes.io/name': appId } },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: appId, ready: true }],
      initContainerStatuses: [{ name: 'daprd', ready: true }],
      ...status,
    },
  };
}

describe('The smoke test of a cluster (K8S-5)', () => {
  const healthy = appIds.map((appId) => pod(appId));

  it('finds nothing wrong with a pod for each service, each with its sidecar, and a Job that is done', () => {
    const job = pod('migrations', { phase: 'Succeeded', containerStatuses: [{ name: 'migrate', ready: false }] });
    assert.deepEqual(faultsOfPods({ items: [...healthy, job] }), []);
  });

  it('attack: a service that runs without its sidecar is found (dapr/dapr#4270)', () => {
    const items = [...healthy.slice(1), pod('auth', { initContainerStatuses: [] })];
    assert.deepEqual(faultsOfPods({ items }), ['auth-1 has no sidecar that is ready']);
  });

  it('finds a service that is missing, and one that is not ready', () => {
    const items = [...healthy.slice(2), pod('auth', { containerStatuses: [{ name: 'auth', ready: false }] })];
    assert.deepEqual(faultsOfPods({ items }), ['auth-1 is not ready (Running)', 'chat-gateway has no pod']);
  });
});
