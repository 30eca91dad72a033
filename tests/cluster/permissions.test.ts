import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { podTemplateOf } from './networkPolicies.ts';
import { permissions } from './permissions.ts';
import { type KubernetesObject, namespace, overlays, renderOverlay } from './renderOverlay.ts';

// What of the specification our Roles use. Anything else, such as a path or an aggregated role, is an error here.
const roleSchema = z.object({
  rules: z.array(
    z.strictObject({
      apiGroups: z.tuple([z.literal('')]),
      resources: z.array(z.string()).min(1),
      resourceNames: z.array(z.string()).min(1),
      verbs: z.array(z.string()).min(1),
    }),
  ),
});
const bindingSchema = z.object({
  roleRef: z.object({ kind: z.literal('Role'), name: z.string() }),
  subjects: z.array(
    z.strictObject({ kind: z.literal('ServiceAccount'), name: z.string(), namespace: z.literal(namespace) }),
  ),
});
const podSchema = z.object({
  serviceAccountName: z.string(),
  automountServiceAccountToken: z.literal(false),
});

const named = (objects: readonly KubernetesObject[], kind: string) => objects.filter((object) => object.kind === kind);

/** What the Roles of an overlay give to each account, `account verb resource name`. */
function given(objects: readonly KubernetesObject[]): readonly string[] {
  const roles = new Map(named(objects, 'Role').map((role) => [role.metadata.name, roleSchema.parse(role).rules]));
  return named(objects, 'RoleBinding')
    .flatMap((binding) => {
      const { roleRef, subjects } = bindingSchema.parse(binding);
      const rules = roles.get(roleRef.name) ?? [];
      return subjects.flatMap(({ name: account }) =>
        rules.flatMap(({ resources, resourceNames, verbs }) =>
          verbs.flatMap((verb) =>
            resources.flatMap((resource) => resourceNames.map((name) => `${account} ${verb} ${resource} ${name}`)),
          ),
        ),
      );
    })
    .sort();
}

for (const overlay of overlays) {
  describe(`Rights on the API server in ${overlay}`, async () => {
    const objects = await renderOverlay(overlay);

    it('are exactly those of the table: each sidecar reads its own secrets by name, and nobody anything else (K8S-2, MESH-5)', () => {
      const wanted = Object.entries(permissions).flatMap(([account, list]) =>
        list.map(({ verb, resource, name }) => `${account} ${verb} ${resource} ${name}`),
      );
      assert.deepEqual(given(objects), wanted.sort());
      // Rights over the whole cluster would be of everywhere.
      assert.deepEqual([...named(objects, 'ClusterRole'), ...named(objects, 'ClusterRoleBinding')], []);
    });

    it('are asked of the API server for every account that there is (K8S-2)', () => {
      const accounts = named(objects, 'ServiceAccount').map(({ metadata }) => metadata.name);
      assert.deepEqual([...accounts, 'default'].sort(), Object.keys(permissions).sort());
    });

    it('attack: a pod that names no account, or has a token mounted, would act as somebody (K8S-2)', () => {
      for (const account of named(objects, 'ServiceAccount')) {
        assert.equal(account.automountServiceAccountToken, false, account.metadata.name);
      }
      for (const object of objects) {
        const template = podTemplateOf(object);
        if (!template) continue;
        const { serviceAccountName } = podSchema.parse(template.spec, { error: () => `in ${object.metadata.name}` });
        assert.ok(Object.hasOwn(permissions, serviceAccountName) && serviceAccountName !== 'default');
      }
    });
  });
}
