import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { loginResponseSchema, problemSchema } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { type Answer, type Gateway, rawRequest, startGateway } from './support/gateway.ts';

const friend = 'https://friend.example';

describe('The public door under attack (API-1, API-4, AUTH-4)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ CORS_ALLOWED_ORIGINS: friend });
  });
  beforeEach(() => gateway.mesh.down.clear());
  after(() => gateway.close());

  const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;
  const isProblem = (answer: Answer, status: number, code: string) => {
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.deepEqual([answer.status, codeOf(answer)], [status, code], answer.text);
  };

  describe('CSRF', () => {
    let cookies = '';
    let csrf = '';
    let userId = '';
    let ownOrigin = '';
    before(async () => {
      const browser = await gateway.newBrowser();
      ({ cookies, csrf } = browser);
      userId = loginResponseSchema.parse(browser.login.body).account.id;
      ownOrigin = `http://localhost:${gateway.publicPort}`;
    });
    const post = (headers: Record<string, string>) =>
      gateway.call('POST', '/api/v1/tasks', {
        body: { title: 'from a cookie' },
        headers: { cookie: cookies, ...headers },
      });

    it('a cookie alone, a wrong token and a form of another site change nothing, and each is audited', async () => {
      isProblem(await post({}), 403, 'auth.csrf');
      isProblem(await post({ 'x-csrf-token': 'guess' }), 403, 'auth.csrf');
      isProblem(await post({ 'x-csrf-token': csrf, origin: 'https://evil.example' }), 403, 'auth.csrf');
      isProblem(await post({ 'x-csrf-token': csrf, origin: 'null' }), 403, 'auth.csrf');
      isProblem(await post({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' }), 403, 'auth.csrf');
      isProblem(await post({ 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' }), 403, 'auth.csrf');
      assert.deepEqual(gateway.mesh.tasksOf(userId), []);
      await waitFor('six refusals in the audit trail', async () => {
        const refusals = (await gateway.auditEvents(userId)).filter(({ reason }) => reason === 'auth.csrf');
        return refusals.length === 6 ? true : undefined;
      });
    });

    it('the token of another session does not fit', async () => {
      const other = await gateway.newBrowser();
      isProblem(await post({ 'x-csrf-token': other.csrf }), 403, 'auth.csrf');
    });

    it('a planted CSRF cookie does not help', async () => {
      const planted = cookies.replace(/__Host-csrf=[^;]+/, '__Host-csrf=guess');
      isProblem(await post({ cookie: planted, 'x-csrf-token': 'guess' }), 403, 'auth.csrf');
    });

    it('our own page is served', async () => {
      assert.equal(
        (await post({ 'x-csrf-token': csrf, origin: ownOrigin, 'sec-fetch-site': 'same-origin' })).status,
        201,
      );
    });

    it('every unsafe method is guarded', async () => {
      const [task] = gateway.mesh.tasksOf(userId);
      for (const [method, body] of [
        ['PATCH', { status: 'done' }],
        ['DELETE', undefined],
      ] as const) {
        const answer = await gateway.call(method, `/api/v1/tasks/${task?.id}`, { body, headers: { cookie: cookies } });
        isProblem(answer, 403, 'auth.csrf');
      }
    });

    it('login CSRF: a form of another site cannot sign a victim in', async () => {
      const body = { email: 'a@example.com', password: 'Correct-Horse-1' };
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        isProblem(await gateway.call('POST', '/api/v1/auth/login', { body, headers }), 403, 'auth.csrf');
      }
    });

    it('a bearer token needs no CSRF token', async () => {
      const person = await gateway.newPerson();
      assert.equal((await person.call('POST', '/api/v1/tasks', { body: { title: 'program' } })).status, 201);
    });
  });

  describe('tokens', () => {
    it('a forged, an expired and a garbled token are refused and audited; none is only refused', async () => {
      const person = await gateway.newPerson();
      const expired = await gateway.mesh.tokenFor({ lifetimeSeconds: -60 });
      for (const token of [`${person.token.slice(0, -6)}AAAAAA`, expired, 'garbage']) {
        isProblem(await gateway.call('GET', '/api/v1/tasks', { token }), 401, 'auth.token-invalid');
      }
      isProblem(await gateway.call('GET', '/api/v1/tasks'), 401, 'auth.token-missing');
      const refusals = await waitFor('the refusals', async () => {
        const found = (await gateway.auditEvents(null)).filter(({ action }) => action === 'access.refuse');
        return found.filter(({ reason }) => reason === 'auth.token-invalid').length === 3 ? found : undefined;
      });
      assert.ok(!refusals.some(({ reason }) => reason === 'auth.token-missing'));
    });

    it('a role without the permission is refused', async () => {
      const token = await gateway.mesh.tokenFor({ roles: ['viewer'] });
      isProblem(await gateway.call('GET', '/api/v1/tasks', { token }), 403, 'access.permission-denied');
    });
  });

  it('CORS: only the listed origin may read, and without cookies', async () => {
    const headersOf = async (method: string, origin: string) =>
      (await gateway.call(method, '/api/v1/tasks', { headers: { origin, 'access-control-request-method': 'POST' } }))
        .headers;
    for (const origin of ['https://evil.example', 'null', `${friend}.evil.example`, 'http://friend.example']) {
      for (const method of ['GET', 'OPTIONS']) {
        assert.equal((await headersOf(method, origin)).get('access-control-allow-origin'), null, origin);
      }
    }
    const allowed = await headersOf('OPTIONS', friend);
    assert.equal(allowed.get('access-control-allow-origin'), friend);
    assert.equal(allowed.get('access-control-allow-credentials'), null);
    assert.match(allowed.get('vary') ?? '', /origin/i);
  });

  it('host-header poisoning and DNS rebinding: an unknown host reaches neither API nor page', async () => {
    const { publicPort: port } = gateway;
    for (const host of ['evil.example', `evil.example:${port}`, `localhost:${port}@evil.example`, 'localhost']) {
      for (const path of ['/api/v1/auth/account', '/']) {
        const { status, body } = await rawRequest(port, { path, headers: { host } });
        assert.equal(status, 400, `${host} ${path}`);
        assert.ok(!body.includes('evil.example'));
      }
    }
    const forwarded = { host: `localhost:${port}`, 'x-forwarded-host': 'evil.example' };
    assert.equal((await rawRequest(port, { path: '/', headers: forwarded })).status, 200);
  });

  it('sends the security headers with pages, answers and errors (API-4)', async () => {
    for (const path of ['/', '/api/v1/tasks', '/api/v1/nothing', '/nothing.js', '/healthz', '/assets/app-1a2b3c.js']) {
      const { headers } = await gateway.call('GET', path);
      assert.equal(
        headers.get('content-security-policy'),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        path,
      );
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{7,}/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
      assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/);
      assert.equal(headers.get('x-powered-by'), null);
    }
  });

  it('refuses what does not match the schema, with problem details that repeat no value (API-1)', async () => {
    const person = await gateway.newPerson();
    const post = (options: { body?: unknown; rawBody?: string; headers?: Record<string, string> }) =>
      person.call('POST', '/api/v1/tasks', options);
    const json = { 'content-type': 'application/json' };
    isProblem(await post({ body: { title: 'x', userId: 'usr_other' } }), 400, 'request.invalid');
    isProblem(await post({ body: { title: 7 } }), 400, 'request.invalid');
    isProblem(await post({ rawBody: '{"title":', headers: json }), 400, 'request.malformed-json');
    isProblem(
      await post({ rawBody: 'title=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'request.unsupported-media-type',
    );
    isProblem(
      await post({ rawBody: '{"title":"x"}', headers: { 'content-type': 'text/plain' } }),
      415,
      'request.unsupported-media-type',
    );
    isProblem(await post({ body: { title: 'x'.repeat(70_000) } }), 413, 'request.too-large');
    isProblem(await post({ body: { title: 'x' }, headers: { 'idempotency-key': 'a b' } }), 400, 'request.invalid');
    isProblem(await person.call('GET', '/api/v1/tasks?limit=100000'), 400, 'request.invalid');
    isProblem(await person.call('GET', '/api/v1/tasks?unknown=1'), 400, 'request.invalid');
    isProblem(await person.call('GET', '/api/v1/tasks?limit=1&limit=2'), 400, 'request.invalid');
    isProblem(
      await person.call('PATCH', '/api/v1/tasks/..%2fadmin', { body: { status: 'done' } }),
      400,
      'request.invalid',
    );
    const faulty = await post({ body: { title: { canary: 'canarytext' } } });
    assert.ok(!faulty.text.includes('canarytext'));
    assert.deepEqual(gateway.mesh.tasksOf(person.userId), []);
  });

  it('prototype pollution and deep JSON: refused, and no prototype is changed', async () => {
    const person = await gateway.newPerson();
    const post = (rawBody: string) =>
      person.call('POST', '/api/v1/tasks', { rawBody, headers: { 'content-type': 'application/json' } });
    isProblem(await post('{"title":"x","__proto__":{"admin":true}}'), 400, 'request.invalid');
    isProblem(await post('{"title":"x","constructor":{"prototype":{"admin":true}}}'), 400, 'request.invalid');
    isProblem(await post(`${'['.repeat(30_000)}${']'.repeat(30_000)}`), 400, 'request.invalid');
    assert.equal(Reflect.get({}, 'admin'), undefined);
  });

  it('paths: strict, case-sensitive, and nothing internal', async () => {
    const person = await gateway.newPerson();
    for (const path of [
      '/api/v1/nothing',
      '/API/V1/TASKS',
      '/api/v1/tasks/',
      '/api/v1/Tasks',
      '/v1/tasks',
      '/events/task-events',
      '/metrics',
      '/api/v1/judgements',
    ]) {
      isProblem(await person.call('GET', path), 404, 'resource.not-found');
    }
    const put = await person.call('PUT', '/api/v1/tasks', { body: {} });
    isProblem(put, 405, 'request.method-not-allowed');
    assert.equal(put.headers.get('allow'), 'GET, POST');
  });

  it('path traversal: no file outside the web root, and no hidden one in it', async () => {
    for (const path of [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%5c..%5cpackage.json',
      '/assets/..%2f.env',
      '/.env',
      '/assets/%00',
    ]) {
      const { status, body } = await rawRequest(gateway.publicPort, {
        path,
        headers: { host: `localhost:${gateway.publicPort}`, accept: 'text/html' },
      });
      assert.ok(status >= 400 && status < 500, `${path} answered ${status}`);
      assert.doesNotMatch(body, /SECRET|root:|dependencies/);
    }
  });

  it('oversize headers are refused before anything reads them', async () => {
    const { publicPort: port } = gateway;
    const headers = { host: `localhost:${port}`, 'x-filler': 'x'.repeat(20_000) };
    assert.equal((await rawRequest(port, { path: '/api/v1/tasks', headers })).status, 431);
  });

  it('request smuggling: a message with both lengths is refused', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(gateway.publicPort, '127.0.0.1', () =>
        socket.write(
          `POST /api/v1/tasks HTTP/1.1\r\nHost: localhost:${gateway.publicPort}\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
        ),
      );
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.once('close', () => resolve(text));
      socket.once('error', reject);
    });
    assert.match(answer, /^HTTP\/1\.1 400 /);
  });

  it('serves the web app: hashed files for ever, the page never kept, the page for any address of the app', async () => {
    const asset = await gateway.call('GET', '/assets/app-1a2b3c.js');
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    for (const path of ['/', '/tasks', '/settings/privacy']) {
      const page = await gateway.call('GET', path, { headers: { accept: 'text/html,*/*' } });
      assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
      assert.equal(page.headers.get('cache-control'), 'no-store');
    }
    isProblem(
      await gateway.call('GET', '/api/nothing', { headers: { accept: 'text/html' } }),
      404,
      'resource.not-found',
    );
    isProblem(
      await gateway.call('GET', '/assets/gone.js', { headers: { accept: 'text/html' } }),
      404,
      'resource.not-found',
    );
    isProblem(await gateway.call('POST', '/', { body: {} }), 404, 'resource.not-found');
  });

  it('is alive and ready', async () => {
    assert.deepEqual((await gateway.call('GET', '/healthz')).body, { status: 'ok' });
    assert.deepEqual((await gateway.call('GET', '/readyz')).body, { status: 'ready' });
  });

  it('the internal port has no operation to invoke', async () => {
    const answer = await gateway.deliver('nothing', { type: 'task.created.v1', subject: 'x', data: {} });
    assert.equal(answer.status, 404);
  });
});
