import assert from 'node:assert/strict';
import test from 'node:test';
import { apiKeyScopes, apiKeyTextSchema, isPermitted, permissions } from '@todo-chatbot/contracts';
import { apiKeyTokenTtl, createApiKeyText, mayGrant, permissionsOfScopes, rolesOfApiKeys } from './apiKey.ts';

test('attack: a scope wider than the person’s roles is not granted (AUTH-12)', () => {
  assert.equal(mayGrant(['task.own.read', 'audit.own.read'], ['user']), true);
  assert.equal(mayGrant(['audit.own.read'], ['viewer']), true);
  assert.equal(mayGrant(['audit.own.read', 'task.own.read'], ['viewer']), false);
  assert.equal(mayGrant(['task.own.read'], ['service']), false);
  assert.equal(mayGrant(['task.own.read'], []), false);
});

test('a key with every scope still may nothing of accounts, other people, or configuration (AUTH-12)', () => {
  const scopes = permissionsOfScopes([...apiKeyScopes]);
  const forbidden = permissions.filter((permission) => !isPermitted(rolesOfApiKeys, permission, scopes));
  assert.deepEqual(forbidden, [
    'account.own.read',
    'account.own.change',
    'audit.read',
    'alert.acknowledge',
    'configuration.read',
    'configuration.change',
    'guardrail.review',
    'user.read',
    'user.manage',
  ]);
});

test('who may chat or bring a file of tasks may have texts judged, and nobody else', () => {
  assert.deepEqual(permissionsOfScopes(['chat.own.use']), ['chat.own.use', 'guardrail.judge']);
  assert.deepEqual(permissionsOfScopes(['task.own.change']), ['task.own.change', 'guardrail.judge']);
  assert.deepEqual(permissionsOfScopes(['task.own.read']), ['task.own.read']);
});

test('a key’s token lives five minutes, and no longer than the key', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const ttl = (seconds: number) => apiKeyTokenTtl({ now, expiresAt: new Date(now.getTime() + seconds * 1000) });
  assert.deepEqual([ttl(86_400), ttl(300), ttl(42.9), ttl(0.5)], [300, 300, 42, 1]);
});

test('every new key keeps the format', () => {
  const keys = Array.from({ length: 200 }, createApiKeyText);
  assert.equal(new Set(keys).size, keys.length);
  for (const key of keys) assert.equal(apiKeyTextSchema.safeParse(key).success, true, 'a key');
});
