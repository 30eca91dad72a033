import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type ConsentPurpose, newId, privacyNotice, privacyNoticeSchema, problemSchema } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { ProblemError } from '@todo-chatbot/service-kit';
import { publicOpenApiDocument } from '../src/openapi.ts';
import { type Answer, type Gateway, jarOf, startGateway } from './support/gateway.ts';

const booking = {
  serviceId: newId('service'),
  startsAt: '2026-12-01T09:00:00.000Z',
  name: 'Ada',
  email: 'ada@example.com',
  phone: '+491701234567',
};

/** Operations that use a person's data, and for what. Written down by hand: one that forgets its purpose disagrees with this. */
const uses = [
  {
    operation: 'postMessage',
    purpose: 'assistant',
    method: 'POST',
    path: '/chat/messages',
    body: { text: 'add milk' },
  },
  { operation: 'createTask', purpose: 'assistant', method: 'POST', path: '/tasks', body: { title: 'milk' } },
  {
    operation: 'importTasks',
    purpose: 'assistant',
    method: 'POST',
    path: '/tasks/import',
    body: { content: 'milk' },
  },
  {
    operation: 'changeTask',
    purpose: 'assistant',
    method: 'PATCH',
    path: `/tasks/${newId('task')}`,
    body: { status: 'done' },
  },
  { operation: 'createBooking', purpose: 'appointments', method: 'POST', path: '/bookings', body: booking },
] as const;

describe('Consent at the door (PRIV-2)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
    // The first token makes the gateway fetch the keys; the tests below count calls.
    await gateway.call('GET', '/api/v1/tasks', { token: await gateway.mesh.tokenFor() });
  });
  beforeEach(() => gateway.mesh.down.clear());
  after(() => gateway.close());

  const outcomeOf = ({ status, body }: Answer) => [status, status < 400 ? null : problemSchema.parse(body).code];
  const agreeingTo = async (...consents: ConsentPurpose[]) => {
    const userId = newId('user');
    return { userId, token: await gateway.mesh.tokenFor({ userId, consents }) };
  };

  for (const { operation, purpose, method, path, body } of uses) {
    it(`attack: ${operation} without consent to ${purpose}: refused by name, nobody is called, and it is recorded`, async () => {
      const all: readonly ConsentPurpose[] = ['assistant', 'appointments', 'improvement'];
      for (const consents of [[], all.filter((other) => other !== purpose)]) {
        const { userId, token } = await agreeingTo(...consents);
        const calls = gateway.mesh.calls.length;

        const answer = await gateway.call(method, `/api/v1${path}`, { token, body });

        assert.deepEqual(outcomeOf(answer), [403, 'consent.required']);
        assert.ok(answer.text.includes(`“${purpose}”`), answer.text);
        assert.equal(gateway.mesh.calls.length, calls);
        const [entry] = await waitFor('the record of the refusal', async () => {
          const entries = await gateway.auditEvents(userId);
          return entries.length > 0 ? entries : undefined;
        });
        assert.deepEqual([entry?.action, entry?.reason], ['access.refuse', 'consent.required']);
      }
    });

    it(`${operation} with consent to ${purpose} alone is passed on, and the API’s description says what it wants`, async () => {
      const { token } = await agreeingTo(purpose);
      const answer = await gateway.call(method, `/api/v1${path}`, { token, body });
      assert.notEqual(answer.status, 403, answer.text);
    });
  }

  it('the API’s description names the purpose at these operations and at no other', () => {
    const described = Object.values(publicOpenApiDocument().paths ?? {})
      .flatMap((methods) => Object.values(methods).map((operation) => Object(operation)))
      .filter(({ description = '' }) => description.includes('consent.required'))
      .map(({ operationId, description }) => [operationId, /purpose `(\w+)`/.exec(description)?.[1]]);
    assert.deepEqual(described.sort(), uses.map(({ operation, purpose }) => [operation, purpose]).sort());
  });

  it('whoever agreed to nothing still reads and deletes what is theirs', async () => {
    const { userId, token } = await agreeingTo('assistant');
    await gateway.call('POST', '/api/v1/tasks', { token, body: { title: 'milk' } });
    const [task] = gateway.mesh.tasksOf(userId);
    const withdrawn = await gateway.mesh.tokenFor({ userId, consents: [] });
    for (const [method, path] of [
      ['GET', '/chat/messages'],
      ['GET', '/tasks'],
      ['GET', '/bookings'],
      ['GET', '/audit/entries'],
      ['GET', '/privacy/consents'],
      ['DELETE', `/tasks/${task?.id}`],
    ] as const) {
      const answer = await gateway.call(method, `/api/v1${path}`, { token: withdrawn });
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    }
  });

  it('GET privacy/notice 200: the notice in force, for anybody', async () => {
    const answer = await gateway.call('GET', '/api/v1/privacy/notice');
    assert.equal(answer.status, 200);
    assert.deepEqual(privacyNoticeSchema.parse(answer.body), privacyNotice);
  });

  it('a withdrawal reaches auth with the person’s own token, and the browser’s next token says so', async () => {
    const { cookies, csrf } = await gateway.newBrowser();
    const headers = { cookie: cookies, 'x-csrf-token': csrf };
    const body = { noticeVersion: privacyNotice.version, agrees: { assistant: false } };

    const changed = await gateway.call('PUT', '/api/v1/privacy/consents', { headers, body });

    assert.equal(changed.status, 200, changed.text);
    assert.equal(gateway.mesh.callsTo('auth', 'PUT').at(-1)?.path, '/v1/consents');
    const renewed = jarOf(await gateway.call('POST', '/api/v1/auth/refresh', { headers }));
    const next = { cookie: renewed.cookies, 'x-csrf-token': renewed.csrf };
    const message = { text: 'add milk' };
    const refused = await gateway.call('POST', '/api/v1/chat/messages', { headers: next, body: message });
    assert.deepEqual(outcomeOf(refused), [403, 'consent.required']);

    const again = { ...body, agrees: { assistant: true } };
    await gateway.call('PUT', '/api/v1/privacy/consents', { headers: next, body: again });
    const last = jarOf(await gateway.call('POST', '/api/v1/auth/refresh', { headers: next }));
    const back = { cookie: last.cookies, 'x-csrf-token': last.csrf };
    assert.equal((await gateway.call('POST', '/api/v1/chat/messages', { headers: back, body: message })).status, 200);
  });

  it('consent that the guardrail finds withdrawn is no fault of the guardrail: the answer says what is missing', async () => {
    const { token } = await agreeingTo('assistant');
    gateway.mesh.refuse('guardrail', new ProblemError('consent.required', { detail: 'the purpose “assistant”' }));
    const answer = await gateway.call('POST', '/api/v1/chat/messages', { token, body: { text: 'add milk' } });
    assert.deepEqual(outcomeOf(answer), [403, 'consent.required']);
  });
});
