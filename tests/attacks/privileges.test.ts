import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type AppId,
  allowedCalls,
  apiKeyScopes,
  newId,
  type Permission,
  permissions,
  problemSchema,
  type Role,
} from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { type Answer, call, newPerson } from '../support/client.ts';
import { type SignAs, signAsAuth } from '../support/signingKey.ts';

/**
 * Who may do what, written down a second time and by hand: a role that gets a permission too many in the table of `contracts`, or a
 * route that asks for the wrong one, disagrees with this.
 */
const own = ['user', 'admin'] as const;
const consoleRoles = ['viewer', 'editor', 'admin'] as const;
const everybody = ['user', 'viewer', 'editor', 'admin'] as const;
const editors = ['editor', 'admin'] as const;
const administrators = ['admin'] as const;
/** Nobody needs to be signed in. */
const open = 'open';

type Who = readonly Role[] | typeof open;

const publicOperations: Readonly<Record<string, Who>> = {
  'POST /api/v1/auth/register': open,
  'POST /api/v1/auth/login': open,
  'POST /api/v1/auth/login/second-factor': open,
  'POST /api/v1/auth/login/passkey/options': open,
  'POST /api/v1/auth/login/passkey': open,
  'POST /api/v1/auth/refresh': open,
  'POST /api/v1/auth/logout': open,
  'POST /api/v1/auth/password/reset-request': open,
  'POST /api/v1/auth/password/reset': open,
  'POST /api/v1/auth/email/confirm': open,
  'GET /api/v1/auth/account': own,
  'PUT /api/v1/auth/password': own,
  'GET /api/v1/auth/sessions': own,
  'DELETE /api/v1/auth/sessions': own,
  'DELETE /api/v1/auth/sessions/{id}': own,
  'GET /api/v1/auth/factors': own,
  'POST /api/v1/auth/factors/totp': own,
  'POST /api/v1/auth/factors/totp/confirm': own,
  'DELETE /api/v1/auth/factors/totp': own,
  'POST /api/v1/auth/factors/recovery-codes': own,
  'POST /api/v1/auth/factors/passkey-options': own,
  'POST /api/v1/auth/factors/passkeys': own,
  'DELETE /api/v1/auth/factors/passkeys/{id}': own,
  'POST /api/v1/auth/step-up/options': own,
  'POST /api/v1/auth/step-up': own,
  'POST /api/v1/auth/email/verification': own,
  'POST /api/v1/auth/email/change': own,
  'GET /api/v1/auth/api-keys': own,
  'POST /api/v1/auth/api-keys': own,
  'DELETE /api/v1/auth/api-keys/{id}': own,
  'GET /api/v1/privacy/exports': own,
  'POST /api/v1/privacy/exports': own,
  'POST /api/v1/privacy/exports/{id}/link': own,
  'POST /api/v1/privacy/exports/download': own,
  'GET /api/v1/admin/users': consoleRoles,
  'GET /api/v1/admin/users/{id}': consoleRoles,
  'PUT /api/v1/admin/users/{id}/roles': administrators,
  'POST /api/v1/admin/users/{id}/suspend': administrators,
  'POST /api/v1/admin/users/{id}/reinstate': administrators,
  'POST /api/v1/admin/users/{id}/end-sessions': administrators,
  'DELETE /api/v1/admin/users/{id}': administrators,
  'GET /api/v1/admin/erasures': consoleRoles,
  'GET /api/v1/admin/holds/{id}': administrators,
  'PUT /api/v1/admin/holds/{id}': administrators,
  'DELETE /api/v1/admin/holds/{id}': administrators,
  'POST /api/v1/chat/messages': own,
  'GET /api/v1/chat/messages': own,
  'GET /api/v1/tasks': own,
  'POST /api/v1/tasks': own,
  'POST /api/v1/tasks/import': own,
  'PATCH /api/v1/tasks/{id}': own,
  'DELETE /api/v1/tasks/{id}': own,
  'GET /api/v1/services': own,
  'GET /api/v1/slots': own,
  'GET /api/v1/bookings': own,
  'POST /api/v1/bookings': own,
  'GET /api/v1/audit/log/checkpoint': open,
  'GET /api/v1/audit/log/tile/{path}': open,
  'GET /api/v1/audit/log/consistency': open,
  'GET /api/v1/audit/log/log.vkey': open,
  'GET /api/v1/audit/log/witness.vkey': open,
  'GET /api/v1/audit/entries': everybody,
  'GET /api/v1/audit/entries/{index}/proof': everybody,
  'GET /api/v1/audit/entries/{index}/proof-file': everybody,
  'GET /api/v1/audit/export': everybody,
  'GET /api/v1/alerts': consoleRoles,
  'POST /api/v1/alerts/{id}/acknowledge': editors,
  'GET /api/v1/alert-rules': consoleRoles,
  'PUT /api/v1/alert-rules/{id}': editors,
  'POST /api/v1/alert-rules/{id}/trial': consoleRoles,
  'GET /api/v1/retention': consoleRoles,
  'GET /api/v1/retention/runs': consoleRoles,
  'PUT /api/v1/retention/{class}': editors,
  'POST /api/v1/retention/{class}/preview': consoleRoles,
  'GET /api/v1/guardrail/settings': consoleRoles,
  'PUT /api/v1/guardrail/settings': editors,
  'GET /api/v1/guardrail/settings/history': consoleRoles,
  'POST /api/v1/guardrail/settings/preview': editors,
  'POST /api/v1/guardrail/trials': consoleRoles,
  'GET /api/v1/guardrail/decisions': consoleRoles,
  'GET /api/v1/guardrail/decisions/{id}/text': editors,
  'PUT /api/v1/guardrail/decisions/{id}/label': editors,
  'GET /api/v1/guardrail/evaluation': editors,
  'GET /api/v1/guardrail/status': consoleRoles,
  'PUT /api/v1/chat/refusals/{id}/feedback': own,
  'GET /api/v1/events/stream': own,
  'GET /api/v1/openapi.json': open,
  'GET /api/v1/privacy/notice': open,
  'GET /api/v1/privacy/consents': own,
  'PUT /api/v1/privacy/consents': own,
  'DELETE /api/v1/privacy/account': own,
  'GET /api/v1/privacy/erasures/{id}': open,
  'GET /api/v1/privacy/erasures/{id}/proof-file': open,
};

/** The services' own routes, by which the gateway would be got round. */
const internalOperations: Readonly<Record<string, Who>> = {
  'auth GET /v1/jwks': open,
  'auth GET /v1/denials': open,
  'auth GET /v1/data-keys/*': open,
  'auth POST /v1/api-key-exchange': open,
  'auth GET /v1/exports': own,
  'auth POST /v1/exports': own,
  'auth POST /v1/exports/link/*': own,
  'auth POST /v1/exports/chunk': own,
  'auth GET /v1/consents': own,
  'auth PUT /v1/consents': own,
  'auth POST /v1/erasures': own,
  'auth GET /v1/erasures/*': open,
  'task GET /v1/tasks': own,
  'task POST /v1/tasks': own,
  'task PATCH /v1/tasks/*': own,
  'task DELETE /v1/tasks/*': own,
  'booking GET /v1/services': own,
  'booking GET /v1/slots': own,
  'booking GET /v1/bookings': own,
  'booking POST /v1/bookings': own,
  'guardrail POST /v1/judgements': own,
  'guardrail GET /v1/settings': consoleRoles,
  'guardrail PUT /v1/settings': editors,
  'guardrail GET /v1/settings-history': consoleRoles,
  'guardrail POST /v1/settings-preview': editors,
  'guardrail POST /v1/trials': consoleRoles,
  'guardrail GET /v1/decisions': consoleRoles,
  'guardrail GET /v1/decision-texts/*': editors,
  'guardrail PUT /v1/decision-labels/*': editors,
  'guardrail PUT /v1/decision-feedback/*': own,
  'guardrail GET /v1/evaluation': editors,
  'guardrail GET /v1/status': consoleRoles,
  'audit GET /v1/log/checkpoint': open,
  'audit GET /v1/log/tiles/*': open,
  'audit GET /v1/log/bundles/*': open,
  'audit GET /v1/log/consistency': open,
  'audit GET /v1/log/keys': open,
  'audit GET /v1/entries': everybody,
  'audit GET /v1/entries/*/proof': everybody,
  'audit GET /v1/erasure-proofs/*': open,
  'audit GET /v1/export': everybody,
  'audit GET /v1/alerts': consoleRoles,
  'audit POST /v1/alerts/acknowledge/*': editors,
  'audit GET /v1/alert-rules': consoleRoles,
  'audit PUT /v1/alert-rules/*': editors,
  'audit POST /v1/alert-rules/trial/*': consoleRoles,
  'auth GET /v1/retention-periods': open,
  'auth PUT /v1/retention/*': editors,
  'task GET /v1/retention-due': consoleRoles,
  'task GET /v1/retention-runs': consoleRoles,
  'booking GET /v1/retention-due': consoleRoles,
  'booking GET /v1/retention-runs': consoleRoles,
  'guardrail GET /v1/retention-due': consoleRoles,
  'guardrail GET /v1/retention-runs': consoleRoles,
  'audit GET /v1/retention-due': consoleRoles,
  'audit GET /v1/retention-runs': consoleRoles,
  ...authOperationsOfThePublicDoor(),
};

/** `POST /api/v1/auth/x` at the door is `POST /v1/x` at `auth`, and `/api/v1/admin/users` is `/v1/users`. */
function authOperationsOfThePublicDoor(): Record<string, Who> {
  return Object.fromEntries(
    Object.entries(publicOperations)
      .filter(([operation]) => / \/api\/v1\/(auth|admin)\//.test(operation))
      .map(([operation, who]) => [
        `auth ${operation
          .replace(/\/api\/v1\/(auth|admin)\//, '/v1/')
          // What is done to a person is named before whom it is done to: Dapr's matcher tells these apart.
          .replace(/\{id\}\/([\w-]+)$/, '$1/*')
          .replace(/\{\w+\}/, '*')}`,
        // At the door, whoever has no token has nothing to end.
        operation === 'POST /api/v1/auth/logout' ? own : who,
      ]),
  );
}

/** Which permission an operation asks for is told by what a token limited to one scope may do. */
const scopeOf: Readonly<Record<(typeof apiKeyScopes)[number], readonly string[]>> = {
  'task.own.read': ['GET /api/v1/tasks', 'GET /api/v1/events/stream'],
  'task.own.change': [
    'POST /api/v1/tasks',
    'POST /api/v1/tasks/import',
    'PATCH /api/v1/tasks/{id}',
    'DELETE /api/v1/tasks/{id}',
  ],
  'booking.own.read': ['GET /api/v1/services', 'GET /api/v1/slots', 'GET /api/v1/bookings'],
  'booking.own.change': ['POST /api/v1/bookings'],
  'chat.own.use': [
    'POST /api/v1/chat/messages',
    'GET /api/v1/chat/messages',
    'PUT /api/v1/chat/refusals/{id}/feedback',
  ],
  'audit.own.read': [
    'GET /api/v1/audit/entries',
    'GET /api/v1/audit/entries/{index}/proof',
    'GET /api/v1/audit/entries/{index}/proof-file',
    'GET /api/v1/audit/export',
  ],
};

describe('Privilege escalation: each role on each operation (AUTH-10, PRIN-2)', () => {
  let state: PlatformState;
  let url = '';
  let sign: SignAs;
  before(async () => {
    const platform = await testPlatform();
    state = await platform.state();
    url = platform.url;
    sign = await signAsAuth(state);
  });

  /** A token of a true session of somebody new, with exactly these roles. */
  async function tokenWith(changes: { roles: readonly Role[]; scopes?: readonly Permission[] }): Promise<string> {
    const person = await newPerson(url);
    return sign(person.token, {
      roles: [...changes.roles],
      ...(changes.scopes === undefined ? {} : { scope: changes.scopes.join(' ') }),
    });
  }

  const atDoor = (operation: string, token?: string): Promise<Answer> => {
    const [method = '', path = ''] = operation.split(' ');
    return request(url, method, path, token);
  };
  const atService = (operation: string, token?: string): Promise<Answer> => {
    const [app = '', method = '', path = ''] = operation.split(' ');
    const { appPort, appApiToken } = state.apps[appOf(app)];
    const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' };
    return request(`http://127.0.0.1:${appPort}`, method, path, token, headers);
  };

  it('the tables above know every operation', async () => {
    const document = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse((await call(url, 'GET', '/api/v1/openapi.json')).body);
    const served = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(served.sort(), Object.keys(publicOperations).sort());
    const internal = [...new Set(allowedCalls.map(({ callee, verb, path }) => `${callee} ${verb} ${path}`))];
    assert.deepEqual(internal.sort(), Object.keys(internalOperations).sort());
  });

  for (const role of everybody) {
    it(`${role}: at the public door`, async () => {
      await assertExactly(publicOperations, atDoor, role, () => tokenWith({ roles: [role] }));
    });
    it(`${role}: at every service, past the gateway`, async () => {
      await assertExactly(internalOperations, atService, role, () => tokenWith({ roles: [role] }));
    });
  }

  it('nobody: without a token, at the door and at every service', async () => {
    for (const [table, send] of [
      [publicOperations, atDoor],
      [internalOperations, atService],
    ] as const) {
      for (const [operation, who] of Object.entries(table)) {
        const answer = await send(operation);
        const isAsked = codeOf(answer) === 'auth.token-missing';
        assert.equal(isAsked, who !== open, `${operation}: ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
  });

  it('the role of services is worth nothing in a person’s token', async () => {
    await assertExactly(publicOperations, atDoor, 'service', () => tokenWith({ roles: ['service'] }));
  });

  for (const scope of apiKeyScopes) {
    it(`a token limited to ${scope}, even an administrator's, does that alone`, async () => {
      const token = await tokenWith({ roles: ['user', 'admin'], scopes: [scope] });
      for (const [operation, who] of Object.entries(publicOperations)) {
        if (who === open) continue;
        const answer = await atDoor(operation, token);
        const isPermitted = codeOf(answer) !== 'access.permission-denied';
        assert.equal(
          isPermitted,
          scopeOf[scope].includes(operation),
          `${operation}: ${answer.status} ${answer.text.slice(0, 200)}`,
        );
      }
    });
  }

  it('a scope gives nothing that the roles do not: all permissions in the scope of a user', async () => {
    const token = await tokenWith({ roles: ['user'], scopes: permissions });
    for (const [operation, who] of Object.entries(publicOperations)) {
      if (who === open || who.includes('user')) continue;
      assert.equal(codeOf(await atDoor(operation, token)), 'access.permission-denied', operation);
    }
  });

  it('roles and scopes that do not exist make no token', async () => {
    const { token } = await newPerson(url);
    for (const claims of [{ roles: ['root'] }, { roles: 'admin' }, { scope: 'user.manage root' }, { scope: 1 }]) {
      assert.equal((await atDoor('GET /api/v1/auth/account', await sign(token, claims))).status, 401);
    }
  });
});

/** Each operation that is not for the role is refused for want of permission, and no other one is. */
async function assertExactly(
  table: Readonly<Record<string, Who>>,
  send: (operation: string, token: string) => Promise<Answer>,
  role: Role,
  newToken: () => Promise<string>,
): Promise<void> {
  let token = await newToken();
  const wrong: string[] = [];
  for (const [operation, who] of Object.entries(table)) {
    if (who === open) continue;
    const answer = await send(operation, token);
    const code = codeOf(answer);
    const isRefused = code === 'access.permission-denied';
    const isMistaken = isRefused === who.includes(role) || code === 'auth.token-invalid' || answer.status >= 500;
    if (isMistaken) wrong.push(`${operation}: ${answer.status} ${code}`);
    // Whoever may sign out has done so.
    if (operation.endsWith('/logout')) token = await newToken();
  }
  assert.deepEqual(wrong, []);
}

/** Sends a request that cannot do anything: nothing has the ids in it, and its body fits no schema. */
async function request(
  base: string,
  method: string,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const kind = path.includes('/users/') ? 'user' : path.includes('/tasks/') ? 'task' : 'session';
  const filled = path.replace(/\{index\}|(?<=entries\/)\*/, '999999999').replace(/\{id\}|\*/, newId(kind));
  const options = {
    headers,
    ...(token === undefined ? {} : { token }),
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: { nothing: 'known' } }),
  };
  // A stream is opened and left: its status is all that counts.
  if (path.endsWith('/stream') || path.endsWith('/audit/export')) return streamStatus(base, filled, token, headers);
  return call(base, method, filled, options);
}

async function streamStatus(
  base: string,
  path: string,
  token: string | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  const leaving = new AbortController();
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(new URL(path, base), {
    headers: { ...headers, ...authorization },
    signal: leaving.signal,
  });
  const isStream = response.ok;
  const text = isStream ? '' : await response.text();
  leaving.abort();
  const body: unknown = isStream ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body, text };
}

function codeOf({ body }: Answer): string | undefined {
  const problem = problemSchema.safeParse(body);
  return problem.success ? problem.data.code : undefined;
}

function appOf(name: string): AppId {
  const found = allowedCalls.find(({ callee }) => callee === name)?.callee;
  return found ?? assert.fail(`there is no service ${name}`);
}
