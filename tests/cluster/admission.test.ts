import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { objectsIn } from './customResources.ts';
import { podTemplateOf } from './networkPolicies.ts';
import { permissions } from './permissions.ts';
import { namespace, overlays, renderOverlay } from './renderOverlay.ts';

const policySchema = z.object({
  spec: z.object({
    failurePolicy: z.string(),
    matchConstraints: z.object({ resourceRules: z.array(z.object({ operations: z.array(z.string()) })) }),
    variables: z.array(z.object({ name: z.string(), expression: z.string() })),
    validations: z.array(z.object({ message: z.string().optional(), messageExpression: z.string().optional() })),
  }),
});
const bindingSchema = z.object({
  spec: z.object({
    policyName: z.string(),
    validationActions: z.array(z.string()),
    matchResources: z.object({ namespaceSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
  }),
});

/** Texts between apostrophes. */
const listed = (expression: string | undefined) =>
  [...(expression ?? '').matchAll(/'([^']+)'/g)].map(([, text]) => text);

for (const overlay of overlays) {
  describe(`Admission policies of ${overlay}`, async () => {
    const objects = await renderOverlay(overlay);
    const policies = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    const bindings = objects
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding')
      .map((binding) => bindingSchema.parse(binding).spec);

    it('are all in force in our namespace, and refuse when they cannot be evaluated (K8S-1)', () => {
      assert.deepEqual(
        policies.map(({ metadata }) => metadata.name).sort(),
        [
          'todo-chatbot-identity',
          'todo-chatbot-pods',
          ...(overlay === 'production' ? ['todo-chatbot-images'] : []),
        ].sort(),
      );
      assert.deepEqual(
        bindings.map(({ policyName }) => policyName).sort(),
        policies.map(({ metadata }) => metadata.name).sort(),
      );
      for (const policy of policies) {
        const { failurePolicy, matchConstraints } = policySchema.parse(policy).spec;
        assert.equal(failurePolicy, 'Fail');
        for (const { operations } of matchConstraints.resourceRules) assert.deepEqual(operations, ['CREATE', 'UPDATE']);
      }
      for (const { validationActions, matchResources } of bindings) {
        assert.deepEqual(validationActions, ['Deny']);
        assert.deepEqual(matchResources.namespaceSelector.matchLabels, { 'kubernetes.io/metadata.name': namespace });
      }
    });

    it('know every service and every other account by name (K8S-2)', () => {
      const identity = policies.find(({ metadata }) => metadata.name === 'todo-chatbot-identity');
      const { variables } = policySchema.parse(identity).spec;
      const variable = (name: string) => listed(variables.find((candidate) => candidate.name === name)?.expression);
      assert.deepEqual(variable('apps'), [...appIds]);
      const others = Object.keys(permissions).filter((name) => name !== 'default' && !appIds.some((id) => id === name));
      assert.deepEqual(variable('others').sort(), others.sort());
    });

    it('let a pod say to the injector only what ours say (MESH-1)', () => {
      const identity = policies.find(({ metadata }) => metadata.name === 'todo-chatbot-identity');
      const { variables } = policySchema.parse(identity).spec;
      const known = listed(variables.find(({ name }) => name === 'knownAnnotations')?.expression);
      const said = objects
        .flatMap((object) => Object.keys(podTemplateOf(object)?.metadata.annotations ?? {}))
        .filter((key) => key.startsWith('dapr.io/'));
      assert.deepEqual(known.sort(), [...new Set(said)].sort());
    });
  });
}

describe('Planted faults', () => {
  it('each have one object, and say why it has to be refused (K8S-6)', async () => {
    for (const folder of ['bad', 'badInProduction']) {
      const names = await readdir(join(import.meta.dirname, folder));
      assert.ok(names.length > 0);
      for (const name of names) {
        const path = join(import.meta.dirname, folder, name);
        assert.equal((await objectsIn(path)).length, 1, name);
        assert.match(await readFile(path, 'utf8'), /^# refused: \S/, name);
      }
    }
  });
});
