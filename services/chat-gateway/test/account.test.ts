import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  type Account,
  accountSchema,
  loginResponseSchema,
  newId,
  privacyNotice,
  problemSchema,
  secondFactorRequiredSchema,
  stepUpResponseSchema,
} from '@todo-chatbot/contracts';
import { wrongCode } from './support/fakeAuth.ts';
import { type Answer, type Gateway, jarOf, startGateway } from './support/gateway.ts';

const token43 = 'A'.repeat(43);
const userId = newId('user');
const sessionId = newId('session');
const keyId = newId('apiKey');
const changePassword = { currentPassword: 'Correct-Horse-1', newPassword: 'Correct-Horse-2' };
const newKey = { name: 'calendar', scopes: ['task.own.read'] };
const registration = {
  id: 'cGFzc2tleQ',
  rawId: 'cGFzc2tleQ',
  type: 'public-key',
  response: { clientDataJSON: 'e30', attestationObject: 'o2M' },
  clientExtensionResults: {},
};
const agreement = { noticeVersion: privacyNotice.version, agrees: { assistant: true } };
const addPasskey = { ticket: token43, name: 'laptop', response: registration };

/** Every operation that is passed on to `auth`: the same tail of the path, and what comes back. */
const operations: readonly Operation[] = [
  { method: 'GET', path: '/auth/account', status: 200 },
  { method: 'PUT', path: '/auth/password', status: 204, body: changePassword },
  { method: 'GET', path: '/auth/sessions', status: 200 },
  { method: 'DELETE', path: '/auth/sessions', query: 'which=others', status: 204 },
  { method: 'DELETE', path: `/auth/sessions/${sessionId}`, status: 404, code: 'auth.session-not-found' },
  { method: 'POST', path: '/auth/step-up/options', status: 200 },
  { method: 'GET', path: '/auth/factors', status: 200 },
  { method: 'POST', path: '/auth/factors/totp', status: 200, stepUp: true },
  { method: 'POST', path: '/auth/factors/totp/confirm', status: 200, body: { oneTimeCode: '123456' } },
  { method: 'DELETE', path: '/auth/factors/totp', status: 404, code: 'auth.factor-not-found', stepUp: true },
  { method: 'POST', path: '/auth/factors/recovery-codes', status: 200, stepUp: true },
  { method: 'POST', path: '/auth/factors/passkey-options', status: 200, stepUp: true },
  { method: 'POST', path: '/auth/factors/passkeys', status: 201, body: addPasskey, stepUp: true },
  { method: 'DELETE', path: '/auth/factors/passkeys/abc', status: 404, code: 'auth.factor-not-found', stepUp: true },
  { method: 'POST', path: '/auth/email/verification', status: 202 },
  { method: 'POST', path: '/auth/email/change', status: 202, body: { email: 'new@example.com' }, stepUp: true },
  { method: 'GET', path: '/auth/api-keys', status: 200 },
  { method: 'POST', path: '/auth/api-keys', status: 201, body: newKey, stepUp: true },
  { method: 'DELETE', path: `/auth/api-keys/${keyId}`, status: 404, code: 'auth.api-key-not-found' },
  { method: 'GET', path: '/privacy/consents', status: 200 },
  { method: 'PUT', path: '/privacy/consents', status: 200, body: agreement },
  { method: 'GET', path: '/admin/erasures', status: 200 },
  { method: 'GET', path: `/admin/holds/${userId}`, status: 404, code: 'hold.not-found' },
  { method: 'PUT', path: `/admin/holds/${userId}`, status: 200, body: { reason: 'case 4711' }, stepUp: true },
  { method: 'DELETE', path: `/admin/holds/${userId}`, status: 204, stepUp: true },
  { method: 'GET', path: '/admin/users', status: 200 },
  { method: 'GET', path: `/admin/users/${userId}`, status: 404, code: 'user.not-found' },
  {
    method: 'PUT',
    path: `/admin/users/${userId}/roles`,
    status: 404,
    code: 'user.not-found',
    body: { roles: ['viewer'] },
    stepUp: true,
  },
  { method: 'POST', path: `/admin/users/${userId}/suspend`, status: 404, code: 'user.not-found', stepUp: true },
  { method: 'POST', path: `/admin/users/${userId}/reinstate`, status: 404, code: 'user.not-found', stepUp: true },
  { method: 'POST', path: `/admin/users/${userId}/end-sessions`, status: 404, code: 'user.not-found', stepUp: true },
  { method: 'DELETE', path: `/admin/users/${userId}`, status: 404, code: 'user.not-found', stepUp: true },
];

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly status: number;
  /** Of a problem that is `auth`'s own. */
  readonly code?: string;
  readonly stepUp?: boolean;
}

describe('Accounts behind the public door (AUTH-4, AUTH-8, AUTH-9)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  beforeEach(() => {
    gateway.mesh.down.clear();
    gateway.mesh.auth.ageProofs(0);
  });
  after(() => gateway.close());

  const roles: Account['roles'] = ['user', 'admin'];
  const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;

  for (const { method, path, query, status, code, stepUp = false, ...rest } of operations) {
    const url = `/api/v1${path}${query === undefined ? '' : `?${query}`}`;
    const name = `${method} ${path.replaceAll(/(usr|ses|key)_[^/]+/g, ':id')}`;

    it(`${name} ${status}: passes on to auth with the person’s own token`, async () => {
      const token = await gateway.mesh.tokenFor({ roles });
      const answer = await gateway.call(method, url, { token, ...rest });
      assert.equal(answer.status, status, answer.text);
      if (code !== undefined) assert.equal(codeOf(answer), code);
      const call = gateway.mesh.callsTo('auth').at(-1);
      // For the mesh, what is done to a person stands before whom it is done to, and every id has an underscore.
      const tail = path
        .replace(/^\/(auth|admin|privacy)/, '/v1')
        .replace(/(usr_[^/]+)\/([\w-]+)$/, '$2/$1')
        .replace('/passkeys/', '/passkeys/passkey_');
      assert.deepEqual([call?.method, call?.path, call?.userToken], [method, tail, token]);
      if (rest.body !== undefined)
        assert.deepEqual(Object(call?.body), { ...Object(call?.body), ...Object(rest.body) });
      if (query !== undefined) assert.equal(new URLSearchParams(Object(call?.query)).toString(), query);
      if (status === 202 || status === 204) assert.equal(answer.text, '');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    });

    it(`${name} 401 without a token, 403 for a token without the permission, and nobody is called`, async () => {
      const limited = await gateway.mesh.tokenFor({ roles, scopes: ['task.own.read'] });
      const before = gateway.mesh.calls.length;
      assert.equal((await gateway.call(method, url, rest)).status, 401);
      assert.equal((await gateway.call(method, url, { token: limited, ...rest })).status, 403);
      assert.equal(gateway.mesh.calls.length, before);
    });

    it(`${name}: a proof of an hour ago ${stepUp ? 'is asked for again (RFC 9470)' : 'is enough'}`, async () => {
      const authenticatedAt = new Date(Date.now() - 3_600_000);
      const token = await gateway.mesh.tokenFor({ roles, authenticatedAt });
      const answer = await gateway.call(method, url, { token, ...rest });
      if (!stepUp) return assert.equal(answer.status, status, answer.text);
      assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.step-up-required']);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="insufficient_user_authentication"');
    });

    it(`${name} 503 while auth does not answer`, async () => {
      const token = await gateway.mesh.tokenFor({ roles });
      gateway.mesh.down.add('auth');
      assert.equal((await gateway.call(method, url, { token, ...rest })).status, 503);
    });
  }

  describe('signing in', () => {
    const post = (path: string, body: unknown, headers = {}) =>
      gateway.call('POST', `/api/v1/auth${path}`, { body, headers });
    const lastBody = () => Object(gateway.mesh.callsTo('auth', 'POST').at(-1)?.body);
    const deviceOf = (answer: Answer) => /__Host-device=([^;]+)/.exec(answer.headers.getSetCookie().join('\n'))?.[1];

    it('login 202: a second factor is due; no cookie is set before it is shown', async () => {
      const { credentials } = await gateway.newBrowser();
      gateway.mesh.auth.enrolTotp(credentials.email);
      const first = await post('/login', credentials);
      assert.equal(first.status, 202, first.text);
      const { ticket, methods } = secondFactorRequiredSchema.parse(first.body);
      assert.deepEqual(methods, ['totp', 'recovery-code']);
      assert.deepEqual(first.headers.getSetCookie(), []);
      const wrong = await post('/login/second-factor', { ticket, proof: { method: 'totp', oneTimeCode: wrongCode } });
      assert.deepEqual([wrong.status, codeOf(wrong)], [401, 'auth.second-factor-invalid']);
      assert.deepEqual(wrong.headers.getSetCookie(), []);
      const second = await post('/login/second-factor', { ticket, proof: { method: 'totp', oneTimeCode: '123 456' } });
      assert.equal(second.status, 200, second.text);
      loginResponseSchema.parse(second.body);
      assert.equal(second.headers.getSetCookie().length, 4);
    });

    it('login with a passkey alone: options, then the session', async () => {
      const { login, credentials } = await gateway.newBrowser();
      const token = loginResponseSchema.parse(login.body).accessToken;
      const id = `passkey-${newId('event')}`;
      const response = { ...registration, id, rawId: id };
      await gateway.call('POST', '/api/v1/auth/factors/passkeys', { token, body: { ...addPasskey, response } });
      const options = await gateway.call('POST', '/api/v1/auth/login/passkey/options');
      assert.equal(options.status, 200, options.text);
      const ticket = String(Object(options.body).ticket);
      const assertion = { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' };
      const answer = await post('/login/passkey', {
        ticket,
        response: { id, rawId: id, type: 'public-key', response: assertion },
      });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(loginResponseSchema.parse(answer.body).account.email, credentials.email);
    });

    it('the device token travels in its cookie alone and goes on at each way to sign in (AUTH-7)', async () => {
      const { login, credentials } = await gateway.newBrowser();
      const device = deviceOf(login);
      assert.match(device ?? '', /^[\w-]{43}$/);
      assert.ok(!login.text.includes(String(device)));
      const cookie = { cookie: `__Host-device=${device}` };
      await post('/login', credentials, cookie);
      assert.equal(lastBody().deviceToken, device);
      const proof = { method: 'totp', oneTimeCode: '123456' };
      await post('/login/second-factor', { ticket: token43, proof }, cookie);
      assert.equal(lastBody().deviceToken, device);
      const assertion = { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' };
      const response = { id: 'AA', rawId: 'AA', type: 'public-key', response: assertion };
      await post('/login/passkey', { ticket: token43, response }, cookie);
      assert.equal(lastBody().deviceToken, device);
    });

    it('attack: a device cookie of garbage is ignored, whoever brings it (AUTH-7)', async () => {
      const { credentials } = await gateway.newBrowser();
      for (const garbage of ['x', 'A'.repeat(44), `${token43}%00`, '"quoted"', token43.replace('A', '+')]) {
        const answer = await post('/login', credentials, { cookie: `__Host-device=${garbage}` });
        assert.equal(answer.status, 200, garbage);
        assert.equal('deviceToken' in lastBody(), false, garbage);
      }
    });

    it('attack: a device token in the body is not taken: it comes from its cookie', async () => {
      const { credentials } = await gateway.newBrowser();
      assert.equal((await post('/login', { ...credentials, deviceToken: token43 })).status, 400);
    });

    it('signing out forgets the session and not the device (AUTH-7)', async () => {
      const { cookies, csrf } = await gateway.newBrowser();
      const answer = await gateway.call('POST', '/api/v1/auth/logout', {
        headers: { cookie: cookies, 'x-csrf-token': csrf },
      });
      const names = answer.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
      assert.deepEqual(names, ['__Host-access', '__Secure-refresh', '__Host-csrf']);
    });

    it('attack: session fixation: planted cookies neither survive a sign-in nor reach auth (AUTH-4)', async () => {
      const attacker = await gateway.newBrowser();
      const victim = await gateway.newBrowser();
      const answer = await post('/login', victim.credentials, { cookie: attacker.cookies });
      assert.equal(loginResponseSchema.parse(answer.body).account.email, victim.credentials.email);
      const own = jarOf(answer);
      for (const name of ['__Host-access', '__Secure-refresh', '__Host-csrf']) {
        const valueIn = (jar: string) => new RegExp(`${name}=([^;]+)`).exec(jar)?.[1];
        assert.ok(valueIn(own.cookies), name);
        assert.notEqual(valueIn(own.cookies), valueIn(attacker.cookies), name);
      }
      assert.equal(gateway.mesh.callsTo('auth', 'POST').at(-1)?.userToken, undefined);
    });
  });

  describe('sessions', () => {
    it('step-up 200: renews the access cookie alone; the CSRF token stays good', async () => {
      gateway.mesh.auth.ageProofs(3_600_000);
      const { cookies, csrf } = await gateway.newBrowser();
      const headers = { cookie: cookies, 'x-csrf-token': csrf };
      const refused = await gateway.call('POST', '/api/v1/auth/factors/totp', { headers });
      assert.deepEqual([refused.status, codeOf(refused)], [401, 'auth.step-up-required']);
      const body = { proof: { method: 'password', password: 'Correct-Horse-1' } };
      const answer = await gateway.call('POST', '/api/v1/auth/step-up', { body, headers });
      assert.equal(answer.status, 200, answer.text);
      stepUpResponseSchema.parse(answer.body);
      const [cookie, ...others] = answer.headers.getSetCookie();
      assert.deepEqual(others, []);
      assert.match(cookie ?? '', /^__Host-access=[^;]+; Path=\/; Max-Age=1800; Secure; SameSite=Strict; HttpOnly$/);
      const renewed = cookies.replace(/__Host-access=[^;]+/, cookie?.split(';')[0] ?? '');
      const next = await gateway.call('POST', '/api/v1/auth/factors/totp', {
        headers: { cookie: renewed, 'x-csrf-token': csrf },
      });
      assert.equal(next.status, 200, next.text);
    });

    it('step-up 401 and 403: a wrong proof sets no cookie', async () => {
      const { cookies, csrf } = await gateway.newBrowser();
      const headers = { cookie: cookies, 'x-csrf-token': csrf };
      for (const proof of [
        { method: 'password', password: 'wrong-guess' },
        { method: 'totp', oneTimeCode: wrongCode },
      ]) {
        const answer = await gateway.call('POST', '/api/v1/auth/step-up', { body: { proof }, headers });
        assert.ok(answer.status === 401 || answer.status === 403);
        assert.deepEqual(answer.headers.getSetCookie(), []);
      }
    });

    it('ending one’s own session clears its cookies, ending another’s does not', async () => {
      const { cookies, csrf, login, credentials } = await gateway.newBrowser();
      const other = await gateway.call('POST', '/api/v1/auth/login', { body: credentials });
      const token = loginResponseSchema.parse(login.body).accessToken;
      const { items } = Object(
        (await gateway.call('GET', '/api/v1/auth/sessions', { headers: { cookie: jarOf(other).cookies } })).body,
      );
      const own = items.find((session: { isCurrent: boolean }) => !session.isCurrent).id;
      const current = items.find((session: { isCurrent: boolean }) => session.isCurrent).id;
      const elsewhere = await gateway.call('DELETE', `/api/v1/auth/sessions/${current}`, { token });
      assert.deepEqual([elsewhere.status, elsewhere.headers.getSetCookie()], [204, []]);
      const headers = { cookie: cookies, 'x-csrf-token': csrf };
      const here = await gateway.call('DELETE', `/api/v1/auth/sessions/${own}`, { headers });
      assert.deepEqual([here.status, here.headers.getSetCookie().length], [204, 3]);
    });

    it('ending all sessions clears the cookies, ending the others does not', async () => {
      for (const [which, count] of [
        ['others', 0],
        ['all', 3],
      ] as const) {
        const { cookies, csrf } = await gateway.newBrowser();
        const headers = { cookie: cookies, 'x-csrf-token': csrf };
        const answer = await gateway.call('DELETE', `/api/v1/auth/sessions?which=${which}`, { headers });
        assert.deepEqual([answer.status, answer.headers.getSetCookie().length], [204, count], which);
      }
    });

    it('DELETE sessions 400: without saying which, nothing ends', async () => {
      const person = await gateway.newPerson();
      const before = gateway.mesh.calls.length;
      assert.equal((await person.call('DELETE', '/api/v1/auth/sessions')).status, 400);
      assert.equal((await person.call('DELETE', '/api/v1/auth/sessions?which=mine')).status, 400);
      assert.equal(gateway.mesh.calls.length, before);
    });
  });

  describe('mailed links', () => {
    for (const [path, body, status] of [
      ['/email/confirm', { token: token43 }, 204],
      ['/password/reset-request', { email: 'somebody@example.com' }, 202],
      ['/password/reset', { token: token43, newPassword: 'Correct-Horse-2' }, 204],
    ] as const) {
      it(`POST auth${path} ${status}: for anybody, without a body and without cookies`, async () => {
        const answer = await gateway.call('POST', `/api/v1/auth${path}`, { body });
        assert.deepEqual([answer.status, answer.text, answer.headers.getSetCookie()], [status, '', []]);
        const call = gateway.mesh.callsTo('auth', 'POST').at(-1);
        assert.deepEqual([call?.path, call?.body, call?.userToken], [`/v1${path}`, body, undefined]);
      });
    }
  });

  it('attack: a mailed link that was used sets nothing, and says no more than that', async () => {
    const body = { token: `used${'A'.repeat(39)}`, newPassword: 'Correct-Horse-2' };
    const answer = await gateway.call('POST', '/api/v1/auth/password/reset', { body });
    assert.deepEqual([answer.status, codeOf(answer)], [400, 'auth.link-invalid']);
  });

  it('an administrator finds a person and changes what they are', async () => {
    const { credentials, login } = await gateway.newBrowser();
    const { id } = accountSchema.parse(loginResponseSchema.parse(login.body).account);
    const token = await gateway.mesh.tokenFor({ roles });
    const call = (method: string, path: string, body?: unknown) =>
      gateway.call(method, `/api/v1/admin/users${path}`, { token, ...(body === undefined ? {} : { body }) });
    const found = Object((await call('GET', `?email=${encodeURIComponent(credentials.email)}`)).body);
    assert.deepEqual(
      found.items.map((user: { id: string }) => user.id),
      [id],
    );
    assert.deepEqual(Object((await call('PUT', `/${id}/roles`, { roles: ['editor'] })).body).roles, ['user', 'editor']);
    assert.equal(Object((await call('POST', `/${id}/suspend`)).body).status, 'suspended');
    assert.equal(Object((await call('POST', `/${id}/reinstate`)).body).status, 'active');
    assert.equal((await call('POST', `/${id}/end-sessions`)).status, 200);
    assert.equal((await call('DELETE', `/${id}`)).status, 204);
    assert.equal((await call('GET', `/${id}`)).status, 404);
  });

  it('attack: somebody without the permission manages nobody, not even themselves (AUTH-10)', async () => {
    const person = await gateway.newPerson();
    const before = gateway.mesh.calls.length;
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PUT', `/${person.userId}/roles`, { roles: ['admin'] }],
      ['DELETE', `/${person.userId}`, undefined],
    ] as const) {
      const answer = await person.call(method, `/api/v1/admin/users${path}`, body === undefined ? {} : { body });
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.permission-denied']);
    }
    const viewer = await gateway.mesh.tokenFor({ roles: ['user', 'viewer'] });
    const path = `/api/v1/admin/users/${person.userId}/suspend`;
    assert.equal((await gateway.call('POST', path, { token: viewer })).status, 403);
    assert.equal(gateway.mesh.calls.length, before);
  });
});
