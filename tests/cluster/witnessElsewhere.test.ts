import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { renderProductionWith } from './renderOverlay.ts';

const auditSchema = z.object({
  template: z.object({
    spec: z.object({
      containers: z.tuple([z.object({ env: z.array(z.object({ name: z.string(), value: z.string().optional() })) })]),
      volumes: z.array(z.looseObject({ name: z.string() })),
    }),
  }),
});

describe('A witness that the cluster does not rule', async () => {
  const objects = await renderProductionWith('witnessElsewhere');

  it('leaves nothing of the one inside: no key, no store, nobody who could begin it anew', () => {
    const left = objects.filter(({ metadata }) => /^witness(?!-ca)/.test(metadata.name));
    assert.deepEqual(
      left.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      [],
    );
  });

  it('is asked by audit, which may reach it and trusts its authority alone', () => {
    const audit = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'audit');
    const { containers, volumes } = auditSchema.parse(audit?.spec).template.spec;
    const [{ env }] = containers;
    assert.deepEqual(
      env.filter(({ name }) => name === 'WITNESS_URL').map(({ value }) => value),
      ['https://witness.example'],
    );
    const authority = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && /^witness-ca-/.test(metadata.name));
    assert.deepEqual(
      volumes.filter(({ name }) => name === 'witness-ca'),
      [{ name: 'witness-ca', configMap: { name: authority?.metadata.name } }],
    );
    assert.ok(objects.some(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'audit-to-witness'));
  });
});
