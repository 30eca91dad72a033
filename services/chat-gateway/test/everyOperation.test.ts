import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { publicOpenApiDocument } from '../src/openapi.ts';
import { type Answer, type CallOptions, type Gateway, rawRequest, startGateway } from './support/gateway.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly needsSession: boolean;
  readonly takesBody: boolean;
}

const isUnsafe = ({ method }: Operation) => method !== 'GET';
/** They work on the session that the cookies are of, though the access token may have run out. */
const usesRefreshCookie = ({ path }: Operation) => ['/api/v1/auth/refresh', '/api/v1/auth/logout'].includes(path);

/** Every operation of the API's own description: a new one is attacked here before anybody thinks of it. */
function everyOperation(): Operation[] {
  return Object.entries(publicOpenApiDocument().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{(\w+)\}/, (_match, name: string) => parameterOf(path, name)),
      needsSession: Object(described).security.length > 0,
      takesBody: Object(described).requestBody !== undefined,
    })),
  );
}

function parameterOf(path: string, name: string): string {
  if (name === 'index') return '0';
  if (path.includes('/tasks/')) return newId('task');
  if (path.includes('/users/') || path.includes('/holds/')) return newId('user');
  if (path.includes('/erasures/')) return newId('erasure');
  if (path.includes('/sessions/')) return newId('session');
  if (path.includes('/api-keys/')) return newId('apiKey');
  if (path.includes('/exports/')) return newId('export');
  if (path.includes('/alerts/')) return newId('alert');
  if (path.includes('/decisions/') || path.includes('/refusals/')) return newId('judgement');
  return 'abc';
}

describe('Every operation of the public door under attack (AUTH-4, API-1, API-3)', () => {
  const operations = everyOperation();
  const unsafe = operations.filter(isUnsafe);
  let gateway: Gateway;
  let token = '';
  before(async () => {
    gateway = await startGateway({
      RATE_LIMIT_API_CALLS_PER_MINUTE: '20000',
      RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: '10000',
    });
    token = await gateway.mesh.tokenFor({ roles: ['user', 'admin'] });
    // The first token makes the gateway fetch the keys; the tests below count calls.
    await gateway.call('GET', '/api/v1/tasks', { token });
  });
  after(() => gateway.close());

  const send = ({ method, path, takesBody }: Operation, options: CallOptions = {}) =>
    gateway.call(method, path, { ...(takesBody && options.rawBody === undefined ? { body: {} } : {}), ...options });
  const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;

  it('there are as many as there should be', () => {
    assert.ok(unsafe.length > 30, String(unsafe.length));
    assert.ok(operations.some(({ path }) => path.startsWith('/api/v1/admin/users/usr_')));
  });

  for (const operation of unsafe.filter((one) => one.needsSession || usesRefreshCookie(one))) {
    it(`attack: CSRF on ${nameOf(operation)}: the cookies alone change nothing`, async () => {
      const { cookies, csrf } = await gateway.newBrowser();
      const before = gateway.mesh.calls.length;
      for (const headers of [
        { cookie: cookies },
        { cookie: cookies, 'x-csrf-token': 'guess' },
        { cookie: cookies, 'x-csrf-token': csrf, origin: 'https://evil.example' },
        { cookie: cookies, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' },
        { cookie: cookies.replace(/__Host-access=[^;]+; /, ''), 'x-csrf-token': 'guess' },
      ]) {
        const answer = await send(operation, { headers });
        assert.deepEqual([answer.status, codeOf(answer)], [403, 'auth.csrf']);
        assert.deepEqual(answer.headers.getSetCookie(), []);
      }
      assert.equal(gateway.mesh.calls.length, before);
    });
  }

  for (const operation of unsafe.filter((one) => !one.needsSession && !usesRefreshCookie(one))) {
    it(`attack: login CSRF on ${nameOf(operation)}: a page elsewhere cannot send it`, async () => {
      const before = gateway.mesh.calls.length;
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const answer = await send(operation, { headers });
        assert.deepEqual([answer.status, codeOf(answer)], [403, 'auth.csrf']);
      }
      assert.equal(gateway.mesh.calls.length, before);
    });

    it(`${nameOf(operation)} needs no CSRF token, whoever is signed in, and counts against the address (API-3)`, async () => {
      const { cookies } = await gateway.newBrowser();
      for (const options of [{ headers: { cookie: cookies } }, { token }, {}]) {
        const answer = await send(operation, options);
        assert.notEqual(answer.status, 403);
        assert.equal(answer.headers.get('ratelimit-limit'), '10000');
      }
    });
  }

  it('attack: an unknown key, a body where none belongs, and one that is too large are refused everywhere', async () => {
    const json = { 'content-type': 'application/json' };
    for (const operation of unsafe) {
      const unknown = await send(operation, { token, rawBody: '{"unknown":1}', headers: json });
      assert.deepEqual([unknown.status, codeOf(unknown)], [400, 'request.invalid'], nameOf(operation));
      const rawBody = JSON.stringify({ filler: 'x'.repeat(300_000) });
      const large = await send(operation, { token, rawBody, headers: json });
      assert.deepEqual([large.status, codeOf(large)], [413, 'request.too-large'], nameOf(operation));
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      assert.equal((await send(operation, { token, rawBody: 'a=1', headers: form })).status, 415, nameOf(operation));
    }
  });

  it('attack: no answer sends a browser anywhere (open redirect)', async () => {
    for (const operation of operations.filter(({ path }) => !path.endsWith('/events/stream'))) {
      for (const suffix of ['', '?next=https://evil.example', '?redirect_uri=//evil.example', '//evil.example']) {
        const answer = await send({ ...operation, path: `${operation.path}${suffix}` }, { token });
        assert.ok(answer.status < 300 || answer.status >= 400, `${nameOf(operation)} answered ${answer.status}`);
        assert.equal(answer.headers.get('location'), null);
      }
    }
    for (const path of ['//evil.example', '/account/confirm-email?next=//evil.example', '/%2f%2fevil.example/..']) {
      const answer = await gateway.call('GET', path, { headers: { accept: 'text/html' } });
      assert.ok(answer.status < 300 || answer.status >= 400, `${path} answered ${answer.status}`);
      assert.equal(answer.headers.get('location'), null);
    }
  });

  it('attack: a poisoned Host reaches no operation, so that no link is made of it (AUTH-13)', async () => {
    const before = gateway.mesh.calls.length;
    for (const { method, path } of operations) {
      const headers = { host: 'evil.example', 'x-forwarded-host': `localhost:${gateway.publicPort}` };
      const { status, body } = await rawRequest(gateway.publicPort, { method, path, headers });
      assert.equal(status, 400, `${method} ${path}`);
      assert.ok(!body.includes('evil.example'));
    }
    assert.equal(gateway.mesh.calls.length, before);
  });
});

function nameOf({ method, path }: Operation): string {
  return `${method} ${path.replace(/[a-z]{3}_[0-9a-f-]{36}/, ':id')}`;
}
