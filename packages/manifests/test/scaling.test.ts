import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appIds, consumerGroup, topics } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { generatedFiles } from '../src/generatedFiles.ts';
import { workloadOf } from '../src/workloads.ts';

const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}).optional(),
});
const objects = generatedFiles()
  .filter(({ path }) => path.startsWith('k8s/'))
  .flatMap(({ documents }) => documents)
  .flatMap((document) => objectSchema.safeParse(document).data ?? []);
const specOf = (kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name)?.spec;

const autoscalerSchema = z.object({
  minReplicas: z.int(),
  maxReplicas: z.int(),
  scaleTargetRef: z.object({ name: z.enum(appIds) }),
  metrics: z.tuple([
    z.object({
      type: z.literal('ContainerResource'),
      containerResource: z.object({ container: z.string() }),
    }),
  ]),
});
const scaledObjectSchema = z.object({
  minReplicaCount: z.int(),
  maxReplicaCount: z.int(),
  scaleTargetRef: z.object({ name: z.enum(appIds) }),
  triggers: z.array(
    z.object({
      type: z.enum(['cpu', 'kafka']),
      metadata: z.record(z.string(), z.string()),
      authenticationRef: z.object({ name: z.literal('kafka-lag') }).optional(),
    }),
  ),
});

describe('Scaling in the cluster (K8S-1)', () => {
  it('has one master over the replicas of each service: an autoscaler, KEDA, or the Deployment that says one', () => {
    for (const appId of appIds) {
      const masters = [
        specOf('HorizontalPodAutoscaler', appId) !== undefined && 'cpu',
        specOf('ScaledObject', appId) !== undefined && 'lag',
        specOf('Deployment', appId)?.replicas !== undefined && 'nobody',
      ].filter((master) => master !== false);
      assert.deepEqual(masters, [workloadOf(appId).scaledBy], appId);
    }
    assert.equal(specOf('Deployment', 'audit')?.replicas, 1, 'the audit log has one writer');
  });

  it('never empties a service and never forbids to empty a node', () => {
    for (const appId of appIds) {
      const budget = specOf('PodDisruptionBudget', appId);
      assert.equal(budget?.maxUnavailable, 1, appId);
      assert.equal(budget?.minAvailable, undefined, appId);
    }
  });

  it('keeps to the bounds of the table, and looks at the processor of the service without its sidecar', () => {
    for (const appId of appIds.filter((one) => workloadOf(one).scaledBy === 'cpu')) {
      const spec = autoscalerSchema.parse(specOf('HorizontalPodAutoscaler', appId));
      const { min, max } = workloadOf(appId).replicas;
      assert.deepEqual([spec.scaleTargetRef.name, spec.minReplicas, spec.maxReplicas], [appId, min, max]);
      assert.equal(spec.metrics[0].containerResource.container, appId);
    }
  });

  it('watches the lag of every topic that a consumer reads, in the group that reads it, over TLS with a password', () => {
    for (const appId of appIds.filter((one) => workloadOf(one).scaledBy === 'lag')) {
      const spec = scaledObjectSchema.parse(specOf('ScaledObject', appId));
      const { min, max } = workloadOf(appId).replicas;
      assert.deepEqual([spec.scaleTargetRef.name, spec.minReplicaCount, spec.maxReplicaCount], [appId, min, max]);
      const lags = spec.triggers.filter(({ type }) => type === 'kafka');
      const wanted = topics.filter(({ consumers }) => consumers.includes(appId));
      assert.deepEqual(
        lags.map(({ metadata }) => [metadata.topic, metadata.consumerGroup]),
        wanted.map(({ name, delivery }) => [name, consumerGroup(delivery, appId)]),
      );
      assert.ok(
        wanted.length > 0 && wanted.every(({ partitions }) => partitions >= max),
        'replicas without a partition',
      );
      for (const { metadata, authenticationRef } of lags) {
        assert.deepEqual([metadata.tls, metadata.sasl, metadata.unsafeSsl], ['enable', 'scram_sha512', undefined]);
        assert.equal(authenticationRef?.name, 'kafka-lag');
      }
    }
  });
});
