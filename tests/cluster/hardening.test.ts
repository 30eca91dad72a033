import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { podTemplateOf } from './networkPolicies.ts';
import { namespace, overlays, renderOverlay } from './renderOverlay.ts';

const amounts = z.object({ cpu: z.string(), memory: z.string() });
const probe = z.looseObject({});
const containerSchema = z.object({
  name: z.string(),
  image: z.string().regex(/:[^:/]+$/),
  resources: z.object({ requests: amounts, limits: amounts }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
});
const podSchema = z.object({
  automountServiceAccountToken: z.literal(false),
  securityContext: z.object({
    runAsNonRoot: z.literal(true),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  initContainers: z.array(containerSchema).default([]),
  containers: z.array(containerSchema).min(1),
});
/** What goes on for ever, as the kubelet sees it. */
const probedSchema = z.object({ containers: z.array(z.object({ livenessProbe: probe, readinessProbe: probe })) });

for (const overlay of overlays) {
  describe(`Pods of ${overlay} (K8S-1)`, async () => {
    const pods = (await renderOverlay(overlay)).flatMap((object) => {
      const template = podTemplateOf(object);
      const isOurs = template !== undefined && object.metadata.namespace === namespace;
      return isOurs ? [{ kind: object.kind, name: object.metadata.name, spec: template.spec }] : [];
    });

    it('have no user of privilege, no writable root, no capability, no token by itself; images have a tag, containers bounds', () => {
      assert.ok(pods.length > 10);
      for (const { name, spec } of pods) {
        const parsed = podSchema.safeParse(spec);
        assert.ok(parsed.success, `${name}: ${parsed.error?.message}`);
      }
    });

    it('are asked whether they live and whether they are ready', () => {
      for (const { kind, name, spec } of pods) {
        if (kind !== 'Deployment') continue;
        const parsed = probedSchema.safeParse(spec);
        assert.ok(parsed.success, `${name}: ${parsed.error?.message}`);
      }
    });
  });
}
