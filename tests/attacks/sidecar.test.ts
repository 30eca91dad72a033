import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { appIds, secretsOf } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';

describe('Sidecars and app ports (MESH-4, MESH-5)', () => {
  let facts: PlatformState;
  before(async () => {
    facts = await (await testPlatform()).state();
  });

  const get = (port: number, path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, signal: AbortSignal.timeout(10_000) });

  it('a local process without the token cannot use any sidecar', async () => {
    for (const appId of appIds) {
      const { daprHttpPort, daprApiToken } = facts.apps[appId];
      const other = facts.apps[appId === 'auth' ? 'task' : 'auth'].daprApiToken;
      for (const headers of [{}, { 'dapr-api-token': '' }, { 'dapr-api-token': other }]) {
        for (const path of [
          '/v1.0/invoke/auth/method/v1/jwks',
          `/v1.0/secrets/secretstore/${appId}-database`,
          '/v1.0/metadata',
        ]) {
          const response = await get(daprHttpPort, path, headers);
          assert.equal(response.status, 401, `${appId} ${path}`);
        }
      }
      const own = await get(daprHttpPort, `/v1.0/secrets/secretstore/${appId}-database`, {
        'dapr-api-token': daprApiToken,
      });
      assert.equal(own.status, 200, `${appId} reads its own secret`);
    }
  });

  it('a local process without the token cannot use any app port, not even an unknown path', async () => {
    for (const appId of appIds) {
      const { appPort, daprApiToken, appApiToken } = facts.apps[appId];
      for (const headers of [{}, { 'dapr-api-token': 'guess' }, { 'dapr-api-token': daprApiToken }]) {
        for (const path of ['/v1/tasks', '/v1/jwks', '/events/auth-events', '/nothing']) {
          const response = await get(appPort, path, { ...headers, 'dapr-caller-app-id': 'chat-gateway' });
          assert.equal(response.status, 401, `${appId} ${path}`);
        }
      }
      assert.notEqual((await get(appPort, '/nothing', { 'dapr-api-token': appApiToken })).status, 401);
    }
  });

  it('no service reads a secret of another one', async () => {
    for (const appId of appIds) {
      const { daprHttpPort, daprApiToken } = facts.apps[appId];
      const foreign = appIds.filter((other) => other !== appId).flatMap((other) => secretsOf(other));
      for (const name of foreign) {
        const response = await get(daprHttpPort, `/v1.0/secrets/secretstore/${name}`, {
          'dapr-api-token': daprApiToken,
        });
        assert.equal(response.status, 403, `${appId} asks for ${name}`);
      }
      const bulk = await get(daprHttpPort, '/v1.0/secrets/secretstore/bulk', { 'dapr-api-token': daprApiToken });
      const names = bulk.ok ? Object.keys(Object(await bulk.json())) : [];
      assert.deepEqual(
        names.filter((name) => foreign.includes(name)),
        [],
      );
    }
  });

  it('the tokens of all services differ', () => {
    const tokens = appIds.flatMap((appId) => [facts.apps[appId].daprApiToken, facts.apps[appId].appApiToken]);
    assert.equal(new Set(tokens).size, tokens.length);
    assert.ok(tokens.every((token) => token.length >= 32));
  });

  it('a sidecar offers its app nothing but what the app uses', async () => {
    const { daprHttpPort, daprApiToken } = facts.apps.task;
    for (const path of [
      '/v1.0/state/statestore/x',
      '/v1.0/actors/a/b/state/c',
      '/v1.0/configuration/x',
      '/v1.0-alpha1/lock/x',
    ]) {
      const response = await get(daprHttpPort, path, { 'dapr-api-token': daprApiToken });
      assert.ok(response.status >= 400, `${path} answered ${response.status}`);
    }
  });

  it('no event can be pushed into a service by invocation', async () => {
    for (const caller of ['task', 'booking', 'guardrail'] as const) {
      const { daprHttpPort, daprApiToken } = facts.apps[caller];
      const response = await fetch(
        `http://127.0.0.1:${daprHttpPort}/v1.0/invoke/chat-gateway/method/events/task-events`,
        {
          method: 'POST',
          headers: { 'dapr-api-token': daprApiToken, 'content-type': 'application/cloudevents+json' },
          body: '{}',
        },
      );
      assert.equal(response.status, 403);
    }
  });

  it('a topic that is not its own is closed to an app by the component’s scopes (KAFKA-2)', async () => {
    for (const [appId, topic] of [
      ['booking', 'task.events'],
      ['guardrail', 'auth.events'],
      ['task', 'auth.events'],
      ['chat-gateway', 'task.events'],
    ] as const) {
      const { daprHttpPort, daprApiToken } = facts.apps[appId];
      const response = await fetch(`http://127.0.0.1:${daprHttpPort}/v1.0/publish/pubsub-${appId}/${topic}`, {
        method: 'POST',
        headers: { 'dapr-api-token': daprApiToken, 'content-type': 'application/json' },
        body: '{}',
      });
      assert.equal(response.status, 403, `${appId} publishes to ${topic}`);
    }
    const { daprHttpPort, daprApiToken } = facts.apps['chat-gateway'];
    for (const topic of ['task.events', 'booking.events', 'audit.events.chat-gateway']) {
      const path = `/v1.0/publish/broadcast-chat-gateway/${topic}`;
      const headers = { 'dapr-api-token': daprApiToken, 'content-type': 'application/json' };
      const url = `http://127.0.0.1:${daprHttpPort}${path}`;
      assert.equal((await fetch(url, { method: 'POST', headers, body: '{}' })).status, 403, path);
    }
  });
});
