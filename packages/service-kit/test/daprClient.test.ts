import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { listen } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import {
  createDaprClient,
  type InvokeRequest,
  ProblemError,
  runInRequestContext,
  serviceContext,
} from '../src/index.ts';
import { capturingLogger, testEvent } from './support.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const seen: Seen[] = [];
let respond: (res: ServerResponse) => void = (res) => res.end('{}');
const sidecar = await listen(async (req, res) => {
  seen.push({ method: req.method, url: req.url, headers: req.headers, body: await text(req) });
  respond(res);
});
after(() => sidecar.close());

const apiToken = 'dapr-api-token-of-this-test';
const { logger, lines } = capturingLogger();
const dapr = createDaprClient({ appId: 'task', httpPort: sidecar.port, apiToken, logger });
const taskList: InvokeRequest = { appId: 'task', method: 'GET', path: '/v1/tasks' };

function answer(status: number, body: unknown, type = 'application/json') {
  respond = (res) => {
    res.writeHead(status, { 'content-type': type });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

test('an invocation carries token, person, idempotency key and client to the callee (PRIN-3)', async () => {
  answer(201, { ok: true });
  const context = { ...serviceContext('chat-gateway'), client: { address: '203.0.113.0', userAgent: 'Brauser ü' } };
  const result = await runInRequestContext(context, () =>
    dapr.invoke({
      appId: 'task',
      method: 'POST',
      path: '/v1/tasks',
      query: { limit: 5, status: 'a b', none: undefined },
      body: { title: 'milk' },
      userToken: 'person.token',
      idempotencyKey: 'key-12345',
      responseSchema: z.strictObject({ ok: z.boolean() }),
    }),
  );
  assert.deepEqual([result.status, result.body], [201, { ok: true }]);
  const request = seen.at(-1);
  assert.equal(request?.url, '/v1.0/invoke/task/method/v1/tasks', 'sidecars write URLs into spans');
  assert.equal(request?.headers['x-query'], 'limit=5&status=a+b');
  assert.equal(request?.body, '{"title":"milk"}');
  const { headers } = request ?? { headers: {} };
  assert.equal(headers['dapr-api-token'], apiToken);
  assert.equal(headers.authorization, 'Bearer person.token');
  assert.equal(headers['idempotency-key'], 'key-12345');
  assert.equal(headers['x-client-address'], '203.0.113.0');
  assert.equal(headers['x-client-user-agent'], 'Brauser%20%C3%BC');
});

test("the callee's problem details come through with code, status and text (RFC 9457)", async () => {
  const problem = {
    type: 'x',
    title: 'y',
    status: 409,
    code: 'booking.slot-taken',
    detail: 'Gone',
    errors: [{ path: 'body.at', message: 'taken' }],
  };
  answer(409, problem, 'application/problem+json; charset=utf-8');
  await assert.rejects(dapr.invokeText(taskList), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual([error.code, error.status, error.detail], ['booking.slot-taken', 409, 'Gone']);
    assert.deepEqual(error.errors, problem.errors);
    return true;
  });
});

test('a refusal by the mesh is access.caller-denied, every other silence upstream.unavailable', async () => {
  answer(403, { errorCode: 'ERR_DIRECT_INVOKE', message: 'rpc error: code = PermissionDenied' });
  await assert.rejects(dapr.invokeText(taskList), { code: 'access.caller-denied' });
  assert.ok(lines.some((line) => line.includes('PermissionDenied')));
  for (const status of [400, 401, 404, 429, 500, 502, 503]) {
    answer(status, { errorCode: 'ERR_DIRECT_INVOKE' });
    await assert.rejects(dapr.invokeText(taskList), { code: 'upstream.unavailable' });
  }
  answer(500, '<html>', 'text/html');
  await assert.rejects(dapr.invokeText(taskList), { code: 'upstream.unavailable' });
  respond = (res) => void res.socket?.destroy();
  await assert.rejects(dapr.invokeText(taskList), { code: 'upstream.unavailable' });
  respond = () => undefined;
  await assert.rejects(dapr.invokeText({ ...taskList, timeoutMs: 50 }), { code: 'upstream.unavailable' });
  const aborted = AbortSignal.abort();
  await assert.rejects(dapr.invokeText({ ...taskList, signal: aborted }), { code: 'upstream.unavailable' });
});

test('an answer against its schema, or one without an end, is refused', async () => {
  answer(200, { unexpected: 'value' });
  await assert.rejects(dapr.invoke({ ...taskList, responseSchema: z.strictObject({ ok: z.boolean() }) }), {
    code: 'internal.error',
  });
  respond = (res) => {
    const chunk = Buffer.alloc(256 * 1024, 'a');
    const more = () => !res.destroyed && res.write(chunk, () => setImmediate(more));
    more();
  };
  await assert.rejects(dapr.invokeText({ ...taskList, timeoutMs: 60_000 }), { code: 'upstream.unavailable' });
});

test('a 204 is parsed as undefined, a text stays a text', async () => {
  respond = (res) => res.writeHead(204).end();
  assert.equal((await dapr.invoke({ ...taskList, responseSchema: z.undefined() })).body, undefined);
  answer(200, 'origin\n5\n', 'text/plain');
  assert.equal((await dapr.invokeText(taskList)).body, 'origin\n5\n');
});

test('bytes stay as they are, whatever a text would make of them', async () => {
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  // In pieces, so that what is several bytes long in a text is torn apart.
  respond = (res) => {
    res.writeHead(200, { 'content-type': 'application/octet-stream' });
    res.write(everyByte.subarray(0, 195));
    setImmediate(() => res.end(everyByte.subarray(195)));
  };
  assert.deepEqual((await dapr.invokeBytes(taskList)).body, everyByte);
  answer(404, { type: 'x', title: 'y', status: 404, code: 'audit.tile-not-found' }, 'application/problem+json');
  await assert.rejects(dapr.invokeBytes(taskList), { code: 'audit.tile-not-found' });
});

test('attack: a path that the sidecar could read otherwise than we do is not even sent (MESH-2)', async () => {
  answer(200, {});
  const before = seen.length;
  for (const path of [
    '/v1/../admin',
    '/v1/%2e%2e/admin',
    '/v1/tasks?x=1',
    '/v1/tasks#x',
    'v1/tasks',
    '//v1',
    '/v1/tasks/',
    '/v1/ta sks',
    '/v1/./tasks',
    '/v1/tasks\r\nx: y',
  ]) {
    await assert.rejects(dapr.invokeText({ ...taskList, path }), TypeError, path);
  }
  assert.equal(seen.length, before);
});

test('an event is published whole, with its subject as partition key (KAFKA-3)', async () => {
  respond = (res) => res.writeHead(204).end();
  const event = testEvent({
    subject: 'tsk_1 &x',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  });
  await dapr.publish({ topic: 'task.events', event });
  const request = seen.at(-1);
  assert.equal(request?.url, '/v1.0/publish/pubsub-task/task.events?metadata.partitionKey=tsk_1%20%26x');
  assert.equal(request?.headers['content-type'], 'application/cloudevents+json');
  assert.deepEqual(JSON.parse(request?.body ?? ''), { ...event, traceid: event.traceparent });
  answer(500, { errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE' });
  await assert.rejects(dapr.publish({ topic: 'task.events', event }), { code: 'upstream.unavailable' });
});

test('a secret is read by name, and never shows in an error (MESH-5)', async () => {
  answer(200, { password: 'very-secret' });
  assert.deepEqual(await dapr.secret('task-database'), { password: 'very-secret' });
  assert.equal(seen.at(-1)?.url, '/v1.0/secrets/secretstore/task-database');
  const answers: [number, string][] = [
    [200, '{"password":{"deep":"very-secret"}}'],
    [200, 'very-secret'],
    [403, '{"errorCode":"ERR_PERMISSION_DENIED","message":"very-secret"}'],
  ];
  for (const [status, body] of answers) {
    answer(status, body);
    await assert.rejects(dapr.secret('task-database'), (error) => {
      assert.ok(error instanceof ProblemError);
      logger.error({ err: error }, 'could not read a secret');
      return error.code === 'upstream.unavailable';
    });
  }
  assert.equal(lines.join('').includes('very-secret'), false);
});
