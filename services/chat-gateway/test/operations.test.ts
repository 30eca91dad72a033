import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { publicOpenApiDocument } from '../src/openapi.ts';
import { type Gateway, startGateway } from './support/gateway.ts';

const serviceId = newId('service');
const booking = {
  serviceId,
  startsAt: '2026-12-01T09:00:00.000Z',
  name: 'Ada',
  email: 'ada@example.com',
  phone: '+491701234567',
};
const slots = `/api/v1/slots?serviceId=${serviceId}&from=2026-12-01T00:00:00Z&to=2026-12-02T00:00:00Z`;

/** Every operation that is passed on: where to, with what, and what comes back. */
const operations = [
  { method: 'GET', path: '/api/v1/tasks', callee: 'task', status: 200 },
  { method: 'POST', path: '/api/v1/tasks', callee: 'task', status: 201, body: { title: 'milk' } },
  { method: 'GET', path: '/api/v1/services', callee: 'booking', status: 200 },
  { method: 'GET', path: slots, callee: 'booking', status: 200 },
  { method: 'GET', path: '/api/v1/bookings', callee: 'booking', status: 200 },
  { method: 'POST', path: '/api/v1/bookings', callee: 'booking', status: 201, body: booking },
  { method: 'GET', path: '/api/v1/privacy/exports', callee: 'auth', status: 200 },
  { method: 'GET', path: '/api/v1/audit/entries?limit=5', callee: 'audit', status: 200 },
  { method: 'GET', path: '/api/v1/audit/entries/0/proof?treeSize=1', callee: 'audit', status: 200 },
] as const;

describe('Operations of other services behind the door (API-1, PRIN-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  beforeEach(() => gateway.mesh.down.clear());
  after(() => gateway.close());

  for (const { method, path, callee, status, ...rest } of operations) {
    const options = 'body' in rest ? { body: rest.body } : {};
    const name = `${method} ${path.split('?')[0]}`;

    it(`${name} ${status}: calls ${callee} with the person’s own token`, async () => {
      const person = await gateway.newPerson();
      const answer = await person.call(method, path, options);
      assert.equal(answer.status, status, answer.text);
      assert.equal(gateway.mesh.callsTo(callee).at(-1)?.userToken, person.token);
    });

    it(`${name} 401 without a token, and nobody is called`, async () => {
      const before = gateway.mesh.calls.length;
      assert.equal((await gateway.call(method, path, options)).status, 401);
      assert.equal(gateway.mesh.calls.length, before);
    });

    it(`${name} 503 while ${callee} does not answer`, async () => {
      const person = await gateway.newPerson();
      gateway.mesh.down.add(callee);
      const answer = await person.call(method, path, options);
      assert.equal(answer.status, 503);
      assert.equal(problemSchema.parse(answer.body).code, 'upstream.unavailable');
      assert.ok(answer.headers.get('retry-after'));
    });
  }

  it('PATCH and DELETE tasks/:id: 200 and 204, then 404 with the task service’s own code', async () => {
    const person = await gateway.newPerson();
    await person.call('POST', '/api/v1/tasks', { body: { title: 'milk' } });
    const path = `/api/v1/tasks/${gateway.mesh.tasksOf(person.userId)[0]?.id}`;
    assert.equal((await person.call('PATCH', path, { body: { status: 'done' } })).status, 200);
    assert.equal((await person.call('DELETE', path)).status, 204);
    const gone = await person.call('DELETE', path);
    assert.deepEqual([gone.status, problemSchema.parse(gone.body).code], [404, 'task.not-found']);
  });

  it('passes the client’s idempotency key on, and makes one where there is none (API-5)', async () => {
    const person = await gateway.newPerson();
    const key = randomUUID();
    await person.call('POST', '/api/v1/tasks', { body: { title: 'milk' }, headers: { 'idempotency-key': key } });
    assert.equal(gateway.mesh.callsTo('task', 'POST').at(-1)?.idempotencyKey, key);
    await person.call('POST', '/api/v1/tasks', { body: { title: 'milk' } });
    assert.match(gateway.mesh.callsTo('task', 'POST').at(-1)?.idempotencyKey ?? '', /^[0-9a-f-]{36}$/);
  });

  it('GET audit/log/checkpoint: text for anybody (AUD-3)', async () => {
    const answer = await gateway.call('GET', '/api/v1/audit/log/checkpoint');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(answer.text, /^todo-chatbot\.test\/log\n1\n/);
  });

  it('GET openapi.json: the document that the generator writes, with every operation once', async () => {
    const answer = await gateway.call('GET', '/api/v1/openapi.json');
    assert.equal(answer.status, 200);
    const generated = JSON.parse(JSON.stringify(publicOpenApiDocument()));
    assert.deepEqual(answer.body, generated);
    const ids = Object.values(generated.paths).flatMap((path) =>
      Object.values(Object(path)).map((operation) => Object(operation).operationId),
    );
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.length, 93);
    assert.equal(generated.openapi.startsWith('3.1'), true);
  });
});
