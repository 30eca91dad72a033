import assert from 'node:assert/strict';
import { request } from 'node:http';
import { before, describe, it } from 'node:test';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import { call, newPerson, type Person } from '../support/client.ts';

describe('The public door under attack (API-1, API-4, AUTH-4)', () => {
  let url = '';
  let person: Person;
  let cookies = '';
  let csrf = '';
  before(async () => {
    url = (await testPlatform()).url;
    person = await newPerson(url);
    const answer = await call(url, 'POST', '/api/v1/auth/login', {
      body: { email: person.email, password: person.password },
    });
    const setCookies = answer.headers.getSetCookie();
    cookies = setCookies.map((cookie) => cookie.split(';')[0]).join('; ');
    csrf = decodeURIComponent(/__Host-csrf=([^;]+)/.exec(cookies)?.[1] ?? '');
    for (const cookie of setCookies) {
      assert.match(cookie, /; Secure/i);
      assert.match(cookie, /; SameSite=Strict/i);
      if (!cookie.startsWith('__Host-csrf')) assert.match(cookie, /; HttpOnly/i, cookie.split('=')[0]);
    }
  });

  const post = (headers: Record<string, string>) =>
    call(url, 'POST', '/api/v1/tasks', {
      body: { title: 'from a cookie' },
      headers: { 'idempotency-key': crypto.randomUUID(), cookie: cookies, ...headers },
    });

  it('CSRF: a cookie alone changes nothing', async () => {
    assert.equal((await post({})).status, 403);
    assert.equal((await post({ 'x-csrf-token': 'guess' })).status, 403);
    assert.equal((await post({ 'x-csrf-token': csrf, origin: 'https://evil.example' })).status, 403);
    assert.equal((await post({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.deepEqual(await person.tasks(), []);
    assert.equal(
      (await post({ 'x-csrf-token': csrf, origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' })).status,
      201,
    );
  });

  it('CSRF: the token of another session does not fit', async () => {
    const other = await call(url, 'POST', '/api/v1/auth/login', {
      body: { email: person.email, password: person.password },
    });
    const otherCsrf = /__Host-csrf=([^;]+)/.exec(other.headers.getSetCookie().join('; '))?.[1] ?? '';
    assert.notEqual(otherCsrf, '');
    assert.equal((await post({ 'x-csrf-token': decodeURIComponent(otherCsrf) })).status, 403);
  });

  it('login CSRF: a form of another site cannot sign a victim in as the attacker', async () => {
    const answer = await fetch(new URL('/api/v1/auth/login', url), {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: 'https://evil.example' },
      body: JSON.stringify({ email: person.email, password: person.password }),
    });
    assert.ok(answer.status === 403 || answer.status === 415);
    assert.equal(answer.headers.getSetCookie().length, 0);
  });

  it('CORS: no other origin may read an answer', async () => {
    for (const origin of ['https://evil.example', 'null', `${new URL(url).origin}.evil.example`]) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await call(url, method, '/api/v1/tasks', {
          headers: { origin, 'access-control-request-method': 'POST' },
        });
        assert.equal(answer.headers.get('access-control-allow-origin'), null);
      }
    }
  });

  it('sends the security headers with pages, answers and errors', async () => {
    for (const path of ['/', '/api/v1/tasks', '/api/v1/nothing', '/nothing.js']) {
      const { headers } = await call(url, 'GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/, path);
      assert.match(policy, /script-src 'self'(;|$)/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{7,}/);
      assert.equal(headers.get('x-powered-by'), null);
    }
  });

  it('host-header poisoning and DNS rebinding: an unknown host is refused', async () => {
    const { port } = new URL(url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, path: '/api/v1/tasks', headers: { host: 'evil.example' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      outgoing.once('error', reject);
      outgoing.end();
    });
    assert.ok(status !== undefined && status >= 400 && status < 500 && status !== 401, String(status));
  });

  it('refuses unknown keys, wrong types, wrong content types, broken JSON and oversize bodies with problem details (API-1)', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const cases: [number, Promise<{ status: number; text: string; headers: Headers }>][] = [
      [400, person.call('POST', '/api/v1/tasks', { body: { title: 'x', userId: 'usr_other' }, headers })],
      [400, person.call('POST', '/api/v1/tasks', { body: { title: 7 }, headers })],
      [
        400,
        person.call('POST', '/api/v1/tasks', { body: JSON.parse('{"title":"x","__proto__":{"admin":true}}'), headers }),
      ],
      [400, person.call('POST', '/api/v1/chat/messages', { body: { text: 'x'.repeat(4001) } })],
      [400, person.call('GET', '/api/v1/tasks?limit=100000')],
      [400, person.call('GET', '/api/v1/tasks?unknown=1')],
      [413, person.call('POST', '/api/v1/chat/messages', { body: { text: 'x'.repeat(2_000_000) } })],
      [404, person.call('GET', '/api/v1/nothing')],
      [404, person.call('GET', '/API/V1/TASKS')],
      [404, person.call('GET', '/api/v1/tasks/')],
      [405, person.call('PUT', '/api/v1/tasks', { body: {} })],
    ];
    for (const [status, pending] of cases) {
      const answer = await pending;
      assert.equal(answer.status, status, answer.text.slice(0, 300));
      assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/);
      assert.doesNotMatch(answer.text, /node_modules|at .*\.ts:\d+/);
    }
    const raw = await fetch(new URL('/api/v1/tasks', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json', ...headers },
      body: '{"title":',
    });
    assert.equal(raw.status, 400);
    const form = await fetch(new URL('/api/v1/tasks', url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${person.token}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: 'title=x',
    });
    assert.equal(form.status, 415);
  });

  it('path traversal: no file outside the web root is served', async () => {
    for (const path of [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/..%5c..%5cpackage.json',
      '/.env',
      '/.git/config',
    ]) {
      const answer = await call(url, 'GET', path);
      assert.ok(!answer.text.includes('todo-chatbot"') && !answer.text.includes('[core]'), path);
    }
  });

  it('exposes no internal operation', async () => {
    for (const path of [
      '/v1/tasks',
      '/events/task-events',
      '/v1/jwks',
      '/metrics',
      '/v1.0/metadata',
      '/api/v1/judgements',
    ]) {
      const answer = await call(url, 'GET', path);
      assert.ok(answer.status >= 400, `${path} answered ${answer.status}`);
    }
  });
});
