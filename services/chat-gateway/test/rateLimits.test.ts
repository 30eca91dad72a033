import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { createRateLimits, memoryLimiter } from '../src/adapters/rateLimits.ts';
import { type Answer, type Gateway, startGateway } from './support/gateway.ts';

describe('Rate limits (API-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({
      RATE_LIMIT_MESSAGES_PER_MINUTE: '3',
      RATE_LIMIT_BOOKINGS_PER_HOUR: '2',
      RATE_LIMIT_API_CALLS_PER_MINUTE: '6',
      RATE_LIMIT_TASK_LISTS_PER_MINUTE: '4',
      RATE_LIMIT_TASK_IMPORTS_PER_HOUR: '2',
      RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: '40',
    });
  });
  after(() => gateway.close());

  const isRefused = (answer: Answer) => {
    assert.equal(answer.status, 429);
    assert.equal(problemSchema.parse(answer.body).code, 'request.rate-limited');
    assert.ok(Number(answer.headers.get('retry-after')) >= 1);
  };

  it('messages, task lists and other calls have counts of their own, per person', async () => {
    const person = await gateway.newPerson();
    for (let index = 0; index < 3; index += 1) assert.equal((await person.say('hello')).status, 200);
    isRefused(await person.say('hello'));
    for (let index = 0; index < 4; index += 1) assert.equal((await person.call('GET', '/api/v1/tasks')).status, 200);
    isRefused(await person.call('GET', '/api/v1/tasks'));
    for (let index = 0; index < 6; index += 1) assert.equal((await person.call('GET', '/api/v1/services')).status, 200);
    isRefused(await person.call('GET', '/api/v1/services'));
    const other = await gateway.newPerson();
    assert.equal((await other.say('hello')).status, 200);
  });

  it('a refused message is neither judged nor understood', async () => {
    const person = await gateway.newPerson();
    for (let index = 0; index < 3; index += 1) await person.say('hello');
    const before = gateway.mesh.callsTo('guardrail').length;
    isRefused(await person.say('add milk'));
    assert.equal(gateway.mesh.callsTo('guardrail').length, before);
  });

  it('tells what is left in the headers', async () => {
    const person = await gateway.newPerson();
    const { headers } = await person.call('GET', '/api/v1/tasks');
    assert.equal(headers.get('ratelimit-limit'), '4');
    assert.equal(headers.get('ratelimit-remaining'), '3');
    assert.equal(headers.get('ratelimit-policy'), '4;w=60');
    assert.ok(Number(headers.get('ratelimit-reset')) <= 60);
  });

  it('counts bookings by the hour, and a form with a mistake in it costs none', async () => {
    const person = await gateway.newPerson();
    const body = {
      serviceId: newId('service'),
      startsAt: '2026-12-01T09:00:00.000Z',
      name: 'Ada',
      email: 'ada@example.com',
      phone: '+491701234567',
    };
    const book = (phone: string) => person.call('POST', '/api/v1/bookings', { body: { ...body, phone } });
    for (let index = 0; index < 3; index += 1) assert.equal((await book('12')).status, 400);
    for (let index = 0; index < 2; index += 1) assert.equal((await book(body.phone)).status, 201);
    isRefused(await book(body.phone));
    await waitFor('the audit entry', async () => {
      const entries = (await gateway.auditEvents(person.userId)).filter(({ action }) => action === 'access.limit');
      return entries[0]?.input.limit === 'bookings' ? true : undefined;
    });
  });

  it('attack: files, each of which makes a hundred tasks, are counted by the hour, and one too many adds nothing', async () => {
    const person = await gateway.newPerson();
    const importFile = () => {
      const headers = { 'idempotency-key': newId('event') };
      return person.call('POST', '/api/v1/tasks/import', { body: { content: 'milk' }, headers });
    };
    for (let index = 0; index < 2; index += 1) assert.equal((await importFile()).status, 200);
    isRefused(await importFile());
    assert.equal(gateway.mesh.tasksOf(person.userId).length, 2);
  });

  it('audits the first refusal of a flood and not each of them', async () => {
    const person = await gateway.newPerson();
    for (let index = 0; index < 12; index += 1) await person.call('GET', '/api/v1/tasks');
    const entries = await waitFor('the entry', async () => {
      const found = (await gateway.auditEvents(person.userId)).filter(({ action }) => action === 'access.limit');
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      entries.map(({ input }) => input),
      [{ limit: 'taskLists' }],
    );
  });

  it('bounds what comes without a valid token per address, and guesses at passwords whoever makes them', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 45; index += 1) {
      const guess = { email: 'a@example.com', password: 'wrong-guess' };
      // Each under another account: registration is open, so accounts cost nothing.
      const { token } = await gateway.newPerson();
      statuses.push((await gateway.call('POST', '/api/v1/auth/login', { body: guess, token })).status);
    }
    assert.ok(statuses.includes(401));
    assert.equal(statuses.at(-1), 429);
    isRefused(await gateway.call('GET', '/api/v1/tasks', { token: 'garbage' }));
    const person = await gateway.newPerson();
    assert.equal((await person.call('GET', '/api/v1/tasks')).status, 200, 'whoever is signed in goes on');
  });

  it('refuses when the counter fails (PRIN-6)', async () => {
    const working = memoryLimiter({ points: 1, durationSeconds: 60 });
    const broken = { points: 1, duration: 60, consume: () => Promise.reject(new Error('no connection')) };
    const limits = createRateLimits({
      messages: broken,
      bookings: working,
      apiCalls: working,
      apiKeyCalls: working,
      taskLists: working,
      taskImports: working,
      exports: working,
      anonymousCalls: working,
      logReads: working,
    });
    await limits.consume('apiCalls', 'a');
    await assert.rejects(limits.consume('apiCalls', 'a'), { code: 'request.rate-limited' });
    await assert.rejects(limits.consume('messages', 'a'), { code: 'upstream.unavailable' });
  });
});
