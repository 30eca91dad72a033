import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { privacyRequestTopic, problemSchema, retentionBinding } from '@todo-chatbot/contracts';
import { listen, waitFor } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import {
  createInternalApp,
  createTokenVerifier,
  type Denial,
  defineRoute,
  defineSubscription,
  type RequestContext,
  requestContext,
  systemClock,
} from '../src/index.ts';
import { retentionRoutes } from '../src/privacy/retentionRoutes.ts';
import { capturingLogger, keysOf, testConfig, testEvent, testIssuer } from './support.ts';

const config = testConfig();
const { logger, lines } = capturingLogger();
const issuer = await testIssuer();
const denials: Denial[] = [];
const seen: RequestContext[] = [];
let answer: unknown = { title: 'milk' };
let handled = 0;

const taskBody = z.object({ title: z.string().max(100), note: z.string().optional() });
const answerSchema = z.object({ title: z.string() });

const routes = [
  defineRoute({
    operation: 'listTasks',
    method: 'GET',
    path: '/v1/tasks',
    permission: 'task.own.read',
    request: { query: z.object({ limit: z.coerce.number().int().max(10).default(5) }) },
    responses: { 200: z.strictObject({ limit: z.number() }) },
    handler: async ({ query }) => {
      handled += 1;
      const context = requestContext();
      if (context) seen.push(context);
      return { status: 200, body: { limit: query.limit } };
    },
  }),
  defineRoute({
    operation: 'createTask',
    method: 'POST',
    path: '/v1/tasks',
    permission: 'task.own.change',
    purpose: 'assistant',
    request: { body: taskBody, headers: z.object({ 'x-wish': z.string().max(5).optional() }) },
    responses: { 201: answerSchema },
    bodyLimitBytes: 1000,
    handler: async () => {
      handled += 1;
      // What a handler may do in spite of its types is for the response check to catch.
      return { status: 201, body: z.custom<{ title: string }>().parse(answer) };
    },
  }),
  defineRoute({
    operation: 'changeTask',
    method: 'PATCH',
    path: '/v1/tasks/:id',
    permission: null,
    request: { params: z.object({ id: z.string().max(10) }) },
    responses: { 204: z.undefined() },
    handler: async ({ params, user }) => {
      handled += 1;
      assert.equal(user, null);
      assert.equal(params.id.length > 0, true);
      return { status: 204, headers: { 'x-many': ['a', 'b'] } };
    },
  }),
  defineRoute({
    operation: 'deleteTask',
    method: 'DELETE',
    path: '/v1/tasks/:id',
    permission: 'task.own.change',
    raw: true,
    handler: async ({ res, user }) => {
      handled += 1;
      res.type('text/plain').send(`deleted for ${user.userId}`);
    },
  }),
  ...retentionRoutes({ due: async () => [], runs: async () => [] }),
];
const bindings = [{ name: retentionBinding.name, handle: async () => undefined }];

const privacyRequests = defineSubscription({ topic: privacyRequestTopic, consumer: 'test', handlers: {} });
const subscription = defineSubscription({
  topic: 'auth.events',
  consumer: 'test',
  handlers: {
    'auth.user_registered.v1': async (event) => {
      handled += 1;
      const context = requestContext();
      if (context) seen.push(context);
      if (event.source === 'throws') throw new Error('handler broke');
      return event.source === 'drops' ? 'drop' : 'success';
    },
  },
});

const tokens = createTokenVerifier({
  issuer: config.TOKEN_ISSUER,
  audience: config.TOKEN_AUDIENCE,
  keys: keysOf(issuer),
  denySet: { denies: () => false },
  clock: systemClock,
});
const app = createInternalApp({
  context: { config, logger, clock: systemClock },
  routes,
  tokens,
  events: [subscription, privacyRequests],
  bindings,
  isReady: async () => true,
  recordDenial: async (denial) => void denials.push(denial),
});
const server = await listen(app);
const sidecar = { 'dapr-api-token': config.APP_API_TOKEN };
let signedIn: Record<string, string> = {};

before(async () => {
  signedIn = { ...sidecar, 'dapr-caller-app-id': 'chat-gateway', authorization: `Bearer ${await issuer.token()}` };
});
after(() => server.close());

async function call(method: string, path: string, options: { headers?: Record<string, string>; body?: string } = {}) {
  const { body, headers = signedIn } = options;
  const response = await fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, code: codeOf(text) };
}

function codeOf(text: string): string | undefined {
  try {
    return problemSchema.safeParse(JSON.parse(text)).data?.code;
  } catch {
    return undefined;
  }
}

const json = () => ({ ...signedIn, 'content-type': 'application/json' });

test('a permitted call is answered, with its context', async () => {
  const headers = { ...signedIn, 'x-client-address': '203.0.113.0', 'x-client-user-agent': 'Browser%201' };
  const result = await call('GET', '/v1/tasks?limit=7', { headers });
  assert.equal(result.status, 200);
  assert.equal(result.text, '{"limit":7}');
  assert.equal(result.headers.get('cache-control'), 'no-store');
  assert.equal(result.headers.get('x-content-type-options'), 'nosniff');
  const context = seen.at(-1);
  assert.equal(context?.caller, 'chat-gateway');
  assert.equal(context?.user?.userId, issuer.userId);
  assert.deepEqual(context?.client, { address: '203.0.113.0', userAgent: 'Browser 1' });
});

test('a raw route answers on the response itself, a 204 has no body, a header may have several values', async () => {
  const deleted = await call('DELETE', '/v1/tasks/1');
  assert.equal(deleted.text, `deleted for ${issuer.userId}`);
  const changed = await call('PATCH', '/v1/tasks/1');
  assert.equal(changed.status, 204);
  assert.equal(changed.headers.get('x-many'), 'a, b');
});

test('attack: nothing but the health probes answers without the sidecar token, and the refusal tells nothing (MESH-4)', async () => {
  const before = handled;
  for (const token of [
    undefined,
    '',
    'wrong',
    `${config.APP_API_TOKEN}x`,
    config.APP_API_TOKEN.slice(1),
    config.DAPR_API_TOKEN,
  ]) {
    const headers: Record<string, string> = { ...signedIn, 'dapr-api-token': token ?? '' };
    if (token === undefined) delete headers['dapr-api-token'];
    for (const path of ['/v1/tasks', '/nowhere', '/events/auth-events', '/dapr/subscribe']) {
      const result = await call('GET', path, { headers });
      assert.equal(result.status, 401);
      assert.deepEqual(Object.keys(JSON.parse(result.text)), ['type', 'title', 'status', 'code']);
    }
  }
  assert.equal((await call('GET', '/healthz', { headers: {} })).status, 200);
  assert.equal((await call('GET', '/readyz', { headers: {} })).status, 200);
  assert.equal(handled, before);
});

test('attack: a caller that the table does not list is refused although the mesh let it through (MESH-2, PRIN-1)', async () => {
  const before = handled;
  for (const caller of ['booking', 'task', 'audit', 'evil', 'Chat-Gateway', 'chat-gateway, booking', '']) {
    const result = await call('GET', '/v1/tasks', { headers: { ...signedIn, 'dapr-caller-app-id': caller } });
    assert.equal(result.status, 403);
    assert.equal(result.code, 'access.caller-denied');
  }
  const { 'dapr-caller-app-id': _, ...anonymous } = signedIn;
  assert.equal((await call('GET', '/v1/tasks', { headers: anonymous })).status, 403);
  assert.equal(handled, before);
});

test('a call without a valid token is a 401 with a challenge, one without the permission a 403; both are logged and recorded (AUD-1)', async () => {
  denials.length = 0;
  const { authorization: _, ...withoutToken } = signedIn;
  const missing = await call('GET', '/v1/tasks', { headers: withoutToken });
  assert.deepEqual([missing.status, missing.code], [401, 'auth.token-missing']);
  assert.equal(missing.headers.get('www-authenticate'), 'Bearer');
  const bad = await call('GET', '/v1/tasks', { headers: { ...signedIn, authorization: 'Bearer abc' } });
  assert.deepEqual([bad.status, bad.code], [401, 'auth.token-invalid']);
  assert.equal(bad.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
  const viewer = `Bearer ${await issuer.token({ roles: ['viewer'] })}`;
  const forbidden = await call('GET', '/v1/tasks', { headers: { ...signedIn, authorization: viewer } });
  assert.deepEqual([forbidden.status, forbidden.code], [403, 'access.permission-denied']);
  await waitFor('three denials', () => denials.length === 3);
  assert.deepEqual(
    denials.map((denial) => [denial.code, denial.operation, denial.path, denial.context.user?.userId]),
    [
      ['auth.token-missing', 'listTasks', '/v1/tasks', undefined],
      ['auth.token-invalid', 'listTasks', '/v1/tasks', undefined],
      ['access.permission-denied', 'listTasks', '/v1/tasks', issuer.userId],
    ],
  );
  assert.ok(lines.some((line) => line.includes('access was denied') && line.includes('access.permission-denied')));
});

test('attack: a purpose that the person did not agree to is a 403 that names it, whoever they are; it is recorded (PRIV-2)', async () => {
  denials.length = 0;
  const handledBefore = handled;
  for (const con of [[], ['appointments', 'improvement']]) {
    const token = await issuer.token({ roles: ['admin', 'user'], claims: { con } });
    const headers = { ...signedIn, authorization: `Bearer ${token}` };
    const refused = await call('POST', '/v1/tasks', { headers });
    assert.deepEqual([refused.status, refused.code], [403, 'consent.required']);
    assert.match(refused.text, /purpose “assistant”/);
    assert.equal((await call('GET', '/v1/tasks', { headers })).status, 200, 'to read needs no consent');
  }
  // Whoever lacks the permission learns that first.
  const viewer = `Bearer ${await issuer.token({ roles: ['viewer'] })}`;
  const forbidden = await call('POST', '/v1/tasks', { headers: { ...signedIn, authorization: viewer } });
  assert.equal(forbidden.code, 'access.permission-denied');
  await waitFor('three denials', () => denials.length === 3);
  assert.deepEqual(
    denials.map(({ code }) => code),
    ['consent.required', 'consent.required', 'access.permission-denied'],
  );
  assert.equal(handled, handledBefore + 2);
});

test('attack: paths that only look like a route reach nothing (MESH-2)', async () => {
  const before = handled;
  const paths = [
    '/V1/tasks',
    '/v1/TASKS',
    '/v1/tasks/',
    '//v1/tasks',
    '/v1//tasks',
    '/v1/tasks%2F',
    '/v1/tasks%2f1',
    '/v1/%74asks/',
    '/v1/tasks/1/',
    '/v1/tasks/1%2F..',
    '/',
    '/v1',
    '/v1/tasks;x=1',
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const result = await call(method, path);
      assert.ok([404, 405].includes(result.status), `${method} ${path}: ${result.status}`);
    }
  }
  assert.equal(handled, before);
});

test('a known path with another method is a 405 that names the right ones, HEAD included', async () => {
  const result = await call('PUT', '/v1/tasks');
  assert.deepEqual([result.status, result.code], [405, 'request.method-not-allowed']);
  assert.equal(result.headers.get('allow'), 'GET, POST');
  assert.equal((await call('HEAD', '/v1/tasks')).status, 405);
  assert.equal((await call('OPTIONS', '/v1/tasks')).status, 405);
});

test('a request against its schema is a 400 that names paths and never values (API-1)', async () => {
  const secret = 'jane-secret-value';
  const body = JSON.stringify({ title: [secret], extra: secret });
  const headers = { ...json(), 'x-wish': secret };
  const result = await call('POST', '/v1/tasks', { headers, body });
  assert.deepEqual([result.status, result.code], [400, 'request.invalid']);
  assert.equal(result.text.includes(secret), false);
  assert.deepEqual(
    problemSchema.parse(JSON.parse(result.text)).errors?.map((fault) => fault.path),
    ['body.title', 'body', 'headers.x-wish'],
  );
});

test('unknown keys of body and query are refused, and a part without a schema must be empty (API-1)', async () => {
  assert.equal((await call('POST', '/v1/tasks', { headers: json(), body: '{"title":"a","admin":true}' })).status, 400);
  assert.equal((await call('GET', '/v1/tasks?limit=1&admin=1')).status, 400);
  assert.equal((await call('GET', '/v1/tasks?limit=1&limit=2')).status, 400);
  assert.equal((await call('POST', '/v1/tasks?x=1', { headers: json(), body: '{"title":"a"}' })).status, 400);
  assert.equal((await call('PATCH', '/v1/tasks/1', { headers: json(), body: '{}' })).status, 204);
  assert.equal((await call('PATCH', '/v1/tasks/1', { headers: json(), body: '{"a":1}' })).status, 400);
});

test('an empty body sent in chunks, as the sidecar does it, counts as none', async () => {
  const sent = request(`${server.url}/v1/tasks/1`, {
    method: 'PATCH',
    headers: { ...json(), 'transfer-encoding': 'chunked' },
  });
  sent.end();
  const [response] = await once(sent, 'response');
  assert.equal(response.statusCode, 204);
  response.resume();
});

test('malformed JSON is a 400, a foreign content type a 415, an oversize body a 413 (API-1)', async () => {
  const malformed = await call('POST', '/v1/tasks', { headers: json(), body: '{"title":' });
  assert.deepEqual([malformed.status, malformed.code], [400, 'request.malformed-json']);
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json-patch+json',
    'multipart/form-data',
  ]) {
    const result = await call('POST', '/v1/tasks', {
      headers: { ...signedIn, 'content-type': type },
      body: '{"title":"a"}',
    });
    assert.deepEqual([result.status, result.code], [415, 'request.unsupported-media-type']);
  }
  const gzip = { ...json(), 'content-encoding': 'gzip' };
  assert.equal((await call('POST', '/v1/tasks', { headers: gzip, body: '{"title":"a"}' })).status, 415);
  const large = await call('POST', '/v1/tasks', { headers: json(), body: JSON.stringify({ title: 'a'.repeat(1000) }) });
  assert.deepEqual([large.status, large.code], [413, 'request.too-large']);
});

test('who may not call is refused before the body is looked at', async () => {
  const headers = { ...json(), authorization: 'Bearer abc' };
  assert.equal((await call('POST', '/v1/tasks', { headers, body: '{"title":' })).status, 401);
});

test('an answer against its schema is a bare 500 and is logged without its values', async () => {
  const post = async () => await call('POST', '/v1/tasks', { headers: json(), body: '{"title":"a"}' });
  assert.equal((await post()).status, 201);
  for (const wrong of [{ title: 'milk', passwordHash: 'leak' }, { title: 5 }, undefined]) {
    answer = wrong;
    const result = await post();
    assert.deepEqual([result.status, result.code], [500, 'internal.error']);
    assert.equal(result.text.includes('leak'), false);
  }
  answer = { title: 'milk' };
  assert.ok(lines.some((line) => line.includes('answered against its schema')));
  assert.equal(lines.join('').includes('leak'), false);
});

test('a handler that throws is acknowledged as RETRY, never as SUCCESS (KAFKA-4)', async () => {
  const result = await deliver(JSON.stringify(testEvent({ source: 'throws' })));
  assert.deepEqual(result, { status: 200, text: '{"status":"RETRY"}' });
  assert.ok(lines.some((line) => line.includes('an event handler threw')));
});

test('an event is SUCCESS when handled or of no concern, DROP when malformed or hopeless (KAFKA-4)', async () => {
  const outcomes: [string, string][] = [
    [JSON.stringify(testEvent()), 'SUCCESS'],
    [JSON.stringify(testEvent({ source: 'drops' })), 'DROP'],
    [JSON.stringify(testEvent({ type: 'auth.something_new.v9' })), 'SUCCESS'],
    [JSON.stringify(testEvent({ type: 'auth.session_revoked.v1', data: 'no handler' })), 'SUCCESS'],
    [JSON.stringify(testEvent({ data: { userId: 'nobody' } })), 'DROP'],
    [JSON.stringify({ ...testEvent(), specversion: '0.3' }), 'DROP'],
    ['{"specversion":', 'DROP'],
    ['', 'DROP'],
    [JSON.stringify({ a: 'x'.repeat(1_200_000) }), 'DROP'],
  ];
  for (const [delivery, status] of outcomes) {
    assert.equal((await deliver(delivery)).text, JSON.stringify({ status }), delivery.slice(0, 80));
  }
  assert.equal(seen.at(-1)?.origin, 'event');
});

test('attack: an event that comes by invocation is forged and refused, whoever calls (MESH-2)', async () => {
  const before = handled;
  for (const caller of ['chat-gateway', 'auth', 'task', '']) {
    const result = await deliver(JSON.stringify(testEvent()), { 'dapr-caller-app-id': caller });
    assert.equal(result.status, 403);
  }
  assert.equal(handled, before);
});

async function deliver(body: string, headers: Record<string, string> = {}) {
  const all = { ...sidecar, 'content-type': 'application/cloudevents+json', ...headers };
  const { status, text } = await call('POST', '/events/auth-events', { headers: all, body });
  return { status, text };
}

test('the app does not come up when its routes or subscriptions and the tables disagree (MESH-2)', () => {
  const build = (changes: { routes?: typeof routes; events?: (typeof subscription)[] }) => () =>
    createInternalApp({
      context: { config, logger, clock: systemClock },
      routes,
      tokens,
      events: [subscription, privacyRequests],
      bindings,
      isReady: async () => true,
      ...changes,
    });
  assert.doesNotThrow(build({}));
  assert.throws(build({ routes: routes.slice(1) }), /missing GET \/v1\/tasks$/);
  const [first, ...rest] = routes;
  assert.ok(first);
  assert.throws(
    build({ routes: [...rest, { ...first, path: '/v1/secret' }] }),
    /missing GET \/v1\/tasks; unknown GET \/v1\/secret/,
  );
  assert.throws(build({ routes: [...routes, first] }), /twice GET \/v1\/tasks/);
  assert.throws(build({ events: [privacyRequests] }), /missing auth\.events/);
  assert.throws(
    build({ events: [subscription, privacyRequests, { ...subscription, topic: 'task.events' }] }),
    /unknown task\.events/,
  );
});

test('readiness that fails or throws is a 503', async () => {
  for (const isReady of [async () => false, async () => Promise.reject(new Error('no database'))]) {
    const unready = await listen(
      createInternalApp({
        context: { config, logger, clock: systemClock },
        routes,
        tokens,
        events: [subscription, privacyRequests],
        bindings,
        isReady,
      }),
    );
    assert.equal((await fetch(`${unready.url}/readyz`)).status, 503);
    await unready.close();
  }
});
