import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { podTemplateOf } from './networkPolicies.ts';
import { type KubernetesObject, overlays, renderOverlay } from './renderOverlay.ts';

const configMapSource = z.object({ name: z.string(), items: z.array(z.object({ key: z.string() })).default([]) });
const containerSchema = z.object({
  env: z
    .array(
      z.object({
        valueFrom: z.object({ configMapKeyRef: z.object({ name: z.string(), key: z.string() }).optional() }).optional(),
      }),
    )
    .default([]),
  ports: z.array(z.object({ name: z.string() })).default([]),
  volumeMounts: z.array(z.object({ name: z.string() })).default([]),
});
const affinitySchema = z.object({
  podAffinity: z.object({
    preferredDuringSchedulingIgnoredDuringExecution: z.array(
      z.object({
        podAffinityTerm: z.object({ labelSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
      }),
    ),
  }),
});
const podSchema = z.object({
  affinity: affinitySchema.optional(),
  serviceAccountName: z.string(),
  containers: z.array(containerSchema),
  volumes: z
    .array(
      z.object({
        name: z.string(),
        configMap: configMapSource.optional(),
        projected: z.object({ sources: z.array(z.object({ configMap: configMapSource.optional() })) }).optional(),
        persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
      }),
    )
    .default([]),
});
const serviceSchema = z.object({
  selector: z.record(z.string(), z.string()),
  ports: z.array(z.object({ targetPort: z.string() })),
});
const configMapSchema = z.object({ data: z.record(z.string(), z.string()) });

/** Kubernetes makes it in every namespace. */
const ofKubernetes = 'kube-root-ca.crt';
/** Kustomize ends the name of what it makes with a hash of what is in it. */
const hashed = /-[bcdfghkmt2456789]{10}$/;

for (const overlay of overlays) {
  describe(`What pods of ${overlay} refer to (K8S-1)`, async () => {
    const objects = await renderOverlay(overlay);
    const namesOf = (kind: string) =>
      objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
    const pods = objects.flatMap((object) => {
      const template = podTemplateOf(object);
      return template
        ? [{ kind: object.kind, name: object.metadata.name, template, spec: podSchema.parse(template.spec) }]
        : [];
    });
    const keys = new Map(
      objects.filter(({ kind }) => kind === 'ConfigMap').map((map) => [map.metadata.name, keysOf(map)]),
    );

    it('is there: accounts, claims, mounted volumes, and every key of a ConfigMap', () => {
      const missing = pods.flatMap(({ name, spec }) => [
        ...without(namesOf('ServiceAccount'), [spec.serviceAccountName]),
        ...without(
          namesOf('PersistentVolumeClaim'),
          spec.volumes.flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []),
        ),
        ...without(
          spec.volumes.map((volume) => volume.name),
          spec.containers.flatMap(({ volumeMounts }) => volumeMounts.map((mount) => mount.name)),
        ),
        ...referencesOf(spec)
          .filter(({ name: map, key }) => !(key === undefined ? keys.has(map) : keys.get(map)?.includes(key)))
          .map((reference) => `${name}: ${reference.name} ${reference.key ?? ''}`),
      ]);
      assert.deepEqual(missing, []);
    });

    it('starts a pod anew when it changes: each ConfigMap has the hash of what it says in its name', () => {
      const named = pods.flatMap(({ spec }) => referencesOf(spec).map((reference) => reference.name));
      assert.ok(named.length > 0);
      assert.deepEqual(
        [...new Set(named)].filter((name) => !hashed.test(name)),
        [],
      );
    });

    it('is attached to one node: a job that shares a volume with a service runs beside it', () => {
      const claimsOf = ({ volumes }: z.infer<typeof podSchema>) =>
        volumes.flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []);
      const lasting = pods.filter(({ kind }) => kind === 'Deployment');
      const jobs = pods.filter(({ kind }) => kind !== 'Deployment');
      for (const job of jobs) {
        const terms = job.spec.affinity?.podAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
        const isBeside = (labels: Readonly<Record<string, string>>) =>
          terms.some(({ podAffinityTerm: { labelSelector } }) =>
            Object.entries(labelSelector.matchLabels).every(([label, value]) => labels[label] === value),
          );
        const sharing = lasting.filter(({ spec }) => claimsOf(spec).some((name) => claimsOf(job.spec).includes(name)));
        for (const { name, template } of sharing) assert.ok(isBeside(template.metadata.labels), `${job.name}: ${name}`);
        // An installation's own pod that carries backups away (docs/operations/restore.md).
        if (sharing.length < claimsOf(job.spec).length) assert.ok(isBeside(job.template.metadata.labels), job.name);
      }
    });

    it('is reached: each port of a Service is one of the pods that it selects', () => {
      for (const { kind, metadata, spec } of objects) {
        if (kind !== 'Service') continue;
        const { selector, ports } = serviceSchema.parse(spec);
        const selected = pods.filter(({ template }) =>
          Object.entries(selector).every(([label, value]) => template.metadata.labels?.[label] === value),
        );
        assert.equal(selected.length, 1, metadata.name);
        const open = selected.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports));
        for (const { targetPort } of ports) assert.ok(open.some(({ name }) => name === targetPort));
      }
    });
  });
}

function keysOf(map: KubernetesObject): readonly string[] {
  return Object.keys(configMapSchema.parse(map).data);
}

function without(known: readonly string[], wanted: readonly string[]): readonly string[] {
  return wanted.filter((name) => !known.includes(name));
}

/** ConfigMaps that a pod names, with the keys; without one it takes them all. */
function referencesOf({
  containers,
  volumes,
}: z.infer<typeof podSchema>): readonly { readonly name: string; readonly key?: string }[] {
  const mounted = volumes.flatMap(({ configMap, projected }) => [
    configMap,
    ...(projected?.sources.map((source) => source.configMap) ?? []),
  ]);
  return [
    ...containers.flatMap(({ env }) => env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef ?? [])),
    ...mounted.flatMap((source) => {
      if (!source) return [];
      return source.items.length > 0
        ? source.items.map(({ key }) => ({ name: source.name, key }))
        : [{ name: source.name }];
    }),
  ].filter(({ name }) => name !== ofKubernetes);
}
