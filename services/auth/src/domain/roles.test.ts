import assert from 'node:assert/strict';
import test from 'node:test';
import { authenticationMethods, type Role, roles } from '@todo-chatbot/contracts';
import { rolesInSession } from './roles.ts';

const held: readonly Role[] = roles.filter((role) => role !== 'service');

test('where a second factor is required, a session without one carries the role user alone (AUTH-8)', () => {
  const carried = (methods: Parameters<typeof rolesInSession>[0]['methods']) =>
    rolesInSession({ roles: held, methods, isSecondFactorRequired: true });

  assert.deepEqual(carried(['password']), ['user']);
  assert.deepEqual(carried([]), ['user']);
  for (const factor of authenticationMethods.filter((method) => method !== 'password')) {
    assert.deepEqual(carried(['password', factor]), held);
  }
  assert.deepEqual(carried(['passkey']), held);
});

test('where none is required, a session carries what the account holds', () => {
  assert.deepEqual(rolesInSession({ roles: held, methods: ['password'], isSecondFactorRequired: false }), held);
});
