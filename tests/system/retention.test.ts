import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  allRetentionRunsSchema,
  auditEntriesSchema,
  cronBindings,
  retentionPreviewSchema,
  retentionServices,
} from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { sharedAdministrator } from '../support/administrator.ts';
import { call, type Person } from '../support/client.ts';
import { waitFor } from '../support/waitFor.ts';

/** The schedule of test platforms is 10 s; the first start takes its time. */
const patience = { deadlineMs: 60_000 };

describe('Retention on the whole platform (PRIV-5)', () => {
  let state: PlatformState;
  let administrator: Person;
  before(async () => {
    const platform = await testPlatform();
    state = await platform.state();
    administrator = await sharedAdministrator(platform.url);
  });

  it('the cron binding of every sidecar starts its service’s job, and each run is in the audit log', async () => {
    const runs = await waitFor(
      'a run of every service',
      async () => {
        const { body } = await administrator.call('GET', '/api/v1/retention/runs');
        const { items, missing } = allRetentionRunsSchema.parse(body);
        assert.deepEqual(missing, []);
        const ran = new Set(items.filter(({ outcome }) => outcome === 'done').map(({ service }) => service));
        return retentionServices.every((service) => ran.has(service)) ? items : undefined;
      },
      patience,
    );
    for (const service of retentionServices) {
      const run = runs.find((one) => one.service === service);
      assert.ok(run);
      await waitFor(`the entry of ${service}`, async () => {
        const query = new URLSearchParams({ action: 'retention.run', object: run.id, limit: '5' });
        const { body } = await administrator.call('GET', `/api/v1/audit/entries?${query}`);
        return auditEntriesSchema.parse(body).items.length === 1 ? true : undefined;
      });
    }
  });

  it('a preview asks every service that has something of a class', async () => {
    const { body } = await administrator.call('POST', '/api/v1/retention/security/preview', { body: { days: 90 } });
    const { items } = retentionPreviewSchema.parse(body);
    assert.deepEqual(new Set(items.map(({ service }) => service)), new Set(['guardrail', 'audit']));
  });

  it('attack: no service starts another one’s run by way of the mesh (MESH-2)', async () => {
    for (const { name, apps } of cronBindings) {
      for (const callee of apps) {
        for (const caller of apps.filter((app) => app !== callee)) {
          const { daprHttpPort, daprApiToken } = state.apps[caller];
          const answer = await call(
            `http://127.0.0.1:${daprHttpPort}`,
            'POST',
            `/v1.0/invoke/${callee}/method/bindings/${name}`,
            { headers: { 'dapr-api-token': daprApiToken }, body: {} },
          );
          assert.equal(answer.status, 403, `${caller} to ${callee}: ${answer.text}`);
        }
      }
    }
  });
});
