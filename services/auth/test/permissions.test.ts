import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import {
  accessGrantSchema,
  allowedCalls,
  apiKeyScopes,
  isPermitted,
  newId,
  type Permission,
  type Role,
} from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import type { PrivilegedRole } from '../src/domain/administration.ts';
import { startAuthOnNewDatabase } from '../src/testing/harness.ts';
import { createKey, signUpAs } from '../src/testing/people.ts';

/** What each operation for a signed-in person needs (docs/accounts.md). An operation that is missing here fails the first test. */
const guarded: Readonly<Record<string, Permission>> = {
  'POST /v1/logout': 'account.own.change',
  'GET /v1/account': 'account.own.read',
  'PUT /v1/password': 'account.own.change',
  'GET /v1/sessions': 'account.own.read',
  'DELETE /v1/sessions': 'account.own.change',
  'DELETE /v1/sessions/*': 'account.own.change',
  'GET /v1/factors': 'account.own.read',
  'POST /v1/factors/totp': 'account.own.change',
  'POST /v1/factors/totp/confirm': 'account.own.change',
  'DELETE /v1/factors/totp': 'account.own.change',
  'POST /v1/factors/recovery-codes': 'account.own.change',
  'POST /v1/factors/passkey-options': 'account.own.change',
  'POST /v1/factors/passkeys': 'account.own.change',
  'DELETE /v1/factors/passkeys/*': 'account.own.change',
  'POST /v1/step-up/options': 'account.own.change',
  'POST /v1/step-up': 'account.own.change',
  'POST /v1/email/verification': 'account.own.change',
  'POST /v1/email/change': 'account.own.change',
  'GET /v1/api-keys': 'account.own.read',
  'POST /v1/api-keys': 'account.own.change',
  'DELETE /v1/api-keys/*': 'account.own.change',
  'GET /v1/consents': 'account.own.read',
  'PUT /v1/consents': 'account.own.change',
  'GET /v1/exports': 'account.own.read',
  'POST /v1/exports': 'account.own.read',
  'POST /v1/exports/link/*': 'account.own.read',
  'POST /v1/exports/chunk': 'account.own.read',
  'POST /v1/erasures': 'account.own.change',
  'GET /v1/erasures': 'user.read',
  'GET /v1/holds/*': 'user.manage',
  'PUT /v1/holds/*': 'user.manage',
  'DELETE /v1/holds/*': 'user.manage',
  'GET /v1/users': 'user.read',
  'GET /v1/users/*': 'user.read',
  'PUT /v1/users/roles/*': 'user.manage',
  'POST /v1/users/suspend/*': 'user.manage',
  'POST /v1/users/reinstate/*': 'user.manage',
  'POST /v1/users/end-sessions/*': 'user.manage',
  'DELETE /v1/users/*': 'user.manage',
  'PUT /v1/retention/*': 'configuration.change',
};

/** Operations for which nobody is signed in, or is not yet. */
const open = [
  'POST /v1/register',
  'POST /v1/login',
  'POST /v1/login/second-factor',
  'POST /v1/login/passkey/options',
  'POST /v1/login/passkey',
  'POST /v1/refresh',
  'POST /v1/email/confirm',
  'POST /v1/password/reset-request',
  'POST /v1/password/reset',
  'POST /v1/api-key-exchange',
  'GET /v1/erasures/*',
  'GET /v1/denials',
  'GET /v1/data-keys/*',
  'GET /v1/jwks',
  'GET /v1/retention-periods',
];

const operations = allowedCalls
  .filter(({ callee, caller }) => callee === 'auth' && caller === 'chat-gateway')
  .map(({ verb, path }) => ({ verb, path, name: `${verb} ${path}` }));

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

/**
 * Calls an operation such that nothing comes of it where it is permitted: about nobody who exists, with a body that no operation takes.
 * Who may call is decided before either is looked at.
 */
async function refusalOf(operation: { readonly verb: string; readonly path: string }, token?: string) {
  const path = operation.path.replace('*', newId('user'));
  const answer = await world.auth.call(operation.verb, path, {
    ...(token !== undefined && { token }),
    ...(operation.verb !== 'GET' && { body: { unexpected: true } }),
  });
  if (answer.status !== 401 && answer.status !== 403) return null;
  return `${answer.status} ${codeOf(answer)}`;
}

test('each operation has its row in the table of permissions (AUTH-10)', () => {
  for (const { name } of operations) {
    assert.ok(Object.hasOwn(guarded, name) !== open.includes(name), name);
  }
});

test('401: no operation for a signed-in person answers without a token (PRIN-3)', async () => {
  for (const operation of operations) {
    const expected = Object.hasOwn(guarded, operation.name) ? '401 auth.token-missing' : null;
    assert.equal(await refusalOf(operation), expected, operation.name);
  }
});

const holders: readonly (readonly PrivilegedRole[])[] = [[], ['viewer'], ['editor'], ['admin'], ['viewer', 'editor']];
for (const privileged of holders) {
  const held: readonly Role[] = ['user', ...privileged];
  test(`${held.join(' and ')}: permitted at each operation is exactly what the table of roles says (AUTH-10)`, async () => {
    const { accessToken } = await signUpAs(world, ...privileged);
    for (const operation of operations) {
      const permission = guarded[operation.name];
      const isAllowed = permission === undefined || isPermitted(held, permission);
      const expected = isAllowed ? null : '403 access.permission-denied';
      assert.equal(await refusalOf(operation, accessToken), expected, operation.name);
    }
  });
}

test('attack: the token of an administrator’s API key with every scope opens nothing that needs a person (AUTH-12)', async () => {
  const admin = await signUpAs(world, 'admin');
  const { key } = await createKey(world, admin, { scopes: [...apiKeyScopes] });
  const exchanged = await world.auth.call('POST', '/v1/api-key-exchange', { body: { key } });
  const { accessToken } = accessGrantSchema.parse(exchanged.body);
  for (const operation of operations) {
    const expected = Object.hasOwn(guarded, operation.name) ? '403 access.permission-denied' : null;
    assert.equal(await refusalOf(operation, accessToken), expected, operation.name);
  }
});
